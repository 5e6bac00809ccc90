package io.lonja.transport.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of the inbox while a client writes it. What becomes of it afterwards, the inbox decides. */
final class Upload implements OpenFile {

    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

    private final Inbox inbox;
    private final FileName name;
    private final FileChannel channel;
    private final Ranges written;
    private final boolean appends;
    private final long bytesMax;
    private final Inbox.@Nullable Rest before;
    private boolean touched;
    private @Nullable String spoilt;

    /**
     * @param before how the file lay in the inbox; null when there was none, or it begins anew
     * @param written what the file has already, from an upload that is resumed
     */
    Upload(
            Inbox inbox,
            FileName name,
            Path file,
            Inbox.@Nullable Rest before,
            Ranges written,
            boolean appends,
            long bytesMax)
            throws IOException {
        this.inbox = inbox;
        this.name = name;
        this.before = before;
        this.written = written;
        this.appends = appends;
        this.touched = before == null;
        this.bytesMax = bytesMax;
        Set<StandardOpenOption> options = new HashSet<>(Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        if (written.end() == 0) {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        this.channel = FileChannel.open(
                file, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    FileName name() {
        return name;
    }

    @Override
    public synchronized Listed stat() {
        return new Listed(name.value(), Listed.Kind.FILE, written.end(), Instant.now(inbox.clock()));
    }

    @Override
    public synchronized void write(long offset, ByteBuffer bytes) throws IOException {
        goOn();
        long at = appends ? written.end() : offset;
        long end = at + bytes.remaining();
        if (at < 0 || end > bytesMax || end < at) {
            throw spoil("%s is larger than %d bytes, the most that is taken here; send it as several interchanges."
                    .formatted(name, bytesMax));
        }
        if (end > written.end() && !inbox.mayGrow(end - written.end())) {
            throw spoil("%s does not fit, too much waits in /inbox already; remove or rename what waits there."
                    .formatted(name));
        }
        touched = true;
        try {
            long to = at;
            while (bytes.hasRemaining()) {
                to += channel.write(bytes, to);
            }
        } catch (IOException e) {
            // Many clients close the handle after a write that failed: what is here by then is no whole file.
            LOG.error("{}: what is uploaded to it cannot be written: {}", name, e.getMessage());
            throw spoil("%s cannot be written by the hub now; upload it again in a few minutes.".formatted(name));
        }
        written.add(at, end);
        if (written.pieces() > Ranges.PIECES_MAX) {
            throw spoil("%s was written in too many pieces; upload it from the beginning to the end.".formatted(name));
        }
    }

    @Override
    public synchronized void truncate(long length) throws IOException {
        goOn();
        if (length > written.end()) {
            throw Refusal.failure("%s can be cut, but only writing makes it longer.".formatted(name));
        }
        touched = true;
        written.cut(length);
        channel.truncate(length);
    }

    @Override
    public synchronized void sync() throws IOException {
        goOn();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        inbox.closed(this);
    }

    @Override
    public void abandon() {
        inbox.abandoned(this);
    }

    /** Takes the file away from its writer, who is told this sentence from now on. */
    synchronized Ranges takeAway(String sentence) throws IOException {
        spoilt = sentence;
        channel.close();
        return written;
    }

    /** Cuts what lies behind a gap, makes the rest durable and lets go; returns how much that is. */
    synchronized long settle() throws IOException {
        try (channel) {
            long whole = written.prefix();
            if (written.end() > whole) {
                channel.truncate(whole);
            }
            channel.force(true);
            return whole;
        }
    }

    /** Lets go of the file; its bytes are made durable elsewhere or not needed. */
    synchronized void release() throws IOException {
        channel.close();
    }

    /** How the file lay in the inbox, when nothing was done to it since; else null. */
    synchronized Inbox.@Nullable Rest untouched() {
        return touched ? null : before;
    }

    synchronized boolean hasGaps() {
        return written.end() > written.prefix();
    }

    synchronized long bytes() {
        return written.end();
    }

    /** Why this can become no file any more. */
    synchronized @Nullable String spoilt() {
        return spoilt;
    }

    private void goOn() throws Refusal {
        if (spoilt != null) {
            throw Refusal.failure(spoilt);
        }
    }

    private Refusal spoil(String sentence) {
        spoilt = sentence;
        return Refusal.failure(sentence);
    }
}
