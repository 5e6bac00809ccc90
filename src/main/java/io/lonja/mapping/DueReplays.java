package io.lonja.mapping;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Effect;
import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps again what operators want mapped again. */
public final class DueReplays {

    private static final Logger LOG = LoggerFactory.getLogger(DueReplays.class);

    private final Appliers appliers;
    private final Replays replays;
    private final Mapper mapper;
    private final Alarms alarms;
    private final Clock clock;

    DueReplays(Appliers appliers, Replays replays, Mapper mapper, Alarms alarms, Clock clock) {
        this.appliers = appliers;
        this.replays = replays;
        this.mapper = mapper;
        this.alarms = alarms;
        this.clock = clock;
    }

    /**
     * Maps what is due, oldest first. What cannot be read now stays due with an alarm.
     *
     * @throws IllegalStateException when the lane of the books stands
     */
    public synchronized void mapDue() {
        // What was mapped just now must be known, or it would be mapped twice.
        appliers.catchUp(Effect.Lane.BOOKS);
        for (Replays.Due due : replays.due()) {
            String cause = "replay-failed:" + due.receipt();
            try {
                mapper.mapAgain(due.receipt(), due.command());
                alarms.close(cause, clock.instant());
            } catch (RuntimeException e) {
                LOG.warn("Interchange {} cannot be mapped again now", due.receipt(), e);
                alarms.open(
                        cause,
                        "Interchange %s cannot be mapped again: %s. It stays held and is tried again."
                                .formatted(due.receipt(), Objects.toString(e.getMessage())),
                        clock.instant());
            }
        }
    }
}
