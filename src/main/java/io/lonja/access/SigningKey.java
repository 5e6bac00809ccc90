package io.lonja.access;

import io.lonja.archive.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** The RSA key that signs access tokens: {@code LONJA_HOME/keys/token-signing.pem} (PKCS #8, mode 0600). */
final class SigningKey {

    private static final int BITS = 2048;
    private static final String HEADER = "-----BEGIN PRIVATE KEY-----";
    private static final String TRAILER = "-----END PRIVATE KEY-----";

    private SigningKey() {}

    /** The key of this data folder, made when there is none. */
    static KeyPair in(DataFolder home) {
        Path file = home.folder("keys").resolve("token-signing.pem");
        try {
            if (!Files.exists(file)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(BITS);
                DataFolder.keep(
                        file, pem(generator.generateKeyPair().getPrivate().getEncoded()));
            }
            return read(file);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "%s is not an RSA key in PKCS #8; restore it, or remove it to get a new one".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static byte[] pem(byte[] key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return (HEADER + "\n" + base64 + "\n" + TRAILER + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
        String base64 = Files.readString(file, StandardCharsets.US_ASCII)
                .replace(HEADER, "")
                .replace(TRAILER, "")
                .strip();
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey secret = (RSAPrivateCrtKey) rsa.generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        PublicKey open = rsa.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
        return new KeyPair(open, secret);
    }
}
