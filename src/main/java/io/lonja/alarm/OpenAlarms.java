package io.lonja.alarm;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The alarms a person should look at. */
public final class OpenAlarms {

    private static final RowMapper<Alarm> ROW = (row, number) -> new Alarm(
            row.getString("id"),
            row.getString("cause"),
            row.getString("sentence"),
            row.getObject("opened_at", OffsetDateTime.class).toInstant(),
            instant(row.getObject("closed_at", OffsetDateTime.class)));

    private final JdbcClient jdbc;

    OpenAlarms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The open ones, newest first. */
    public List<Alarm> list(int limit) {
        return jdbc.sql("SELECT * FROM alarm WHERE closed_at IS NULL ORDER BY opened_at DESC, id LIMIT ?")
                .param(limit)
                .query(ROW)
                .list();
    }

    /** The open and the closed ones, newest first, after the one with this id; null for the beginning. */
    public List<Alarm> history(@Nullable String after, int limit) {
        return jdbc.sql("""
                        SELECT * FROM alarm a
                        WHERE CAST(:after AS VARCHAR(36)) IS NULL
                           OR EXISTS (SELECT 1 FROM alarm b WHERE b.id = :after
                                      AND (a.opened_at < b.opened_at OR (a.opened_at = b.opened_at AND a.id > b.id)))
                        ORDER BY opened_at DESC, id LIMIT :limit
                        """)
                .param("after", after)
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    public Optional<Alarm> find(String id) {
        return jdbc.sql("SELECT * FROM alarm WHERE id = ?").param(id).query(ROW).optional();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
