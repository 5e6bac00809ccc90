package io.lonja.archive;

import java.util.List;

/** The nodes that lead from the older root to the newer one (RFC 6962, section 2.1.2). */
public record ConsistencyProof(long olderSize, long newerSize, List<Sha256> path) {}
