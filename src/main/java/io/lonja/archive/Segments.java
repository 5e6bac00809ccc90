package io.lonja.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The durable entries of a segment archive, found by sequence and read from their files. */
final class Segments {

    private final ConcurrentSkipListMap<Long, Segment> byFirstSequence = new ConcurrentSkipListMap<>();
    private final PayloadFiles payloadFiles;
    private volatile long size;

    Segments(PayloadFiles payloadFiles) {
        this.payloadFiles = payloadFiles;
    }

    void add(Segment segment) {
        byFirstSequence.put(segment.firstSequence, segment);
    }

    List<Segment> all() {
        return List.copyOf(byFirstSequence.values());
    }

    long size() {
        return size;
    }

    /** From now on entries up to this sequence can be read. */
    void publish(long newSize) {
        size = newSize;
    }

    Entry entry(long sequence) {
        Segment segment = segmentOf(sequence);
        try (SegmentReader reader = SegmentReader.at(segment.file)) {
            return header(segment, reader, sequence);
        } catch (IOException e) {
            throw unreadable(segment, e);
        }
    }

    List<Entry> entriesAfter(long sequence, long limit) {
        List<Entry> entries = new ArrayList<>();
        long next = sequence + 1;
        long last = Math.min(size, sequence + limit);
        while (next <= last) {
            Segment segment = segmentOf(next);
            Long following = byFirstSequence.higherKey(segment.firstSequence);
            long lastHere = following == null ? last : Math.min(last, following - 1);
            try (SegmentReader reader = SegmentReader.sequential(segment.file)) {
                for (; next <= lastHere; next++) {
                    entries.add(header(segment, reader, next));
                }
            } catch (IOException e) {
                throw unreadable(segment, e);
            }
        }
        return entries;
    }

    byte[] payload(long sequence) {
        // Nothing is closed: these are in memory.
        return payload(sequence, file -> new Spool.Spooled(Payload.of(Files.readAllBytes(file))))
                .payload()
                .bytes();
    }

    Spool.Spooled payload(long sequence, Spool spool) {
        return payload(sequence, spool::hold);
    }

    /** How a payload that is a file of its own is taken from it. */
    private interface Taking {
        Spool.Spooled from(Path file) throws IOException;
    }

    private Spool.Spooled payload(long sequence, Taking large) {
        Segment segment = segmentOf(sequence);
        int offset = segment.offset(sequence);
        try (SegmentReader reader = SegmentReader.at(segment.file)) {
            Entry entry = header(segment, reader, sequence);
            SegmentReader.StoredRecord header = reader.record(offset, segment.salt);
            SegmentReader.StoredRecord stored = reader.record(offset + header.stored(), segment.salt);
            Spool.Spooled payload = stored.kind() == SegmentFormat.PAYLOAD_FILE
                    ? large.from(payloadFiles.stored(
                            new String(stored.content(), StandardCharsets.US_ASCII), entry.payloadLength()))
                    : new Spool.Spooled(Payload.of(stored.content()));
            if (!payload.payload().digest().equals(entry.payloadDigest())) {
                payload.close();
                throw damaged(segment, offset, sequence, "the payload does not have the digest of its header");
            }
            return payload;
        } catch (SegmentReader.Unreadable e) {
            throw damaged(segment, offset, sequence, e.reason());
        } catch (IOException e) {
            throw unreadable(segment, e);
        }
    }

    private Entry header(Segment segment, SegmentReader reader, long sequence) throws IOException {
        int offset = segment.offset(sequence);
        try {
            Entry entry =
                    Entry.fromHeaderBytes(reader.record(offset, segment.salt).content());
            if (entry.id().sequence() != sequence) {
                throw new SegmentReader.Unreadable("here stands entry " + entry.id());
            }
            return entry;
        } catch (SegmentReader.Unreadable e) {
            throw damaged(segment, offset, sequence, e.reason());
        } catch (IllegalArgumentException e) {
            throw damaged(segment, offset, sequence, String.valueOf(e.getMessage()));
        }
    }

    private Segment segmentOf(long sequence) {
        Map.Entry<Long, Segment> found = byFirstSequence.floorEntry(sequence);
        if (sequence < 1 || sequence > size || found == null) {
            throw new IllegalArgumentException(
                    "There is no entry %d in the archive; the last one is %d".formatted(sequence, size));
        }
        return found.getValue();
    }

    private static ArchiveDamagedException damaged(Segment segment, int offset, long sequence, String reason) {
        return new ArchiveDamagedException(
                "Entry %d in %s at offset %d cannot be read: %s. Bring the file back from the backup"
                        .formatted(sequence, segment.file, offset, reason));
    }

    private static ArchiveUnavailableException unreadable(Segment segment, IOException e) {
        return new ArchiveUnavailableException("The disk does not give back %s: %s".formatted(segment.file, e), e);
    }
}
