package io.lonja.transport.as2;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A part of an array, by offset. What a signature covers is looked at where it lies, never copied out and written
 * again.
 *
 * @param from the first byte
 * @param until the byte after the last
 */
record Bytes(byte[] array, int from, int until) {

    Bytes {
        if (from < 0 || until < from || until > array.length) {
            throw new IllegalArgumentException(
                    "There is no part %d to %d of %d bytes".formatted(from, until, array.length));
        }
    }

    static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    int length() {
        return until - from;
    }

    /** The part between these offsets into {@link #array}. */
    Bytes between(int start, int end) {
        if (start < from || end > until) {
            throw new IllegalArgumentException("%d to %d reaches beyond %s".formatted(start, end, this));
        }
        return new Bytes(array, start, end);
    }

    /** The bytes themselves; the whole array as it is, a part as a copy. */
    byte[] toArray() {
        return from == 0 && until == array.length ? array : Arrays.copyOfRange(array, from, until);
    }

    byte[] digest(MessageDigest digest) {
        digest.update(array, from, length());
        return digest.digest();
    }

    boolean startsWith(byte[] prefix, int at) {
        return at >= from
                && until - at >= prefix.length
                && Arrays.equals(array, at, at + prefix.length, prefix, 0, prefix.length);
    }

    /** One character per byte (ISO 8859-1). */
    String text(int start, int end) {
        return new String(array, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Whether these are only printable ASCII characters, tabs and line ends; true for none. */
    boolean plainText() {
        for (int at = from; at < until; at++) {
            byte b = array[at];
            if ((b < ' ' || b > '~') && b != '\r' && b != '\n' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, from, until, that.array, that.from, that.until);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int at = from; at < until; at++) {
            hash = 31 * hash + array[at];
        }
        return hash;
    }

    @Override
    public String toString() {
        return "bytes %d to %d of %d".formatted(from, until, array.length);
    }
}
