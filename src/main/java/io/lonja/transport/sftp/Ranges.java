package io.lonja.transport.sftp;

import java.util.Map;
import java.util.TreeMap;

/** Which bytes of a file were written or read: a client may do it in any order and must leave no gap. */
final class Ranges {

    /** So that nobody fills the memory with single bytes. */
    static final int PIECES_MAX = 1_000;

    private final TreeMap<Long, Long> endByStart = new TreeMap<>();

    /** The bytes from 0 up to here. */
    static Ranges upTo(long end) {
        Ranges ranges = new Ranges();
        ranges.add(0, end);
        return ranges;
    }

    void add(long start, long end) {
        if (start >= end) {
            return;
        }
        Map.Entry<Long, Long> before = endByStart.floorEntry(start);
        long from = before != null && before.getValue() >= start ? before.getKey() : start;
        long to = end;
        Map.Entry<Long, Long> next;
        while ((next = endByStart.ceilingEntry(from)) != null && next.getKey() <= to) {
            to = Math.max(to, next.getValue());
            endByStart.remove(next.getKey());
        }
        endByStart.put(from, to);
    }

    /** Forgets everything from here on. */
    void cut(long length) {
        endByStart.tailMap(length, true).clear();
        endByStart.computeIfPresent(
                endByStart.isEmpty() ? -1L : endByStart.lastKey(), (start, end) -> Math.min(end, length));
    }

    /** How many bytes there are from the first one on without a gap. */
    long prefix() {
        return endByStart.getOrDefault(0L, 0L);
    }

    /** Where the last byte ends, gap or not. */
    long end() {
        return endByStart.isEmpty() ? 0 : endByStart.lastEntry().getValue();
    }

    int pieces() {
        return endByStart.size();
    }
}
