package io.lonja.edi;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What bytes and short texts on the wire look like, whatever the standard. */
final class Wire {

    /** ISA05, GS01: two capital letters or digits. */
    static final Pattern QUALIFIER = Pattern.compile("[0-9A-Z]{2}");

    /** ISA09: YYMMDD. */
    static final Pattern DATE = Pattern.compile("\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])");

    /** UNB 0017: YYMMDD, or YYYYMMDD in syntax 4. */
    static final Pattern ANY_DATE = Pattern.compile("(\\d\\d)?" + DATE);

    /** ISA10, UNB 0019: HHMM. */
    static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3])[0-5]\\d");

    /** UNH 0065: {@code ORDERS}. */
    static final Pattern MESSAGE_TYPE = Pattern.compile("[A-Z]{6}");

    private Wire() {}

    /** Text outside every interchange, or in a header whose character set is not known yet: a character for each byte. */
    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /** Whether the text is one of these characters. */
    static boolean oneOf(String characters, String text) {
        return text.length() == 1 && characters.indexOf(text.charAt(0)) >= 0;
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
