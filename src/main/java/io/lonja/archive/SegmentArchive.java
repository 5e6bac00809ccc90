package io.lonja.archive;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive as append-only files of about 64 MB in one folder, for one process. Concurrent appends share one
 * {@code fdatasync}; payloads over 4 MB are files of their own. The memory keeps four bytes per entry.
 *
 * <p>After the disk refused a write nothing is accepted until the archive is opened again: what a failed
 * {@code fsync} left on the disk is not known, and asking again would be answered with a lie.
 */
public final class SegmentArchive implements Archive {

    private static final Logger log = LoggerFactory.getLogger(SegmentArchive.class);

    private static final long SEGMENT_BYTES = 64L << 20;
    private static final int ENTRIES_AT_ONCE_MAX = 10_000;

    private final ArchiveLock lock;
    private final Segments segments;
    private final PayloadFiles payloadFiles;
    private final HeaderTree tree;
    private final SegmentWriter writer;
    private final GroupCommit commits;
    private final List<String> repairs;
    private volatile @Nullable Throwable stoppedBy;
    private boolean closed;

    private SegmentArchive(Path folder, Clock clock, Disk disk, long segmentBytes, ArchiveLock lock)
            throws IOException {
        this.lock = lock;
        this.payloadFiles = new PayloadFiles(Files.createDirectories(folder.resolve("payloads")), disk);
        this.segments = new Segments(payloadFiles);
        this.tree = new HeaderTree(new HeadersOf(segments));
        SegmentRecovery recovery = new SegmentRecovery(folder, disk, segments, payloadFiles, tree);
        recovery.read();
        this.repairs = recovery.repairs();
        this.writer = new SegmentWriter(folder, clock, disk, segments, tree, segmentBytes, recovery);
        this.commits = new GroupCommit("archive", this::commit);
    }

    /**
     * Opens the archive in this folder, or begins one. Reads all segments and checks their checksums; cuts off what a
     * crash left unfinished at the very end.
     *
     * @throws ArchiveDamagedException when anything before the last write is not as it was written
     * @throws ArchiveUnavailableException when another process has it open, or the disk fails
     */
    public static SegmentArchive open(Path folder, Clock clock) {
        return open(folder, clock, Disk.ofTheMachine(), SEGMENT_BYTES);
    }

    static SegmentArchive open(Path folder, Clock clock, Disk disk, long segmentBytes) {
        try {
            Files.createDirectories(folder);
            ArchiveLock lock = ArchiveLock.take(folder);
            try {
                SegmentArchive archive = new SegmentArchive(folder, clock, disk, segmentBytes, lock);
                archive.repairs.forEach(log::warn);
                return archive;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ArchiveUnavailableException("The archive in %s cannot be opened: %s".formatted(folder, e), e);
        }
    }

    /** What opening had to repair, one sentence each; empty after a clean stop. */
    public List<String> repairs() {
        return repairs;
    }

    @Override
    public List<Entry> append(List<Draft> drafts) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        List<GroupCommit.Prepared> prepared = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            prepared.add(
                    draft.payload().length() <= PayloadFiles.INLINE_BYTES_MAX
                            ? GroupCommit.Prepared.of(draft)
                            : new GroupCommit.Prepared(draft, storeLarge(draft.payload())));
        }
        return commits.append(prepared);
    }

    private String storeLarge(Payload payload) {
        try {
            refuseWhenStopped();
            return payloadFiles.store(payload);
        } catch (ClosedByInterruptException e) { // the caller's end, not the disk's
            throw new ArchiveUnavailableException("The writing of a large payload was interrupted", e);
        } catch (IOException e) {
            stoppedBy = e;
            throw stopped(e);
        }
    }

    private List<List<Entry>> commit(List<GroupCommit.Batch> group) throws IOException {
        refuseWhenStopped();
        try {
            return writer.commit(group);
        } catch (IOException | RuntimeException | Error e) {
            stoppedBy = e;
            log.error("The archive accepts nothing until the hub is started again: {}", e.toString());
            throw e;
        }
    }

    private void refuseWhenStopped() {
        Throwable cause = stoppedBy;
        if (cause != null) {
            throw stopped(cause);
        }
    }

    private static ArchiveUnavailableException stopped(Throwable cause) {
        return new ArchiveUnavailableException(
                "the disk refused a write (%s); repair it and start the hub again".formatted(cause), cause);
    }

    @Override
    public long size() {
        return segments.size();
    }

    @Override
    public Entry entry(EntryId id) {
        return segments.entry(id.sequence());
    }

    @Override
    public List<Entry> entriesAfter(long sequence, int limit) {
        return segments.entriesAfter(sequence, Math.min(limit, ENTRIES_AT_ONCE_MAX));
    }

    @Override
    public byte[] payload(EntryId id) {
        return segments.payload(id.sequence());
    }

    @Override
    public Spool.Spooled payload(EntryId id, Spool spool) {
        return segments.payload(id.sequence(), spool);
    }

    @Override
    public TreeHead treeHead() {
        return tree.head();
    }

    @Override
    public TreeHead treeHead(long size) {
        checkTreeSize(size);
        return MerkleTree.head(size, tree);
    }

    @Override
    public InclusionProof inclusionProof(EntryId id, long treeSize) {
        checkTreeSize(treeSize);
        return new InclusionProof(id, treeSize, MerkleTree.inclusionPath(id.sequence() - 1, treeSize, tree));
    }

    @Override
    public ConsistencyProof consistencyProof(long olderSize, long newerSize) {
        checkTreeSize(newerSize);
        return new ConsistencyProof(olderSize, newerSize, MerkleTree.consistencyPath(olderSize, newerSize, tree));
    }

    private void checkTreeSize(long treeSize) {
        if (treeSize < 0 || treeSize > segments.size()) {
            throw new IllegalArgumentException(
                    "The archive has %d entries, not %d".formatted(segments.size(), treeSize));
        }
    }

    /** Finishes what waits, says that the archive was closed in peace, and gives the folder free. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        commits.close();
        try (lock;
                writer) {
            if (stoppedBy == null) {
                writer.seal();
            }
        } catch (IOException e) {
            log.warn("The archive was not closed in peace, the next start checks it: {}", e.toString());
        }
    }

    /** Leaf hashes for small subtrees, from the headers on the disk. */
    private record HeadersOf(Segments segments) implements HeaderTree.Leaves {
        @Override
        public List<byte[]> leafHashes(long firstLeaf, int count) {
            return segments.entriesAfter(firstLeaf, count).stream()
                    .map(entry -> MerkleTree.leaf(entry.headerBytes()))
                    .toList();
        }
    }
}
