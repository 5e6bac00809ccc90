package io.lonja.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads every segment when the archive is opened: checks each checksum and the Merkle tree hash at the head of each
 * segment, and rebuilds what the memory keeps. Only the last frame of the last segment may be torn; it is cut off, and
 * kept beside the segment. Anything else that is not as it was written stops the start.
 */
final class SegmentRecovery {

    private final Path folder;
    private final Disk disk;
    private final Segments segments;
    private final PayloadFiles payloadFiles;
    private final HeaderTree tree;
    private final List<String> repairs = new ArrayList<>();
    private long size;
    private long bytes;
    private Instant lastArrivedAt = Instant.EPOCH;

    SegmentRecovery(Path folder, Disk disk, Segments segments, PayloadFiles payloadFiles, HeaderTree tree) {
        this.folder = folder;
        this.disk = disk;
        this.segments = segments;
        this.payloadFiles = payloadFiles;
        this.tree = tree;
    }

    /** What was repaired, one sentence each. */
    List<String> repairs() {
        return List.copyOf(repairs);
    }

    /** The length of the last segment. */
    long bytes() {
        return bytes;
    }

    Instant lastArrivedAt() {
        return lastArrivedAt;
    }

    void read() throws IOException {
        deleteUnfinished(folder);
        deleteUnfinished(payloadFiles.folder());
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(SegmentFormat.SUFFIX))
                    .sorted()
                    .toList();
        }
        for (int i = 0; i < files.size(); i++) {
            read(files.get(i), i == files.size() - 1);
        }
        segments.publish(size);
    }

    /** Files that never got their name are of writes that were not confirmed. */
    private static void deleteUnfinished(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                if (file.getFileName().toString().endsWith(SegmentFormat.UNFINISHED)) {
                    Files.delete(file);
                }
            }
        }
    }

    private void read(Path file, boolean last) throws IOException {
        long cutAt = -1;
        String reason = "";
        try (SegmentReader reader = SegmentReader.sequential(file)) {
            Segment segment = begin(file, reader);
            long offset = SegmentFormat.HEAD_BYTES;
            while (offset < reader.length() && cutAt < 0) {
                try {
                    offset = frame(segment, reader, offset);
                } catch (SegmentReader.Unreadable e) {
                    reason = e.reason();
                    if (!last || reader.nextFrame(offset + 1, segment.salt) >= 0) {
                        throw damaged(file, offset, reason);
                    }
                    cutAt = offset;
                }
            }
            bytes = offset;
            segment.trim();
        }
        if (last) {
            settle(file, cutAt, reason);
        }
    }

    private Segment begin(Path file, SegmentReader reader) throws IOException {
        try {
            SegmentReader.Head head = reader.head();
            if (head.firstSequence() != size + 1 || !file.equals(SegmentFormat.file(folder, size + 1))) {
                throw new SegmentReader.Unreadable(
                        "it begins with entry %d, but entry %d comes next: a segment is missing"
                                .formatted(head.firstSequence(), size + 1));
            }
            if (!head.rootBefore().equals(tree.head().root())) {
                throw new SegmentReader.Unreadable("the entries before it are not those it was written after");
            }
            Segment segment = new Segment(file, head.salt(), head.firstSequence());
            segments.add(segment);
            return segment;
        } catch (SegmentReader.Unreadable e) {
            throw damaged(file, 0, e.reason());
        }
    }

    /** Takes over one frame, whole or not at all; gives the offset after it. */
    private long frame(Segment segment, SegmentReader reader, long offset)
            throws IOException, SegmentReader.Unreadable {
        SegmentReader.Frame frame = reader.frame(offset, segment.salt);
        long at = offset + SegmentFormat.FRAME_BYTES;
        long end = at + frame.length();
        if (end > reader.length()) {
            throw new SegmentReader.Unreadable("a frame would end after the file");
        }
        if (frame.firstSequence() != size + 1) {
            throw damaged(
                    segment.file,
                    offset,
                    "here stands entry %d, but entry %d comes next".formatted(frame.firstSequence(), size + 1));
        }
        List<byte[]> headers = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        Instant arrivedAt = lastArrivedAt;
        for (int i = 0; i < frame.entries(); i++) {
            SegmentReader.StoredRecord header = reader.record(at, segment.salt);
            Entry entry = entry(segment.file, at, header, size + 1 + i);
            headers.add(header.content());
            offsets.add((int) at);
            arrivedAt = entry.arrivedAt();
            at += header.stored();
            SegmentReader.StoredRecord payload = reader.record(at, segment.salt);
            checkPayload(segment.file, at, entry, payload);
            at += payload.stored();
        }
        if (frame.entries() == 0) {
            SegmentReader.StoredRecord seal = reader.record(at, segment.salt);
            if (seal.kind() != SegmentFormat.SEAL
                    || !Sha256.fromBytes(seal.content()).equals(tree.head().root())) {
                throw damaged(segment.file, at, "the seal does not fit the entries before it");
            }
            at += seal.stored();
        }
        if (at != end) {
            throw damaged(segment.file, offset, "a frame does not have the length that it names");
        }
        headers.forEach(tree::add);
        offsets.forEach(segment::add);
        size += frame.entries();
        lastArrivedAt = arrivedAt;
        return end;
    }

    private static Entry entry(Path file, long at, SegmentReader.StoredRecord header, long sequence) {
        try {
            Entry entry = Entry.fromHeaderBytes(header.content());
            if (header.kind() != SegmentFormat.HEADER || entry.id().sequence() != sequence) {
                throw damaged(file, at, "here should stand the header of entry " + sequence);
            }
            return entry;
        } catch (IllegalArgumentException e) {
            throw damaged(file, at, String.valueOf(e.getMessage()));
        }
    }

    private void checkPayload(Path file, long at, Entry entry, SegmentReader.StoredRecord payload) throws IOException {
        switch (payload.kind()) {
            case SegmentFormat.PAYLOAD -> {
                if (payload.content().length != entry.payloadLength()) {
                    throw damaged(file, at, "the payload of entry %s has another length".formatted(entry.id()));
                }
            }
            case SegmentFormat.PAYLOAD_FILE -> {
                Path own = payloadFiles.file(new String(payload.content(), StandardCharsets.US_ASCII));
                if (!Files.isRegularFile(own) || Files.size(own) != entry.payloadLength()) {
                    throw damaged(
                            file,
                            at,
                            "%s, the payload of entry %s, is missing or has another length".formatted(own, entry.id()));
                }
            }
            default -> throw damaged(file, at, "here should stand the payload of entry " + entry.id());
        }
    }

    /**
     * Cuts off a torn end and forces the rest: what a process wrote before it was killed may be in the page cache only,
     * and from now on it counts as durable.
     */
    private void settle(Path file, long cutAt, String reason) throws IOException {
        try (Disk.WritableFile segment = disk.open(file)) {
            if (cutAt >= 0) {
                repairs.add(keepTorn(file, cutAt, reason));
                segment.truncate(cutAt);
            }
            segment.force();
        }
    }

    private String keepTorn(Path file, long cutAt, String reason) throws IOException {
        Path kept = file.resolveSibling(String.format(Locale.ROOT, "%s.torn-%d", file.getFileName(), cutAt));
        long length = Files.size(file) - cutAt;
        byte[] torn;
        try (var whole = Files.newInputStream(file)) {
            whole.skipNBytes(cutAt);
            torn = whole.readAllBytes();
        }
        Path unfinished = file.resolveSibling(kept.getFileName() + SegmentFormat.UNFINISHED);
        try (Disk.WritableFile copy = disk.open(unfinished)) {
            copy.write(ByteBuffer.wrap(torn), 0);
            copy.force();
        }
        disk.publish(unfinished, kept);
        return ("%s was cut at offset %d: its last %d bytes are a write that had not finished when the hub stopped (%s)."
                        + " Nobody was answered for it. The bytes are kept in %s")
                .formatted(file, cutAt, length, reason, kept.getFileName());
    }

    private static ArchiveDamagedException damaged(Path file, long offset, String reason) {
        return new ArchiveDamagedException(
                "The archive is damaged in %s at offset %d: %s. Bring the file back from the backup; the hub does not start without it"
                        .formatted(file, offset, reason));
    }
}
