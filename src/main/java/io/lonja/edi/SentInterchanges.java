package io.lonja.edi;

import io.lonja.edi.AcknowledgmentRead.Result;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of what we sent and what was said of it. */
final class SentInterchanges {

    private final JdbcClient jdbc;

    SentInterchanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One of them.
     *
     * @param entry sequence of the evidence
     * @param kind {@code 850}, {@code ORDERS}, {@code 997}
     * @param dueAt while an acknowledgment is awaited, else null
     * @param overdue there is an alarm
     * @param verdict the last thing that was said, with who said what where; all null before
     */
    record Row(
            long entry,
            String partner,
            Standard standard,
            long controlNumber,
            String kind,
            @Nullable Instant dueAt,
            boolean overdue,
            @Nullable Result verdict,
            @Nullable Instant verdictAt,
            @Nullable String verdictBy,
            @Nullable Long receipt,
            @Nullable String reasons) {

        /** {@code 810, interchange 12 (delivery 57)}. */
        String title() {
            return "%s, interchange %d (delivery %d)".formatted(kind, controlNumber, entry);
        }
    }

    void sent(
            long entry,
            String partner,
            Standard standard,
            String lane,
            long controlNumber,
            String kind,
            @Nullable Instant dueAt) {
        jdbc.sql("""
                        INSERT INTO sent_interchange
                            (entry, partner, standard, lane, control_number, kind, due_at, overdue)
                        VALUES (?, ?, ?, ?, ?, ?, ?, FALSE)
                        """)
                .params(entry, partner, standard.name(), lane, controlNumber, kind, time(dueAt))
                .update();
    }

    Optional<Row> find(long entry) {
        return of(List.of(entry)).stream().findFirst();
    }

    List<Row> of(Collection<Long> entries) {
        return entries.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT * FROM sent_interchange WHERE entry IN (:entries)")
                        .param("entries", entries)
                        .query(SentInterchanges::row)
                        .list();
    }

    /** All to this partner under this number: those under the same pair of names first, then the newest. */
    List<Row> numbered(String partner, Standard standard, String lane, long controlNumber) {
        return jdbc.sql("""
                        SELECT * FROM sent_interchange WHERE partner = ? AND standard = ? AND control_number = ?
                        ORDER BY CASE WHEN lane = ? THEN 0 ELSE 1 END, entry DESC
                        """)
                .params(partner, standard.name(), controlNumber, lane)
                .query(SentInterchanges::row)
                .list();
    }

    /**
     * Documents for which an acknowledgment is awaited or came, by their evidence; what is said of our own
     * acknowledgments is left out, nobody owes it.
     */
    List<Row> awaited(@Nullable String partner, @Nullable String status, long after, int limit) {
        return jdbc.sql("""
                        SELECT * FROM sent_interchange
                        WHERE entry > :after AND kind NOT IN ('997', '999', 'TA1', 'CONTRL')
                          AND (due_at IS NOT NULL OR verdict IS NOT NULL)
                          AND (CAST(:partner AS VARCHAR(64)) IS NULL OR partner = :partner)
                          AND (CAST(:status AS VARCHAR(16)) IS NULL
                               OR :status = CASE WHEN due_at IS NULL THEN 'received'
                                                 WHEN overdue = TRUE THEN 'overdue' ELSE 'expected' END)
                        ORDER BY entry LIMIT :limit
                        """)
                .param("after", after)
                .param("partner", partner)
                .param("status", status)
                .param("limit", limit)
                .query(SentInterchanges::row)
                .list();
    }

    /** Evidence of what should have been acknowledged by now and is not known to be late, the longest awaited first. */
    List<Long> late(Instant now, int limit) {
        return jdbc.sql(
                        "SELECT entry FROM sent_interchange WHERE due_at <= ? AND overdue = FALSE ORDER BY due_at LIMIT ?")
                .params(time(now), limit)
                .query(Long.class)
                .list();
    }

    void overdue(long entry) {
        jdbc.sql("UPDATE sent_interchange SET overdue = TRUE WHERE entry = ?")
                .param(entry)
                .update();
    }

    void notAwaited(long entry) {
        jdbc.sql("UPDATE sent_interchange SET due_at = NULL, overdue = FALSE WHERE entry = ?")
                .param(entry)
                .update();
    }

    void judged(long entry, Result verdict, Instant at, String by, long receipt, String reasons) {
        jdbc.sql("""
                        UPDATE sent_interchange
                        SET verdict = ?, verdict_at = ?, verdict_by = ?, receipt = ?, reasons = ? WHERE entry = ?
                        """)
                .params(verdict.wireName(), time(at), by, receipt, reasons.isEmpty() ? null : reasons, entry)
                .update();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        String verdict = row.getString("verdict");
        long receipt = row.getLong("receipt");
        return new Row(
                row.getLong("entry"),
                row.getString("partner"),
                Standard.valueOf(row.getString("standard")),
                row.getLong("control_number"),
                row.getString("kind"),
                instant(row.getObject("due_at", OffsetDateTime.class)),
                row.getBoolean("overdue"),
                verdict == null ? null : Result.of(verdict),
                instant(row.getObject("verdict_at", OffsetDateTime.class)),
                row.getString("verdict_by"),
                receipt == 0 ? null : receipt,
                row.getString("reasons"));
    }
}
