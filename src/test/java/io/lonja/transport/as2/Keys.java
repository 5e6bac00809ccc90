package io.lonja.transport.as2;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Keys with certificates for tests, one of a name for the whole run. */
public record Keys(String name, PrivateKey key, X509Certificate certificate) {

    private static final Map<String, Keys> MADE = new ConcurrentHashMap<>();

    /** RSA with 2048 bits, valid a year from yesterday. */
    public static Keys rsa(String name) {
        return MADE.computeIfAbsent(name, it -> make(it, "RSA", 2048, "SHA256withRSA"));
    }

    static Keys ec(String name) {
        return ec(name, 256);
    }

    /** On the NIST curve of so many bits. */
    static Keys ec(String name, int bits) {
        return MADE.computeIfAbsent(name, it -> make(it, "EC", bits, "SHA256withECDSA"));
    }

    static Keys shortRsa(String name) {
        return MADE.computeIfAbsent(name, it -> make(it, "RSA", 1024, "SHA256withRSA"));
    }

    OwnKey asOwn() {
        return new OwnKey(key, certificate);
    }

    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject(label, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Keys make(String name, String algorithm, int bits, String signature) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            X500Name subject = new X500Name("CN=" + name);
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject,
                    BigInteger.valueOf(1 + Math.abs((long) name.hashCode())),
                    Date.from(now.minus(1, ChronoUnit.DAYS)),
                    Date.from(now.plus(365, ChronoUnit.DAYS)),
                    subject,
                    pair.getPublic());
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return new Keys(
                    name,
                    pair.getPrivate(),
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    builder.build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("No test key " + name, e);
        }
    }
}
