package io.lonja.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/** Payloads that are too large to stand between headers: a file each, durable before a header names it. */
record PayloadFiles(Path folder, Disk disk) {

    /** A payload of more bytes gets a file of its own. */
    static final int INLINE_BYTES_MAX = 4 << 20;

    private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}\\.payload");

    /** Writes, forces, names and forces the name; gives the name. */
    String store(byte[] payload) throws IOException {
        String name = UUID.randomUUID() + ".payload";
        Path unfinished = folder.resolve(name + SegmentFormat.UNFINISHED);
        try (Disk.WritableFile file = disk.open(unfinished)) {
            file.write(ByteBuffer.wrap(payload), 0);
            file.force();
        }
        disk.publish(unfinished, folder.resolve(name));
        return name;
    }

    /** The bytes; their digest is the reader's business. */
    byte[] read(String name, long length) throws IOException {
        Path file = file(name);
        if (!Files.isRegularFile(file) || Files.size(file) != length) {
            throw new ArchiveDamagedException(
                    "%s is missing or not %d bytes long: bring it back from the backup".formatted(file, length));
        }
        return Files.readAllBytes(file);
    }

    Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ArchiveDamagedException("A header names a payload file that the archive never wrote: " + name);
        }
        return folder.resolve(name);
    }
}
