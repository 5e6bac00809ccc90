package io.lonja.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
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
    private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final String BEGIN_SEALED = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
    private static final String END_SEALED = "-----END ENCRYPTED PRIVATE KEY-----";
    private static final String BEGIN_OPEN = "-----BEGIN PRIVATE KEY-----";
    private static final String END_OPEN = "-----END PRIVATE KEY-----";
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** The object identifier 1.2.840.113549.1.5.13 in DER (RFC 8018, appendix A.4). */
    private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");

    private static final int SALT_BYTES = 16;
    private static final int BLOCK_BYTES = 16;
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
        byte[] salt = random(SALT_BYTES);
        PBEParameterSpec scheme = new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(random(BLOCK_BYTES)));
        try {
            Cipher cipher = Cipher.getInstance(SCHEME);
            cipher.init(Cipher.ENCRYPT_MODE, secretKey(SCHEME, sealing()), scheme);
            byte[] algorithm = der(SEQUENCE, PBES2, cipher.getParameters().getEncoded());
            byte[] sealed = der(SEQUENCE, algorithm, der(OCTET_STRING, cipher.doFinal(key.getEncoded())));
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(sealed);
            DataFolder.keep(
                    file,
                    "%s\n%s\n%s\n".formatted(BEGIN_SEALED, base64, END_SEALED).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform has no " + SCHEME, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode the key for " + file, e);
        }
    }

    /**
     * The key in this file; an open one (PKCS #8 in PEM or DER) is sealed by that.
     *
     * @throws IllegalStateException with the sentence for the operator: no key, or sealed by another passphrase
     */
    public PrivateKey read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw noKey(file);
            }
            byte[] found = Files.readAllBytes(file);
            String text = new String(found, StandardCharsets.US_ASCII);
            if (!text.contains(BEGIN_SEALED)) {
                PrivateKey key = key(text.contains(BEGIN_OPEN) ? content(text, BEGIN_OPEN, END_OPEN) : found);
                if (key == null) {
                    throw noKey(file);
                }
                keep(file, key);
                LOG.info("Sealed the private key {}, which lay open", file.getFileName());
                return key;
            }
            byte[] sealed = content(text, BEGIN_SEALED, END_SEALED);
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

    private static IllegalStateException noKey(Path file) {
        return new IllegalStateException(
                "%s holds no private key in PKCS #8; restore it, or remove it to get a new one.".formatted(file));
    }

    /** What stands between these lines, out of its base64; nothing when they are not there. */
    private static byte[] content(String pem, String begin, String end) {
        int from = pem.indexOf(begin) + begin.length();
        int until = pem.indexOf(end, from);
        return until < 0 ? new byte[0] : Base64.getMimeDecoder().decode(pem.substring(from, until));
    }

    private static @Nullable PrivateKey opened(byte[] sealed, Secret secret) {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(sealed);
            // Of PBES2 the platform tells the whole scheme only here.
            String scheme = info.getAlgParameters().toString();
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(Cipher.DECRYPT_MODE, secretKey(scheme, secret), info.getAlgParameters());
            return key(info.getKeySpec(cipher).getEncoded());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return null;
        }
    }

    /** Null when it is no key of a kind the hub has. */
    private static @Nullable PrivateKey key(byte[] pkcs8) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException ofAnotherKind) {
                continue;
            }
        }
        return null;
    }

    private static SecretKey secretKey(String scheme, Secret secret) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(secret.passphrase()));
    }

    /** One value of DER with these contents. */
    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            inside.writeBytes(content);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        int length = inside.size();
        if (length < 0x80) {
            value.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int from = digits[0] == 0 ? 1 : 0;
            value.write(0x80 | digits.length - from);
            value.write(digits, from, digits.length - from);
        }
        value.writeBytes(inside.toByteArray());
        return value.toByteArray();
    }

    private static byte[] random(int length) {
        byte[] random = new byte[length];
        new SecureRandom().nextBytes(random);
        return random;
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
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random(OWN_BYTES));
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
        if (!passphrase.matches("[ -~]+")) {
            throw new IllegalStateException(
                    "The passphrase of the keys in %s has other characters than printable ASCII.".formatted(from));
        }
        return new Secret(passphrase.toCharArray(), from);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "KeySafe in " + home.root();
    }
}
