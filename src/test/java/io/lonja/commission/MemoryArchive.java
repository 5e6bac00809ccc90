package io.lonja.commission;

import io.lonja.archive.Archive;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.ConsistencyProof;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.InclusionProof;
import io.lonja.archive.Sha256;
import io.lonja.archive.TreeHead;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An archive in memory that can crash while it appends: what was not yet durable is lost. */
final class MemoryArchive implements Archive {

    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private Instant now = Instant.parse("2026-12-05T09:00:00Z");
    private boolean loseNext;

    void empty() {
        entries.clear();
        payloads.clear();
        now = Instant.parse("2026-12-05T09:00:00Z");
        loseNext = false;
    }

    /** The next append crashes before it is durable. */
    void loseNext() {
        loseNext = true;
    }

    void now(Instant instant) {
        now = instant;
    }

    @Override
    public List<Entry> append(List<Draft> drafts) {
        if (loseNext) {
            loseNext = false;
            throw new ArchiveUnavailableException("crashed", new IllegalStateException("crashed"));
        }
        List<Entry> appended = new ArrayList<>();
        for (Draft draft : drafts) {
            now = now.plusMillis(1);
            Entry entry = new Entry(
                    new EntryId(entries.size() + 1L),
                    draft.type(),
                    now,
                    draft.attributes(),
                    Sha256.of(draft.payload()),
                    draft.payload().length);
            entries.add(entry);
            payloads.add(draft.payload());
            appended.add(entry);
        }
        return appended;
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public Entry entry(EntryId id) {
        return entries.get((int) id.sequence() - 1);
    }

    @Override
    public List<Entry> entriesAfter(long sequence, int limit) {
        return List.copyOf(entries.subList((int) sequence, (int) Math.min(entries.size(), sequence + limit)));
    }

    @Override
    public byte[] payload(EntryId id) {
        return payloads.get((int) id.sequence() - 1);
    }

    @Override
    public TreeHead treeHead() {
        return treeHead(size());
    }

    /** A chain instead of a tree: all that the books do with it is to write it down. */
    @Override
    public TreeHead treeHead(long size) {
        Sha256 root = Sha256.of();
        for (Entry entry : entries.subList(0, (int) size)) {
            root = Sha256.of(
                    root.bytes(),
                    entry.toString().getBytes(StandardCharsets.UTF_8),
                    entry.payloadDigest().bytes());
        }
        return new TreeHead(size, root);
    }

    @Override
    public InclusionProof inclusionProof(EntryId id, long treeSize) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConsistencyProof consistencyProof(long olderSize, long newerSize) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
