package io.lonja.archive;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962, section 2.1, over the headers of all entries: leaf {@code i} is the header of entry
 * {@code i + 1}. Leaves are hashed with the prefix 0x00, inner nodes with 0x01.
 */
public final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {}

    /** Where hashes of complete subtrees come from: that of leaves {@code index << level} up to the next. */
    interface Nodes {
        byte[] node(int level, long index);
    }

    /** The root of the tree without leaves: SHA-256 of nothing. */
    public static Sha256 emptyRoot() {
        return Sha256.of();
    }

    /** {@code SHA-256(0x00 || leaf)}. */
    public static Sha256 leafHash(byte[] leaf) {
        return Sha256.of(LEAF, leaf);
    }

    /** {@code SHA-256(0x01 || left || right)}. */
    public static Sha256 nodeHash(Sha256 left, Sha256 right) {
        return Sha256.of(NODE, left.bytes(), right.bytes());
    }

    static byte[] leaf(byte[] header) {
        return hash(LEAF, header);
    }

    static byte[] node(byte[] left, byte[] right) {
        return hash(NODE, left, right);
    }

    private static byte[] hash(byte[]... parts) {
        MessageDigest sha256 = Sha256.newDigest();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }

    /** The head of the tree of the first {@code size} leaves. */
    static TreeHead head(long size, Nodes nodes) {
        return new TreeHead(size, size == 0 ? emptyRoot() : Sha256.fromBytes(range(0, size, nodes)));
    }

    /** {@code PATH(leaf, D[size])}, from the leaf upwards. */
    static List<Sha256> inclusionPath(long leaf, long size, Nodes nodes) {
        if (leaf < 0 || leaf >= size) {
            throw new IllegalArgumentException("Entry %d is not in the tree of %d entries".formatted(leaf + 1, size));
        }
        List<Sha256> path = new ArrayList<>();
        long start = 0;
        long length = size;
        while (length > 1) {
            long left = largestPowerBelow(length);
            if (leaf < start + left) {
                path.add(0, Sha256.fromBytes(range(start + left, length - left, nodes)));
                length = left;
            } else {
                path.add(0, Sha256.fromBytes(range(start, left, nodes)));
                start += left;
                length -= left;
            }
        }
        return List.copyOf(path);
    }

    /** {@code PROOF(older, D[newer])}; empty when the older tree is empty or the same. */
    static List<Sha256> consistencyPath(long older, long newer, Nodes nodes) {
        if (older < 0 || older > newer) {
            throw new IllegalArgumentException(
                    "A tree of %d entries is not the beginning of one of %d".formatted(older, newer));
        }
        List<Sha256> path = new ArrayList<>();
        if (older > 0 && older < newer) {
            long start = 0;
            long length = newer;
            long rest = older;
            boolean whole = true; // the older tree is still a complete subtree of what is left
            while (rest != length) {
                long left = largestPowerBelow(length);
                if (rest <= left) {
                    path.add(0, Sha256.fromBytes(range(start + left, length - left, nodes)));
                    length = left;
                } else {
                    path.add(0, Sha256.fromBytes(range(start, left, nodes)));
                    start += left;
                    length -= left;
                    rest -= left;
                    whole = false;
                }
            }
            if (!whole) {
                path.add(0, Sha256.fromBytes(range(start, length, nodes)));
            }
        }
        return List.copyOf(path);
    }

    /** {@code MTH} of {@code length} leaves; the start is a multiple of the largest power of two in the length. */
    private static byte[] range(long start, long length, Nodes nodes) {
        if (Long.bitCount(length) == 1) {
            return nodes.node(Long.numberOfTrailingZeros(length), start / length);
        }
        long left = largestPowerBelow(length);
        return node(range(start, left, nodes), range(start + left, length - left, nodes));
    }

    private static long largestPowerBelow(long length) {
        return Long.highestOneBit(length - 1);
    }
}
