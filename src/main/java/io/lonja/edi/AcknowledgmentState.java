package io.lonja.edi;

import io.lonja.archive.EntryId;
import io.lonja.edi.AcknowledgmentRead.Result;
import io.lonja.edi.SentInterchanges.Row;
import io.lonja.edi.SentInterchanges.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a partner acknowledged an interchange that we sent, or what it said of the documents in it. Where these are several and
 * it says different things of them, the reasons name each.
 *
 * @param interchange its evidence, which is its delivery
 * @param partner to whom it was sent
 * @param kind what was sent: {@code 810}
 * @param status {@code expected}, {@code overdue} or {@code received}
 * @param expectedBy while it is expected or overdue
 * @param verdict {@code received} (it came), {@code accepted}, {@code accepted-with-errors}, {@code
 *     accepted-with-changes} (by an 824 or APERAK only), {@code partly-accepted} or {@code rejected}; null before anything
 *     was said
 * @param by {@code 997}, {@code 999}, {@code TA1} or {@code CONTRL}; or {@code 824} or {@code APERAK}
 * @param receipt what it stands in
 * @param reasons a sentence; null when none were given
 */
public record AcknowledgmentState(
        EntryId interchange,
        String partner,
        String kind,
        String status,
        @Nullable Instant expectedBy,
        @Nullable String verdict,
        @Nullable String by,
        @Nullable EntryId receipt,
        @Nullable Instant at,
        @Nullable String reasons) {

    private static final String RECEIVED = "received";

    /**
     * One for each interchange of these transaction sets, in their order; those are left out of which nothing is expected and
     * nothing was said.
     */
    static List<AcknowledgmentState> of(List<Row> rows) {
        return byInterchange(rows, row -> row.dueAt() != null || row.acknowledged() != null, sets -> {
            Row awaited =
                    sets.stream().filter(row -> row.dueAt() != null).findFirst().orElse(null);
            boolean overdue = sets.stream().anyMatch(Row::overdue);
            return of(
                    sets.get(0),
                    awaited == null ? RECEIVED : overdue ? "overdue" : "expected",
                    awaited == null ? null : awaited.dueAt(),
                    together(sets, Row::acknowledged));
        });
    }

    /** Likewise what an 824 or APERAK said, which nobody expects. */
    static List<AcknowledgmentState> ofAdvice(List<Row> rows) {
        return byInterchange(
                rows,
                row -> row.advised() != null,
                sets -> of(sets.get(0), RECEIVED, null, together(sets, Row::advised)));
    }

    private static List<AcknowledgmentState> byInterchange(
            List<Row> rows, Predicate<Row> counts, Function<List<Row>, AcknowledgmentState> state) {
        Map<Long, List<Row>> interchanges = new LinkedHashMap<>();
        rows.forEach(row -> interchanges
                .computeIfAbsent(row.entry(), first -> new ArrayList<>())
                .add(row));
        return interchanges.values().stream()
                .filter(sets -> sets.stream().anyMatch(counts))
                .map(state)
                .toList();
    }

    /** What was last said of them, and the worst of it; a part is accepted when not all are refused. */
    private static @Nullable Said together(List<Row> sets, Function<Row, @Nullable Said> said) {
        List<Row> told = sets.stream().filter(row -> said.apply(row) != null).toList();
        if (told.isEmpty() || sets.size() == 1) {
            return told.isEmpty() ? null : said.apply(told.get(0));
        }
        Said last = told.stream()
                .map(row -> Objects.requireNonNull(said.apply(row)))
                .max(Comparator.comparing(Said::at))
                .orElseThrow();
        List<Result> results = told.stream()
                .map(row -> Objects.requireNonNull(said.apply(row)).verdict())
                .distinct()
                .sorted()
                .toList();
        Result worst = results.get(results.size() - 1);
        boolean partly = worst == Result.REJECTED && (results.size() > 1 || told.size() < sets.size());
        String reasons = told.stream()
                .filter(row -> Objects.requireNonNull(said.apply(row)).reasons() != null)
                .map(row -> "%s: %s"
                        .formatted(
                                row.document() == null
                                        ? row.set()
                                        : row.document().number(),
                                Objects.requireNonNull(said.apply(row)).reasons()))
                .collect(Collectors.joining("; "));
        return new Said(
                partly ? Result.PARTLY_ACCEPTED : worst,
                last.at(),
                last.by(),
                last.receipt(),
                reasons.isEmpty() ? null : reasons);
    }

    private static AcknowledgmentState of(Row row, String status, @Nullable Instant expectedBy, @Nullable Said said) {
        return new AcknowledgmentState(
                new EntryId(row.entry()),
                row.partner(),
                row.kind(),
                status,
                expectedBy,
                said == null ? null : said.verdict().wireName(),
                said == null ? null : said.by(),
                said == null ? null : new EntryId(said.receipt()),
                said == null ? null : said.at(),
                said == null ? null : said.reasons());
    }
}
