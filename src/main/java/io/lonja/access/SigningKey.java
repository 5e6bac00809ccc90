package io.lonja.access;

import io.lonja.archive.KeySafe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;

/** The RSA key that signs access tokens: {@code LONJA_HOME/keys/token-signing.pem} (sealed, mode 0600). */
final class SigningKey {

    private static final int BITS = 2048;

    private SigningKey() {}

    /** The key of this data folder, made when there is none. */
    static KeyPair in(KeySafe safe) {
        Path file = safe.folder().resolve("token-signing.pem");
        try {
            if (!Files.exists(file)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(BITS);
                safe.keep(file, generator.generateKeyPair().getPrivate());
            }
            if (!(safe.read(file) instanceof RSAPrivateCrtKey secret)) {
                throw new IllegalStateException(
                        "%s is not an RSA key; restore it, or remove it to get a new one".formatted(file));
            }
            PublicKey open = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
            return new KeyPair(open, secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has RSA", e);
        }
    }
}
