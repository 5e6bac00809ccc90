package io.lonja.edi;

import io.lonja.edi.AcknowledgmentRead.Result;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What we sent, a row for each transaction set, and what was said of it. */
final class SentInterchanges {

    private static final int SAME_REFERENCE_MAX = 10;
    private static final String ROWS = """
            SELECT s.*, a.verdict AS advice, a.said_at AS advice_at, a.said_by AS advice_by,
                   a.receipt AS advice_receipt, a.reasons AS advice_reasons
            FROM sent_transaction_set s LEFT JOIN said_of_document a ON a.entry = s.entry AND a.set_number = s.set_number
            """;

    private final JdbcClient jdbc;

    SentInterchanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A transaction set.
     *
     * @param entry sequence of the evidence
     * @param lane whose number it has: a digest of partner, our name and the partner's
     * @param set ST02 or UNH 0062
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
            @Nullable SentDocument document,
            @Nullable Instant dueAt,
            boolean overdue,
            @Nullable Said acknowledged,
            @Nullable Said advised) {

        /** {@code 810 I-2026-014, interchange 12 (delivery 57)}. */
        String title() {
            return "%s%s, interchange %d (delivery %d)"
                    .formatted(kind, document == null ? "" : " " + document.number(), controlNumber, entry);
        }

        /** What alarms about it are told by: the evidence, and which set of it where it is not the first. */
        String cause() {
            boolean first = set.equals(ControlNumbers.set(standard, controlNumber, 0, 1))
                    || set.equals(ControlNumbers.onlySet(standard));
            return first ? Long.toString(entry) : entry + ":" + set;
        }

        boolean sameAs(Row other) {
            return entry == other.entry && set.equals(other.set);
        }
    }

    /** A verdict, with who said what where. */
    record Said(
            Result verdict,
            Instant at,
            String by,
            long receipt,
            @Nullable String reasons) {}

    void sent(Row row) {
        SentDocument document = row.document();
        jdbc.sql("""
                        INSERT INTO sent_transaction_set
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

    /** The transaction sets of these interchanges, those of each in wire order. */
    List<Row> of(Collection<Long> entries) {
        return entries.isEmpty()
                ? List.of()
                : jdbc.sql(ROWS + "WHERE s.entry IN (:entries) ORDER BY s.entry, LENGTH(s.set_number), s.set_number")
                        .param("entries", entries)
                        .query(SentInterchanges::row)
                        .list();
    }

    /** All to this partner under this number: those under the same pair of names first, then the newest. */
    List<Row> numbered(String partner, Standard standard, String lane, long controlNumber) {
        return jdbc.sql(ROWS + """
                        WHERE s.partner = ? AND s.standard = ? AND s.control_number = ?
                        ORDER BY CASE WHEN s.lane = ? THEN 0 ELSE 1 END, s.entry DESC, LENGTH(s.set_number), s.set_number
                        """)
                .params(partner, standard.name(), controlNumber, lane)
                .query(SentInterchanges::row)
                .list();
    }

    /** Of these rows those of the interchange that has the first one meant; none where none is. */
    static List<Row> ofOne(List<Row> rows, Predicate<Row> meant) {
        return rows.stream()
                .filter(meant)
                .findFirst()
                .map(first -> rows.stream()
                        .filter(row -> row.entry() == first.entry() && meant.test(row))
                        .toList())
                .orElse(List.of());
    }

    /**
     * Messages to this partner with this UNH 0062, the newest first: under the same pair of names where there are such, and
     * at most {@value #SAME_REFERENCE_MAX}. Before it was the interchange's number it was 1 in all.
     */
    List<Row> referred(String partner, String lane, String reference) {
        Long number = AcknowledgedEffect.number(Standard.EDIFACT, reference.replaceFirst("-[0-9]+$", ""));
        if (number == null) {
            return List.of();
        }
        List<Row> found = jdbc.sql(ROWS + """
                        WHERE s.partner = :partner AND s.standard = 'EDIFACT' AND s.kind NOT IN ('CONTRL', 'APERAK')
                          AND (s.control_number = :number AND s.set_number = :written
                               OR :number = 1 AND s.set_number = '1' AND :written = '1')
                        ORDER BY CASE WHEN s.lane = :lane THEN 0 ELSE 1 END, s.entry DESC LIMIT :limit
                        """)
                .param("partner", partner)
                .param("number", number)
                .param("written", reference)
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
     * Interchanges of documents for which an acknowledgment is awaited or came, by their evidence, with all their sets; what
     * is said of our own acknowledgments is left out, nobody owes it.
     *
     * @param limit how many interchanges at most
     */
    List<Row> awaited(@Nullable String partner, @Nullable String status, long after, int limit) {
        return jdbc.sql(ROWS + """
                        WHERE s.entry IN (
                            SELECT e.entry FROM sent_transaction_set e
                            WHERE e.entry > :after AND e.kind NOT IN ('997', '999', 'TA1', 'CONTRL')
                              AND (e.due_at IS NOT NULL OR e.verdict IS NOT NULL)
                              AND (CAST(:partner AS VARCHAR(64)) IS NULL OR e.partner = :partner)
                            GROUP BY e.entry
                            HAVING CAST(:status AS VARCHAR(16)) IS NULL
                                OR :status = CASE WHEN MAX(e.due_at) IS NULL THEN 'received'
                                                  WHEN MAX(CASE WHEN e.overdue = TRUE THEN 1 ELSE 0 END) = 1 THEN 'overdue'
                                                  ELSE 'expected' END
                            ORDER BY e.entry LIMIT :limit)
                        ORDER BY s.entry, LENGTH(s.set_number), s.set_number
                        """)
                .param("after", after)
                .param("partner", partner)
                .param("status", status)
                .param("limit", limit)
                .query(SentInterchanges::row)
                .list();
    }

    /** Interchanges with documents of which an 824 or APERAK said something, by their evidence, with all their sets. */
    List<Row> advised(@Nullable String partner, long after, int limit) {
        return jdbc.sql(ROWS + """
                        WHERE s.entry IN (
                            SELECT DISTINCT e.entry FROM said_of_document e
                            JOIN sent_transaction_set t ON t.entry = e.entry AND t.set_number = e.set_number
                            WHERE e.entry > :after
                              AND (CAST(:partner AS VARCHAR(64)) IS NULL OR t.partner = :partner)
                            ORDER BY e.entry LIMIT :limit)
                        ORDER BY s.entry, LENGTH(s.set_number), s.set_number
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
                        "SELECT entry FROM sent_transaction_set WHERE due_at <= ? AND overdue = FALSE GROUP BY entry ORDER BY MIN(due_at), entry LIMIT ?")
                .params(time(now), limit)
                .query(Long.class)
                .list();
    }

    void overdue(long entry) {
        jdbc.sql("UPDATE sent_transaction_set SET overdue = TRUE WHERE entry = ? AND due_at IS NOT NULL")
                .param(entry)
                .update();
    }

    void notAwaited(Row row) {
        jdbc.sql("UPDATE sent_transaction_set SET due_at = NULL, overdue = FALSE WHERE entry = ? AND set_number = ?")
                .params(row.entry(), row.set())
                .update();
    }

    void acknowledged(Row row, Said said) {
        jdbc.sql("""
                        UPDATE sent_transaction_set
                        SET verdict = ?, verdict_at = ?, verdict_by = ?, receipt = ?, reasons = ?
                        WHERE entry = ? AND set_number = ?
                        """)
                .params(
                        said.verdict().wireName(),
                        time(said.at()),
                        said.by(),
                        said.receipt(),
                        said.reasons(),
                        row.entry(),
                        row.set())
                .update();
    }

    void advised(Row row, Said said) {
        jdbc.sql("DELETE FROM said_of_document WHERE entry = ? AND set_number = ?")
                .params(row.entry(), row.set())
                .update();
        jdbc.sql("""
                        INSERT INTO said_of_document (entry, set_number, verdict, said_at, said_by, receipt, reasons)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        row.entry(),
                        row.set(),
                        said.verdict().wireName(),
                        time(said.at()),
                        said.by(),
                        said.receipt(),
                        said.reasons())
                .update();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        String documentNumber = row.getString("document_number");
        return new Row(
                row.getLong("entry"),
                row.getString("partner"),
                Standard.valueOf(row.getString("standard")),
                row.getString("lane"),
                row.getLong("control_number"),
                row.getString("set_number"),
                row.getString("kind"),
                documentNumber == null ? null : new SentDocument(documentNumber, row.getString("document_of")),
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
