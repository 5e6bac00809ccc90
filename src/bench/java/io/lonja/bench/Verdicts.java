package io.lonja.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What became of orders, one after the other, as one digest: SHA-256 of their control numbers, each with + or -. */
final class Verdicts {

    private final MessageDigest digest = sha256();
    private long sets;

    void add(String controlNumber, boolean flawless) {
        digest.update((controlNumber + (flawless ? '+' : '-')).getBytes(StandardCharsets.UTF_8));
        sets++;
    }

    long sets() {
        return sets;
    }

    /** Of all that were added; nothing may be added after. */
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
