package io.lonja.archive;

import java.util.List;

/**
 * The audit path of one entry (RFC 6962, section 2.1.1), from the leaf upwards.
 *
 * @param entry whose header is the leaf
 * @param treeSize of the tree the path leads to
 */
public record InclusionProof(EntryId entry, long treeSize, List<Sha256> path) {}
