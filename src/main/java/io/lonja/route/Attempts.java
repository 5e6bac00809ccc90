package io.lonja.route;

import io.lonja.alarm.Alarm;
import io.lonja.alarm.Alarms;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.EntryId;
import io.lonja.intake.Receipts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which receipts are worked on, and when one that failed may be tried again. Kept in memory, and only of those that
 * somebody is woken for, works on or failed with: after a restart everything unfinished is tried at once.
 *
 * <p>A receipt that fails waits twice as long every time, so that it holds up nobody, and has an alarm until it is done.
 */
final class Attempts {

    /** A wake-up that is not heard of for so long is taken for lost. */
    static final Duration UNDER_WAY_MAX = Duration.ofMinutes(10);

    /** A reader always says how it ended, so whoever still reads is never joined by a second one before this. */
    static final Duration WORK_MAX = Duration.ofDays(1);

    static final Duration PAUSE_FIRST = Duration.ofSeconds(5);
    static final Duration PAUSE_LONGEST = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final int DOUBLINGS_MAX = 10;
    private static final int ALARMS_MAX = 10_000;
    private static final String CAUSE = "receipt-unprocessed:";

    private final Map<EntryId, Attempt> attempts = new ConcurrentHashMap<>();
    private final Receipts receipts;
    private final Alarms alarms;
    private final OpenAlarms openAlarms;
    private final Clock clock;

    Attempts(Receipts receipts, Alarms alarms, OpenAlarms openAlarms, Clock clock) {
        this.receipts = receipts;
        this.alarms = alarms;
        this.openAlarms = openAlarms;
        this.clock = clock;
    }

    /** Somebody works on the receipt from now on. */
    void begin(EntryId receipt) {
        underWay(receipt, WORK_MAX);
    }

    /** The receipt went through. */
    void done(EntryId receipt) {
        Attempt attempt = attempts.remove(receipt);
        if (attempt != null && attempt.alarmMayBeOpen()) {
            alarms.close(cause(receipt), clock.instant());
        }
    }

    /**
     * The receipt did not go through, by our fault; the next attempt waits.
     *
     * @param receipt null when the wake-up could not be read; it is dropped then, like one that names no receipt
     */
    void failed(@Nullable EntryId receipt, Exception failure) {
        if (receipt == null || receipts.find(receipt).isEmpty()) {
            if (receipt != null) {
                attempts.remove(receipt);
            }
            LOG.warn(
                    "A wake-up in the queue {} ({}) was dropped; if it was for a receipt, the sweep comes by, and only the hub may write there: {}",
                    Sweep.RECEIVED,
                    receipt == null ? "for nothing known" : receipt,
                    failure.getMessage());
            return;
        }
        Attempt attempt = attempts.compute(receipt, (id, last) -> {
            int failures = last == null ? 1 : last.failures() + 1;
            return new Attempt(failures, clock.instant().plus(pause(failures)), true);
        });
        String sentence =
                "Receipt %s is durable but could not be processed (attempt %d): %s. It is tried again at %s; nothing is lost."
                        .formatted(receipt, attempt.failures(), failure.getMessage(), attempt.next());
        LOG.error(sentence, failure);
        alarms.open(cause(receipt), sentence, clock.instant());
    }

    /** Whether it failed, so that it waits for its next attempt or is under it. */
    boolean failing(EntryId receipt) {
        Attempt known = attempts.get(receipt);
        return known != null && known.failures() > 0;
    }

    /** Its wake-up is spent, and nobody works on it yet. */
    void putAside(EntryId receipt) {
        attempts.computeIfPresent(receipt, (id, last) -> {
            if (last.failures() == 0 && !last.alarmMayBeOpen()) {
                return null;
            }
            Instant next =
                    last.failures() == 0 ? clock.instant() : clock.instant().plus(PAUSE_FIRST);
            return new Attempt(last.failures(), next, last.alarmMayBeOpen());
        });
    }

    /**
     * Whether somebody should be woken for this unfinished receipt now; when the answer is yes, that counts as under
     * way.
     */
    boolean claim(EntryId receipt) {
        Attempt known = attempts.get(receipt);
        if (known != null && known.next().isAfter(clock.instant())) {
            return false;
        }
        underWay(receipt, UNDER_WAY_MAX);
        return true;
    }

    /** At the start: takes over the alarms of an earlier process, and ends those whose receipts went through since. */
    void takeOver() {
        for (Alarm alarm : openAlarms.list(ALARMS_MAX)) {
            if (alarm.cause().startsWith(CAUSE)) {
                EntryId receipt = new EntryId(Long.parseLong(alarm.cause().substring(CAUSE.length())));
                if (receipts.unfinished(receipt)) {
                    attempts.put(receipt, new Attempt(0, clock.instant(), true));
                } else {
                    alarms.close(alarm.cause(), clock.instant());
                }
            }
        }
    }

    private void underWay(EntryId receipt, Duration longest) {
        Instant until = clock.instant().plus(longest);
        attempts.compute(
                receipt,
                (id, last) -> last == null
                        ? new Attempt(0, until, false)
                        : new Attempt(last.failures(), until, last.alarmMayBeOpen()));
    }

    private static Duration pause(int failures) {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        return pause.compareTo(PAUSE_LONGEST) > 0 ? PAUSE_LONGEST : pause;
    }

    private static String cause(EntryId receipt) {
        return CAUSE + receipt;
    }

    private record Attempt(int failures, Instant next, boolean alarmMayBeOpen) {}
}
