package io.lonja.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share one trip to the disk. One thread writes; whoever comes while it waits for the disk goes
 * together in the next group. Every caller waits for its own drafts, so the queue is never longer than there are
 * callers.
 */
final class GroupCommit implements AutoCloseable {

    /** A draft, and the file of its payload where that is large and written already. */
    record Prepared(Draft draft, @Nullable String payloadFile) {

        private static final long HEADER_BYTES_MAX = 256;
        private static final long BYTES_PER_CHARACTER_MAX = 3;

        static Prepared of(Draft draft) {
            return new Prepared(draft, null);
        }

        /** What it adds to a group, at most. */
        long bytesMax() {
            long texts = draft.attributes().entrySet().stream()
                    .mapToLong(text -> text.getKey().length() + text.getValue().length() + 4L)
                    .sum();
            return HEADER_BYTES_MAX
                    + texts * BYTES_PER_CHARACTER_MAX
                    + (payloadFile == null ? draft.payload().length() : payloadFile.length());
        }

        Entry entry(long sequence, Instant arrivedAt) {
            return new Entry(
                    new EntryId(sequence),
                    draft.type(),
                    arrivedAt,
                    draft.attributes(),
                    draft.payload().digest(),
                    draft.payload().length());
        }
    }

    /** All drafts of one call: they become durable together. */
    record Batch(List<Prepared> drafts, long bytes, CompletableFuture<List<Entry>> durable) {

        Batch(List<Prepared> drafts) {
            this(drafts, drafts.stream().mapToLong(Prepared::bytesMax).sum(), new CompletableFuture<>());
        }
    }

    /** Makes the batches of a group durable, or none of them; gives the entries, batch by batch. */
    interface Store {
        List<List<Entry>> commit(List<Batch> group) throws Exception;
    }

    static final int DRAFTS_MAX = 10_000;
    static final long BATCH_BYTES_MAX = 256L << 20;
    private static final long GROUP_BYTES_MAX = 16L << 20;
    private static final int GROUP_BATCHES_MAX = 1_024;

    private static final Batch LAST = new Batch(List.of());

    private final BlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();
    private final Store store;
    private final Thread writer;
    private boolean closed;

    GroupCommit(String name, Store store) {
        this.store = store;
        this.writer = new Thread(this::write, name);
        this.writer.setDaemon(true);
        this.writer.start();
    }

    /** Returns when the store has committed these drafts. */
    List<Entry> append(List<Prepared> drafts) {
        Batch batch = new Batch(drafts);
        if (drafts.size() > DRAFTS_MAX || batch.bytes > BATCH_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "At most %d drafts with %d MB together are appended at once, not %d with %d MB"
                            .formatted(DRAFTS_MAX, BATCH_BYTES_MAX >> 20, drafts.size(), batch.bytes >> 20));
        }
        synchronized (this) {
            if (closed) {
                throw new ArchiveUnavailableException("The archive is closed");
            }
            waiting.add(batch);
        }
        try {
            return batch.durable.join(); // not interruptible: nobody may leave without knowing
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ArchiveUnavailableException("Nothing can be received now: " + cause.getMessage(), cause);
        }
    }

    private void write() {
        @Nullable Batch next = null;
        boolean open = true;
        while (open) {
            List<Batch> group = new ArrayList<>();
            try {
                next = next == null ? waiting.take() : next;
            } catch (InterruptedException e) {
                continue; // only close() ends this thread
            }
            long bytes = 0;
            while (next != null && next != LAST && group.size() < GROUP_BATCHES_MAX) {
                bytes += next.bytes;
                if (!group.isEmpty() && bytes > GROUP_BYTES_MAX) {
                    break;
                }
                group.add(next);
                next = waiting.poll();
            }
            open = next != LAST;
            if (!group.isEmpty()) {
                commit(group);
            }
        }
    }

    private void commit(List<Batch> group) {
        try {
            List<List<Entry>> entries = store.commit(group);
            for (int i = 0; i < group.size(); i++) {
                group.get(i).durable.complete(entries.get(i));
            }
        } catch (Throwable e) {
            group.forEach(batch -> batch.durable.completeExceptionally(e));
        }
    }

    /** Commits what waits, then ends. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                waiting.add(LAST);
            }
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
