package io.lonja.route;

import io.lonja.archive.Appliers;
import io.lonja.archive.EntryId;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.SimpleTypeConverter;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts what moves, after everything archived has taken effect and before the web server takes traffic. */
final class StartUp implements SmartLifecycle {

    /** Below the web server's, which is {@code Integer.MAX_VALUE - 1024}. */
    static final int PHASE = Integer.MAX_VALUE - 10_000;

    private final CamelContext camel;
    private final RoutesFolder routes;
    private final Sweep sweep;
    private final Duration sweepEvery;
    private @Nullable ScheduledExecutorService sweeper;

    StartUp(CamelContext camel, RoutesFolder routes, Sweep sweep, Duration sweepEvery) {
        this.camel = camel;
        this.routes = routes;
        this.sweep = sweep;
        this.sweepEvery = sweepEvery;
    }

    @Override
    public void start() {
        readIdsFromText();
        routes.loadInto(camel);
        camel.start();
        sweep.takeStock();
        sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sweep");
            thread.setDaemon(true);
            return thread;
        });
        sweeper.scheduleWithFixedDelay(sweep::run, 0, sweepEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Queues carry an entry's sequence as text; the routes hand it on as the identifier it is. */
    private void readIdsFromText() {
        camel.getTypeConverterRegistry()
                .addTypeConverter(
                        EntryId.class,
                        String.class,
                        new SimpleTypeConverter(
                                false, (type, exchange, text) -> new EntryId(Long.parseLong((String) text))));
    }

    @Override
    public void stop() {
        if (sweeper != null) {
            sweeper.shutdown();
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

    /** Lets everything archived take effect, before anything else starts that could ask the database. */
    static final class CatchUp implements SmartLifecycle {

        /** Before every other part of the hub that has a phase of its own. */
        static final int PHASE = -1_000;

        private final Appliers appliers;
        private boolean running;

        CatchUp(Appliers appliers) {
            this.appliers = appliers;
        }

        @Override
        public void start() {
            appliers.catchUpAll();
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
