package io.lonja.edi;

/** Text of others made fit for a terminal: it can be seen, and nothing else. */
public final class SafeText {

    private static final int BEYOND_ONE_BYTE = 0x100;

    private SafeText() {}

    /**
     * The same text with its code in angle brackets instead of every character that has no shape of its own, {@code <1B>},
     * {@code <202E>}: controls, line breaks, what turns the direction of writing (Unicode categories Cc, Cf, Zl, Zp), and
     * what is no character (Cs, Cn, Co).
     */
    public static String of(String text) {
        StringBuilder safe = null;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            int after = at + Character.charCount(c);
            if (!shows(c)) {
                safe = safe == null ? new StringBuilder(text.length() + 16).append(text, 0, at) : safe;
                safe.append(code(c));
            } else if (safe != null) {
                safe.appendCodePoint(c);
            }
            at = after;
        }
        return safe == null ? text : safe.toString();
    }

    private static boolean shows(int c) {
        if (c < 0x7F) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String code(int c) {
        return (c < BEYOND_ONE_BYTE ? "<%02X>" : "<%04X>").formatted(c);
    }
}
