package io.lonja.access;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Secrets of clients: 256 random bits in base64url, 43 characters; kept as a salted bcrypt hash. */
final class ClientSecret {

    /** 2^10 rounds: the secret is not guessable anyway, and every token request pays for it. */
    static final PasswordEncoder HASH = new BCryptPasswordEncoder(10);

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ClientSecret() {}

    static String fresh() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
