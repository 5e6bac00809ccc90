package io.lonja.transport.as2;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
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
     * @param contentDigest of what was signed
     */
    record Signed(String contentType, Pieces body, byte[] contentDigest) {}

    /** Of what a signature is over. */
    private record Covered(Pieces entity) implements CMSTypedData {

        @Override
        public ASN1ObjectIdentifier getContentType() {
            return CMSObjectIdentifiers.data;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            entity.writeTo(out);
        }

        @Override
        public Object getContent() {
            return entity;
        }
    }

    /** As {@link #sign(Pieces, OwnKey, MessageFormat, Digest, String)}, in the usual format. */
    static Signed sign(Pieces entity, OwnKey own, Digest digest, String boundary) {
        return sign(entity, own, MessageFormat.USUAL, digest, boundary);
    }

    /** @param boundary a line of its own must not begin so anywhere in the entity */
    static Signed sign(Pieces entity, OwnKey own, MessageFormat format, Digest digest, String boundary) {
        CMSSignedDataGenerator generator = generator(own, format, digest);
        byte[] signature = signature(entity, generator);
        Pieces body = new MimeText()
                .line("--" + boundary)
                .raw(entity)
                .line("")
                .line("--" + boundary)
                .line("Content-Type: application/pkcs7-signature; name=smime.p7s")
                .line("Content-Transfer-Encoding: base64")
                .line("Content-Disposition: attachment; filename=smime.p7s")
                .line("")
                .base64(Pieces.of(signature))
                .line("--" + boundary + "--")
                .toPieces();
        return new Signed(
                "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=%s; boundary=\"%s\""
                        .formatted(format.name(digest), boundary),
                body,
                contentDigest(generator));
    }

    private static CMSSignedDataGenerator generator(OwnKey own, MessageFormat format, Digest digest) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            JcaSignerInfoGeneratorBuilder signer =
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
            if (!format.algorithmProtection()) {
                signer.setSignedAttributeGenerator(Signing::withoutAlgorithmProtection);
            }
            generator.addSignerInfoGenerator(signer.build(contentSigner(own, format, digest), own.certificate()));
            generator.addCertificates(new JcaCertStore(List.of(own.certificate())));
            return generator;
        } catch (OperatorCreationException | CMSException | GeneralSecurityException e) {
            throw new IllegalStateException("Our own key cannot sign: " + e.getMessage(), e);
        }
    }

    private static byte[] signature(Pieces entity, CMSSignedDataGenerator generator) {
        try {
            return generator.generate(new Covered(entity), false).getEncoded(ASN1Encoding.DER);
        } catch (CMSException | IOException e) {
            throw new IllegalStateException("Our own key cannot sign: " + e.getMessage(), e);
        }
    }

    /** There is one signer, and so one digest. */
    private static byte[] contentDigest(CMSSignedDataGenerator generator) {
        return (byte[]) generator.getGeneratedDigests().values().iterator().next();
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
