package io.lonja.transport.sftp;

import io.lonja.archive.EntryId;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one partner uploads. A file is received when its client closes it, or renames it from a name that waits
 * ({@link FileName#waits}) to a final one; only then do these two answer, and after it they answer yes.
 *
 * <p>On the disk a file bears its state behind a comma: {@code order.edi,open} while it is written, {@code ,cut} when its
 * session ended without closing it, {@code ,whole} when it was closed and waits for its final name, {@code ,taking} on
 * its way into the archive. What an earlier process left open or was taking nobody was promised, so it is removed.
 */
final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** How a file lies here between two sessions. */
    enum Rest {
        CUT(",cut"),
        WHOLE(",whole");

        final String suffix;

        Rest(String suffix) {
            this.suffix = suffix;
        }
    }

    private static final String OPEN = ",open";
    private static final String TAKING = ",taking";

    private final PartyId partner;
    private final Path folder;
    private final SftpLimits limits;
    private final Taking door;
    private final Clock clock;
    private final Map<FileName, Upload> writing = new HashMap<>();
    private final LinkedHashMap<FileName, Taken> taken = new LinkedHashMap<>();
    private final AtomicLong waitingBytes = new AtomicLong();

    /** @param folder exists, private to the hub */
    Inbox(PartyId partner, Path folder, SftpLimits limits, Taking door, Clock clock) {
        this.partner = partner;
        this.folder = folder;
        this.limits = limits;
        this.door = door;
        this.clock = clock;
        try {
            for (Path left : files(OPEN, TAKING)) {
                Files.delete(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot clear the inbox " + folder, e);
        }
    }

    Clock clock() {
        return clock;
    }

    /** Everything there is, by name: what waits, what is being written, and for a while what was received. */
    synchronized List<Listed> list() throws IOException {
        forgetTaken();
        Map<FileName, Listed> listed = new HashMap<>();
        taken.forEach((name, file) -> listed.put(name, file.listed(name)));
        for (Rest rest : Rest.values()) {
            for (Path file : files(rest.suffix)) {
                FileName name = name(file, rest);
                listed.put(name, listed(name, file));
            }
        }
        writing.forEach((name, upload) -> listed.put(name, upload.stat()));
        return listed.values().stream()
                .sorted(Comparator.comparing(Listed::name))
                .toList();
    }

    synchronized Listed stat(FileName name) throws IOException {
        Upload open = writing.get(name);
        if (open != null) {
            return open.stat();
        }
        Optional<Rest> rest = rest(name);
        if (rest.isPresent()) {
            return listed(name, file(name, rest.get()));
        }
        forgetTaken();
        Taken received = taken.get(name);
        if (received == null) {
            throw Refusal.noSuchFile(name);
        }
        return received.listed(name);
    }

    /** Opens a file for writing. Who opened it before under this name is cut off: a session that hangs blocks nobody. */
    synchronized Upload open(FileName name, Opening how) throws IOException {
        if (how.reads() || !how.writes()) {
            throw Refusal.denied("Files in /inbox are only written; what is for you to read lies in /outbox.");
        }
        Upload before = writing.get(name);
        Optional<Rest> rest = rest(name);
        boolean exists = before != null || rest.isPresent();
        if (exists && how.isNew()) {
            throw Refusal.failure("%s is there already; choose another name.".formatted(name));
        }
        if (!exists) {
            Taken received = taken.get(name);
            if (received != null && (how.appends() || !how.creates())) {
                throw Refusal.failure("%s was received already (receipt %s); upload it from the beginning."
                        .formatted(name, received.receipt()));
            }
            if (!how.creates()) {
                throw Refusal.noSuchFile(name);
            }
        }
        count(exists);
        Path file = file(name, OPEN);
        Ranges written = new Ranges();
        Rest resumed = null;
        if (before != null) {
            writing.remove(name);
            resumed = before.untouched();
            written = before.takeAway(
                    "%s is written by another session of yours; this one was given up.".formatted(name));
        } else if (rest.isPresent()) {
            resumed = rest.get();
            move(file(name, resumed), file);
            written = Ranges.upTo(Files.size(file));
        }
        if (how.truncates()) {
            resumed = null;
            written = new Ranges();
        }
        taken.remove(name);
        Upload upload = new Upload(this, name, file, resumed, written, how.appends(), limits.fileBytesMax());
        writing.put(name, upload);
        return upload;
    }

    private void count(boolean exists) throws IOException {
        List<Path> here = files(OPEN, Rest.CUT.suffix, Rest.WHOLE.suffix);
        if (!exists && here.size() >= limits.waitingFilesMax()) {
            throw Refusal.failure(
                    "%d files wait in /inbox, that is the most; rename or remove some.".formatted(here.size()));
        }
        long bytes = 0;
        for (Path file : here) {
            bytes += Files.size(file);
        }
        waitingBytes.set(bytes);
    }

    /**
     * Whether there is room for so many bytes more, which are taken at once. Waits for nobody: an upload asks while it
     * is locked, and is locked by who holds the inbox.
     */
    boolean mayGrow(long bytes) {
        if (waitingBytes.addAndGet(bytes) > limits.waitingBytesMax()) {
            waitingBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** The client closed what it wrote. Returns when it is received or waits durably for its final name. */
    void closed(Upload upload) throws IOException {
        FileName name = upload.name();
        Path taking;
        synchronized (this) {
            String spoilt = upload.spoilt();
            if (!writing.remove(name, upload)) {
                throw Refusal.failure(spoilt == null ? "%s was removed.".formatted(name) : spoilt);
            }
            Path file = file(name, OPEN);
            if (spoilt != null) {
                upload.release();
                Files.delete(file);
                throw Refusal.failure(spoilt);
            }
            Rest untouched = upload.untouched();
            if (untouched != null) {
                upload.release();
                move(file, file(name, untouched));
                if (untouched == Rest.WHOLE) {
                    return;
                }
                throw Refusal.failure(
                        "%s was cut off earlier and nothing was added; upload it from the beginning.".formatted(name));
            }
            if (upload.hasGaps()) {
                long whole = upload.settle();
                move(file, file(name, Rest.CUT));
                throw Refusal.failure("%s has a gap after %d bytes and was not received; upload it again from there."
                        .formatted(name, whole));
            }
            if (name.waits()) {
                upload.settle();
                move(file, file(name, Rest.WHOLE));
                syncFolder();
                return;
            }
            upload.release();
            if (upload.bytes() == 0) {
                Files.delete(file);
                throw Refusal.failure("%s is empty and was not received; upload the interchange.".formatted(name));
            }
            taking = newTaking();
            move(file, taking);
        }
        take(taking, name, name, Rest.CUT);
    }

    /** Its session ended before the client closed it: what there is can be resumed, and nothing is received. */
    synchronized void abandoned(Upload upload) {
        FileName name = upload.name();
        if (!writing.remove(name, upload)) {
            return;
        }
        try {
            Path file = file(name, OPEN);
            if (upload.spoilt() != null) {
                upload.release();
                Files.delete(file);
                return;
            }
            Rest untouched = upload.untouched();
            if (untouched != null) {
                upload.release();
                move(file, file(name, untouched));
                return;
            }
            long bytes = upload.settle();
            if (bytes == 0) {
                Files.delete(file);
            } else {
                move(file, file(name, Rest.CUT));
            }
            LOG.warn(
                    "{}: the upload of {} ended after {} bytes without being closed, nothing is received",
                    partner,
                    name,
                    bytes);
        } catch (IOException e) {
            LOG.warn("{}: what was uploaded of {} could not be kept: {}", partner, name, e.getMessage());
        }
    }

    /**
     * Gives a file another name. From a waiting to a final one that receives it, and returns when that is durable.
     *
     * @param replaces whether a complete file that waits under the new name may be lost
     */
    void rename(FileName from, FileName to, boolean replaces) throws IOException {
        Path taking;
        synchronized (this) {
            if (writing.containsKey(from) || writing.containsKey(to)) {
                throw Refusal.failure(
                        "%s is still open; close it first.".formatted(writing.containsKey(from) ? from : to));
            }
            Rest rest = rest(from).orElse(null);
            if (rest == null) {
                renameTaken(from, to);
                return;
            }
            if (from.equals(to)) {
                return;
            }
            if (!replaces && rest(to).filter(Rest.WHOLE::equals).isPresent()) {
                throw Refusal.failure("%s is there already; remove it first.".formatted(to));
            }
            if (!from.waits() || to.waits()) {
                removeAtRest(to);
                taken.remove(to);
                move(file(from, rest), file(to, to.waits() ? rest : Rest.CUT));
                return;
            }
            if (rest == Rest.CUT) {
                throw Refusal.failure(
                        "The upload of %s was cut off, so it is not complete; upload it again, then rename."
                                .formatted(from));
            }
            removeAtRest(to);
            taking = newTaking();
            move(file(from, rest), taking);
        }
        take(taking, to, from, Rest.WHOLE);
    }

    /** It is received, so a name is all it still has; some clients write under a name of their own and rename then. */
    private void renameTaken(FileName from, FileName to) throws IOException {
        forgetTaken();
        if (!taken.containsKey(from)) {
            throw Refusal.noSuchFile(from);
        }
        if (rest(to).isPresent()) {
            throw Refusal.failure("%s is there already; remove it first.".formatted(to));
        }
        Taken received = taken.remove(from);
        taken.put(to, received);
    }

    /** Removes what is not received, or the name of what is; a receipt is never taken back. */
    synchronized void remove(FileName name) throws IOException {
        Upload open = writing.remove(name);
        if (open != null) {
            open.takeAway("%s was removed while it was written.".formatted(name));
            Files.delete(file(name, OPEN));
            return;
        }
        forgetTaken();
        if (!removeAtRest(name) & taken.remove(name) == null) {
            throw Refusal.noSuchFile(name);
        }
    }

    /** Files at rest since before this moment, oldest first. */
    synchronized List<Listed> restingSince(Instant moment) throws IOException {
        List<Listed> resting = new ArrayList<>();
        for (Rest rest : Rest.values()) {
            for (Path file : files(rest.suffix)) {
                Listed listed = listed(name(file, rest), file);
                if (listed.changedAt().isBefore(moment)) {
                    resting.add(listed);
                }
            }
        }
        resting.sort(Comparator.comparing(Listed::changedAt));
        return resting;
    }

    private void take(Path taking, FileName name, FileName otherwise, Rest rest) throws IOException {
        long bytes = Files.size(taking);
        EntryId receipt;
        try {
            receipt = door.take(partner, name, taking).id();
        } catch (Refusal notTaken) {
            synchronized (this) {
                if (writing.containsKey(otherwise) || rest(otherwise).isPresent()) {
                    Files.delete(taking);
                } else {
                    move(taking, file(otherwise, rest));
                }
            }
            throw notTaken;
        }
        synchronized (this) {
            taken.remove(name);
            taken.put(name, new Taken(receipt, bytes, clock.instant()));
            forgetTaken();
        }
        try {
            Files.delete(taking);
        } catch (IOException e) {
            LOG.warn("{}: {} is received, but its upload cannot be removed: {}", partner, name, e.getMessage());
        }
    }

    private void forgetTaken() {
        Instant until = clock.instant().minus(SftpLimits.TAKEN_LISTED);
        Iterator<Taken> oldestFirst = taken.values().iterator();
        while (oldestFirst.hasNext()) {
            if (oldestFirst.next().at().isAfter(until) && taken.size() <= SftpLimits.TAKEN_LISTED_FILES_MAX) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private Optional<Rest> rest(FileName name) {
        return Stream.of(Rest.values())
                .filter(rest -> Files.exists(file(name, rest)))
                .findFirst();
    }

    private boolean removeAtRest(FileName name) throws IOException {
        boolean removed = false;
        for (Rest rest : Rest.values()) {
            removed |= Files.deleteIfExists(file(name, rest));
        }
        return removed;
    }

    private List<Path> files(String... suffixes) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file ->
                            Stream.of(suffixes).anyMatch(file.getFileName().toString()::endsWith))
                    .toList();
        }
    }

    private Path file(FileName name, Rest rest) {
        return file(name, rest.suffix);
    }

    private Path file(FileName name, String suffix) {
        return folder.resolve(name.encoded() + suffix);
    }

    private Path newTaking() {
        return folder.resolve(UUID.randomUUID() + TAKING);
    }

    private static FileName name(Path file, Rest rest) {
        String encoded = file.getFileName().toString();
        return FileName.decoded(encoded.substring(0, encoded.length() - rest.suffix.length()));
    }

    private static Listed listed(FileName name, Path file) throws IOException {
        return new Listed(
                name.value(),
                Listed.Kind.FILE,
                Files.size(file),
                Files.getLastModifiedTime(file).toInstant());
    }

    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A file that is received: only its name is still here. */
    private record Taken(EntryId receipt, long bytes, Instant at) {

        Listed listed(FileName name) {
            return new Listed(name.value(), Listed.Kind.FILE, bytes, at);
        }
    }
}
