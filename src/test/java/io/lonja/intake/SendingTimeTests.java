package io.lonja.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body may take its time, and a second more for every 16 KiB. */
class SendingTimeTests {

    private static final SendingTime TIME = new SendingTime(Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({
        // bytes a second, bytes in all, whether it is taken
        "     1,         30, true",
        "     1,         31, false",
        " 10000,     300000, true",
        " 10000,     800000, false",
        " 16384,    1638400, true",
        "100000,   10000000, true"
    })
    void isMeasuredByWhatCame(int perSecond, int all, boolean taken) throws IOException {
        AtomicLong nanos = new AtomicLong();
        InputStream body = TIME.of(new Paced(all, perSecond, nanos), nanos::get);
        if (taken) {
            assertThat(body.readAllBytes()).hasSize(all);
        } else {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOfSatisfying(
                            SendingTime.TooSlowException.class,
                            e -> assertThat(e.sentence()).contains("too slow", "nothing was taken", "send it again"));
        }
    }

    /** All bytes came, and the end did not: it holds its place just the same. */
    @Test
    void isOverForAnEndThatIsKeptBackToo() throws IOException {
        AtomicLong nanos = new AtomicLong();
        InputStream body = TIME.of(new Paced(10, 10, nanos), nanos::get);
        assertThat(body.readNBytes(10)).hasSize(10);
        nanos.addAndGet(Duration.ofSeconds(40).toNanos());
        assertThatThrownBy(body::read).isInstanceOf(SendingTime.TooSlowException.class);
    }

    @Test
    void isFromASecondToADay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SendingTime(Duration.ofMillis(999)))
                .withMessageContaining("lonja.intake.sent-within");
        assertThatIllegalArgumentException().isThrownBy(() -> new SendingTime(Duration.ofHours(25)));
    }

    /** Gives what a sender with so many bytes a second sends in a second, and moves the clock. */
    private static final class Paced extends InputStream {

        private final ByteArrayInputStream bytes;
        private final int perSecond;
        private final AtomicLong nanos;

        private Paced(int all, int perSecond, AtomicLong nanos) {
            this.bytes = new ByteArrayInputStream(new byte[all]);
            this.perSecond = perSecond;
            this.nanos = nanos;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int count) {
            int read = bytes.read(into, from, Math.min(count, perSecond));
            nanos.addAndGet(read < 0 ? 0 : Duration.ofSeconds(1).toNanos() * read / perSecond);
            return read;
        }
    }
}
