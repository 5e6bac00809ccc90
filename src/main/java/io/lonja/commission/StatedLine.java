package io.lonja.commission;

import io.lonja.commission.CountedLine.Part;
import io.lonja.commission.JournalEntry.Kind;
import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import io.lonja.money.Split;
import io.lonja.party.PartyId;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of a statement: what a position changed by since the statement before.
 *
 * @param kind commission or reversal
 * @param base signed
 * @param amount signed
 * @param parts who bought how much of the line; empty where the member bought it itself
 */
record StatedLine(
        Kind kind,
        String position,
        PartyId member,
        String invoiceNumber,
        String line,
        RuleVersion rule,
        DocumentRef because,
        LocalDate effectiveOn,
        Money base,
        Money amount,
        List<Part> parts) {

    static final Comparator<StatedLine> ORDER = Comparator.comparing(StatedLine::effectiveOn)
            .thenComparing(line -> line.because().type())
            .thenComparing(line -> line.because().number())
            .thenComparing(line -> line.because().at().entry())
            .thenComparing(line -> line.because().at().bytes().from())
            .thenComparing(StatedLine::position);

    StatedLine plus(Money moreBase, Money moreAmount) {
        return new StatedLine(
                kind,
                position,
                member,
                invoiceNumber,
                line,
                rule,
                because,
                effectiveOn,
                base.plus(moreBase),
                amount.plus(moreAmount),
                parts);
    }

    StatedLine negated() {
        return new StatedLine(
                kind,
                position,
                member,
                invoiceNumber,
                line,
                rule,
                because,
                effectiveOn,
                base.negated(),
                amount.negated(),
                parts);
    }

    /** What of the base is whose: the parts' by largest remainder, or all the member's. */
    SortedMap<PartyId, Money> bases() {
        return divided(base);
    }

    /** What of the amount is whose. */
    SortedMap<PartyId, Money> amounts() {
        return divided(amount);
    }

    private SortedMap<PartyId, Money> divided(Money whole) {
        SortedMap<PartyId, Money> divided = new TreeMap<>(Comparator.comparing(PartyId::value));
        if (parts.isEmpty()) {
            divided.put(member, whole);
            return divided;
        }
        List<Money> shares =
                Split.byLargestRemainder(whole, parts.stream().map(Part::weight).toList());
        for (int i = 0; i < shares.size(); i++) {
            divided.merge(parts.get(i).member(), shares.get(i), Money::plus);
        }
        return divided;
    }

    boolean saysSomething() {
        return !base.isZero() || !amount.isZero();
    }
}
