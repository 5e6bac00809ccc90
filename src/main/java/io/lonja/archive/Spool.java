package io.lonja.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes wait that are too many for the memory, until they are durable elsewhere. Its files die with the process:
 * nothing in it was promised to anybody.
 */
public final class Spool {

    /** Up to so many bytes stay in memory: beyond it a payload is a file of its own in the archive, too. */
    public static final int MEMORY_BYTES_MAX = PayloadFiles.INLINE_BYTES_MAX;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MEMORY_BYTES_FIRST = 1 << 14;
    private static final String SUFFIX = ".spooled";

    private final @Nullable Path folder;
    private final int memoryBytesMax;

    private Spool(@Nullable Path folder, int memoryBytesMax) {
        this.folder = folder;
        this.memoryBytesMax = memoryBytesMax;
    }

    /** Without a folder: what is too long for the memory is not taken, with an {@link IOException}. */
    public static Spool inMemory() {
        return new Spool(null, MEMORY_BYTES_MAX);
    }

    /** Over the data folder; what an earlier process left in it is deleted. */
    public static Spool in(DataFolder home) {
        return in(home, MEMORY_BYTES_MAX);
    }

    /** @param memoryBytesMax how many bytes stay in memory */
    public static Spool in(DataFolder home, int memoryBytesMax) {
        Path folder = home.folder("spool");
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder %s cannot be emptied".formatted(folder), e);
        }
        return new Spool(folder, memoryBytesMax);
    }

    /**
     * Reads to the end, or until there are more than {@code bytesMax}.
     *
     * @throws IOException when the stream or the disk fails
     */
    public Taken take(InputStream in, long bytesMax) throws IOException {
        Sink sink = begin();
        boolean whole = false;
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (sink.length() + read > bytesMax) {
                    return new Taken.TooLong();
                }
                sink.write(buffer, 0, read);
            }
            whole = true;
            return new Taken.Whole(sink.finish());
        } finally {
            if (!whole) {
                sink.close();
            }
        }
    }

    /**
     * A name of its own for a file that nobody changes any more, so that it stays as long as this is open, and what it
     * holds; a copy where it is small, or lies on another disk.
     *
     * @throws IOException when the disk fails, or there is no folder and the file is too long for the memory
     */
    Spooled hold(Path file) throws IOException {
        long length = Files.size(file);
        if (folder != null && length > memoryBytesMax) {
            Path held = folder.resolve(UUID.randomUUID() + SUFFIX);
            try {
                Files.createLink(held, file);
                return new Spooled(Payload.of(held, length, digest(held)));
            } catch (UnsupportedOperationException | FileSystemException otherDisk) {
                delete(held);
            }
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (take(in, length) instanceof Taken.Whole whole) {
                return whole.spooled();
            }
            throw new IOException("%s grew while it was read".formatted(file));
        }
    }

    private static Sha256 digest(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Sha256.fromBytes(digest.digest());
    }

    /** Something to write to whose length is not known yet. */
    public Sink begin() {
        return new Sink();
    }

    /** What became of a stream. */
    public sealed interface Taken {

        /** All of it. */
        record Whole(Spooled spooled) implements Taken {}

        /** It went on beyond what was allowed; nothing is kept. */
        record TooLong() implements Taken {}
    }

    /**
     * A payload and, where it has one, its file, which is deleted when this is closed. Whoever archived it has a name of
     * its own for the bytes by then.
     */
    public record Spooled(Payload payload) implements AutoCloseable {

        @Override
        public void close() {
            Path file = payload.file();
            if (file != null) {
                delete(file);
            }
        }
    }

    /** Keeps what is written to it in memory, and in a file where there are more than fit there. */
    public final class Sink extends OutputStream {

        private final MessageDigest digest = Sha256.newDigest();
        private byte[] memory = new byte[MEMORY_BYTES_FIRST];
        private long length;
        private @Nullable Path file;
        private @Nullable OutputStream out;
        private boolean finished;

        private Sink() {}

        public long length() {
            return length;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (out == null && length + count > memoryBytesMax) {
                toFile();
            }
            if (out == null) {
                if (length + count > memory.length) {
                    memory = Arrays.copyOf(memory, (int) Math.max(2L * memory.length, length + count));
                }
                System.arraycopy(bytes, from, memory, (int) length, count);
            } else {
                digest.update(bytes, from, count);
                out.write(bytes, from, count);
            }
            length += count;
        }

        private void toFile() throws IOException {
            if (folder == null) {
                throw new IOException(
                        "These are more than %d bytes, which are not kept here".formatted(memoryBytesMax));
            }
            Path begun = folder.resolve(UUID.randomUUID() + SUFFIX);
            file = begun;
            OutputStream opened = Channels.newOutputStream(FileChannel.open(
                    begun,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
            out = opened;
            opened.write(memory, 0, (int) length);
            digest.update(memory, 0, (int) length);
            memory = new byte[0];
        }

        /** What was written; nothing can be written afterwards. */
        public Spooled finish() throws IOException {
            finished = true;
            if (out != null) {
                out.close();
            }
            Path written = file;
            return new Spooled(
                    written == null
                            ? Payload.of(Arrays.copyOf(memory, (int) length))
                            : Payload.of(written, length, Sha256.fromBytes(digest.digest())));
        }

        /** Gives up what was written, unless it was finished. */
        @Override
        public void close() throws IOException {
            if (!finished && out != null) {
                out.close();
            }
            Path written = file;
            if (!finished && written != null) {
                delete(written);
            }
            finished = true;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The spooled file %s cannot be deleted".formatted(file), e);
        }
    }
}
