package io.lonja.commission;

import io.lonja.commission.JournalEntry.Kind;
import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * One line of a statement: what a position changed by since the statement before.
 *
 * @param kind commission or reversal
 * @param base signed
 * @param amount signed
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
        Money amount) {

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
                amount.plus(moreAmount));
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
                amount.negated());
    }

    boolean saysSomething() {
        return !base.isZero() || !amount.isZero();
    }
}
