package io.lonja.transport.as2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of what came, by offset: of an array, or of a file where there are too many bytes for one. What a signature
 * covers is looked at where it lies, never copied out and written again. For one thread.
 */
final class Bytes {

    private static final int PIECE_BYTES = 1 << 16;

    private final byte @Nullable [] array;
    private final @Nullable SpooledBytes file;
    private final int from;
    private final int until;

    /**
     * @param from the first byte
     * @param until the byte after the last
     */
    private Bytes(byte @Nullable [] array, @Nullable SpooledBytes file, int from, int until) {
        this.array = array;
        this.file = file;
        this.from = from;
        this.until = until;
    }

    static Bytes of(byte[] array) {
        return new Bytes(array, null, 0, array.length);
    }

    static Bytes of(SpooledBytes file) {
        return new Bytes(null, file, 0, file.length());
    }

    int from() {
        return from;
    }

    int until() {
        return until;
    }

    int length() {
        return until - from;
    }

    /** The part between these offsets, which count from where {@link #from} does. */
    Bytes between(int start, int end) {
        if (start < from || end > until || end < start) {
            throw new IllegalArgumentException("%d to %d reaches beyond %s".formatted(start, end, this));
        }
        return new Bytes(array, file, start, end);
    }

    /** Whether this lies inside that part, in the very same place and not as a copy. */
    boolean inside(Bytes other) {
        return array == other.array && file == other.file && from >= other.from && until <= other.until;
    }

    /** Whether it is all of a file, which then can stand for it. */
    boolean wholeOf(SpooledBytes other) {
        return file == other && from == 0 && until == other.length();
    }

    boolean inMemory() {
        return array != null;
    }

    byte at(int offset) {
        return array != null ? array[offset] : spooled().at(offset);
    }

    /** Where this byte is next, from that offset on; {@link #until} when it is nowhere. */
    int indexOf(byte wanted, int start) {
        int at = start;
        if (array != null) {
            while (at < until && array[at] != wanted) {
                at++;
            }
        } else {
            SpooledBytes spooled = spooled();
            while (at < until && spooled.at(at) != wanted) {
                at++;
            }
        }
        return at;
    }

    /** The bytes themselves, for parts that are known to be small: the whole array as it is, a part as a copy. */
    byte[] toArray() {
        if (array != null) {
            return from == 0 && until == array.length ? array : Arrays.copyOfRange(array, from, until);
        }
        byte[] copy = new byte[length()];
        spooled().copy(from, copy, 0, copy.length);
        return copy;
    }

    InputStream open() {
        return array != null
                ? new ByteArrayInputStream(array, from, length())
                : spooled().open(from, until);
    }

    void writeTo(OutputStream out) throws IOException {
        if (array != null) {
            out.write(array, from, length());
            return;
        }
        byte[] piece = new byte[Math.min(PIECE_BYTES, length())];
        for (int at = from; at < until; at += piece.length) {
            int count = Math.min(piece.length, until - at);
            spooled().copy(at, piece, 0, count);
            out.write(piece, 0, count);
        }
    }

    byte[] digest(MessageDigest digest) {
        try {
            writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } catch (IOException e) {
            throw new IllegalStateException("A digest takes every byte", e);
        }
        return digest.digest();
    }

    boolean startsWith(byte[] prefix, int at) {
        if (at < from || until - at < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (at(at + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** One character per byte (ISO 8859-1). */
    String text(int start, int end) {
        return new String(between(start, end).toArray(), StandardCharsets.ISO_8859_1);
    }

    /** Whether these are only printable ASCII characters, tabs and line ends; true for none. */
    boolean plainText() {
        for (int at = from; at < until; at++) {
            byte b = at(at);
            if ((b < ' ' || b > '~') && b != '\r' && b != '\n' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private SpooledBytes spooled() {
        return Objects.requireNonNull(file);
    }

    @Override
    public String toString() {
        return "bytes %d to %d".formatted(from, until);
    }
}
