package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every head that the tree ever had can be asked for again, and the last ones cost no reading. */
class HeaderTreeTests {

    private static final int SIZE = 2 * HeaderTree.RECENT_LEAVES + 777;

    private final List<byte[]> headers = new ArrayList<>();
    private final List<TreeHead> heads = new ArrayList<>();
    private final AtomicLong read = new AtomicLong();
    private final HeaderTree tree = new HeaderTree((first, count) -> {
        read.addAndGet(count);
        return headers.subList((int) first, (int) first + count).stream()
                .map(MerkleTree::leaf)
                .toList();
    });

    @BeforeEach
    void grow() {
        heads.add(tree.head());
        for (int i = 0; i < SIZE; i++) {
            byte[] header = ("header " + i).getBytes(StandardCharsets.US_ASCII);
            headers.add(header);
            tree.add(header);
            heads.add(tree.head());
        }
    }

    @Test
    void aRecentHeadIsTheOneOfItsMomentAndNothingIsRead() {
        for (int size = SIZE - HeaderTree.RECENT_LEAVES + 1_024; size <= SIZE; size++) {
            assertThat(MerkleTree.head(size, tree)).isEqualTo(heads.get(size));
        }
        assertThat(read).hasValue(0);
    }

    @Test
    void anOldHeadIsTheOneOfItsMomentToo() {
        for (int size = 0; size <= SIZE; size += 97) {
            assertThat(MerkleTree.head(size, tree)).isEqualTo(heads.get(size));
        }
        assertThat(read.get()).isPositive();
    }
}
