package io.lonja.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Reads the parts of one segment file, each with its checksum checked. Over {@link RandomAccessFile}, because an
 * interrupted thread would close a channel.
 */
final class SegmentReader implements Closeable {

    /** Bytes that are not what was written there. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Unreadable(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    record Head(long salt, long firstSequence, Sha256 rootBefore) {}

    record Frame(int length, long firstSequence, int entries) {}

    record StoredRecord(byte kind, byte[] content) {
        int stored() {
            return SegmentFormat.RECORD_BYTES + content.length;
        }
    }

    private static final int WINDOW_BYTES = 1 << 16;

    private final RandomAccessFile file;
    private final int windowBytes;
    private byte[] window = new byte[0];
    private long windowAt;

    private SegmentReader(RandomAccessFile file, int windowBytes) {
        this.file = file;
        this.windowBytes = windowBytes;
    }

    /** For reading one thing. */
    static SegmentReader at(Path file) throws IOException {
        return new SegmentReader(new RandomAccessFile(file.toFile(), "r"), 1 << 12);
    }

    /** For reading many things, front to back. */
    static SegmentReader sequential(Path file) throws IOException {
        return new SegmentReader(new RandomAccessFile(file.toFile(), "r"), WINDOW_BYTES);
    }

    long length() throws IOException {
        return file.length();
    }

    Head head() throws IOException, Unreadable {
        ByteBuffer head = ByteBuffer.wrap(bytes(0, SegmentFormat.HEAD_BYTES));
        if (head.getLong() != SegmentFormat.SEGMENT_MAGIC) {
            throw new Unreadable("this is not a segment of the archive");
        }
        int version = head.getInt();
        if (version != SegmentFormat.VERSION) {
            throw new Unreadable(
                    "it has format version %d, and this release reads version 1: start the release that wrote it"
                            .formatted(version));
        }
        long salt = head.getLong();
        long firstSequence = head.getLong();
        byte[] root = new byte[Sha256.BYTES];
        head.get(root);
        int length = head.position();
        if (head.getInt() != SegmentFormat.checksum(salt, head.array(), 0, length)) {
            throw new Unreadable("the head of the segment was changed");
        }
        return new Head(salt, firstSequence, Sha256.fromBytes(root));
    }

    Frame frame(long offset, long salt) throws IOException, Unreadable {
        ByteBuffer frame = ByteBuffer.wrap(bytes(offset, SegmentFormat.FRAME_BYTES));
        if (frame.getInt() != SegmentFormat.FRAME_MAGIC) {
            throw new Unreadable("no frame begins here");
        }
        Frame read = new Frame(frame.getInt(), frame.getLong(), frame.getInt());
        int length = frame.position();
        if (frame.getInt() != SegmentFormat.checksum(salt, frame.array(), 0, length) || read.length < 0) {
            throw new Unreadable("the head of a frame was changed");
        }
        return read;
    }

    StoredRecord record(long offset, long salt) throws IOException, Unreadable {
        ByteBuffer record = ByteBuffer.wrap(bytes(offset, SegmentFormat.RECORD_BYTES));
        byte kind = record.get();
        int length = record.getInt();
        if (length < 0 || length > file.length() - offset - SegmentFormat.RECORD_BYTES) {
            throw new Unreadable("a record would end after the file");
        }
        byte[] content = bytes(offset + SegmentFormat.RECORD_BYTES, length);
        if (record.getInt() != SegmentFormat.checksum(salt, kind, content)) {
            throw new Unreadable("a record was changed");
        }
        return new StoredRecord(kind, content);
    }

    /** Where the next intact frame begins, or -1: what follows a torn frame is rubbish or nothing. */
    long nextFrame(long from, long salt) throws IOException {
        long end = file.length();
        for (long offset = from; offset <= end - SegmentFormat.FRAME_BYTES; offset++) {
            try {
                if (bytes(offset, 1)[0] == (byte) (SegmentFormat.FRAME_MAGIC >>> 24)) {
                    frame(offset, salt);
                    return offset;
                }
            } catch (Unreadable notHere) {
                continue;
            }
        }
        return -1;
    }

    private byte[] bytes(long offset, int length) throws IOException, Unreadable {
        byte[] wanted = new byte[length];
        int taken = take(offset, wanted, 0);
        if (taken < length && length - taken < windowBytes) {
            load(offset + taken);
            taken += take(offset + taken, wanted, taken);
        } else if (taken < length) {
            file.seek(offset + taken);
            for (int read; taken < length; taken += read) {
                read = file.read(wanted, taken, length - taken);
                if (read < 0) {
                    break;
                }
            }
        }
        if (taken < length) {
            throw new Unreadable("the file ends too early");
        }
        return wanted;
    }

    private int take(long offset, byte[] wanted, int at) {
        if (offset < windowAt || offset >= windowAt + window.length) {
            return 0;
        }
        int from = (int) (offset - windowAt);
        int length = Math.min(wanted.length - at, window.length - from);
        System.arraycopy(window, from, wanted, at, length);
        return length;
    }

    private void load(long offset) throws IOException {
        byte[] loaded = new byte[(int) Math.max(0, Math.min(windowBytes, file.length() - offset))];
        file.seek(offset);
        file.readFully(loaded);
        window = loaded;
        windowAt = offset;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
