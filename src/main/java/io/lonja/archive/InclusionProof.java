package io.lonja.archive;

import java.util.Iterator;
import java.util.List;

/**
 * The audit path of one entry (RFC 6962, section 2.1.1), from the leaf upwards.
 *
 * @param entry whose header is the leaf
 * @param treeSize of the tree the path leads to
 */
public record InclusionProof(EntryId entry, long treeSize, List<Sha256> path) {

    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether this path leads from the header of that very entry to this tree head (RFC 9162, section 2.1.3.2). */
    public boolean leadsTo(TreeHead head, Entry proved) {
        if (!proved.id().equals(entry) || head.size() != treeSize || entry.sequence() > treeSize) {
            return false;
        }
        long node = entry.sequence() - 1;
        long last = treeSize - 1;
        Sha256 hash = MerkleTree.leafHash(proved.headerBytes());
        Iterator<Sha256> siblings = path.iterator();
        while (siblings.hasNext()) {
            if (last == 0) {
                return false;
            }
            Sha256 sibling = siblings.next();
            if ((node & 1) == 1 || node == last) {
                hash = MerkleTree.nodeHash(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = MerkleTree.nodeHash(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(head.root());
    }
}
