package io.lonja.transport;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Something that a channel looks after again and again while the hub runs: the first time at once, then with the same
 * pause behind every round. A round that fails is told, and the next one comes all the same.
 */
public abstract class Rounds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final long STOP_SECONDS_MAX = 10;

    private final String name;
    private final Duration every;
    private volatile @Nullable ScheduledExecutorService rounds;

    /**
     * @param name for the thread and for people: {@code sftp-care}
     * @param every the pause between two rounds
     */
    protected Rounds(String name, Duration every) {
        this.name = name;
        this.every = every;
    }

    /** Looks after everything once. */
    protected abstract void round();

    @Override
    public void start() {
        ScheduledExecutorService starting = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        starting.scheduleWithFixedDelay(this::told, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        rounds = starting;
    }

    private void told() {
        try {
            round();
        } catch (RuntimeException e) {
            LOG.error("A round of {} failed: {}", name, e.toString());
        }
    }

    /** Lets a round that runs come to its end: an interrupt would close the files of the embedded database. */
    @Override
    public void stop() {
        ScheduledExecutorService stopping = rounds;
        rounds = null;
        if (stopping != null) {
            stopping.shutdown();
            try {
                if (!stopping.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                    LOG.warn("A round of {} did not end within {} s", name, STOP_SECONDS_MAX);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }
}
