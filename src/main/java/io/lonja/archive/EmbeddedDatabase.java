package io.lonja.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of H2, and whether it was closed in order. One that was not is deleted, and the archive makes it again: after
 * a kill, H2 2.3 to 2.5 can show a part of a transaction, or keep the locks of one that will never end.
 *
 * <p>The sign is a file beside it, made durable before the database is opened and deleted after it was closed.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String H2 = "jdbc:h2:";
    private static final String FILE = "file:";
    private static final List<String> NOT_A_FILE = List.of("mem:", "tcp:", "ssl:", "zip:", "nio", "async:", "split:");

    private final Path database;
    private final Path sign;

    private EmbeddedDatabase(Path path) {
        Path name = Objects.requireNonNull(path.getFileName(), "a file has a name");
        this.database = path.resolveSibling(name + ".mv.db");
        this.sign = path.resolveSibling(name + ".open");
    }

    /**
     * What the URL of a JDBC connection names, where that is a file of H2 in this process.
     *
     * @param url as in {@code jdbc:h2:file:./data/database/lonja;MODE=STRICT}
     */
    static Optional<EmbeddedDatabase> of(String url) {
        if (!url.startsWith(H2)) {
            return Optional.empty();
        }
        String place = url.substring(H2.length()).split(";", 2)[0];
        if (NOT_A_FILE.stream().anyMatch(place::startsWith)) {
            return Optional.empty();
        }
        if (place.startsWith(FILE)) {
            place = place.substring(FILE.length());
        }
        if (place.startsWith("~/")) {
            place = System.getProperty("user.home") + place.substring(1);
        }
        return Optional.of(new EmbeddedDatabase(Path.of(place).toAbsolutePath().normalize()));
    }

    /** Before the database is opened, and while no other process may open it. */
    void open() {
        try {
            if (Files.exists(sign)) {
                boolean there = Files.deleteIfExists(database);
                if (there) {
                    LOG.warn(
                            "The database {} was not closed in order: it is made again from the archive, which has everything",
                            database);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The database %s was not closed in order and cannot be deleted: delete it by hand, the archive has everything"
                            .formatted(database),
                    e);
        }
        DataFolder.keep(sign, Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
    }

    /** After the database was closed; where it is still open, it counts as not closed. */
    @Override
    public void close() {
        try (FileChannel file = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                LOG.warn("The database {} is still open: the next start makes it again from the archive", database);
                return;
            }
            file.force(true);
            Files.deleteIfExists(sign);
        } catch (OverlappingFileLockException stillOpen) {
            LOG.warn("The database {} did not close: the next start makes it again from the archive", database);
        } catch (NoSuchFileException neverOpened) {
            LOG.debug("No database was opened at {}", database);
        } catch (IOException e) {
            LOG.warn("The next start makes the database {} again from the archive: {}", database, e.getMessage());
        }
    }
}
