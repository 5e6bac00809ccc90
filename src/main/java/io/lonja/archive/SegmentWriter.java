package io.lonja.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes frames to the last segment, and begins the next one when it is full. Used by one thread. */
final class SegmentWriter implements Closeable {

    private static final int BUFFER_BYTES = 1 << 18;
    private static final SecureRandom SALTS = new SecureRandom();

    private final Path folder;
    private final Clock clock;
    private final Disk disk;
    private final Segments segments;
    private final HeaderTree tree;
    private final long segmentBytes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private Segment segment;
    private Disk.WritableFile file;
    private long position;
    private Instant lastArrivedAt;

    SegmentWriter(
            Path folder,
            Clock clock,
            Disk disk,
            Segments segments,
            HeaderTree tree,
            long segmentBytes,
            SegmentRecovery recovered)
            throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.disk = disk;
        this.segments = segments;
        this.tree = tree;
        this.segmentBytes = segmentBytes;
        this.lastArrivedAt = recovered.lastArrivedAt();
        List<Segment> all = segments.all();
        if (all.isEmpty()) {
            this.segment = create();
            this.position = SegmentFormat.HEAD_BYTES;
        } else {
            this.segment = all.get(all.size() - 1);
            this.position = recovered.bytes();
        }
        this.file = disk.open(segment.file);
    }

    /** One frame, one force. When this throws, nothing may be written any more. */
    List<List<Entry>> commit(List<GroupCommit.Batch> group) throws IOException {
        if (position >= segmentBytes) {
            Segment next = create();
            file.close();
            file = disk.open(next.file);
            segment.trim();
            segment = next;
            position = SegmentFormat.HEAD_BYTES;
        }
        long size = segments.size();
        List<List<Entry>> entries = new ArrayList<>(group.size());
        List<byte[]> headers = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        List<@Nullable String> payloadFiles = new ArrayList<>();
        for (GroupCommit.Batch batch : group) {
            Instant arrivedAt = now();
            List<Entry> ofBatch = new ArrayList<>(batch.drafts().size());
            for (GroupCommit.Prepared prepared : batch.drafts()) {
                Entry entry = prepared.entry(size + headers.size() + 1, arrivedAt);
                ofBatch.add(entry);
                headers.add(entry.headerBytes());
                String name = prepared.payloadFile();
                payloadFiles.add(name);
                contents.add(
                        name == null ? prepared.draft().payload().bytes() : name.getBytes(StandardCharsets.US_ASCII));
            }
            entries.add(ofBatch);
        }
        int[] offsets = writeFrame(size + 1, headers, contents, payloadFiles);
        file.force();
        for (int offset : offsets) {
            segment.add(offset);
        }
        synchronized (tree) { // so that nobody sees a tree head beyond the size
            headers.forEach(tree::add);
            segments.publish(size + headers.size());
        }
        return entries;
    }

    /** Says that everything before was durable, so that a later change of the last frame is not taken for a torn one. */
    void seal() throws IOException {
        byte[] root = tree.head().root().bytes();
        int length = SegmentFormat.RECORD_BYTES + root.length;
        put(SegmentFormat.frame(segment.salt, length, segments.size() + 1, 0));
        put(SegmentFormat.record(segment.salt, SegmentFormat.SEAL, root));
        put(root);
        flush();
        file.force();
    }

    private int[] writeFrame(
            long firstSequence, List<byte[]> headers, List<byte[]> contents, List<@Nullable String> payloadFiles)
            throws IOException {
        long length = 0;
        int[] offsets = new int[headers.size()];
        for (int i = 0; i < headers.size(); i++) {
            offsets[i] = Math.toIntExact(position + SegmentFormat.FRAME_BYTES + length);
            length += 2L * SegmentFormat.RECORD_BYTES + headers.get(i).length + contents.get(i).length;
        }
        long salt = segment.salt;
        put(SegmentFormat.frame(salt, Math.toIntExact(length), firstSequence, headers.size()));
        for (int i = 0; i < headers.size(); i++) {
            put(SegmentFormat.record(salt, SegmentFormat.HEADER, headers.get(i)));
            put(headers.get(i));
            byte kind = payloadFiles.get(i) == null ? SegmentFormat.PAYLOAD : SegmentFormat.PAYLOAD_FILE;
            put(SegmentFormat.record(salt, kind, contents.get(i)));
            put(contents.get(i));
        }
        flush();
        return offsets;
    }

    private void put(byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            int length = Math.min(buffer.remaining(), bytes.length - from);
            buffer.put(bytes, from, length);
            from += length;
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        int length = buffer.remaining();
        file.write(buffer, position);
        position += length;
        buffer.clear();
    }

    /** A segment gets its name when its head is durable, so that a named segment without one is damaged. */
    private Segment create() throws IOException {
        long firstSequence = segments.size() + 1;
        long salt = SALTS.nextLong();
        Path named = SegmentFormat.file(folder, firstSequence);
        Path unfinished = named.resolveSibling(named.getFileName() + SegmentFormat.UNFINISHED);
        try (Disk.WritableFile begun = disk.open(unfinished)) {
            begun.write(
                    ByteBuffer.wrap(SegmentFormat.head(
                            salt, firstSequence, tree.head().root().bytes())),
                    0);
            begun.force();
        }
        disk.publish(unfinished, named);
        Segment created = new Segment(named, salt, firstSequence);
        segments.add(created);
        return created;
    }

    /** Microseconds, never before the entry before, also when the machine's clock was set back. */
    private Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        lastArrivedAt = now.isBefore(lastArrivedAt) ? lastArrivedAt : now;
        return lastArrivedAt;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
