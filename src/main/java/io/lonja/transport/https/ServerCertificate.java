package io.lonja.transport.https;

import io.lonja.archive.DataFolder;
import io.lonja.archive.KeySafe;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** The certificate that TLS clients see, with its key and chain. */
record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {

    /** Clients pin it, so an early end would only break them; who wants renewal brings a certificate. */
    private static final Duration OWN_VALIDITY = Duration.ofDays(3650);

    ServerCertificate {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("There is no certificate in the file");
        }
        chain = List.copyOf(chain);
    }

    /** The one of this data folder, self-signed (EC P-256) and made when there is none. */
    static ServerCertificate in(KeySafe safe, Instant now) {
        Path certificate = safe.folder().resolve("https-certificate.pem");
        Path key = safe.folder().resolve("https-key.pem");
        if (!Files.exists(certificate) || !Files.exists(key)) {
            make(safe, certificate, key, now);
        }
        try {
            return new ServerCertificate(safe.read(key), chain(certificate));
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw new IllegalStateException("Cannot use %s for TLS: %s".formatted(certificate, e.getMessage()), e);
        }
    }

    /** Reads PEM files: the certificate followed by its issuers, and the key (PKCS #8, SEC 1 or PKCS #1). */
    static ServerCertificate read(Path certificate, Path key) {
        try (Reader keys = Files.newBufferedReader(key, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(keys)) {
            List<X509Certificate> chain = chain(certificate);
            Object found = parser.readObject();
            while (found != null && !(found instanceof PrivateKeyInfo) && !(found instanceof PEMKeyPair)) {
                found = parser.readObject(); // EC PARAMETERS, which OpenSSL writes before the key
            }
            if (found == null) {
                throw new IllegalArgumentException("There is no unencrypted private key in the file");
            }
            PrivateKeyInfo secret =
                    found instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : (PrivateKeyInfo) found;
            return new ServerCertificate(new JcaPEMKeyConverter().getPrivateKey(secret), chain);
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw new IllegalStateException(
                    "Cannot use %s with %s for TLS: %s".formatted(certificate, key, e.getMessage()), e);
        }
    }

    private static List<X509Certificate> chain(Path certificate) throws GeneralSecurityException, IOException {
        try (InputStream certificates = Files.newInputStream(certificate)) {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(certificates)) {
                chain.add((X509Certificate) each);
            }
            return chain;
        }
    }

    private static void make(KeySafe safe, Path certificateFile, Path keyFile, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            String host = hostName();
            X500Name name = new X500Name("CN=" + host);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(120, new SecureRandom()),
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(OWN_VALIDITY)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names(host)));
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            safe.keep(keyFile, pair.getPrivate());
            DataFolder.keep(certificateFile, pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("This Java platform cannot make a P-256 certificate", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the certificate " + certificateFile, e);
        }
    }

    private static GeneralName[] names(String host) {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        if (!host.equals("localhost")) {
            names.add(new GeneralName(GeneralName.dNSName, host));
        }
        return names.toArray(GeneralName[]::new);
    }

    /** The machine's own name where it is one that a certificate can hold. */
    private static String hostName() {
        try {
            String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            return host.matches("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?") ? host : "localhost";
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static byte[] pem(String label, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject(label, content));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** SHA-256 of the certificate in DER: {@code 9F:86:D0:…}. */
    String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(chain.get(0).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
    }

    /** In memory, under this password. */
    KeyStore keyStore(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("https", key, password, chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "The key does not belong to the certificate, or is of a kind unknown to TLS", e);
        }
    }
}
