package io.lonja.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The disk under the segment files, as far as durability depends on it: a port, so that tests can let it fail. */
interface Disk {

    /** A file that is written by one thread and forced as a whole. */
    interface WritableFile extends Closeable {

        void write(ByteBuffer bytes, long position) throws IOException;

        /** Returns when all bytes written before are on the disk. Never called again after it failed once. */
        void force() throws IOException;

        void truncate(long length) throws IOException;
    }

    /** Opens a file for writing, creating it for its owner alone. */
    WritableFile open(Path file) throws IOException;

    /** Gives a forced file its final name, and makes the name durable. */
    void publish(Path temporary, Path file) throws IOException;

    /** The disk itself. */
    static Disk ofTheMachine() {
        return new Disk() {
            @Override
            public WritableFile open(Path file) throws IOException {
                FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                return new ChannelFile(channel);
            }

            @Override
            public void publish(Path temporary, Path file) throws IOException {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
                try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
                    folder.force(true);
                }
            }
        };
    }

    /** A file as its channel sees it. */
    record ChannelFile(FileChannel channel) implements WritableFile {

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false); // the length is forced with the bytes: fdatasync(2)
        }

        @Override
        public void truncate(long length) throws IOException {
            channel.truncate(length);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
