package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class WindowTests {

    /** Segments that only pretend to carry many bytes come one behind the other. */
    @Test
    void movesOnSeldomAlsoWhenMuchIsAskedForAtEveryStep() {
        Window window = Window.over(new ByteArrayInputStream(new byte[3 * Limits.BINARY_BYTES_MAX]));
        int passed = 4 << 20;
        int at = 0;
        int moves = 0;
        for (int step = 0; step < passed; step += 16) {
            byte[] before = window.bytes();
            at = window.hold(step == 0 ? 0 : at + 16, Limits.BINARY_BYTES_MAX);
            moves += before == window.bytes() ? 0 : 1;
        }
        assertThat(window.base() + at).isEqualTo(passed - 16);
        assertThat(moves).isBetween(4, 10);
    }
}
