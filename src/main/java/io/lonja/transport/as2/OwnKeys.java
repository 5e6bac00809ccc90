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
 * Our own keys, in {@code LONJA_HOME/keys}. Whatever was encrypted for any of them is opened, also for one whose
 * certificate has ended, so that no order is lost; the youngest whose day has come signs. A pair that is added, replaced
 * or taken away counts from the next message on.
 */
final class OwnKeys {

    private static final Logger LOG = LoggerFactory.getLogger(OwnKeys.class);

    private final KeyFiles files;
    private final Clock clock;
    private volatile Snapshot now;

    /** @param signsFrom the first day on which it signs */
    record Held(String name, OwnKey key, LocalDate signsFrom) {}

    /** @param seen when the folder was changed last before it was read */
    private record Snapshot(FileTime seen, List<Held> held) {}

    private OwnKeys(KeyFiles files, Clock clock, Snapshot now) {
        this.files = files;
        this.clock = clock;
        this.now = now;
    }

    /**
     * The keys of this safe; the first is made when there is none.
     *
     * @throws IllegalStateException with the sentence for the operator, when one of them cannot be used
     */
    static OwnKeys in(KeySafe safe, String as2Name, Clock clock) {
        KeyFiles files = new KeyFiles(safe);
        if (files.names().isEmpty()) {
            KeyPair pair = KeyType.RSA3072.pair();
            files.keep(
                    files.free(as2Name),
                    pair.getPrivate(),
                    KeyType.RSA3072.certificate(pair, as2Name, clock.instant()),
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        }
        return new OwnKeys(files, clock, read(files));
    }

    /** All of them, those that sign latest first. */
    List<OwnKey> all() {
        return held().stream().map(Held::key).toList();
    }

    /** All of them with the days they sign from, the latest first. */
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
            now = read(files);
            if (!before.equals(now.held())) {
                LOG.info("The AS2 keys changed: {} pairs", now.held().size());
            }
        } catch (RuntimeException e) {
            LOG.error("The changed AS2 keys cannot be used, those of before stay: {}", e.getMessage());
            now = new Snapshot(seen, now.held());
        }
    }

    /** The one that signs now. */
    OwnKey signing() {
        return signing(own -> true);
    }

    /** The one that signs in this format now: nobody signs an MD5 digest on an elliptic curve. */
    OwnKey signing(MessageFormat format) {
        return signing(own -> format.sign() != Digest.MD5 || own.isRsa());
    }

    private OwnKey signing(Predicate<OwnKey> fit) {
        Instant moment = clock.instant();
        LocalDate today = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        List<Held> valid = held().stream()
                .filter(held -> fit.test(held.key())
                        && CertificateTimes.valid(held.key().certificate(), moment))
                .toList();
        Optional<Held> due =
                valid.stream().filter(held -> !held.signsFrom().isAfter(today)).findFirst();
        // When the old pair ended before the new one's day, an early signature is better than none.
        return due.or(() -> valid.stream().min(Comparator.comparing(Held::signsFrom)))
                .map(Held::key)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "No AS2 certificate in the keys folder is valid now; make a new pair with `key new` and send its certificate to the partners."));
    }

    private static Snapshot read(KeyFiles files) {
        FileTime seen = changed(files);
        List<Held> held = new ArrayList<>();
        for (String name : files.names()) {
            held.add(new Held(name, new OwnKey(files.key(name), files.certificate(name)), files.signsFrom(name)));
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
