package io.lonja.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a sender may take: the head of a request, and its body, must be there within {@code lonja.intake.sent-within};
 * for each 16 KiB of a body that came there is a second more. Else whoever sends a byte a minute holds a place of those
 * that are for large bodies as long as it likes.
 *
 * @param within from the first byte on, a second to a day
 */
public record SendingTime(Duration within) {

    private static final long BYTES_PER_SECOND_MIN = 1 << 14;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    public SendingTime {
        if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "lonja.intake.sent-within is %s; it must be from 1s to 1d".formatted(within));
        }
    }

    /** Its sender was too slow, and is told so; nothing was taken. */
    public static final class TooSlowException extends IOException {

        private static final long serialVersionUID = 1L;

        private final String sentence;

        private TooSlowException(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        /** For the sender. */
        public String sentence() {
            return sentence;
        }
    }

    /** The body, whose reading ends in a {@link TooSlowException} when too little of it came for the time it took. */
    public InputStream of(InputStream body) {
        return of(body, System::nanoTime);
    }

    InputStream of(InputStream body, LongSupplier nanos) {
        return new Timed(body, within.toNanos(), nanos);
    }

    private static final class Timed extends FilterInputStream {

        private final long withinNanos;
        private final LongSupplier nanos;
        private final long began;
        private long bytes;

        private Timed(InputStream body, long withinNanos, LongSupplier nanos) {
            super(body);
            this.withinNanos = withinNanos;
            this.nanos = nanos;
            this.began = nanos.getAsLong();
        }

        @Override
        public int read() throws IOException {
            try {
                int next = in.read();
                came(next < 0 ? 0 : 1);
                return next;
            } catch (IOException e) {
                throw silence(e);
            }
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            try {
                int read = in.read(into, from, count);
                came(Math.max(read, 0));
                return read;
            } catch (IOException e) {
                throw silence(e);
            }
        }

        /** The end of a body is looked at too: it may have been the end that was kept back. */
        private void came(int count) throws TooSlowException {
            bytes += count;
            if (nanos.getAsLong() - began > withinNanos + bytes * NANOS_PER_SECOND / BYTES_PER_SECOND_MIN) {
                throw tooSlow();
            }
        }

        /** A container ends a silence between two bytes by itself. */
        private IOException silence(IOException e) {
            return e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException
                    ? tooSlow()
                    : e;
        }

        private TooSlowException tooSlow() {
            return new TooSlowException(
                    "%d bytes came in %d seconds, which is too slow; nothing was taken, send it again."
                            .formatted(bytes, (nanos.getAsLong() - began) / NANOS_PER_SECOND));
        }
    }
}
