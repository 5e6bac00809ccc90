package io.lonja.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Merkle tree over the headers of a segment archive. Keeps its right edge and the hashes of complete subtrees of
 * 1,024 leaves and more (about 64 bytes per thousand entries); smaller subtrees are computed from the headers.
 */
final class HeaderTree implements MerkleTree.Nodes {

    /** Reads hashes of durable leaves. */
    interface Leaves {
        List<byte[]> leafHashes(long firstLeaf, int count);
    }

    static final int KEPT_FROM_LEVEL = 10;
    private static final int LEVELS = Long.SIZE - KEPT_FROM_LEVEL;

    private final Leaves leaves;
    private final Frontier frontier = new Frontier();
    private final byte[][] kept = new byte[LEVELS][0];

    HeaderTree(Leaves leaves) {
        this.leaves = leaves;
    }

    synchronized void add(byte[] header) {
        frontier.add(MerkleTree.leaf(header), this::keep);
    }

    synchronized TreeHead head() {
        return frontier.head();
    }

    @Override
    public byte[] node(int level, long index) {
        if (level < KEPT_FROM_LEVEL) {
            return root(leaves.leafHashes(index << level, 1 << level));
        }
        int at = Math.toIntExact(index * Sha256.BYTES);
        synchronized (this) {
            return Arrays.copyOfRange(kept[level - KEPT_FROM_LEVEL], at, at + Sha256.BYTES);
        }
    }

    private void keep(int level, long index, byte[] hash) {
        if (level >= KEPT_FROM_LEVEL) {
            int at = Math.toIntExact(index * Sha256.BYTES);
            byte[] hashes = kept[level - KEPT_FROM_LEVEL];
            if (hashes.length < at + Sha256.BYTES) {
                hashes = Arrays.copyOf(hashes, Math.max(at + Sha256.BYTES, hashes.length * 2));
                kept[level - KEPT_FROM_LEVEL] = hashes;
            }
            System.arraycopy(hash, 0, hashes, at, Sha256.BYTES);
        }
    }

    private static byte[] root(List<byte[]> hashes) {
        List<byte[]> level = hashes;
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>(level.size() / 2);
            for (int i = 0; i < level.size(); i += 2) {
                above.add(MerkleTree.node(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.get(0);
    }
}
