package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.Arrays;

/** Cuts an interchange into segments and elements: offsets only, no text is made and no byte is changed. */
final class SegmentScanner {

    static final int OFFSET = (1 << 29) - 1;
    /** It has separators in it, or a released character: its text is not simply its bytes. */
    static final int COMPOSITE = 1 << 29;

    static final int BEYOND_ASCII = 1 << 30;
    static final int CONTROL = 1 << 31;

    private static final byte TEXT = 0;
    private static final byte ELEMENT_SEPARATOR = 1;
    private static final byte INNER_SEPARATOR = 2;
    private static final byte TERMINATOR = 3;
    private static final byte HIGH = 4;
    private static final byte CONTROL_CHARACTER = 5;
    private static final byte RELEASE = 6;
    private static final int CHUNK = 16 << 10;
    private static final int TAG_CHARACTERS_MAX = 3;
    private static final int LENGTH_DIGITS_MAX = 9;

    /** What the last call of {@link #next} met. */
    enum Step {
        SEGMENT,
        END,
        SEGMENT_TOO_LONG,
        TOO_MANY_ELEMENTS
    }

    private final Window window;
    private final Delimiters delimiters;
    private final WireText text;
    private final byte[] kinds = new byte[256];
    private final boolean terminatedByLineBreak;
    private final boolean binarySegments;
    private byte[] payload;
    private long base;
    private int at;
    private int[] chunk;
    private int first;
    private int count;
    private int segmentFrom;
    private int segmentTo;
    private int tagKey;
    private boolean terminated;
    private long blanksAt = -1;
    private long emptyAt = -1;
    private long smallLettersAt = -1;

    /**
     * @param from a place in what is in memory
     * @param standard only in X12 there are segments that say how many bytes of anything are in them
     */
    SegmentScanner(Window window, int from, Standard standard, Delimiters delimiters, WireText text) {
        this.binarySegments = standard == Standard.X12;
        this.window = window;
        this.payload = window.bytes();
        this.base = window.base();
        this.delimiters = delimiters;
        this.text = text;
        this.at = from;
        // A short interchange has no more elements than bytes.
        this.chunk = new int[Math.min(CHUNK, payload.length - from + Limits.ELEMENTS_MAX + 2)];
        Arrays.fill(kinds, 0, 0x20, CONTROL_CHARACTER);
        kinds[0x7F] = CONTROL_CHARACTER;
        Arrays.fill(kinds, 0x80, 0x100, HIGH);
        kinds[delimiters.element()] = ELEMENT_SEPARATOR;
        if (delimiters.component() != 0) {
            kinds[delimiters.component()] = INNER_SEPARATOR;
        }
        if (delimiters.repetition() != 0) {
            kinds[delimiters.repetition()] = INNER_SEPARATOR;
        }
        if (delimiters.release() != 0) {
            kinds[delimiters.release()] = RELEASE;
        }
        kinds[delimiters.terminator()] = TERMINATOR;
        terminatedByLineBreak = delimiters.terminator() == '\n' || delimiters.terminator() == '\r';
    }

    Step next() {
        hold();
        while (skipGap() && !window.ended()) {
            hold();
        }
        hold();
        if (at >= payload.length) {
            return Step.END;
        }
        first += count + 2;
        if (chunk.length - first < Limits.ELEMENTS_MAX + 2) {
            chunk = new int[CHUNK];
            first = 0;
        }
        count = 0;
        segmentFrom = at;
        terminated = false;
        if (binarySegments && payload[at] == 'B' && scanBinary()) {
            tagKey = readTagKey();
            return Step.SEGMENT;
        }
        return scan();
    }

    /**
     * {@code BIN*5*ab~*c~} and {@code BDS*ASC*5*ab~*c~}: the last element has as many bytes as the one before it says,
     * whatever they are. Where the segment does not end behind them it is none of these.
     */
    private boolean scanBinary() {
        char separator = delimiters.element();
        int last = startsWith("BIN", separator) ? 2 : startsWith("BDS", separator) ? 3 : 0;
        if (last == 0) {
            return false;
        }
        int start = segmentFrom + TAG_CHARACTERS_MAX + 1;
        int slot = first;
        chunk[slot++] = segmentFrom;
        int length = 0;
        int lengthDigits = 0;
        int limit = Math.min(payload.length, segmentFrom + Limits.ISA_BYTES_MAX);
        for (int i = start; i < limit && slot - first < last; i++) {
            byte b = payload[i];
            if ((b & 0xFF) == separator) {
                chunk[slot++] = start;
                start = i + 1;
            } else if (slot - first == last - 1) {
                if (b < '0' || b > '9' || ++lengthDigits > LENGTH_DIGITS_MAX) {
                    return false;
                }
                length = length * 10 + b - '0';
            }
        }
        if (slot - first < last || lengthDigits == 0 || length > Limits.BINARY_BYTES_MAX) {
            return false;
        }
        int moved = segmentFrom - window.hold(segmentFrom, start - segmentFrom + length + Window.AHEAD);
        payload = window.bytes();
        base = window.base();
        segmentFrom -= moved;
        at = segmentFrom;
        for (int s = first; s < slot; s++) {
            chunk[s] -= moved;
        }
        int from = start - moved;
        int end = from + length;
        if (end >= payload.length || (payload[end] & 0xFF) != delimiters.terminator()) {
            return false;
        }
        chunk[slot++] = from;
        chunk[slot] = end + 1;
        count = slot - first - 1;
        terminated = true;
        at = end + 1;
        segmentTo = at;
        return true;
    }

    private boolean startsWith(String tag, char separator) {
        int to = segmentFrom + tag.length();
        if (to >= payload.length || (payload[to] & 0xFF) != separator) {
            return false;
        }
        for (int i = 0; i < tag.length(); i++) {
            if (payload[segmentFrom + i] != tag.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Passes over bytes that are no segments; whether there were so many. */
    boolean pass(long bytes) {
        long to = base + at + bytes;
        at = window.pass(at, bytes);
        hold();
        return base + at == to;
    }

    private int keyOfCapitals(int smallLetters, int from) {
        if (smallLettersAt < 0) {
            smallLettersAt = base + from;
        }
        int key = 0;
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            int c = smallLetters >> shift & 0xFF;
            key = key << Byte.SIZE | (c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        }
        return key;
    }

    private void hold() {
        at = window.hold(at);
        payload = window.bytes();
        base = window.base();
    }

    private Step scan() {
        int limit = (int) Math.min(payload.length, (long) segmentFrom + Limits.SEGMENT_BYTES_MAX);
        int i = at;
        int slot = first;
        int marks = 0;
        int start = i;
        while (i < limit) {
            byte kind = kinds[payload[i] & 0xFF];
            if (kind == TEXT) {
                i++;
                continue;
            }
            if (kind == ELEMENT_SEPARATOR) {
                chunk[slot++] = start | marks;
                if (slot - first > Limits.ELEMENTS_MAX) {
                    at = i;
                    return Step.TOO_MANY_ELEMENTS;
                }
                start = i + 1;
                marks = 0;
            } else if (kind == TERMINATOR) {
                terminated = true;
                break;
            } else if (kind == RELEASE) {
                marks |= COMPOSITE | releasedMark(i + 1);
                i++;
            } else {
                marks |= kind == INNER_SEPARATOR ? COMPOSITE : kind == HIGH ? BEYOND_ASCII : CONTROL;
            }
            i++;
        }
        i = Math.min(i, payload.length);
        at = i;
        if (!terminated && i < payload.length) {
            return Step.SEGMENT_TOO_LONG;
        }
        int contentTo = terminated ? i : withoutBlankTail(start, i);
        chunk[slot++] = start | marks;
        chunk[slot] = contentTo + 1;
        count = slot - first - 1;
        at = terminated ? i + 1 : i;
        segmentTo = terminated ? i + 1 : contentTo;
        tagKey = readTagKey();
        return Step.SEGMENT;
    }

    /** What the character behind a release character is, besides data. */
    private int releasedMark(int offset) {
        if (offset >= payload.length) {
            return 0;
        }
        byte kind = kinds[payload[offset] & 0xFF];
        return kind == HIGH ? BEYOND_ASCII : kind == CONTROL_CHARACTER ? CONTROL : 0;
    }

    /** A last segment without terminator ends before the line break that ends the file. */
    private int withoutBlankTail(int start, int to) {
        int end = to;
        while (end > start && Wire.blank(payload[end - 1])) {
            end--;
        }
        return end;
    }

    private int readTagKey() {
        int from = chunk[first] & OFFSET;
        int to = end(0);
        if (to - from > TAG_CHARACTERS_MAX || payload[from] == 0) {
            return 0;
        }
        int key = 0;
        boolean small = payload[from] >= 'a' && payload[from] <= 'z';
        for (int i = from; i < to; i++) {
            int c = payload[i] & 0xFF;
            small &= c < 'A' || c > 'Z';
            key = key << 8 | c;
        }
        return small ? keyOfCapitals(key, from) : key;
    }

    /** Whether nothing but a gap is in memory. */
    private boolean skipGap() {
        while (at < payload.length) {
            byte b = payload[at];
            if (b == delimiters.terminator() && !terminatedByLineBreak) {
                if (emptyAt < 0) {
                    emptyAt = base + at;
                }
            } else if (b == delimiters.element() || !Wire.blank(b)) {
                return false;
            } else if ((b == ' ' || b == '\t') && blanksAt < 0) {
                blanksAt = base + at;
            }
            at++;
        }
        return true;
    }

    /** What is in memory, which the next call of {@link #next} may change. */
    byte[] bytes() {
        return payload;
    }

    /** Offset in the payload of the first of {@link #bytes}. */
    long base() {
        return base;
    }

    /** Offset after everything that was read. */
    long at() {
        return base + at;
    }

    /** Where the segment begins in {@link #bytes}. */
    int segmentAt() {
        return segmentFrom;
    }

    long segmentFrom() {
        return base + segmentFrom;
    }

    long segmentTo() {
        return base + segmentTo;
    }

    ByteRange range() {
        return new ByteRange(base + segmentFrom, base + segmentTo);
    }

    boolean terminated() {
        return terminated;
    }

    /** Where blanks stood between segments first, -1 when nowhere. */
    long blanksAt() {
        return blanksAt;
    }

    /** Where a segment without content stood first, -1 when nowhere. */
    long emptyAt() {
        return emptyAt;
    }

    /** Where a tag had small letters first, -1 when nowhere. */
    long smallLettersAt() {
        return smallLettersAt;
    }

    /** The tag packed by {@link Guide#tagKey}, in capital letters if it has only small ones; 0 when it has more than three bytes. */
    int tagKey() {
        return tagKey;
    }

    /** As it is written. */
    String tag() {
        return text.text(payload, chunk[first] & OFFSET, end(0), (chunk[first] & BEYOND_ASCII) != 0);
    }

    /** Elements after the tag, empty ones included. */
    int elements() {
        return count;
    }

    /** Place in {@link #bytes} of an element (counted from 1) with its marks in the upper bits. */
    int start(int element) {
        return chunk[first + element];
    }

    /** Place in {@link #bytes} after an element (counted from 1; 0 is the tag). */
    int end(int element) {
        return (chunk[first + element + 1] & OFFSET) - 1;
    }

    /** Place in {@link #bytes} where an element (counted from 1) begins; the end of what came when it is absent. */
    int from(int element) {
        return element <= elements() ? start(element) & OFFSET : end(elements());
    }

    /** The same after it. */
    int to(int element) {
        return end(Math.min(element, elements()));
    }

    /** Text of an element (counted from 1), with separators inside it; empty when it is absent. */
    String element(int element) {
        if (element > elements()) {
            return "";
        }
        int start = start(element);
        return text.text(payload, start & OFFSET, end(element), (start & BEYOND_ASCII) != 0);
    }

    /** The elements as a list that makes its texts when asked. */
    WireElements view() {
        return new WireElements(payload, base, delimiters, text, chunk, first + 1, elements());
    }
}
