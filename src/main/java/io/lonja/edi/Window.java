package io.lonja.edi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of a payload that is in memory. It moves on by taking a new array: whoever still looks at an earlier one sees
 * what stood there, so that a segment lives as long as somebody holds it and no longer.
 */
final class Window {

    /** The longest segment, and behind it enough to tell whether an interchange begins there. */
    static final int AHEAD = 2 * Limits.SEGMENT_BYTES_MAX;

    private static final int BYTES = 1 << 20;

    private final @Nullable InputStream source;
    private byte[] bytes;
    private long base;
    private boolean ended;

    private Window(@Nullable InputStream source, byte[] bytes, boolean ended) {
        this.source = source;
        this.bytes = bytes;
        this.ended = ended;
    }

    /** The whole payload at once. */
    static Window of(byte[] payload) {
        return new Window(null, payload, true);
    }

    /** A payload of any size; whoever made the stream closes it. */
    static Window over(InputStream payload) {
        return new Window(payload, new byte[0], false);
    }

    /** What is in memory; unless the payload has {@link #ended}, more comes behind it. */
    byte[] bytes() {
        return bytes;
    }

    /** Offset in the payload of the first byte in memory. */
    long base() {
        return base;
    }

    /** Whether what is in memory reaches to the end of the payload. */
    boolean ended() {
        return ended;
    }

    /**
     * Passes over bytes.
     *
     * @return the place behind them; that of the end where the payload has not so many
     */
    int pass(int at, long count) {
        long left = count;
        int place = at;
        while (left > 0 && place < bytes.length) {
            int step = (int) Math.min(left, bytes.length - place);
            left -= step;
            place = hold(place + step);
        }
        return place;
    }

    /**
     * Lets go of what stands before a place, unless there are {@link #AHEAD} bytes behind it anyhow.
     *
     * @param at a place in {@link #bytes}
     * @return the same place in what {@link #bytes} is now, with {@link #AHEAD} bytes from there on, or all that are left
     */
    int hold(int at) {
        return hold(at, AHEAD);
    }

    /** Most payloads are short, and need no window that moves. */
    private int begin(InputStream in, int ahead) {
        try {
            bytes = in.readNBytes(ahead);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ended = bytes.length < ahead;
        return 0;
    }

    /** The same with another number of bytes behind the place. */
    int hold(int at, int ahead) {
        InputStream in = source;
        if (ended || in == null || bytes.length - at >= ahead) {
            return at;
        }
        if (base == 0 && bytes.length == 0) {
            return begin(in, ahead);
        }
        // More than was asked for, so that who asks for much at every step does not have much copied at every step.
        byte[] next = new byte[Math.max(BYTES, ahead + BYTES / 2)];
        int kept = bytes.length - at;
        System.arraycopy(bytes, at, next, 0, kept);
        int read;
        try {
            read = in.readNBytes(next, kept, next.length - kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ended = kept + read < next.length;
        bytes = ended ? Arrays.copyOf(next, kept + read) : next;
        base += at;
        return 0;
    }
}
