package io.lonja.edi;

import io.lonja.archive.EntryId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a partner acknowledged an interchange that we sent.
 *
 * @param interchange its evidence, which is its delivery
 * @param partner to whom it was sent
 * @param kind what was sent: {@code 810}
 * @param status {@code expected}, {@code overdue} or {@code received}
 * @param expectedBy while it is expected or overdue
 * @param verdict {@code received} (the envelope came), {@code accepted}, {@code accepted-with-errors}, {@code
 *     partly-accepted} or {@code rejected}; null before anything was said
 * @param by {@code 997}, {@code 999}, {@code TA1} or {@code CONTRL}
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

    static AcknowledgmentState of(SentInterchanges.Row row) {
        return new AcknowledgmentState(
                new EntryId(row.entry()),
                row.partner(),
                row.kind(),
                row.dueAt() == null ? "received" : row.overdue() ? "overdue" : "expected",
                row.dueAt(),
                row.verdict() == null ? null : row.verdict().wireName(),
                row.verdictBy(),
                row.receipt() == null ? null : new EntryId(row.receipt()),
                row.verdictAt(),
                row.reasons());
    }
}
