package io.lonja.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Payloads that are too large to stand between headers: a file each, durable before a header names it. */
record PayloadFiles(Path folder, Disk disk) {

    /** A payload of more bytes gets a file of its own. */
    static final int INLINE_BYTES_MAX = 4 << 20;

    private static final int BUFFER_BYTES = 1 << 18;
    private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}\\.payload");

    /** Writes, forces, names and forces the name; gives the name. */
    String store(Payload payload) throws IOException {
        String name = UUID.randomUUID() + ".payload";
        Path unfinished = folder.resolve(name + SegmentFormat.UNFINISHED);
        boolean there = linked(payload.file(), unfinished);
        try (Disk.WritableFile file = disk.open(unfinished)) {
            if (!there) {
                write(payload, file);
            }
            file.force();
        }
        disk.publish(unfinished, folder.resolve(name));
        return name;
    }

    /** A second name for a spooled file, where both folders are on one disk: nobody writes to it any more. */
    private static boolean linked(@Nullable Path spooled, Path unfinished) throws IOException {
        if (spooled == null) {
            return false;
        }
        try {
            Files.createLink(unfinished, spooled);
            return true;
        } catch (UnsupportedOperationException | FileSystemException otherDisk) {
            return false;
        }
    }

    private static void write(Payload payload, Disk.WritableFile file) throws IOException {
        if (payload.file() == null) {
            file.write(ByteBuffer.wrap(payload.bytes()), 0);
            return;
        }
        try (InputStream in = payload.open()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long position = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                file.write(ByteBuffer.wrap(buffer, 0, read), position);
                position += read;
            }
        }
    }

    /** Where the bytes lie; their digest is the reader's business. */
    Path stored(String name, long length) throws IOException {
        Path file = file(name);
        if (!Files.isRegularFile(file) || Files.size(file) != length) {
            throw new ArchiveDamagedException(
                    "%s is missing or not %d bytes long: bring it back from the backup".formatted(file, length));
        }
        return file;
    }

    Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ArchiveDamagedException("A header names a payload file that the archive never wrote: " + name);
        }
        return folder.resolve(name);
    }
}
