package io.lonja.partner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what changes in the folders of partners while the hub runs. A change is taken up once nothing has changed for a
 * whole round, so that no file counts that is still being written.
 */
public final class ChangedFolders {

    private static final Logger LOG = LoggerFactory.getLogger(ChangedFolders.class);
    /** A partner's folder, one below it, and what lies there. */
    private static final int DEPTH_MAX = 4;

    private final List<Path> roots;
    private final LivePartners partners;
    private Map<Path, String> live = Map.of();
    private Map<Path, String> seen = Map.of();

    ChangedFolders(List<Path> roots, LivePartners partners) {
        this.roots = List.copyOf(roots);
        this.partners = partners;
    }

    /** At the start: whatever the folders say. */
    synchronized void takeStock() {
        Map<Path, String> now = files();
        partners.refresh();
        live = now;
        seen = now;
    }

    /** One round. What goes wrong is told and tried again in the next round. */
    public synchronized void takeUp() {
        try {
            Map<Path, String> now = files();
            if (!now.equals(live) && now.equals(seen)) {
                partners.refresh();
                live = now;
            }
            seen = now;
        } catch (RuntimeException e) {
            LOG.error("What changed in the folders of partners is not taken up yet: {}", e.getMessage());
        }
    }

    /** Size and time of every file below the roots. */
    private Map<Path, String> files() {
        Map<Path, String> files = new TreeMap<>();
        for (Path root : roots) {
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (Stream<Path> inside = Files.walk(root, DEPTH_MAX, FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : (Iterable<Path>) inside::iterator) {
                    files.put(
                            file,
                            Files.isDirectory(file) ? "" : Files.size(file) + " " + Files.getLastModifiedTime(file));
                }
            } catch (IOException | UncheckedIOException e) {
                throw new IllegalStateException("Cannot list the partners in " + root, e);
            }
        }
        return files;
    }
}
