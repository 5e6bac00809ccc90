package io.lonja.archive;

import java.util.ArrayList;
import java.util.List;

/** The nodes that lead from the older root to the newer one (RFC 6962, section 2.1.2). */
public record ConsistencyProof(long olderSize, long newerSize, List<Sha256> path) {

    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** Whether the older tree is the beginning of the newer one: nothing was changed or removed in between. */
    public boolean holds(TreeHead older, TreeHead newer) {
        if (older.size() != olderSize || newer.size() != newerSize || olderSize < 0 || olderSize > newerSize) {
            return false;
        }
        if (olderSize == 0) {
            return path.isEmpty() && older.root().equals(MerkleTree.emptyRoot());
        }
        if (olderSize == newerSize) {
            return path.isEmpty() && older.root().equals(newer.root());
        }
        return leadsToBoth(older.root(), newer.root());
    }

    /** RFC 9162, section 2.1.4.2. */
    private boolean leadsToBoth(Sha256 olderRoot, Sha256 newerRoot) {
        List<Sha256> nodes = new ArrayList<>(path);
        if (Long.bitCount(olderSize) == 1) {
            nodes.add(0, olderRoot);
        }
        if (nodes.isEmpty()) {
            return false;
        }
        long node = olderSize - 1;
        long last = newerSize - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        Sha256 older = nodes.get(0);
        Sha256 newer = nodes.get(0);
        for (Sha256 sibling : nodes.subList(1, nodes.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                older = MerkleTree.nodeHash(sibling, older);
                newer = MerkleTree.nodeHash(sibling, newer);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newer = MerkleTree.nodeHash(newer, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && older.equals(olderRoot) && newer.equals(newerRoot);
    }
}
