package io.lonja.commission;

import io.lonja.archive.Archive;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.ConsistencyProof;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.InclusionProof;
import io.lonja.archive.MerkleTree;
import io.lonja.archive.Payload;
import io.lonja.archive.Sha256;
import io.lonja.archive.Spool;
import io.lonja.archive.TreeHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An archive in memory that can crash while it appends: what was not yet durable is lost. */
public final class MemoryArchive implements Archive {

    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private Instant now = Instant.parse("2026-12-05T09:00:00Z");
    private int loseAfter = Integer.MAX_VALUE;

    public void empty() {
        entries.clear();
        payloads.clear();
        now = Instant.parse("2026-12-05T09:00:00Z");
        loseNothing();
    }

    /** After so many more appends, one crashes before it is durable. */
    public void loseAfter(int appends) {
        loseAfter = appends;
    }

    public void loseNothing() {
        loseAfter = Integer.MAX_VALUE;
    }

    public void now(Instant instant) {
        now = instant;
    }

    @Override
    public List<Entry> append(List<Draft> drafts) {
        if (loseAfter-- == 0) {
            loseNothing();
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
                    draft.payload().digest(),
                    draft.payload().length());
            entries.add(entry);
            payloads.add(draft.payload().bytes());
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
    public Spool.Spooled payload(EntryId id, Spool spool) {
        return new Spool.Spooled(Payload.of(payload(id)));
    }

    @Override
    public TreeHead treeHead() {
        return treeHead(size());
    }

    @Override
    public TreeHead treeHead(long size) {
        return new TreeHead(size, size == 0 ? MerkleTree.emptyRoot() : root(leaves(size)));
    }

    @Override
    public InclusionProof inclusionProof(EntryId id, long treeSize) {
        return new InclusionProof(id, treeSize, path((int) id.sequence() - 1, leaves(treeSize)));
    }

    @Override
    public ConsistencyProof consistencyProof(long olderSize, long newerSize) {
        return new ConsistencyProof(
                olderSize,
                newerSize,
                olderSize == newerSize ? List.of() : subproof((int) olderSize, leaves(newerSize), true));
    }

    private List<Sha256> leaves(long size) {
        return entries.subList(0, (int) size).stream()
                .map(entry -> MerkleTree.leafHash(entry.headerBytes()))
                .toList();
    }

    private static Sha256 root(List<Sha256> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return MerkleTree.nodeHash(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
    }

    private static List<Sha256> path(int leaf, List<Sha256> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        List<Sha256> first = leaves.subList(0, left);
        List<Sha256> second = leaves.subList(left, leaves.size());
        return leaf < left ? and(path(leaf, first), root(second)) : and(path(leaf - left, second), root(first));
    }

    private static List<Sha256> subproof(int older, List<Sha256> leaves, boolean whole) {
        if (older == leaves.size()) {
            return whole ? List.of() : List.of(root(leaves));
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        List<Sha256> first = leaves.subList(0, left);
        List<Sha256> second = leaves.subList(left, leaves.size());
        return older <= left
                ? and(subproof(older, first, whole), root(second))
                : and(subproof(older - left, second, false), root(first));
    }

    private static List<Sha256> and(List<Sha256> path, Sha256 node) {
        List<Sha256> longer = new ArrayList<>(path);
        longer.add(node);
        return longer;
    }

    @Override
    public void close() {}
}
