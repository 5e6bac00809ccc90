package io.lonja.archive;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private keys in files of {@code LONJA_HOME/keys}, each sealed by a passphrase: PKCS #8 under PBES2 with AES-256 and
 * PBKDF2-HMAC-SHA-256 (RFC 8018), which {@code openssl pkey} opens too. A key that somebody put there open is sealed when
 * it is read. Who has the folder without the passphrase has no key.
 */
public final class KeySafe {

    /** The environment's name of the passphrase. */
    public static final String PASSPHRASE = "LONJA_KEYS_PASSPHRASE";

    /** The environment's name of a file with the passphrase. */
    public static final String PASSPHRASE_FILE = "LONJA_KEYS_PASSPHRASE_FILE";

    private static final Logger LOG = LoggerFactory.getLogger(KeySafe.class);
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final String OWN_FILE = "keys-passphrase";
    private static final int CHARACTERS_MIN = 16;
    private static final int OWN_BYTES = 32;
    private static final int ITERATIONS = 100_000;
    private static final int FILE_BYTES_MAX = 64 * 1024;

    private final DataFolder home;
    private final @Nullable Secret given;

    /** @param from for sentences: where it came from */
    private record Secret(char[] passphrase, String from) {}

    private KeySafe(DataFolder home, @Nullable Secret given) {
        this.home = home;
        this.given = given;
    }

    /**
     * The safe of this data folder.
     *
     * @param passphrase at least 16 characters; null or blank for none
     * @param passphraseFile whose first line is it, not to be read by others; null or blank for none
     * @throws IllegalStateException with the sentence for the operator, when a passphrase is too short or others can read it
     */
    public static KeySafe in(DataFolder home, @Nullable String passphrase, @Nullable String passphraseFile) {
        if (passphrase != null && !passphrase.isBlank()) {
            return new KeySafe(home, secret(passphrase, PASSPHRASE));
        }
        if (passphraseFile != null && !passphraseFile.isBlank()) {
            return new KeySafe(home, secretIn(Path.of(passphraseFile)));
        }
        return new KeySafe(home, null);
    }

    /** The safe whose passphrase lies in {@code secrets/} of the same folder. */
    public static KeySafe in(DataFolder home) {
        return in(home, null, null);
    }

    /** Where the keys lie. */
    public Path folder() {
        return home.folder("keys");
    }

    /** Writes a key, sealed; mode 0600, whole and durable or not at all. */
    public void keep(Path file, PrivateKey key) {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new JcaPKCS8Generator(
                    key,
                    new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                            .setProvider(PROVIDER)
                            .setPRF(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE))
                            .setIterationCount(ITERATIONS)
                            .setPassword(sealing().passphrase())
                            .build()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("This Java platform has no AES-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode the key for " + file, e);
        }
        DataFolder.keep(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The key in this file; an open one (PEM or DER: PKCS #8, PKCS #1 or SEC 1) is sealed by that.
     *
     * @throws IllegalStateException with the sentence for the operator: no key, or sealed by another passphrase
     */
    public PrivateKey read(Path file) {
        try {
            Object found = parsed(file);
            if (!(found instanceof PKCS8EncryptedPrivateKeyInfo sealed)) {
                PrivateKey key = key((PrivateKeyInfo) found);
                keep(file, key);
                LOG.info("Sealed the private key {}, which lay open", file.getFileName());
                return key;
            }
            List<Secret> secrets = secrets();
            for (Secret secret : secrets) {
                PrivateKey key = opened(sealed, secret);
                if (key != null) {
                    if (secret != secrets.get(0)) {
                        keep(file, key);
                        LOG.info(
                                "Sealed the private key {} anew under {}; when all are, {} may go",
                                file.getFileName(),
                                secrets.get(0).from(),
                                secret.from());
                    }
                    return key;
                }
            }
            throw new IllegalStateException(
                    secrets.isEmpty()
                            ? "The key %s is sealed, and there is no passphrase: set %s, or restore secrets/%s from the backup."
                                    .formatted(file, PASSPHRASE, OWN_FILE)
                            : "The key %s is sealed by another passphrase than %s; give the right one, or restore the key from the backup."
                                    .formatted(file, secrets.get(0).from()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static Object parsed(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw noKey(file);
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            if (bytes.length > 0 && bytes[0] == 0x30) {
                return PrivateKeyInfo.getInstance(bytes);
            }
            try (PEMParser parser = new PEMParser(new StringReader(new String(bytes, StandardCharsets.US_ASCII)))) {
                for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
                    if (each instanceof PEMKeyPair pair) {
                        return pair.getPrivateKeyInfo();
                    }
                    if (each instanceof PrivateKeyInfo || each instanceof PKCS8EncryptedPrivateKeyInfo) {
                        return each;
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw noKey(file);
        }
        throw noKey(file);
    }

    private static IllegalStateException noKey(Path file) {
        return new IllegalStateException(
                "%s holds no private key in PKCS #8; restore it, or remove it to get a new one.".formatted(file));
    }

    private static @Nullable PrivateKey opened(PKCS8EncryptedPrivateKeyInfo sealed, Secret secret) {
        try {
            return key(sealed.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(PROVIDER)
                    .build(secret.passphrase())));
        } catch (PKCSException | OperatorCreationException | IOException | RuntimeException e) {
            return null;
        }
    }

    private static PrivateKey key(PrivateKeyInfo info) throws IOException {
        return new JcaPEMKeyConverter().getPrivateKey(info);
    }

    /** The one to seal by first; then the folder's own, when the operator has just named another. */
    private List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>();
        if (given != null) {
            secrets.add(given);
        }
        Path own = ownFile();
        if (Files.exists(own)) {
            secrets.add(secretIn(own));
        }
        return secrets;
    }

    private Secret sealing() {
        List<Secret> secrets = secrets();
        if (!secrets.isEmpty()) {
            return secrets.get(0);
        }
        byte[] random = new byte[OWN_BYTES];
        new SecureRandom().nextBytes(random);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        DataFolder.keep(ownFile(), (made + "\n").getBytes(StandardCharsets.US_ASCII));
        LOG.info("Made {}: the private keys are sealed by it, keep it with the backup", ownFile());
        return secret(made, ownFile().toString());
    }

    private Path ownFile() {
        return home.folder("secrets").resolve(OWN_FILE);
    }

    private static Secret secretIn(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalStateException("There is no file %s with the passphrase of the keys.".formatted(file));
            }
            EnumSet<PosixFilePermission> others = EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);
            if (Files.getPosixFilePermissions(file).stream().anyMatch(others::contains)) {
                throw new IllegalStateException(
                        "Others can read %s, which holds the passphrase of the keys; run chmod 600.".formatted(file));
            }
            try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
                return secret(lines.findFirst().orElse(""), file.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the passphrase of the keys in " + file, e);
        }
    }

    private static Secret secret(String passphrase, String from) {
        if (passphrase.length() < CHARACTERS_MIN) {
            throw new IllegalStateException("The passphrase of the keys in %s has %d characters; it needs at least %d."
                    .formatted(from, passphrase.length(), CHARACTERS_MIN));
        }
        return new Secret(passphrase.toCharArray(), from);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "KeySafe in " + home.root();
    }
}
