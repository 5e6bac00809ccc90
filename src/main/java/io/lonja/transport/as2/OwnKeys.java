package io.lonja.transport.as2;

import io.lonja.archive.DataFolder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Our own keys, in {@code LONJA_HOME/keys}: {@code as2-lonja.key.pem}, which never leaves, and beside it
 * {@code as2-lonja.certificate.pem}, which every partner may have. For a roll-over a second pair under another name is
 * put there: whatever was encrypted for any of them is opened, and the youngest that is valid signs.
 */
final class OwnKeys {

    private static final int RSA_BITS = 3072;
    private static final Duration VALIDITY = Duration.ofDays(5 * 365);
    private static final String KEY = ".key.pem";
    private static final String CERTIFICATE = ".certificate.pem";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final List<OwnKey> keys;
    private final Clock clock;

    private OwnKeys(List<OwnKey> keys, Clock clock) {
        this.keys = List.copyOf(keys);
        this.clock = clock;
    }

    /** The keys of this data folder; the first is made when there is none. */
    static OwnKeys in(DataFolder home, String as2Name, Clock clock) {
        Path folder = home.folder("keys");
        try {
            if (files(folder).isEmpty()) {
                make(folder, as2Name, clock.instant());
            }
            List<OwnKey> keys = new ArrayList<>();
            for (Path file : files(folder)) {
                keys.add(read(file));
            }
            // The youngest first.
            keys.sort(Comparator.comparing((OwnKey own) -> own.certificate().getNotBefore())
                    .reversed());
            return new OwnKeys(keys, clock);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the AS2 keys in " + folder, e);
        }
    }

    /** All of them, the youngest first. */
    List<OwnKey> all() {
        return keys;
    }

    /** The one that signs now. */
    OwnKey signing() {
        Instant now = clock.instant();
        return keys.stream()
                .filter(own -> CertificateTimes.valid(own.certificate(), now))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "No AS2 certificate in the keys folder is valid now; put a new pair as2-NAME.key.pem and as2-NAME.certificate.pem there"));
    }

    /** The one that signs a message of this format now: MD5 never signed by an elliptic curve. */
    OwnKey signing(MessageFormat format) {
        return signing();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith("as2-") && name.endsWith(KEY);
                    })
                    .sorted()
                    .toList();
        }
    }

    private static OwnKey read(Path keyFile) throws IOException {
        String name = keyFile.getFileName().toString();
        Path certificate = keyFile.resolveSibling(name.substring(0, name.length() - KEY.length()) + CERTIFICATE);
        try {
            String base64 = Files.readString(keyFile, StandardCharsets.US_ASCII)
                    .replace(BEGIN, "")
                    .replace(END, "");
            return new OwnKey(
                    KeyFactory.getInstance("RSA")
                            .generatePrivate(new PKCS8EncodedKeySpec(
                                    Base64.getMimeDecoder().decode(base64))),
                    CertificateTimes.read(Files.readString(certificate, StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "%s must hold an RSA key in PKCS #8 and %s its certificate, both in PEM; restore them"
                            .formatted(keyFile, certificate.getFileName()),
                    e);
        }
    }

    private static void make(Path folder, String as2Name, Instant now) throws IOException {
        String name = "as2-" + as2Name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            KeyPair pair = generator.generateKeyPair();
            var subject = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.CN, as2Name)
                    .build();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(120, new SecureRandom()),
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(VALIDITY)),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
            DataFolder.keep(folder.resolve(name + CERTIFICATE), pem("CERTIFICATE", certificate.getEncoded()));
            DataFolder.keep(
                    folder.resolve(name + KEY),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("This Java platform cannot make an RSA certificate", e);
        }
    }

    private static byte[] pem(String label, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject(label, content));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
