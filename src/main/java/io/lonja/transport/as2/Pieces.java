package io.lonja.transport.as2;

import io.lonja.archive.Payload;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way out, one piece behind the other: of memory, or of files, which are never loaded. They can be
 * written as often as one likes and are the same each time, so that a large document is signed and encrypted from where
 * it lies. Nothing that was added may change.
 */
final class Pieces {

    private static final int BASE64_COLUMNS = 76;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final List<Piece> pieces = new ArrayList<>();
    private long length;

    private sealed interface Piece {

        long length();

        void writeTo(OutputStream out) throws IOException;
    }

    private record Octets(byte[] bytes) implements Piece {

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    private record Stored(Payload payload) implements Piece {

        @Override
        public long length() {
            return payload.length();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream in = payload.open()) {
                in.transferTo(out);
            }
        }
    }

    /** In lines of 76 letters, the last one without an end (RFC 2045, section 6.8). */
    private record Base64Lines(Pieces content) implements Piece {

        @Override
        public long length() {
            long letters = (content.length() + 2) / 3 * 4;
            return letters + Math.max(0, letters - 1) / BASE64_COLUMNS * LINE_END.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (OutputStream letters =
                    Base64.getMimeEncoder(BASE64_COLUMNS, LINE_END).wrap(new LinesTogether(out))) {
                content.writeTo(letters);
            }
        }
    }

    /** Stays open for what comes behind, and spares it the encoder's writes of one line each. */
    private static final class LinesTogether extends BufferedOutputStream {

        private static final int BUFFER_BYTES = 1 << 16;

        LinesTogether(OutputStream out) {
            super(out, BUFFER_BYTES);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    static Pieces of(byte[] bytes) {
        return new Pieces().add(bytes);
    }

    static Pieces of(Payload payload) {
        return new Pieces().add(new Stored(payload));
    }

    Pieces add(byte[] bytes) {
        return add(new Octets(bytes));
    }

    Pieces add(Pieces others) {
        others.pieces.forEach(this::add);
        return this;
    }

    Pieces addBase64(Pieces content) {
        return add(new Base64Lines(content));
    }

    private Pieces add(Piece piece) {
        pieces.add(piece);
        length += piece.length();
        return this;
    }

    /** The payload that is all there is; null when there is anything else. */
    @Nullable
    Payload whole() {
        return pieces.size() == 1 && pieces.get(0) instanceof Stored stored ? stored.payload() : null;
    }

    long length() {
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        for (Piece piece : pieces) {
            piece.writeTo(out);
        }
    }

    /** All of them in memory: for what is known to be small. */
    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(length));
        try {
            writeTo(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("Memory was written", e);
        }
        return bytes.toByteArray();
    }

    byte[] digest(Digest digest) throws IOException {
        MessageDigest started = digest.start();
        writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), started));
        return started.digest();
    }
}
