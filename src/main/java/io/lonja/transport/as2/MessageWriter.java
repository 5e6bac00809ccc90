package io.lonja.transport.as2;

import io.lonja.transport.as2.MessageFormat.Compress;
import java.io.IOException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.util.UUID;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.jspecify.annotations.Nullable;

/**
 * Builds a message from inside: compressed, signed, compressed, encrypted, as the partner wants it.
 *
 * @param ownKey signs; used only when the format says so
 * @param recipient encrypted for; used only when the format says so
 */
record MessageWriter(
        MessageFormat format,
        @Nullable OwnKey ownKey,
        @Nullable X509Certificate recipient) {

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final Digest UNSIGNED_MIC = Digest.SHA256;

    /**
     * What goes on the wire.
     *
     * @param contentType header of the message
     * @param body of the message
     * @param mic what the partner's MDN must return
     */
    record Written(String contentType, byte[] body, Mic mic) {}

    /** An entity that may still get its transfer encoding. */
    private record Layer(String contentType, byte[] content) {}

    /** @param fileName without quotes or control characters */
    Written write(byte[] payload, String contentType, String fileName) {
        ContentCipher encrypt = format.encrypt();
        if (format.sign() == null && encrypt == null && format.compress() == Compress.NEVER) {
            return new Written(contentType, payload, mic(payload));
        }
        String disposition =
                format.fileName() ? "Content-Disposition: attachment; filename=\"%s\"".formatted(fileName) : null;
        byte[] entity = entity(new Layer(contentType, payload), disposition);
        Layer layer = null;
        byte[] covered = entity;
        if (format.compress() == Compress.BEFORE_SIGN) {
            layer = compressed(entity);
            if (format.sign() != null) {
                covered = entity(layer, null);
            }
        }
        if (format.sign() != null) {
            if (ownKey == null) {
                throw new IllegalStateException("A signature needs a key");
            }
            Signing.Signed signed = Signing.sign(covered, ownKey, format, format.sign(), boundary());
            layer = new Layer(signed.contentType(), signed.body());
        }
        if (format.compress() == Compress.AFTER_SIGN) {
            layer = compressed(layer == null ? entity : multipart(layer));
        }
        if (encrypt != null) {
            if (recipient == null) {
                throw new IllegalStateException("Encryption needs a certificate");
            }
            byte[] inside = layer == null ? entity : isCms(layer) ? entity(layer, null) : multipart(layer);
            layer = new Layer(
                    "application/pkcs7-mime; smime-type=%s; name=smime.p7m"
                            .formatted(encrypt.authenticated() ? "authEnveloped-data" : "enveloped-data"),
                    encrypted(inside, encrypt, recipient));
        }
        if (layer == null) {
            throw new IllegalStateException("A message that is no plain document has a layer");
        }
        return new Written(layer.contentType(), layer.content(), mic(covered));
    }

    static String boundary() {
        return "=_lonja-" + UUID.randomUUID();
    }

    private Mic mic(byte[] covered) {
        Digest digest = format.sign() == null ? UNSIGNED_MIC : format.sign();
        return Mic.of(digest.start().digest(covered), format.name(digest));
    }

    private static Layer compressed(byte[] entity) {
        return new Layer(
                "application/pkcs7-mime; smime-type=compressed-data; name=smime.p7z", Compression.compress(entity));
    }

    private static boolean isCms(Layer layer) {
        return HeaderValue.parse(layer.contentType()).isCms();
    }

    private byte[] entity(Layer layer, @Nullable String disposition) {
        MimeText text = new MimeText()
                .line("Content-Type: " + layer.contentType())
                .line("Content-Transfer-Encoding: " + (format.base64() ? "base64" : "binary"));
        if (disposition != null) {
            text.line(disposition);
        }
        text.line("");
        return (format.base64() ? text.base64(layer.content()) : text.raw(layer.content())).toBytes();
    }

    /** A multipart has no encoding of its own (RFC 2045, section 6.4); its parts have. */
    private byte[] multipart(Layer layer) {
        return new MimeText()
                .line("Content-Type: " + layer.contentType())
                .line("Content-Transfer-Encoding: " + (format.base64() ? "7bit" : "binary"))
                .line("")
                .raw(layer.content())
                .toBytes();
    }

    private byte[] encrypted(byte[] entity, ContentCipher cipher, X509Certificate certificate) {
        try {
            JceCMSContentEncryptorBuilder content = new JceCMSContentEncryptorBuilder(cipher.identifier());
            JceKeyTransRecipientInfoGenerator key = wrapping(certificate);
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
        } catch (CMSException | CertificateEncodingException | InvalidAlgorithmParameterException | IOException e) {
            throw new IllegalStateException(
                    "Cannot encrypt for %s: %s".formatted(certificate.getSubjectX500Principal(), e.getMessage()), e);
        }
    }

    private JceKeyTransRecipientInfoGenerator wrapping(X509Certificate certificate)
            throws CertificateEncodingException, InvalidAlgorithmParameterException {
        if (!format.oaep()) {
            return new JceKeyTransRecipientInfoGenerator(certificate);
        }
        OAEPParameterSpec oaep =
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        return new JceKeyTransRecipientInfoGenerator(
                        certificate,
                        new JcaAlgorithmParametersConverter()
                                .getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, oaep))
                .setProvider(PROVIDER);
    }
}
