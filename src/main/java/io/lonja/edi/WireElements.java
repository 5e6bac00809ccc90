package io.lonja.edi;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Elements of a segment by their offsets in the payload; texts are made when they are asked for. */
final class WireElements extends AbstractList<Segment.Element> implements RandomAccess {

    private static final Segment.Element EMPTY = new Segment.Element(List.of(List.of("")));

    private final byte[] payload;
    private final long base;
    private final Delimiters delimiters;
    private final WireText text;
    private final int[] offsets;
    private final int first;
    private final int count;

    /** @param base offset of the first of these bytes in the payload */
    WireElements(byte[] bytes, long base, Delimiters delimiters, WireText text, int[] offsets, int first, int count) {
        this.payload = bytes;
        this.base = base;
        this.delimiters = delimiters;
        this.text = text;
        this.offsets = offsets;
        this.first = first;
        this.count = count;
    }

    @Override
    public Segment.Element get(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("No element %d of %d".formatted(index + 1, count));
        }
        int start = offsets[first + index];
        int from = start & SegmentScanner.OFFSET;
        int to = (offsets[first + index + 1] & SegmentScanner.OFFSET) - 1;
        if (from == to) {
            return EMPTY;
        }
        String written = text.text(payload, from, to, (start & SegmentScanner.BEYOND_ASCII) != 0);
        if ((start & SegmentScanner.COMPOSITE) == 0) {
            return new Segment.Element(List.of(List.of(written)));
        }
        List<List<String>> repetitions = new ArrayList<>();
        for (String repetition : split(written, delimiters.repetition(), delimiters.release())) {
            repetitions.add(split(repetition, delimiters.component(), delimiters.release()).stream()
                    .map(part -> released(part, delimiters.release()))
                    .toList());
        }
        return new Segment.Element(List.copyOf(repetitions));
    }

    /** One component, all three counted from 0, without making the others; null where it is absent or empty. */
    @Nullable
    String component(int element, int repetition, int component) {
        if (element >= count) {
            return null;
        }
        int start = offsets[first + element];
        int from = start & SegmentScanner.OFFSET;
        int end = (offsets[first + element + 1] & SegmentScanner.OFFSET) - 1;
        boolean beyondAscii = (start & SegmentScanner.BEYOND_ASCII) != 0;
        if ((start & SegmentScanner.COMPOSITE) == 0) {
            return repetition == 0 && component == 0 && from < end ? text.text(payload, from, end, beyondAscii) : null;
        }
        int r = 0;
        int c = 0;
        for (int i = from; i <= end && r <= repetition; i++) {
            int b = i == end ? 0 : payload[i] & 0xFF;
            if (b == delimiters.release() && b != 0 && i + 1 < end) {
                i++;
                continue;
            }
            boolean repeats = b == delimiters.repetition() && b != 0;
            if (i == end || repeats || b == delimiters.component() && b != 0) {
                if (r == repetition && c == component) {
                    return from == i ? null : released(text.text(payload, from, i, beyondAscii), delimiters.release());
                }
                r += repeats ? 1 : 0;
                c = repeats ? 0 : c + 1;
                from = i + 1;
            }
        }
        return null;
    }

    /** The elements of a segment that was read. */
    static WireElements of(Segment read) {
        return (WireElements) read.elements();
    }

    /** What was in memory when the segment was read. */
    byte[] bytes() {
        return payload;
    }

    /** Offset of the first of {@link #bytes} in the payload. */
    long base() {
        return base;
    }

    Delimiters delimiters() {
        return delimiters;
    }

    WireText text() {
        return text;
    }

    @Override
    public int size() {
        return count;
    }

    /** The parts between separators that no release character stands before; release characters are kept. */
    private static List<String> split(String text, char separator, char release) {
        if (separator == 0 || text.indexOf(separator) < 0) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == release && release != 0) {
                at++;
            } else if (c == separator) {
                parts.add(text.substring(from, at));
                from = at + 1;
            }
        }
        parts.add(text.substring(from));
        return List.copyOf(parts);
    }

    /** The text without its release characters; one at the very end, which releases nothing, is data. */
    static String released(String text, char release) {
        if (release == 0 || text.indexOf(release) < 0) {
            return text;
        }
        StringBuilder data = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            boolean releases = text.charAt(at) == release && at + 1 < text.length();
            at += releases ? 1 : 0;
            data.append(text.charAt(at));
        }
        return data.toString();
    }
}
