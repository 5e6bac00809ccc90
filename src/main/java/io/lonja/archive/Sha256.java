package io.lonja.archive;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest (FIPS 180-4), 32 bytes; printed as 64 lower-case hexadecimal digits. */
public final class Sha256 {

    public static final int BYTES = 32;

    private final byte[] digest;

    private Sha256(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("A SHA-256 digest has 32 bytes, not " + digest.length);
        }
        this.digest = digest;
    }

    /** The digest of these bytes, taken one after the other. */
    public static Sha256 of(byte[]... parts) {
        MessageDigest sha256 = newDigest();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return new Sha256(sha256.digest());
    }

    /** A digest that was computed elsewhere. */
    public static Sha256 fromBytes(byte[] digest) {
        return new Sha256(digest.clone());
    }

    /** A digest from its 64 hexadecimal digits; throws {@link IllegalArgumentException} for anything else. */
    @JsonCreator
    public static Sha256 fromHex(String hex) {
        return new Sha256(HexFormat.of().parseHex(hex));
    }

    /** A fresh SHA-256 for callers that digest a stream. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    public byte[] bytes() {
        return digest.clone();
    }

    @JsonValue
    public String hex() {
        return HexFormat.of().formatHex(digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return hex();
    }
}
