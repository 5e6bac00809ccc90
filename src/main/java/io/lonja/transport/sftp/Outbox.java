package io.lonja.transport.sftp;

import io.lonja.archive.EntryId;
import io.lonja.archive.Payload;
import io.lonja.delivery.Delivery;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lies ready for one partner. On the disk a file bears the number of its delivery before its name
 * ({@code 123,997-00000123.edi}), so that it is known under whatever name the partner gives it.
 */
final class Outbox {

    private static final Pattern FILE = Pattern.compile("([0-9]{1,18}),(.+)");
    private static final String WRITING = ".writing-";

    /** A delivery that lies here under this name. */
    record Waiting(EntryId delivery, FileName name) {

        String file() {
            return delivery.sequence() + "," + name.encoded();
        }
    }

    private final PartyId partner;
    private final Path folder;
    private final Consumer<Waiting> fetched;

    /**
     * @param folder exists, private to the hub
     * @param fetched hears of every download that was read to its end and closed
     */
    Outbox(PartyId partner, Path folder, Consumer<Waiting> fetched) {
        this.partner = partner;
        this.folder = folder;
        this.fetched = fetched;
    }

    /** Puts a delivery here, whole and durable, or finds it here already. Returns its path as its partner sees it. */
    synchronized RemotePath put(EntryId delivery, String kind, Payload payload) throws IOException {
        List<Waiting> all = all();
        Optional<Waiting> before = all.stream()
                .filter(waiting -> waiting.delivery().equals(delivery))
                .findFirst();
        if (before.isPresent()) {
            return path(before.get());
        }
        if (all.size() >= SftpLimits.OUTBOX_FILES_MAX) {
            throw Refusal.failure("%d files lie in the outbox of %s, that is the most; it must fetch and remove some."
                    .formatted(all.size(), partner));
        }
        Waiting waiting = new Waiting(delivery, free(kind, delivery, all));
        Path draft = folder.resolve(WRITING + waiting.delivery());
        try (FileChannel channel = FileChannel.open(
                        draft,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                InputStream bytes = payload.open()) {
            bytes.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
        Files.move(draft, folder.resolve(waiting.file()), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
        return path(waiting);
    }

    private static FileName free(String kind, EntryId delivery, List<Waiting> all) {
        String label = kind.replaceAll("[^A-Za-z0-9_-]", "_");
        String base = "%s-%08d".formatted(label.substring(0, Math.min(label.length(), 40)), delivery.sequence());
        String ending = Delivery.Owed.fileEnding(kind);
        FileName name = new FileName(base + ending);
        for (int copy = 2; isTaken(name, all); copy++) {
            name = new FileName("%s-%d%s".formatted(base, copy, ending));
        }
        return name;
    }

    private static boolean isTaken(FileName name, List<Waiting> all) {
        return all.stream().anyMatch(waiting -> waiting.name().equals(name));
    }

    synchronized List<Listed> list() throws IOException {
        List<Listed> listed = new ArrayList<>();
        for (Waiting waiting : all()) {
            listed.add(listed(waiting));
        }
        listed.sort(Comparator.comparing(Listed::name));
        return listed;
    }

    synchronized Listed stat(FileName name) throws IOException {
        return listed(find(name));
    }

    synchronized OpenFile open(FileName name, Opening how) throws IOException {
        if (how.writes() || !how.reads()) {
            throw Refusal.denied("Files in /outbox are only read; upload into /inbox.");
        }
        Waiting waiting = find(name);
        return new Download(this, waiting, listed(waiting), folder.resolve(waiting.file()));
    }

    void fetched(Waiting waiting) {
        fetched.accept(waiting);
    }

    /** Removes a file; what was not fetched to its end before is still owed and comes back. */
    synchronized void remove(FileName name) throws IOException {
        Files.delete(folder.resolve(find(name).file()));
    }

    /** Removes a file that its delivery needs no more. */
    synchronized void remove(Waiting waiting) throws IOException {
        Files.deleteIfExists(folder.resolve(waiting.file()));
    }

    synchronized void rename(FileName from, FileName to) throws IOException {
        Waiting waiting = find(from);
        if (!from.equals(to) && isTaken(to, all())) {
            throw Refusal.failure("%s is there already; choose another name.".formatted(to));
        }
        Files.move(
                folder.resolve(waiting.file()),
                folder.resolve(new Waiting(waiting.delivery(), to).file()),
                StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    /** Everything that lies here, oldest delivery first. */
    synchronized List<Waiting> all() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(file ->
                            new Waiting(new EntryId(Long.parseLong(file.group(1))), FileName.decoded(file.group(2))))
                    .sorted(Comparator.comparingLong(
                            waiting -> waiting.delivery().sequence()))
                    .toList();
        }
    }

    private Waiting find(FileName name) throws IOException {
        return all().stream()
                .filter(waiting -> waiting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.noSuchFile(name));
    }

    private Listed listed(Waiting waiting) throws IOException {
        Path file = folder.resolve(waiting.file());
        return new Listed(
                waiting.name().value(),
                Listed.Kind.FILE,
                Files.size(file),
                Files.getLastModifiedTime(file).toInstant());
    }

    private static RemotePath path(Waiting waiting) {
        return new RemotePath(
                List.of(RemotePath.Room.OUTBOX.folder(), waiting.name().value()));
    }

    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }
}
