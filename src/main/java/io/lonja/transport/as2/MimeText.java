package io.lonja.transport.as2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes what a signature will cover: ASCII lines that end with CRLF, and bytes as they are. */
final class MimeText {

    private static final int BASE64_COLUMNS = 76;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    MimeText line(String line) {
        bytes.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    MimeText raw(byte[] content) {
        bytes.writeBytes(content);
        return this;
    }

    MimeText base64(byte[] content) {
        return raw(Base64.getMimeEncoder(BASE64_COLUMNS, new byte[] {'\r', '\n'})
                        .encode(content))
                .line("");
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
