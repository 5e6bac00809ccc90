package io.lonja.archive;

import java.nio.file.Path;
import java.util.Arrays;

/** What the memory keeps of a segment: where its entries begin, four bytes each. */
final class Segment {

    private static final int[] NONE = {};

    final Path file;
    final long salt;
    final long firstSequence;
    private volatile int[] offsets = NONE;
    private int count;

    Segment(Path file, long salt, long firstSequence) {
        this.file = file;
        this.salt = salt;
        this.firstSequence = firstSequence;
    }

    /** Called by the one writer, before it publishes the new size of the archive. */
    void add(int offset) {
        int[] grown = offsets;
        if (count == grown.length) {
            grown = Arrays.copyOf(grown, Math.max(64, count + (count >> 1)));
        }
        grown[count++] = offset;
        offsets = grown;
    }

    void trim() {
        offsets = Arrays.copyOf(offsets, count);
    }

    /** Where the header record of a durable entry begins. */
    int offset(long sequence) {
        return offsets[(int) (sequence - firstSequence)];
    }
}
