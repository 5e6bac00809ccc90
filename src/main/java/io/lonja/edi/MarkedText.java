package io.lonja.edi;

/**
 * A segment's own text with the place of an error in it, fit for a terminal: at most {@value #COLUMNS_MAX} columns around
 * that place.
 *
 * @param column where the marked part begins, counted from 0
 * @param columns how many it has, at least 1
 */
record MarkedText(String text, int column, int columns) {

    private static final int COLUMNS_MAX = 100;
    private static final int COLUMNS_BEFORE = 40;
    private static final String CUT = "...";

    /** @param segment as it was read */
    static MarkedText of(Segment segment, SyntaxError error) {
        WireElements read = WireElements.of(segment);
        byte[] payload = read.bytes();
        Delimiters delimiters = read.delimiters();
        WireText text = read.text();
        int from = Math.toIntExact(segment.bytes().from() - read.base());
        int to = Math.toIntExact(segment.bytes().to() - read.base());
        int markFrom = place(error.bytes().from(), read.base());
        int markTo = place(error.bytes().to(), read.base());
        if (markFrom <= from && markTo >= to || markFrom < from || markFrom > to || markTo > to) {
            int[] place = place(payload, from, to, delimiters, error.element(), error.component());
            markFrom = place[0];
            markTo = place[1];
        }
        boolean strict = text.strict(payload, from, to) != null;
        return windowed(
                shown(payload, from, markFrom, text, strict),
                shown(payload, markFrom, Math.max(markFrom, markTo), text, strict),
                shown(payload, Math.max(markFrom, markTo), to, text, strict));
    }

    /** The segment as it stands. */
    static String whole(Segment segment) {
        WireElements read = WireElements.of(segment);
        int from = Math.toIntExact(segment.bytes().from() - read.base());
        int to = Math.toIntExact(segment.bytes().to() - read.base());
        return read.text().text(read.bytes(), from, to, true);
    }

    /** In what was in memory; -1 when it lies before that, the greatest number when far behind it. */
    private static int place(long offset, long base) {
        return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, offset - base));
    }

    private static String shown(byte[] payload, int from, int to, WireText text, boolean strict) {
        return SafeText.of(strict ? text.text(payload, from, to, true) : Wire.text(payload, from, to));
    }

    /** Where the element or component stands; the tag for element 0, the end where there is no such element. */
    private static int[] place(byte[] payload, int from, int to, Delimiters delimiters, int element, int component) {
        int atElement = 0;
        int atComponent = 1;
        int start = from;
        for (int i = from; i < to; i++) {
            char c = (char) (payload[i] & 0xFF);
            boolean ends = c == delimiters.element() || c == delimiters.terminator();
            boolean divides = component > 0 && c == delimiters.component() && c != 0;
            if (c == delimiters.release() && c != 0) {
                i++;
            } else if (ends || divides) {
                if (atElement == element && (component == 0 || atComponent == component || ends)) {
                    return new int[] {start, i};
                }
                start = i + 1;
                atComponent = ends ? 1 : atComponent + 1;
                atElement += ends ? 1 : 0;
            }
        }
        return atElement == element ? new int[] {start, to} : new int[] {Math.max(from, to - 1), to};
    }

    private static MarkedText windowed(String before, String mark, String after) {
        String text = before + mark + after;
        int from = before.length();
        int columns = Math.max(1, mark.length());
        if (text.length() <= COLUMNS_MAX) {
            return new MarkedText(text, from, columns);
        }
        int start = whole(text, Math.max(0, Math.min(from - COLUMNS_BEFORE, text.length() - COLUMNS_MAX)));
        int end = whole(text, Math.min(text.length(), start + COLUMNS_MAX));
        String head = start > 0 ? CUT : "";
        return new MarkedText(
                head + text.substring(start, end) + (end < text.length() ? CUT : ""),
                from - start + head.length(),
                Math.max(1, Math.min(columns, end - from)));
    }

    /** No character is cut in half. */
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
