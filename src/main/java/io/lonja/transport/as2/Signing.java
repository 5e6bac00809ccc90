package io.lonja.transport.as2;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Puts an entity under a detached signature: {@code multipart/signed} (RFC 1847, RFC 8551). */
final class Signing {

    private Signing() {}

    /**
     * @param contentType of the multipart, its parameters included
     * @param body the multipart's
     */
    record Signed(String contentType, byte[] body) {}

    /** @param boundary a line of its own must not begin so anywhere in the entity */
    static Signed sign(byte[] entity, OwnKey own, Digest digest, String boundary) {
        byte[] body = new MimeText()
                .line("--" + boundary)
                .raw(entity)
                .line("")
                .line("--" + boundary)
                .line("Content-Type: application/pkcs7-signature; name=smime.p7s")
                .line("Content-Transfer-Encoding: base64")
                .line("Content-Disposition: attachment; filename=smime.p7s")
                .line("")
                .base64(signature(entity, own, digest))
                .line("--" + boundary + "--")
                .toBytes();
        return new Signed(
                "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=%s; boundary=\"%s\""
                        .formatted(digest.registered(), boundary),
                body);
    }

    private static byte[] signature(byte[] entity, OwnKey own, Digest digest) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .build(
                                    new JcaContentSignerBuilder(
                                                    digest.signingWith(own.key().getAlgorithm()))
                                            .build(own.key()),
                                    own.certificate()));
            generator.addCertificates(new JcaCertStore(List.of(own.certificate())));
            return generator
                    .generate(new CMSProcessableByteArray(entity), false)
                    .getEncoded(ASN1Encoding.DER);
        } catch (OperatorCreationException | CMSException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Our own key cannot sign: " + e.getMessage(), e);
        }
    }
}
