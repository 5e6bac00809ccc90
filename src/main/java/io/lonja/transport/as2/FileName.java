package io.lonja.transport.as2;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.Optional;

/** The name that a sender gives its file in {@code Content-Disposition} (RFC 2183, RFC 2231): a label, never a path. */
final class FileName {

    private static final int CHARACTERS_MAX = 200;

    private FileName() {}

    /** What follows the last slash, backslash or colon, without control characters; empty when nothing is left. */
    static Optional<String> of(MimeEntity entity) {
        return entity.headers()
                .first("Content-Disposition")
                .map(HeaderValue::parse)
                .flatMap(disposition -> disposition
                        .parameter("filename*")
                        .flatMap(FileName::decoded)
                        .or(() -> disposition.parameter("filename")))
                .map(FileName::harmless)
                .filter(name -> !name.isEmpty());
    }

    private static String harmless(String name) {
        String last = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "")
                .replaceAll(".*[/\\\\:]", "")
                .strip();
        String plain = last.replaceAll("^\\.+", "");
        return plain.length() <= CHARACTERS_MAX ? plain : plain.substring(0, CHARACTERS_MAX);
    }

    /** {@code UTF-8''Bestellung%20M%C3%BCller.edi}. */
    private static Optional<String> decoded(String extended) {
        String[] parts = extended.split("'", 3);
        if (parts.length < 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(parts[2].replace("+", "%2B"), Charset.forName(parts[0])));
        } catch (IllegalArgumentException e) {
            // No such character set, or no such encoding: the plain name, where there is one, is as good a label.
            return Optional.empty();
        }
    }
}
