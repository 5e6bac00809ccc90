package io.lonja.archive;

import java.util.List;

/**
 * Evidence and facts in one sequence, durable before {@link #append} returns and provable afterwards.
 *
 * <p>Two stores keep this contract: segment files in the data folder, and PostgreSQL for several nodes. Safe for use
 * by many threads; concurrent appends share one fsync.
 */
public interface Archive extends AutoCloseable {

    /**
     * Appends all drafts or none, next to each other and in this order. When it returns they are on the disk.
     *
     * @throws ArchiveUnavailableException when they could not be made durable; nothing may be answered then, and
     *     whether they are there is known only after a restart
     */
    List<Entry> append(List<Draft> drafts);

    default Entry append(Draft draft) {
        return append(List.of(draft)).get(0);
    }

    /** How many entries are durable; also the sequence of the last one, 0 when there is none. */
    long size();

    /** The header. Throws {@link IllegalArgumentException} for an entry that is not there. */
    Entry entry(EntryId id);

    /** Up to {@code limit} durable entries after this sequence (0 for the beginning), in sequence. */
    List<Entry> entriesAfter(long sequence, int limit);

    /**
     * The payload, its digest checked.
     *
     * @throws ArchiveDamagedException when the stored bytes are not the ones that were appended
     */
    byte[] payload(EntryId id);

    /**
     * The payload, its digest checked, without loading it when it is large: then it is a file of the spool, which the
     * caller closes.
     *
     * @throws ArchiveDamagedException when the stored bytes are not the ones that were appended
     * @throws ArchiveUnavailableException when they cannot be read or spooled
     */
    Spool.Spooled payload(EntryId id, Spool spool);

    /** The Merkle tree head over the headers of all durable entries (RFC 6962, section 2.1). */
    TreeHead treeHead();

    /**
     * The tree head as it was when the archive had this many entries, 1 to {@link #size}: a receipt that is given again
     * carries the tree head it had the first time.
     */
    TreeHead treeHead(long size);

    /** That the entry stands in the tree of this size (RFC 6962, section 2.1.1). */
    InclusionProof inclusionProof(EntryId id, long treeSize);

    /** That the tree of the older size is the beginning of the newer one (RFC 6962, section 2.1.2). */
    ConsistencyProof consistencyProof(long olderSize, long newerSize);

    @Override
    void close();
}
