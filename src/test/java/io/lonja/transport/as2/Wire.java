package io.lonja.transport.as2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.spec.OAEPParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSCompressedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * An entity of a message, byte for byte as the test wants it: every legal variation and every broken one. Owes nothing
 * to the writer of the hub.
 *
 * @param headers lines with their CRLF, without the empty one
 */
public record Wire(String headers, byte[] body) {

    static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final String BOUNDARY = "----=_Part_7.1'()+_,-./:=?";

    /** Something in a Wire could not be made. */
    private interface Making<T> {
        T make() throws Exception;
    }

    public static Wire document(String contentType, byte[] payload) {
        return new Wire("Content-Type: " + contentType + "\r\n", payload);
    }

    /** Headers, empty line, body. */
    public byte[] bytes() {
        return join(ascii(headers + "\r\n"), body);
    }

    Wire header(String line) {
        return new Wire(headers + line + "\r\n", body);
    }

    /** The body in base64 with lines of this length. */
    public Wire base64(int columns) {
        return new Wire(
                headers + "Content-Transfer-Encoding: base64\r\n",
                Base64.getMimeEncoder(columns, new byte[] {'\r', '\n'}).encode(body));
    }

    Wire quotedPrintable() {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (byte b : body) {
            if (column > 70) {
                text.append("=\r\n");
                column = 0;
            }
            boolean plain = b > ' ' && b <= '~' && b != '=';
            text.append(plain ? String.valueOf((char) b) : "=%02X".formatted(b & 0xff));
            column += plain ? 1 : 3;
        }
        return new Wire(headers + "Content-Transfer-Encoding: quoted-printable\r\n", ascii(text.toString()));
    }

    Wire body(UnaryOperator<byte[]> change) {
        return new Wire(headers, change.apply(body.clone()));
    }

    Wire headers(UnaryOperator<String> change) {
        return new Wire(change.apply(headers), body);
    }

    public Wire signed(Keys... signers) {
        return signed("sha-256", "SHA256", signers);
    }

    /**
     * @param micalg as it stands in the header
     * @param digest {@code SHA256}; with {@code …andMGF1} for PSS behind it
     */
    Wire signed(String micalg, String digest, Keys... signers) {
        byte[] entity = bytes();
        return multipart(micalg, entity, signature(entity, digest, true, signers), "\r\n");
    }

    /** Signed as before attributes were invented: the content itself is under the signature. */
    Wire signedDirectly(Keys signer) {
        byte[] entity = bytes();
        return multipart("sha-256", entity, signature(entity, "SHA256", false, signer), "\r\n");
    }

    /** What is sent is not what was signed. */
    Wire signedThenChanged(Keys signer) {
        byte[] changed = bytes();
        byte[] signature = signature(changed, "SHA256", true, signer);
        changed[changed.length - 3] ^= 1;
        return multipart("sha-256", changed, signature, "\r\n");
    }

    static Wire multipart(String micalg, byte[] entity, byte[] signature, String lineEnd) {
        // An entity that is signed again needs another boundary.
        String boundary = BOUNDARY + entity.length;
        return new Wire(
                "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=" + micalg
                        + "; boundary=\"" + boundary + "\"\r\n",
                join(
                        ascii("--" + boundary + lineEnd),
                        entity,
                        ascii(lineEnd + "--" + boundary + lineEnd
                                + "Content-Type: application/pkcs7-signature; name=smime.p7s" + lineEnd
                                + "Content-Transfer-Encoding: base64" + lineEnd + lineEnd),
                        Base64.getMimeEncoder(64, ascii(lineEnd)).encode(signature),
                        ascii(lineEnd + "--" + boundary + "--" + lineEnd)));
    }

    static byte[] signature(byte[] entity, String digest, boolean attributes, Keys... signers) {
        return made(() -> {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            List<X509Certificate> certificates = new ArrayList<>();
            for (Keys signer : signers) {
                String algorithm = signer.key().getAlgorithm().equals("EC") ? "ECDSA" : "RSA";
                String name =
                        digest.contains("and") ? digest.replace("and", "withRSAand") : digest + "with" + algorithm;
                generator.addSignerInfoGenerator(
                        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                                .setDirectSignature(!attributes)
                                .build(
                                        new JcaContentSignerBuilder(name)
                                                .setProvider(BC)
                                                .build(signer.key()),
                                        signer.certificate()));
                certificates.add(signer.certificate());
            }
            generator.addCertificates(new JcaCertStore(certificates));
            return generator
                    .generate(new CMSProcessableByteArray(entity), false)
                    .getEncoded();
        });
    }

    public Wire compressed() {
        return new Wire(
                "Content-Type: application/pkcs7-mime; smime-type=compressed-data; name=smime.p7z\r\n",
                made(() -> new CMSCompressedDataGenerator()
                        .generate(new CMSProcessableByteArray(bytes()), new ZlibCompressor())
                        .getEncoded()));
    }

    public Wire encrypted(Keys... recipients) {
        return encrypted(CMSAlgorithm.AES128_CBC, recipients);
    }

    Wire encrypted(ASN1ObjectIdentifier algorithm, Keys... recipients) {
        return new Wire(
                "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n", made(() -> {
                    CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
                    for (Keys recipient : recipients) {
                        generator.addRecipientInfoGenerator(
                                new JceKeyTransRecipientInfoGenerator(recipient.certificate()));
                    }
                    return generator
                            .generate(
                                    new CMSProcessableByteArray(bytes()),
                                    new JceCMSContentEncryptorBuilder(algorithm)
                                            .setProvider(BC)
                                            .build())
                            .getEncoded();
                }));
    }

    /** The recipient named by its key and not by its certificate. */
    Wire encryptedForKeyIdentifier(Keys recipient) {
        return new Wire("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n", made(() -> {
            CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
            byte[] extension = recipient.certificate().getExtensionValue("2.5.29.14");
            byte[] keyId = Arrays.copyOfRange(extension, 4, extension.length);
            generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(
                    keyId, recipient.certificate().getPublicKey()));
            return generator
                    .generate(
                            new CMSProcessableByteArray(bytes()),
                            new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build())
                    .getEncoded();
        }));
    }

    Wire encryptedByOaep(OAEPParameterSpec oaep, Keys recipient) {
        return new Wire("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n", made(() -> {
            CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(
                            recipient.certificate(),
                            new JcaAlgorithmParametersConverter()
                                    .getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, oaep))
                    .setProvider(BC));
            return generator
                    .generate(
                            new CMSProcessableByteArray(bytes()),
                            new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC).build())
                    .getEncoded();
        }));
    }

    Wire authEncrypted(ASN1ObjectIdentifier algorithm, Keys recipient) {
        return new Wire(
                "Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data; name=smime.p7m\r\n", made(() -> {
                    CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
                    generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(recipient.certificate()));
                    return generator
                            .generate(new CMSProcessableByteArray(bytes()), (OutputAEADEncryptor)
                                    new JceCMSContentEncryptorBuilder(algorithm)
                                            .setProvider(BC)
                                            .build())
                            .getEncoded();
                }));
    }

    /** As the message itself: what were headers of an entity are headers of HTTP. */
    MimeHeaders http() {
        try {
            return MimeHeaders.parse(Bytes.of(ascii(headers + "\r\n"))).headers();
        } catch (Refusal e) {
            throw new IllegalStateException(e.because(), e);
        }
    }

    static String mic(String algorithm, byte[] covered) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance(algorithm).digest(covered));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (Exception e) {
            throw new IllegalStateException("The test cannot make this entity", e);
        }
    }
}
