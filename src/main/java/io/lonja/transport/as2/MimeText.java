package io.lonja.transport.as2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what a signature will cover: ASCII lines that end with CRLF, and bytes as they are. */
final class MimeText {

    private final Pieces pieces = new Pieces();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    MimeText line(String line) {
        return raw((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    MimeText raw(byte[] content) {
        lines.writeBytes(content);
        return this;
    }

    MimeText raw(Pieces content) {
        flush();
        pieces.add(content);
        return this;
    }

    MimeText base64(Pieces content) {
        flush();
        pieces.addBase64(content);
        return line("");
    }

    private void flush() {
        pieces.add(lines.toByteArray());
        lines.reset();
    }

    Pieces toPieces() {
        flush();
        return pieces;
    }

    byte[] toBytes() {
        return toPieces().toBytes();
    }
}
