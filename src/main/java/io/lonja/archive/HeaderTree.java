package io.lonja.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Merkle tree over the headers of a segment archive. Keeps its right edge, the hashes of complete subtrees of 1,024
 * leaves and more (about 64 bytes per thousand entries), and all hashes over the last 8,192 leaves (half a megabyte),
 * since every receipt states the tree head of its moment; other small subtrees are computed from the headers.
 */
final class HeaderTree implements MerkleTree.Nodes {

    /** Reads hashes of durable leaves. */
    interface Leaves {
        List<byte[]> leafHashes(long firstLeaf, int count);
    }

    static final int KEPT_FROM_LEVEL = 10;
    static final int RECENT_LEAVES = 1 << 13;
    private static final int LEVELS = Long.SIZE - KEPT_FROM_LEVEL;

    private final Leaves leaves;
    private final Frontier frontier = new Frontier();
    private final byte[][] kept = new byte[LEVELS][0];

    /** By level below {@link #KEPT_FROM_LEVEL}, the hash of node i at i modulo how many fit. */
    private final byte[][] recent = new byte[KEPT_FROM_LEVEL][];

    /** By level, how many nodes are complete. */
    private final long[] complete = new long[KEPT_FROM_LEVEL];

    HeaderTree(Leaves leaves) {
        this.leaves = leaves;
        for (int level = 0; level < KEPT_FROM_LEVEL; level++) {
            recent[level] = new byte[(RECENT_LEAVES >> level) * Sha256.BYTES];
        }
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
            byte[] known = recent(level, index);
            return known.length > 0 ? known : root(leaves.leafHashes(index << level, 1 << level));
        }
        int at = Math.toIntExact(index * Sha256.BYTES);
        synchronized (this) {
            return Arrays.copyOfRange(kept[level - KEPT_FROM_LEVEL], at, at + Sha256.BYTES);
        }
    }

    /** Empty when it is too old or not complete. */
    private synchronized byte[] recent(int level, long index) {
        int fit = RECENT_LEAVES >> level;
        if (index >= complete[level] || index < complete[level] - fit) {
            return new byte[0];
        }
        int at = (int) (index % fit) * Sha256.BYTES;
        return Arrays.copyOfRange(recent[level], at, at + Sha256.BYTES);
    }

    private void keep(int level, long index, byte[] hash) {
        if (level < KEPT_FROM_LEVEL) {
            int fit = RECENT_LEAVES >> level;
            System.arraycopy(hash, 0, recent[level], (int) (index % fit) * Sha256.BYTES, Sha256.BYTES);
            complete[level] = index + 1;
        } else {
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
