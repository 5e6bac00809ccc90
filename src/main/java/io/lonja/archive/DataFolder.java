package io.lonja.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

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
