package io.lonja.route;

import io.lonja.archive.Appliers;
import io.lonja.archive.Effect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts what moves, after everything archived has taken effect and before the web server takes traffic. */
final class StartUp implements SmartLifecycle {

    /** Below the web server's, which is {@code Integer.MAX_VALUE - 1024}. */
    static final int PHASE = Integer.MAX_VALUE - 10_000;

    private static final Duration PAUSE_IN_BACKLOG = Duration.ofSeconds(1);

    private final CamelContext camel;
    private final RoutesFolder routes;
    private final Sweep sweep;
    private final Duration sweepEvery;
    private volatile @Nullable ScheduledExecutorService sweeper;

    StartUp(CamelContext camel, RoutesFolder routes, Sweep sweep, Duration sweepEvery) {
        this.camel = camel;
        this.routes = routes;
        this.sweep = sweep;
        this.sweepEvery = sweepEvery;
    }

    @Override
    public void start() {
        routes.loadInto(camel);
        camel.start();
        sweep.takeStock();
        sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sweep");
            thread.setDaemon(true);
            return thread;
        });
        sweepAfter(Duration.ZERO);
    }

    private void sweepAfter(Duration pause) {
        ScheduledExecutorService running = sweeper;
        if (running != null && !running.isShutdown()) {
            running.schedule(this::sweepOnce, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void sweepOnce() {
        boolean more = false;
        try {
            more = sweep.run();
        } finally {
            sweepAfter(more && sweepEvery.compareTo(PAUSE_IN_BACKLOG) > 0 ? PAUSE_IN_BACKLOG : sweepEvery);
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = sweeper;
        if (running != null) {
            running.shutdownNow();
        }
        camel.stop();
        sweeper = null;
    }

    @Override
    public boolean isRunning() {
        return sweeper != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /**
     * Lets everything archived take effect, before anything else starts that could ask the database. Without the
     * receipts lane nothing may be received; a lane that stands behind it costs only what is looked up there.
     */
    static final class CatchUp implements SmartLifecycle {

        private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

        /** Before every other part of the hub that has a phase of its own. */
        static final int PHASE = -1_000;

        private final Appliers appliers;
        private boolean running;

        CatchUp(Appliers appliers) {
            this.appliers = appliers;
        }

        @Override
        public void start() {
            try {
                appliers.catchUp(Effect.Lane.RECEIPTS);
            } catch (RuntimeException standing) {
                throw new IllegalStateException(
                        "The hub does not start, because it could not tell what it received before: "
                                + standing.getMessage(),
                        standing);
            }
            for (Effect.Lane lane : List.of(Effect.Lane.BOOKS, Effect.Lane.TRACKING)) {
                try {
                    appliers.catchUp(lane);
                } catch (RuntimeException standing) {
                    if (appliers.standing(lane).isEmpty()) { // Not one entry: the database is at fault.
                        throw standing;
                    }
                    LOG.error(
                            "The hub starts although lane {} stands: it receives and acknowledges, readiness says {}",
                            lane,
                            Lanes.STANDING.getCode());
                }
            }
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return PHASE;
        }
    }
}
