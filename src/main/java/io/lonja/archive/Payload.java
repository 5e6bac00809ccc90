package io.lonja.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way into the archive: in memory, or in a file of a {@link Spool} where they are too many for that. Their
 * digest is computed once.
 */
public final class Payload {

    private static final int MEMORY_BYTES_MAX = Integer.MAX_VALUE - 8;

    private final byte @Nullable [] bytes;
    private final @Nullable Path file;
    private final long length;
    /** Of bytes in memory computed when it is asked for first; by whom does not matter. */
    private volatile @Nullable Sha256 digest;

    private Payload(byte @Nullable [] bytes, @Nullable Path file, long length, @Nullable Sha256 digest) {
        this.bytes = bytes;
        this.file = file;
        this.length = length;
        this.digest = digest;
    }

    /** @param bytes not copied, so not to be changed afterwards */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes, null, bytes.length, null);
    }

    /**
     * @param file that nobody changes any more
     * @param digest of all of it
     */
    static Payload of(Path file, long length, Sha256 digest) {
        return new Payload(null, file, length, digest);
    }

    public long length() {
        return length;
    }

    public Sha256 digest() {
        Sha256 known = digest;
        if (known == null) {
            known = Sha256.of(bytes());
            digest = known;
        }
        return known;
    }

    /** The file they lie in, to be read only; null when they are in memory. */
    public @Nullable Path file() {
        return file;
    }

    /** From the beginning, as often as one likes. The caller closes it. */
    public InputStream open() throws IOException {
        return file == null ? new ByteArrayInputStream(bytes()) : Files.newInputStream(file);
    }

    /** All of them in memory: for payloads that are known to be small. */
    public byte[] bytes() {
        if (bytes != null) {
            return bytes;
        }
        Path spooled = file;
        if (spooled == null || length > MEMORY_BYTES_MAX) {
            throw new IllegalStateException("A payload of %d bytes does not fit into an array".formatted(length));
        }
        try {
            return Files.readAllBytes(spooled);
        } catch (IOException e) {
            throw new UncheckedIOException("The spooled file %s cannot be read".formatted(spooled), e);
        }
    }
}
