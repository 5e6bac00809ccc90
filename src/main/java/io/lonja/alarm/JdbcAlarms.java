package io.lonja.alarm;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alarms as rows, written in the caller's transaction where there is one. */
final class JdbcAlarms implements Alarms {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcAlarms.class);
    private static final int CAUSE_CHARACTERS_MAX = 500;

    private final JdbcClient jdbc;

    JdbcAlarms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void open(String cause, String sentence, Instant at) {
        String key = shortened(cause);
        long earlier = jdbc.sql("SELECT COUNT(*) FROM alarm WHERE cause = ?")
                .param(key)
                .query(Long.class)
                .single();
        int rows = jdbc.sql("""
                        INSERT INTO alarm (id, cause, open_cause, sentence, opened_at)
                        SELECT CAST(? AS VARCHAR(36)), CAST(? AS VARCHAR(500)), CAST(? AS VARCHAR(500)),
                               CAST(? AS TEXT), CAST(? AS TIMESTAMP(6) WITH TIME ZONE)
                        WHERE NOT EXISTS (SELECT 1 FROM alarm WHERE open_cause = ?)
                        """)
                .params(id(key, earlier), key, key, sentence, at.atOffset(ZoneOffset.UTC), key)
                .update();
        if (rows == 1) {
            LOG.warn("Alarm {}: {}", key, sentence);
        }
    }

    @Override
    public void close(String cause, Instant at) {
        String key = shortened(cause);
        int rows = jdbc.sql("UPDATE alarm SET closed_at = ?, open_cause = NULL WHERE open_cause = ?")
                .params(at.atOffset(ZoneOffset.UTC), key)
                .update();
        if (rows == 1) {
            LOG.info("Alarm {} is over", key);
        }
    }

    /** A cause that holds a partner's long number stays a key: its tail is replaced by a name of the whole. */
    private static String shortened(String cause) {
        if (cause.length() <= CAUSE_CHARACTERS_MAX) {
            return cause;
        }
        String whole =
                UUID.nameUUIDFromBytes(cause.getBytes(StandardCharsets.UTF_8)).toString();
        return cause.substring(0, CAUSE_CHARACTERS_MAX - whole.length()) + whole;
    }

    /** The same after a rebuild, which opens the same alarms in the same order. */
    private static String id(String cause, long earlier) {
        return UUID.nameUUIDFromBytes((cause + " " + earlier).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
