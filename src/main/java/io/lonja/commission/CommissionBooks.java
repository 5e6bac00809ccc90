package io.lonja.commission;

import io.lonja.archive.EntryId;
import io.lonja.commission.CountedLine.Matter;
import io.lonja.commission.JournalEntry.Kind;
import io.lonja.consortium.CommittedOrder;
import io.lonja.consortium.GroupOrder;
import io.lonja.consortium.GroupShares;
import io.lonja.consortium.Sharing;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.money.Money;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes invoices and credit notes into the ledger: reckons what all known documents of a matter come to, and posts
 * the difference to what is booked. Nothing is booked twice, and every order of arrival ends in the same balances.
 */
class CommissionBooks implements DocumentListener {

    static final int STEP = 10;

    private final CommissionLines lines;
    private final CommissionAgreements agreements;
    private final ClosedPeriods closed;
    private final Ledger ledger;
    private final GroupShares groupShares;

    CommissionBooks(
            CommissionLines lines,
            CommissionAgreements agreements,
            ClosedPeriods closed,
            Ledger ledger,
            GroupShares groupShares) {
        this.lines = lines;
        this.agreements = agreements;
        this.closed = closed;
        this.ledger = ledger;
        this.groupShares = groupShares;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public void on(DocumentAccepted event) {
        if (!CountedLine.counts(event.document())) {
            return;
        }
        @Nullable GroupOrder groupOrder = groupShares.invoiced(event).orElse(null);
        @Nullable CommittedOrder committed = groupOrder == null ? null : groupOrder.committed();
        List<CountedLine> counted =
                CommissionBase.of(event, committed == null ? null : Sharing.of(event.priced(), committed));
        counted.forEach(line -> lines.add(line, groupOrder == null ? null : groupOrder.closedBy()));
        counted.stream()
                .map(CountedLine::matter)
                .distinct()
                .forEach(matter -> settle(matter, event.fact(), event.ordinal(), event.recordedAt()));
    }

    /** Posts what this matter comes to now, less what is booked for it. */
    void settle(Matter matter, EntryId fact, int ordinal, Instant recordedAt) {
        Map<String, Booked> booked = booked(matter);
        int number = ledger.nextNumber(fact, ordinal);
        for (Claim claim : Reckoning.of(lines.of(matter), agreements.of(matter.supplier()))) {
            Booked before = booked.remove(claim.position());
            JournalEntry entry = entry(claim, matter, new JournalEntryId(fact, ordinal, number), recordedAt);
            if (before != null) {
                entry = before.difference(entry);
            }
            if (before == null || !entry.signed().isZero() || !entry.base().isZero()) {
                ledger.post(entry);
                number++;
            }
        }
        for (Booked gone : booked.values()) {
            if (!gone.amount.isZero() || !gone.base.isZero()) {
                ledger.post(gone.takenBack(
                        new JournalEntryId(fact, ordinal, number++),
                        recordedAt,
                        closed.open(matter.supplier(), YearMonth.from(gone.first.effectiveOn()))));
            }
        }
    }

    private JournalEntry entry(Claim claim, Matter matter, JournalEntryId id, Instant recordedAt) {
        @Nullable CommissionAgreement agreement = claim.agreement();
        return new JournalEntry(
                id,
                claim.kind(),
                claim.kind().posting(matter.supplier(), matter.member(), claim.amount()),
                claim.position(),
                matter.supplier(),
                matter.member(),
                matter.invoiceNumber(),
                agreement == null ? null : agreement.version(),
                claim.base(),
                claim.line().because(),
                claim.line().lineNumber(),
                claim.effectiveOn(),
                recordedAt,
                closed.open(matter.supplier(), YearMonth.from(claim.effectiveOn())));
    }

    private Map<String, Booked> booked(Matter matter) {
        Map<String, Booked> booked = new LinkedHashMap<>();
        for (JournalEntry entry : ledger.entriesOf(matter)) {
            booked.merge(
                    entry.position(),
                    new Booked(entry, entry.base(), entry.signed()),
                    (sum, more) -> new Booked(sum.first, sum.base.plus(more.base), sum.amount.plus(more.amount)));
        }
        return booked;
    }

    /** What was posted to one position so far. */
    private record Booked(JournalEntry first, Money base, Money amount) {

        JournalEntry difference(JournalEntry target) {
            return with(
                    target.id(),
                    target.signed().minus(amount),
                    target.base().minus(base),
                    target.recordedAt(),
                    target.period());
        }

        JournalEntry takenBack(JournalEntryId id, Instant recordedAt, YearMonth period) {
            return with(id, amount.negated(), base.negated(), recordedAt, period);
        }

        private JournalEntry with(
                JournalEntryId id, Money signed, Money newBase, Instant recordedAt, YearMonth period) {
            Kind kind = first.kind();
            return new JournalEntry(
                    id,
                    kind,
                    kind.posting(first.supplier(), first.member(), signed),
                    first.position(),
                    first.supplier(),
                    first.member(),
                    first.invoiceNumber(),
                    first.agreement(),
                    newBase,
                    first.because(),
                    first.line(),
                    first.effectiveOn(),
                    recordedAt,
                    period);
        }
    }
}
