package io.lonja.edi;

import io.lonja.archive.EntryId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a partner acknowledged an interchange that we sent, or what it said of the document in it.
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

    static AcknowledgmentState of(SentInterchanges.Row row) {
        String status = row.dueAt() == null ? RECEIVED : row.overdue() ? "overdue" : "expected";
        return of(row, status, row.dueAt(), row.acknowledged());
    }

    /** What an 824 or APERAK said, which nobody expects. */
    static AcknowledgmentState ofAdvice(SentInterchanges.Row row) {
        return of(row, RECEIVED, null, row.advised());
    }

    private static AcknowledgmentState of(
            SentInterchanges.Row row,
            String status,
            @Nullable Instant expectedBy,
            SentInterchanges.@Nullable Said said) {
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
