package io.lonja.transport.as2;

import io.lonja.archive.KeySafe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our own keys, in {@code LONJA_HOME/keys}, each for one AS2 name of ours. Whatever was encrypted for any key of the name
 * it was sent to is opened, also for one whose certificate has ended, so that no order is lost; the youngest whose day has
 * come signs. A pair that is added, replaced
 * or taken away counts from the next message on.
 */
final class OwnKeys {

    private static final Logger LOG = LoggerFactory.getLogger(OwnKeys.class);

    private final KeyFiles files;
    private final OurNames names;
    private final Clock clock;
    private volatile Snapshot now;

    /**
     * @param name of its files
     * @param as2Name of ours that it is for
     * @param signsFrom the first day on which it signs
     */
    record Held(String name, String as2Name, OwnKey key, LocalDate signsFrom) {}

    /** @param seen when the folder was changed last before it was read */
    private record Snapshot(FileTime seen, List<Held> held) {}

    private OwnKeys(KeyFiles files, OurNames names, Clock clock, Snapshot now) {
        this.files = files;
        this.names = names;
        this.clock = clock;
        this.now = now;
    }

    /**
     * The keys of this safe for our names; the first one of each is made when there is none.
     *
     * @throws IllegalStateException with the sentence for the operator, when one of them cannot be used
     */
    static OwnKeys in(KeySafe safe, OurNames names, Clock clock) {
        KeyFiles files = new KeyFiles(safe);
        for (String as2Name : names.all()) {
            boolean main = as2Name.equals(names.main());
            if (files.names().stream()
                    .noneMatch(name -> files.as2Name(name).orElse(names.main()).equals(as2Name))) {
                KeyPair pair = KeyType.RSA3072.pair();
                files.keep(
                        files.free(as2Name),
                        main ? null : as2Name,
                        pair.getPrivate(),
                        KeyType.RSA3072.certificate(pair, as2Name, clock.instant()),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
            }
        }
        return new OwnKeys(files, names, clock, read(files, names));
    }

    /** Those of this name of ours, the one that signs latest first. */
    List<OwnKey> all(String as2Name) {
        return held().stream()
                .filter(held -> held.as2Name().equals(as2Name))
                .map(Held::key)
                .toList();
    }

    /** All of all names with the days they sign from, the latest first. */
    List<Held> held() {
        if (!changed(files).equals(now.seen())) {
            readAgain();
        }
        return now.held();
    }

    private synchronized void readAgain() {
        FileTime seen = changed(files);
        if (seen.equals(now.seen())) {
            return;
        }
        try {
            List<Held> before = now.held();
            now = read(files, names);
            if (!before.equals(now.held())) {
                LOG.info("The AS2 keys changed: {} pairs", now.held().size());
            }
        } catch (RuntimeException e) {
            LOG.error("The changed AS2 keys cannot be used, those of before stay: {}", e.getMessage());
            now = new Snapshot(seen, now.held());
        }
    }

    /** The one that signs now for this name of ours; for a name that is not ours, the main name's. */
    OwnKey signing(String as2Name) {
        return signing(as2Name, own -> true);
    }

    /** The one that signs in this format now: nobody signs an MD5 digest on an elliptic curve. */
    OwnKey signing(String as2Name, MessageFormat format) {
        return signing(as2Name, own -> format.sign() != Digest.MD5 || own.isRsa());
    }

    private OwnKey signing(String as2Name, Predicate<OwnKey> fit) {
        String ours = names.contain(as2Name) ? as2Name : names.main();
        Instant moment = clock.instant();
        LocalDate today = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        List<Held> valid = held().stream()
                .filter(held -> held.as2Name().equals(ours)
                        && fit.test(held.key())
                        && CertificateTimes.valid(held.key().certificate(), moment))
                .toList();
        Optional<Held> due =
                valid.stream().filter(held -> !held.signsFrom().isAfter(today)).findFirst();
        // When the old pair ended before the new one's day, an early signature is better than none.
        return due.or(() -> valid.stream().min(Comparator.comparing(Held::signsFrom)))
                .map(Held::key)
                .orElseThrow(() -> new IllegalStateException(
                        "No AS2 certificate for %s in the keys folder is valid now; make a new pair with `key new%s` and send its certificate to the partners."
                                .formatted(ours, ours.equals(names.main()) ? "" : " --as2-name " + ours)));
    }

    private static Snapshot read(KeyFiles files, OurNames names) {
        FileTime seen = changed(files);
        List<Held> held = new ArrayList<>();
        for (String name : files.names()) {
            String as2Name = files.as2Name(name).orElse(names.main());
            if (names.contain(as2Name)) {
                OwnKey key = new OwnKey(files.key(name), files.certificate(name));
                held.add(new Held(name, as2Name, key, files.signsFrom(name)));
            }
        }
        held.sort(Comparator.comparing(Held::signsFrom)
                .thenComparing(each -> each.key().certificate().getNotBefore())
                .reversed());
        // Reading may have sealed a key, which changes the folder: then it is read once more at the next message.
        return new Snapshot(seen, List.copyOf(held));
    }

    private static FileTime changed(KeyFiles files) {
        try {
            return Files.getLastModifiedTime(files.safe().folder());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at the keys folder", e);
        }
    }
}
