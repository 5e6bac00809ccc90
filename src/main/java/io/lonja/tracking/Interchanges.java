package io.lonja.tracking;

import io.lonja.archive.Appliers;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryId;
import io.lonja.intake.Receipts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where everything that was received is. */
public final class Interchanges {

    /** The most that one search gives: a page of 500, and one that shows there is more. */
    public static final int LIMIT_MAX = 501;

    private static final String STATUS = """
            CASE WHEN t.status <> 'processing' THEN t.status
                 WHEN o.receipt IS NULL THEN 'processing'
                 WHEN o.counted = 0 AND o.held > 0 THEN 'held'
                 WHEN o.counted = 0 AND o.refused > 0 THEN 'refused'
                 WHEN o.held > 0 OR o.refused > 0 OR t.refused_sets > 0 THEN 'partly-applied'
                 ELSE 'applied' END""";
    private static final String FROM =
            " FROM tracked_interchange t LEFT JOIN tracked_outcome o ON o.receipt = t.receipt ";

    private final JdbcClient jdbc;
    private final Appliers appliers;
    private final Receipts receipts;
    private final LifeStory story;

    Interchanges(JdbcClient jdbc, Appliers appliers, Receipts receipts, LifeStory story) {
        this.jdbc = jdbc;
        this.appliers = appliers;
        this.receipts = receipts;
        this.story = story;
    }

    /** Everything about one receipt. */
    public Optional<TrackedInterchange> find(EntryId receipt) {
        return rows("WHERE t.receipt = ?", List.of(receipt.sequence())).stream()
                .map(story::of)
                .findFirst();
    }

    /**
     * Receipts that answer the query, newest first.
     *
     * @param after the last receipt already seen; null for the beginning
     * @param limit at most {@value #LIMIT_MAX}
     */
    public List<TrackedInterchange> search(InterchangeQuery query, @Nullable EntryId after, int limit) {
        StringBuilder where = new StringBuilder("WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        restrict(
                where,
                values,
                "t.partner = ?",
                query.partner() == null ? null : query.partner().value());
        restrict(where, values, STATUS + " = ?", query.status());
        restrict(
                where,
                values,
                "t.receipt IN (SELECT n.receipt FROM tracked_number n WHERE n.control_number = ?)",
                query.controlNumber() == null ? null : TrackedNumber.of(query.controlNumber()));
        restrict(where, values, "t.message_id = ?", query.messageId());
        restrict(where, values, "t.received_at >= ?", time(query.since()));
        restrict(where, values, "t.received_at < ?", time(query.until()));
        restrict(where, values, "t.receipt < ?", after == null ? null : after.sequence());
        where.append(" ORDER BY t.receipt DESC LIMIT ?");
        values.add(Math.min(Math.max(limit, 1), LIMIT_MAX));
        return rows(where.toString(), values).stream().map(story::of).toList();
    }

    /** Counts everything that is archived at this moment. */
    public Conservation conservation() {
        appliers.catchUpAll();
        return settled();
    }

    /** Counts what has taken effect in every lane, also while one of them stands. */
    Conservation settled() {
        long through = Math.min(
                appliers.appliedThrough(Effect.Lane.RECEIPTS),
                Math.min(appliers.appliedThrough(Effect.Lane.BOOKS), appliers.appliedThrough(Effect.Lane.TRACKING)));
        long received = through == 0 ? 0 : receipts.countThrough(new EntryId(through));
        return jdbc.sql("SELECT COUNT(CASE WHEN s.status IN ('applied', 'partly-applied') THEN 1 END) AS applied,"
                        + " COUNT(CASE WHEN s.status = 'refused' AND NOT s.duplicate THEN 1 END) AS refused,"
                        + " COUNT(CASE WHEN s.status = 'held' THEN 1 END) AS held,"
                        + " COUNT(CASE WHEN s.duplicate THEN 1 END) AS duplicate,"
                        + " COUNT(CASE WHEN s.status IN ('received', 'processing') THEN 1 END) AS in_flight"
                        + " FROM (SELECT t.duplicate, " + STATUS + " AS status" + FROM + "WHERE t.receipt <= ?) s")
                .param(through)
                .query((row, number) -> new Conservation(
                        received,
                        row.getLong("applied"),
                        row.getLong("refused"),
                        row.getLong("held"),
                        row.getLong("duplicate"),
                        row.getLong("in_flight")))
                .single();
    }

    private List<Row> rows(String where, List<Object> values) {
        return jdbc.sql("SELECT t.receipt, t.read_fact, t.mapped_fact, " + STATUS + " AS status" + FROM + where)
                .params(values)
                .query((row, number) -> new Row(
                        new EntryId(row.getLong("receipt")),
                        row.getString("status"),
                        fact(row.getLong("read_fact")),
                        fact(row.getLong("mapped_fact"))))
                .list();
    }

    private static @Nullable EntryId fact(long sequence) {
        return sequence == 0 ? null : new EntryId(sequence);
    }

    private static void restrict(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            values.add(value);
        }
    }

    private static @Nullable Object time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** What the tables know of a receipt. */
    record Row(
            EntryId receipt,
            String status,
            @Nullable EntryId readFact,
            @Nullable EntryId mappedFact) {}
}
