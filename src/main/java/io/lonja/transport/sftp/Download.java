package io.lonja.transport.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of the outbox while a client reads it. */
final class Download implements OpenFile {

    private final Outbox outbox;
    private final Outbox.Waiting waiting;
    private final Listed listed;
    private final FileChannel channel;
    private final Ranges read = new Ranges();

    Download(Outbox outbox, Outbox.Waiting waiting, Listed listed, Path file) throws IOException {
        this.outbox = outbox;
        this.waiting = waiting;
        this.listed = listed;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public Listed stat() {
        return listed;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        if (offset < 0) {
            throw Refusal.malformed();
        }
        long at = offset;
        int count;
        while (into.hasRemaining() && (count = channel.read(into, at)) > 0) {
            at += count;
        }
        read.add(offset, at);
        if (read.pieces() > Ranges.PIECES_MAX) {
            throw Refusal.failure(
                    "%s is read in too many pieces; fetch it from the beginning to the end.".formatted(listed.name()));
        }
    }

    /** Whoever has every byte and closes the file in an orderly way has it. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (read.prefix() >= listed.bytes()) {
            outbox.fetched(waiting);
        }
    }

    @Override
    public void abandon() {
        try {
            channel.close();
        } catch (IOException nothingIsLost) {
            // It was only read.
        }
    }
}
