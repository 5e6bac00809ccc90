package io.lonja.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** That only one process writes to an archive. The operating system gives it back when the process ends, however. */
record ArchiveLock(FileChannel channel) implements Closeable {

    private static final String FILE = "archive.lock";

    /** Throws {@link ArchiveUnavailableException} when another process, or another part of this one, has it. */
    static ArchiveLock take(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean mine = false;
        try {
            mine = channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            mine = false;
        } finally {
            if (!mine) {
                channel.close();
            }
        }
        if (!mine) {
            throw new ArchiveUnavailableException(
                    "The archive in %s is in use by process %s: stop that one first, or give this one another lonja.home"
                            .formatted(folder, Files.readString(file).strip()));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new ArchiveLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
