package io.lonja.route;

import io.lonja.archive.EntryId;
import io.lonja.consortium.GroupOrderDeadlines;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.edi.AwaitedAcknowledgments;
import io.lonja.intake.Receipts;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at the clock for group orders and for acknowledgments that partners owe us: at the start, before any traffic is
 * taken, for the deadlines that passed while the hub was down, and then every few moments.
 */
final class DeadlineWatch implements SmartLifecycle {

    /** After everything archived took effect, before anything that takes traffic. */
    static final int PHASE = StartUp.CatchUp.PHASE + 100;

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineWatch.class);

    private final GroupOrderDeadlines deadlines;
    private final Receipts receipts;
    private final AwaitedAcknowledgments acknowledgments;
    private final Deliveries deliveries;
    private final Duration every;
    private @Nullable ScheduledExecutorService watch;

    DeadlineWatch(
            GroupOrderDeadlines deadlines,
            Receipts receipts,
            AwaitedAcknowledgments acknowledgments,
            Deliveries deliveries,
            Duration every) {
        this.deadlines = deadlines;
        this.receipts = receipts;
        this.acknowledgments = acknowledgments;
        this.deliveries = deliveries;
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
        look("group orders", () -> deadlines.run(receipts::firstUnfinished));
        look("acknowledgments", () -> acknowledgments.lookAtTheClock(this::abandoned));
    }

    private static void look(String of, Runnable deadlines) {
        try {
            deadlines.run();
        } catch (RuntimeException later) { // An archive that is full or a lane that stands: their alarms say so.
            LOG.warn("Deadlines of {} could not be looked at now: {}", of, later.getMessage());
        }
    }

    private boolean abandoned(EntryId delivery) {
        return deliveries
                .find(delivery)
                .filter(Delivery.Abandoned.class::isInstance)
                .isPresent();
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
