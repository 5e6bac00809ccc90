package io.lonja.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Everything the hub writes: archive, database, keys, secrets, broker journal ({@code LONJA_HOME}).
 *
 * @param root absolute; exists with mode 0700
 */
public record DataFolder(Path root) {

    /** Opens the folder, creating it readable by its owner alone. */
    public static DataFolder at(Path root) {
        return new DataFolder(createPrivate(root.toAbsolutePath().normalize()));
    }

    /** A folder inside, created with mode 0700: {@code archive}, {@code keys}, {@code secrets} … */
    public Path folder(String name) {
        return createPrivate(root.resolve(name));
    }

    /**
     * Writes a file that its owner alone may read (mode 0600), whole and durable or not at all; an older one is
     * replaced.
     */
    public static void keep(Path file, byte[] content) {
        Path folder = createPrivate(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        try {
            Path draft = Files.createTempFile(
                    folder,
                    ".",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static Path createPrivate(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the data folder " + folder, e);
        }
    }
}
