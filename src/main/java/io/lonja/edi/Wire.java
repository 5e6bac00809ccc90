package io.lonja.edi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How bytes become text. X12 declares no character set: bytes beyond ASCII are read as UTF-8 where they are, strictly;
 * where they are not, each byte stands for itself (ISO 8859-1), so that nothing is ever replaced.
 */
final class Wire {

    private Wire() {}

    static String text(byte[] bytes, int from, int to, boolean beyondAscii) {
        if (beyondAscii) {
            String strict = utf8(bytes, from, to);
            if (strict != null) {
                return strict;
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The text if it is well-formed UTF-8, else null. */
    static @Nullable String utf8(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Where the first byte lies that is no well-formed UTF-8; {@code to} when there is none. */
    static int malformedAt(byte[] bytes, int from, int to) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        java.nio.CharBuffer out = java.nio.CharBuffer.allocate(to - from + 1);
        StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        return in.position();
    }

    static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    static boolean alphanumeric(byte b) {
        return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
    }

    static boolean digits(String text, int min, int max) {
        if (text.length() < min || text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The start of a text, short enough to be repeated in an error; no character is cut in half. */
    static String shortened(String text) {
        int end = SyntaxError.FOUND_CHARACTERS_MAX;
        if (text.length() <= end) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
