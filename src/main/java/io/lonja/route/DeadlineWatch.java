package io.lonja.route;

import io.lonja.consortium.GroupOrderDeadlines;
import io.lonja.intake.Receipts;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at the clock for group orders: at the start, before any traffic is taken, for the deadlines that passed while
 * the hub was down, and then every few moments.
 */
final class DeadlineWatch implements SmartLifecycle {

    /** After everything archived took effect, before anything that takes traffic. */
    static final int PHASE = StartUp.CatchUp.PHASE + 100;

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineWatch.class);

    /** Later than any receipt. */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final GroupOrderDeadlines deadlines;
    private final Receipts receipts;
    private final Duration every;
    private @Nullable ScheduledExecutorService watch;

    DeadlineWatch(GroupOrderDeadlines deadlines, Receipts receipts, Duration every) {
        this.deadlines = deadlines;
        this.receipts = receipts;
        this.every = every;
    }

    @Override
    public synchronized void start() {
        look();
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "deadlines");
            thread.setDaemon(true);
            return thread;
        });
        started.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        watch = started;
    }

    private void look() {
        try {
            deadlines.run(through -> receipts.unfinishedAfter(0, NEVER, 1).stream()
                    .filter(receipt -> receipt.sequence() <= through)
                    .findFirst());
        } catch (RuntimeException later) { // An archive that is full or books that stand: their alarms say so.
            LOG.warn("Deadlines of group orders could not be looked at now: {}", later.getMessage());
        }
    }

    @Override
    public synchronized void stop() {
        if (watch != null) {
            watch.shutdownNow();
            watch = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return watch != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
