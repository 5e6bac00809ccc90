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

    private static final int SAME_REFERENCE_MAX = 10;
    private static final String ROWS = """
            SELECT s.*, a.verdict AS advice, a.said_at AS advice_at, a.said_by AS advice_by,
                   a.receipt AS advice_receipt, a.reasons AS advice_reasons
            FROM sent_interchange s LEFT JOIN sent_advice a ON a.entry = s.entry
            """;

    private final JdbcClient jdbc;

    SentInterchanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One of them.
     *
     * @param entry sequence of the evidence
     * @param lane whose number it has: a digest of partner, our name and the partner's
     * @param set ST02 or UNH 0062 of the only transaction set in it
     * @param kind {@code 850}, {@code ORDERS}, {@code 997}
     * @param document null for an acknowledgment, and for what was sent before this was kept
     * @param dueAt while an acknowledgment is awaited, else null
     * @param overdue there is an alarm
     * @param acknowledged what was last said by a 997, 999, TA1 or CONTRL; null before
     * @param advised what was last said by an 824 or APERAK; null before
     */
    record Row(
            long entry,
            String partner,
            Standard standard,
            String lane,
            long controlNumber,
            String set,
            String kind,
            @Nullable Document document,
            @Nullable Instant dueAt,
            boolean overdue,
            @Nullable Said acknowledged,
            @Nullable Said advised) {

        /** {@code 810 I-2026-014, interchange 12 (delivery 57)}. */
        String title() {
            return "%s%s, interchange %d (delivery %d)"
                    .formatted(kind, document == null ? "" : " " + document.number(), controlNumber, entry);
        }
    }

    /**
     * The document in it.
     *
     * @param number as written: BEG03, BIG02, BGM 1004
     * @param of in whose name it was sent, so that two senders' documents of one number stay apart
     */
    record Document(String number, String of) {}

    /** A verdict, with who said what where. */
    record Said(
            Result verdict,
            Instant at,
            String by,
            long receipt,
            @Nullable String reasons) {}

    void sent(Row row) {
        Document document = row.document();
        jdbc.sql("""
                        INSERT INTO sent_interchange
                            (entry, partner, standard, lane, control_number, set_number, kind, document_number,
                             document_of, due_at, overdue)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        row.entry(),
                        row.partner(),
                        row.standard().name(),
                        row.lane(),
                        row.controlNumber(),
                        row.set(),
                        row.kind(),
                        document == null ? null : document.number(),
                        document == null ? null : document.of(),
                        time(row.dueAt()),
                        row.overdue())
                .update();
    }

    Optional<Row> find(long entry) {
        return of(List.of(entry)).stream().findFirst();
    }

    List<Row> of(Collection<Long> entries) {
        return entries.isEmpty()
                ? List.of()
                : jdbc.sql(ROWS + "WHERE s.entry IN (:entries)")
                        .param("entries", entries)
                        .query(SentInterchanges::row)
                        .list();
    }

    /** All to this partner under this number: those under the same pair of names first, then the newest. */
    List<Row> numbered(String partner, Standard standard, String lane, long controlNumber) {
        return jdbc.sql(ROWS + """
                        WHERE s.partner = ? AND s.standard = ? AND s.control_number = ?
                        ORDER BY CASE WHEN s.lane = ? THEN 0 ELSE 1 END, s.entry DESC
                        """)
                .params(partner, standard.name(), controlNumber, lane)
                .query(SentInterchanges::row)
                .list();
    }

    /**
     * Messages to this partner with this UNH 0062, the newest first: under the same pair of names where there are such, and
     * at most {@value #SAME_REFERENCE_MAX}. Before it was the interchange's number it was 1 in all.
     */
    List<Row> referred(String partner, String lane, long reference) {
        List<Row> found = jdbc.sql(ROWS + """
                        WHERE s.partner = :partner AND s.standard = 'EDIFACT' AND s.kind NOT IN ('CONTRL', 'APERAK')
                          AND (s.control_number = :number AND s.set_number = :written
                               OR :number = 1 AND (s.set_number IS NULL OR s.set_number = '1'))
                        ORDER BY CASE WHEN s.lane = :lane THEN 0 ELSE 1 END, s.entry DESC LIMIT :limit
                        """)
                .param("partner", partner)
                .param("number", reference)
                .param("written", Long.toString(reference))
                .param("lane", lane)
                .param("limit", SAME_REFERENCE_MAX)
                .query(SentInterchanges::row)
                .list();
        List<Row> own = found.stream().filter(row -> row.lane().equals(lane)).toList();
        return own.isEmpty() ? found : own;
    }

    /** All to this partner with a document of this number, the newest first. */
    List<Row> holding(String partner, Standard standard, String documentNumber) {
        return jdbc.sql(ROWS + """
                        WHERE s.partner = ? AND s.document_number = ? AND s.standard = ? ORDER BY s.entry DESC
                        """)
                .params(partner, documentNumber, standard.name())
                .query(SentInterchanges::row)
                .list();
    }

    /**
     * Documents for which an acknowledgment is awaited or came, by their evidence; what is said of our own
     * acknowledgments is left out, nobody owes it.
     */
    List<Row> awaited(@Nullable String partner, @Nullable String status, long after, int limit) {
        return jdbc.sql(ROWS + """
                        WHERE s.entry > :after AND s.kind NOT IN ('997', '999', 'TA1', 'CONTRL')
                          AND (s.due_at IS NOT NULL OR s.verdict IS NOT NULL)
                          AND (CAST(:partner AS VARCHAR(64)) IS NULL OR s.partner = :partner)
                          AND (CAST(:status AS VARCHAR(16)) IS NULL
                               OR :status = CASE WHEN s.due_at IS NULL THEN 'received'
                                                 WHEN s.overdue = TRUE THEN 'overdue' ELSE 'expected' END)
                        ORDER BY s.entry LIMIT :limit
                        """)
                .param("after", after)
                .param("partner", partner)
                .param("status", status)
                .param("limit", limit)
                .query(SentInterchanges::row)
                .list();
    }

    /** Documents of which an 824 or APERAK said something, by their evidence. */
    List<Row> advised(@Nullable String partner, long after, int limit) {
        return jdbc.sql(ROWS + """
                        WHERE a.entry > :after
                          AND (CAST(:partner AS VARCHAR(64)) IS NULL OR s.partner = :partner)
                        ORDER BY a.entry LIMIT :limit
                        """)
                .param("after", after)
                .param("partner", partner)
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

    void acknowledged(long entry, Said said) {
        jdbc.sql("""
                        UPDATE sent_interchange
                        SET verdict = ?, verdict_at = ?, verdict_by = ?, receipt = ?, reasons = ? WHERE entry = ?
                        """)
                .params(said.verdict().wireName(), time(said.at()), said.by(), said.receipt(), said.reasons(), entry)
                .update();
    }

    void advised(long entry, Said said) {
        jdbc.sql("DELETE FROM sent_advice WHERE entry = ?").param(entry).update();
        jdbc.sql(
                        "INSERT INTO sent_advice (entry, verdict, said_at, said_by, receipt, reasons) VALUES (?, ?, ?, ?, ?, ?)")
                .params(entry, said.verdict().wireName(), time(said.at()), said.by(), said.receipt(), said.reasons())
                .update();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        Standard standard = Standard.valueOf(row.getString("standard"));
        String set = row.getString("set_number");
        String documentNumber = row.getString("document_number");
        return new Row(
                row.getLong("entry"),
                row.getString("partner"),
                standard,
                row.getString("lane"),
                row.getLong("control_number"),
                set == null ? ControlNumbers.onlySet(standard) : set,
                row.getString("kind"),
                documentNumber == null ? null : new Document(documentNumber, row.getString("document_of")),
                instant(row.getObject("due_at", OffsetDateTime.class)),
                row.getBoolean("overdue"),
                said(row, "verdict", "verdict_at", "verdict_by", "receipt", "reasons"),
                said(row, "advice", "advice_at", "advice_by", "advice_receipt", "advice_reasons"));
    }

    private static @Nullable Said said(
            ResultSet row, String verdict, String at, String by, String receipt, String reasons) throws SQLException {
        String wireName = row.getString(verdict);
        return wireName == null
                ? null
                : new Said(
                        Result.of(wireName),
                        row.getObject(at, OffsetDateTime.class).toInstant(),
                        row.getString(by),
                        row.getLong(receipt),
                        row.getString(reasons));
    }
}
