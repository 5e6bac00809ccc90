package io.lonja.edi;

import java.nio.charset.StandardCharsets;

/** What bytes and short texts on the wire look like, whatever the standard. */
final class Wire {

    private Wire() {}

    /** Text outside every interchange, or in a header whose character set is not known yet: a character for each byte. */
    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
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
