package io.lonja.portal.api;

import io.lonja.alarm.Alarm;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which alarms a person has seen and wants quiet; one that closes and opens again is heard again. */
class AlarmMutes implements Effect {

    static final EntryType MUTED = EntryType.fact("alarm-muted");

    private final JdbcClient database;
    private final Commands.Outcomes outcomes;

    AlarmMutes(JdbcClient database, Commands.Outcomes outcomes) {
        this.database = database;
        this.outcomes = outcomes;
    }

    /** A person has seen this alarm. */
    record Muted(String alarm, @Nullable String reason) {}

    /** When this opening of the alarm was muted; null when it was not. */
    @Nullable
    Instant of(Alarm alarm) {
        return database.sql("SELECT muted_at FROM alarm_mute WHERE alarm = ? AND muted_at >= ?")
                .params(alarm.id(), alarm.openedAt().atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        row.getObject("muted_at", OffsetDateTime.class).toInstant())
                .optional()
                .orElse(null);
    }

    @Override
    public Lane lane() {
        return Lane.TRACKING;
    }

    @Override
    public int step() {
        return 90;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(MUTED);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        Muted muted = CanonicalJson.read(payload, Muted.class);
        database.sql("DELETE FROM alarm_mute WHERE alarm = ?")
                .param(muted.alarm())
                .update();
        database.sql("INSERT INTO alarm_mute (alarm, muted_at) VALUES (?, ?)")
                .params(muted.alarm(), entry.arrivedAt().atOffset(ZoneOffset.UTC))
                .update();
        outcomes.record(
                entry,
                200,
                CanonicalJson.write(Map.of(
                        "id", muted.alarm(),
                        "status", "muted",
                        "mutedAt", entry.arrivedAt().toString())));
    }
}
