package io.lonja.transport.as2;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Puts an entity under a detached signature: {@code multipart/signed} (RFC 1847, RFC 8551). */
final class Signing {

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private Signing() {}

    /**
     * @param contentType of the multipart, its parameters included
     * @param body the multipart's
     */
    record Signed(String contentType, byte[] body) {}

    /** As {@link #sign(byte[], OwnKey, MessageFormat, Digest, String)}, in the usual format. */
    static Signed sign(byte[] entity, OwnKey own, Digest digest, String boundary) {
        return sign(entity, own, MessageFormat.USUAL, digest, boundary);
    }

    /** @param boundary a line of its own must not begin so anywhere in the entity */
    static Signed sign(byte[] entity, OwnKey own, MessageFormat format, Digest digest, String boundary) {
        byte[] body = new MimeText()
                .line("--" + boundary)
                .raw(entity)
                .line("")
                .line("--" + boundary)
                .line("Content-Type: application/pkcs7-signature; name=smime.p7s")
                .line("Content-Transfer-Encoding: base64")
                .line("Content-Disposition: attachment; filename=smime.p7s")
                .line("")
                .base64(signature(entity, own, format, digest))
                .line("--" + boundary + "--")
                .toBytes();
        return new Signed(
                "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=%s; boundary=\"%s\""
                        .formatted(format.name(digest), boundary),
                body);
    }

    private static byte[] signature(byte[] entity, OwnKey own, MessageFormat format, Digest digest) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            JcaSignerInfoGeneratorBuilder signer =
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
            if (!format.algorithmProtection()) {
                signer.setSignedAttributeGenerator(Signing::withoutAlgorithmProtection);
            }
            generator.addSignerInfoGenerator(signer.build(contentSigner(own, format, digest), own.certificate()));
            generator.addCertificates(new JcaCertStore(List.of(own.certificate())));
            return generator
                    .generate(new CMSProcessableByteArray(entity), false)
                    .getEncoded(ASN1Encoding.DER);
        } catch (OperatorCreationException | CMSException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Our own key cannot sign: " + e.getMessage(), e);
        }
    }

    private static ContentSigner contentSigner(OwnKey own, MessageFormat format, Digest digest)
            throws OperatorCreationException {
        String name = digest.signingWith(own.key().getAlgorithm());
        return format.pss() && own.isRsa()
                ? new JcaContentSignerBuilder(name + "andMGF1")
                        .setProvider(PROVIDER)
                        .build(own.key())
                : new JcaContentSignerBuilder(name).build(own.key());
    }

    private static AttributeTable withoutAlgorithmProtection(Map<?, ?> parameters) {
        return new DefaultSignedAttributeTableGenerator()
                .getAttributes(parameters)
                .remove(CMSAttributes.cmsAlgorithmProtect);
    }
}
