package io.lonja.commission;

import io.lonja.commission.JournalEntry.Kind;
import io.lonja.money.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one line comes to, given all the documents that are known.
 *
 * @param against the invoice line that a credit takes back; null for all else
 * @param agreement null for suspense
 * @param base signed
 * @param amount signed; for suspense the credited value itself
 */
record Claim(
        Kind kind,
        CountedLine line,
        @Nullable CountedLine against,
        @Nullable CommissionAgreement agreement,
        Money base,
        Money amount) {

    /** Who bought how much of what it is about; empty where its member bought it itself. */
    List<CountedLine.Part> parts() {
        return against == null ? line.parts() : against.parts();
    }

    /** Names the claim over all entries that are ever posted for it. */
    String position() {
        return kind.wireName() + " " + line.key() + (against == null ? "" : " of " + against.key());
    }

    /** A function of the position alone, so that everything posted to it falls due in the same month. */
    LocalDate effectiveOn() {
        return against != null && against.date().isAfter(line.date()) ? against.date() : line.date();
    }
}
