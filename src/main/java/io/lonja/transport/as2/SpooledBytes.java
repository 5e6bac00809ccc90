package io.lonja.transport.as2;

import io.lonja.archive.ArchiveUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A spooled file as bytes by offset, read through one window that follows the reader. Over {@link RandomAccessFile},
 * because an interrupted thread would close a channel.
 */
final class SpooledBytes implements Closeable {

    private static final int WINDOW_BYTES = 1 << 16;

    private final RandomAccessFile file;
    private final int length;
    private final byte[] window = new byte[WINDOW_BYTES];
    private int windowFrom;
    private int windowUntil;

    /** @param length of the file, at most what an int can count */
    SpooledBytes(Path file, long length) {
        try {
            this.file = new RandomAccessFile(file.toFile(), "r");
        } catch (IOException e) {
            throw gone(e);
        }
        this.length = Math.toIntExact(length);
    }

    int length() {
        return length;
    }

    byte at(int offset) {
        if (offset < windowFrom || offset >= windowUntil) {
            load(offset);
        }
        return window[offset - windowFrom];
    }

    void copy(int from, byte[] to, int at, int count) {
        int copied = 0;
        while (copied < count) {
            int offset = from + copied;
            if (offset < windowFrom || offset >= windowUntil) {
                load(offset);
            }
            int now = Math.min(count - copied, windowUntil - offset);
            System.arraycopy(window, offset - windowFrom, to, at + copied, now);
            copied += now;
        }
    }

    InputStream open(int from, int until) {
        return new InputStream() {
            private int at = from;

            @Override
            public int read() {
                return at == until ? -1 : SpooledBytes.this.at(at++) & 0xff;
            }

            @Override
            public int read(byte[] to, int start, int count) {
                if (at == until) {
                    return count == 0 ? 0 : -1;
                }
                int now = Math.min(count, until - at);
                copy(at, to, start, now);
                at += now;
                return now;
            }
        };
    }

    private void load(int offset) {
        if (offset < 0 || offset >= length) {
            throw new IndexOutOfBoundsException("There is no byte %d of %d".formatted(offset, length));
        }
        try {
            file.seek(offset);
            int count = Math.min(WINDOW_BYTES, length - offset);
            file.readFully(window, 0, count);
            windowFrom = offset;
            windowUntil = offset + count;
        } catch (IOException e) {
            windowUntil = windowFrom;
            throw gone(e);
        }
    }

    private static ArchiveUnavailableException gone(IOException e) {
        return new ArchiveUnavailableException("The disk does not give back what was spooled: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
