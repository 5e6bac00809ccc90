package io.lonja.archive;

/**
 * A stretch of an entry's payload.
 *
 * @param from offset of the first byte, counted from 0
 * @param to offset after the last byte
 */
public record ByteRange(long from, long to) {

    public ByteRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("Not a byte range: %d to %d".formatted(from, to));
        }
    }

    public long length() {
        return to - from;
    }
}
