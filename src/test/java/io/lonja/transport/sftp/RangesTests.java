package io.lonja.transport.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangesTests {

    @Test
    void saysTheSameAsABitForEveryByte() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Ranges ranges = new Ranges();
            BitSet bytes = new BitSet();
            for (int step = 0; step < 40; step++) {
                int start = random.nextInt(60);
                int end = start + random.nextInt(15);
                if (random.nextInt(10) == 0) {
                    ranges.cut(start);
                    bytes.clear(start, 100);
                } else {
                    ranges.add(start, end);
                    bytes.set(start, end);
                }
                assertThat(ranges.prefix()).as("seed %d", seed).isEqualTo(bytes.nextClearBit(0));
                assertThat(ranges.end()).as("seed %d", seed).isEqualTo(bytes.length());
            }
        }
    }

    @Test
    void joinsWhatTouches() {
        Ranges ranges = new Ranges();
        ranges.add(10, 20);
        ranges.add(0, 5);
        assertThat(ranges.pieces()).isEqualTo(2);
        ranges.add(5, 10);
        assertThat(ranges.pieces()).isEqualTo(1);
        assertThat(ranges.prefix()).isEqualTo(20);
    }
}
