package io.lonja.transport.as2;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Kinds of keys the hub makes for itself. */
public enum KeyType {
    RSA3072("rsa3072"),
    RSA4096("rsa4096"),
    /** Signs only: partners go on encrypting to an RSA certificate. */
    EC_P256("ec-p256");

    private static final Duration VALIDITY = Duration.ofDays(5 * 365);

    private final String shown;

    KeyType(String shown) {
        this.shown = shown;
    }

    @Override
    public String toString() {
        return shown;
    }

    KeyPair pair() {
        try {
            if (this == EC_P256) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                return generator.generateKeyPair();
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(this == RSA3072 ? 3072 : 4096);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform cannot make a key of type " + shown, e);
        }
    }

    /** Self-signed, for five years from an hour ago: partners install it as it is. */
    X509Certificate certificate(KeyPair pair, String as2Name, Instant now) {
        X500Name subject = subject(as2Name);
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(120, new SecureRandom()),
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(VALIDITY)),
                    subject,
                    pair.getPublic());
            int use = KeyUsage.digitalSignature | (this == EC_P256 ? 0 : KeyUsage.keyEncipherment);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(use));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            String algorithm = Digest.SHA256.signingWith(pair.getPrivate().getAlgorithm());
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("This Java platform cannot make a certificate of type " + shown, e);
        }
    }

    static X500Name subject(String as2Name) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, as2Name).build();
    }
}
