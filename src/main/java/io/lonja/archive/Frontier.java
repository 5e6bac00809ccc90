package io.lonja.archive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a growing Merkle tree: one hash for each set bit of its size, that of the complete subtree with so
 * many leaves. A leaf is added and the root computed in O(log n).
 */
final class Frontier {

    /** Learns every subtree that a new leaf completes, the leaf itself first (level 0). */
    interface Completed {
        void node(int level, long index, byte[] hash);
    }

    private static final int LEVELS = Long.SIZE - 1;

    private final byte[][] edge = new byte[LEVELS][];
    private long size;

    Frontier() {}

    /** The edge from {@link #bytes}. */
    static Frontier of(long size, byte[] bytes) {
        if (bytes.length != Long.bitCount(size) * Sha256.BYTES) {
            throw new ArchiveDamagedException(
                    "The stored edge of the Merkle tree does not fit its size of %d entries".formatted(size));
        }
        Frontier frontier = new Frontier();
        frontier.size = size;
        int at = 0;
        for (int level = 0; level < LEVELS; level++) {
            if ((size >> level & 1) == 1) {
                frontier.edge[level] = Arrays.copyOfRange(bytes, at, at += Sha256.BYTES);
            }
        }
        return frontier;
    }

    /** The hashes of the edge, smallest subtree first. */
    byte[] bytes() {
        byte[] bytes = new byte[Long.bitCount(size) * Sha256.BYTES];
        int at = 0;
        for (int level = 0; level < LEVELS; level++) {
            if ((size >> level & 1) == 1) {
                System.arraycopy(edge[level], 0, bytes, at, Sha256.BYTES);
                at += Sha256.BYTES;
            }
        }
        return bytes;
    }

    void add(byte[] leafHash, Completed completed) {
        byte[] hash = leafHash;
        int level = 0;
        completed.node(0, size, hash);
        for (; (size >> level & 1) == 1; level++) {
            hash = MerkleTree.node(edge[level], hash);
            completed.node(level + 1, size >> (level + 1), hash);
        }
        edge[level] = hash;
        size++;
    }

    TreeHead head() {
        byte @Nullable [] root = null;
        for (int level = 0; level < LEVELS; level++) {
            if ((size >> level & 1) == 1) {
                root = root == null ? edge[level] : MerkleTree.node(edge[level], root);
            }
        }
        return new TreeHead(size, root == null ? MerkleTree.emptyRoot() : Sha256.fromBytes(root));
    }
}
