package io.lonja.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who works on which lane: of several hubs over one database only one at a time. */
final class LaneLeases {

    /** Longer than any transport takes for one delivery; a hub that died is replaced after that. */
    private static final Duration LEASE = Duration.ofMinutes(15);

    private final String holder = UUID.randomUUID().toString();
    private final JdbcClient jdbc;
    private final Clock clock;

    LaneLeases(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether the lane is ours for the next while. */
    boolean take(DeliveryLane lane) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        int taken = jdbc.sql("""
                        UPDATE delivery_lane SET holder = ?, leased_until = ?
                        WHERE party = ? AND (holder = ? OR leased_until <= ?)
                        """)
                .params(holder, now.plus(LEASE), lane.toString(), holder, now)
                .update();
        return taken > 0 || insert(lane, now);
    }

    void give(DeliveryLane lane) {
        jdbc.sql("UPDATE delivery_lane SET leased_until = ? WHERE party = ? AND holder = ?")
                .params(clock.instant().atOffset(ZoneOffset.UTC), lane.toString(), holder)
                .update();
    }

    private boolean insert(DeliveryLane lane, OffsetDateTime now) {
        try {
            return jdbc.sql("INSERT INTO delivery_lane (party, holder, leased_until) VALUES (?, ?, ?)")
                            .params(lane.toString(), holder, now.plus(LEASE))
                            .update()
                    > 0;
        } catch (DuplicateKeyException another) {
            return false;
        }
    }
}
