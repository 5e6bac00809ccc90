package io.lonja.transport.as2;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.jspecify.annotations.Nullable;

/**
 * Builds a message from inside: signed, then compressed, then encrypted, as the partner wants it. Compression follows
 * the signature because more receivers agree on the MIC then.
 *
 * @param sign with which digest, or null for no signature
 * @param ownKey signs; used only with {@code sign}
 * @param encrypt for {@code recipient}, or null for no encryption
 */
record MessageWriter(
        @Nullable Digest sign,
        @Nullable OwnKey ownKey,
        boolean compress,
        @Nullable ContentCipher encrypt,
        @Nullable X509Certificate recipient) {

    private static final Digest UNSIGNED_MIC = Digest.SHA256;

    /**
     * What goes on the wire.
     *
     * @param contentType header of the message
     * @param body of the message
     * @param mic what the partner's MDN must return
     */
    record Written(String contentType, byte[] body, Mic mic) {}

    /** @param fileName without quotes or control characters */
    Written write(byte[] payload, String contentType, String fileName) {
        byte[] entity = new MimeText()
                .line("Content-Type: " + contentType)
                .line("Content-Transfer-Encoding: binary")
                .line("Content-Disposition: attachment; filename=\"%s\"".formatted(fileName))
                .line("")
                .raw(payload)
                .toBytes();
        if (sign == null && encrypt == null && !compress) {
            return new Written(contentType, payload, mic(payload));
        }
        Mic mic = mic(entity);
        String type = null;
        byte[] body = entity;
        if (sign != null && ownKey != null) {
            Signing.Signed signed = Signing.sign(entity, ownKey, sign, boundary());
            type = signed.contentType();
            body = signed.body();
        }
        if (compress) {
            body = Compression.compress(type == null ? body : entity(type, body));
            type = "application/pkcs7-mime; smime-type=compressed-data; name=smime.p7z";
        }
        if (encrypt != null && recipient != null) {
            body = encrypted(type == null ? body : entity(type, body), encrypt, recipient);
            type = "application/pkcs7-mime; smime-type=%s; name=smime.p7m"
                    .formatted(encrypt.authenticated() ? "authEnveloped-data" : "enveloped-data");
        }
        if (type == null) {
            throw new IllegalStateException("A signature needs a key and encryption a certificate");
        }
        return new Written(type, body, mic);
    }

    static String boundary() {
        return "=_lonja-" + UUID.randomUUID();
    }

    private Mic mic(byte[] covered) {
        Digest digest = sign == null ? UNSIGNED_MIC : sign;
        return Mic.of(digest.start().digest(covered), digest.registered());
    }

    private static byte[] entity(String contentType, byte[] body) {
        return new MimeText()
                .line("Content-Type: " + contentType)
                .line("Content-Transfer-Encoding: binary")
                .line("")
                .raw(body)
                .toBytes();
    }

    private static byte[] encrypted(byte[] entity, ContentCipher cipher, X509Certificate recipient) {
        try {
            JceCMSContentEncryptorBuilder content = new JceCMSContentEncryptorBuilder(cipher.identifier());
            JceKeyTransRecipientInfoGenerator key = new JceKeyTransRecipientInfoGenerator(recipient);
            if (cipher.authenticated()) {
                CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
                generator.addRecipientInfoGenerator(key);
                return generator
                        .generate(new CMSProcessableByteArray(entity), (OutputAEADEncryptor) content.build())
                        .getEncoded();
            }
            CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(key);
            return generator
                    .generate(new CMSProcessableByteArray(entity), content.build())
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | CertificateEncodingException | IOException e) {
            throw new IllegalStateException(
                    "Cannot encrypt for %s: %s".formatted(recipient.getSubjectX500Principal(), e.getMessage()), e);
        }
    }
}
