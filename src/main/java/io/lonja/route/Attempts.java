package io.lonja.route;

import io.lonja.alarm.Alarms;
import io.lonja.archive.EntryId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a receipt may be tried again. Kept in memory: after a restart everything unfinished is tried at once.
 *
 * <p>A receipt that fails waits twice as long every time, so that it holds up nobody, and has an alarm until it is done.
 */
public final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    /** How long a wake-up may be on its way, or a receipt be worked on, before somebody is woken again. */
    static final Duration UNDER_WAY = Duration.ofSeconds(30);

    private static final Duration PAUSE_FIRST = Duration.ofSeconds(5);
    private static final Duration PAUSE_LONGEST = Duration.ofMinutes(10);
    private static final int DOUBLINGS_MAX = 10;

    private final Map<EntryId, Attempt> attempts = new ConcurrentHashMap<>();
    private final Alarms alarms;
    private final Clock clock;

    Attempts(Alarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    /** The receipt went through. */
    public void done(EntryId receipt) {
        Attempt attempt = attempts.remove(receipt);
        if (attempt != null && attempt.alarmMayBeOpen()) {
            alarms.close(cause(receipt), clock.instant());
        }
    }

    /** The receipt did not go through, by our fault; the next attempt waits. */
    public void failed(EntryId receipt, Exception failure) {
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

    /** Whether somebody should be woken for this unfinished receipt now; counts as done when the answer is yes. */
    boolean claim(EntryId receipt) {
        Instant now = clock.instant();
        Attempt known = attempts.get(receipt);
        if (known == null) { // Seen for the first time: it was probably woken a moment ago.
            attempts.put(receipt, new Attempt(0, now.plus(PAUSE_FIRST), false));
            return false;
        }
        if (known.next().isAfter(now)) {
            return false;
        }
        attempts.put(receipt, new Attempt(known.failures(), now.plus(UNDER_WAY), known.alarmMayBeOpen()));
        return true;
    }

    /** A receipt that an earlier process left unfinished: nobody works on it. */
    void leftBehind(EntryId receipt) {
        attempts.put(receipt, new Attempt(0, clock.instant(), true));
    }

    private static Duration pause(int failures) {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        return pause.compareTo(PAUSE_LONGEST) > 0 ? PAUSE_LONGEST : pause;
    }

    private static String cause(EntryId receipt) {
        return "receipt-unprocessed:" + receipt;
    }

    private record Attempt(int failures, Instant next, boolean alarmMayBeOpen) {}
}
