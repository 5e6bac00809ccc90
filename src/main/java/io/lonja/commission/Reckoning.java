package io.lonja.commission;

import io.lonja.commission.JournalEntry.Kind;
import io.lonja.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a set of invoice and credit lines comes to. A pure function of the set: the order in which its documents came
 * does not matter, so late, repeated and reordered documents end in the same claims.
 *
 * <p>An invoice line earns the rate that was valid on the invoice's date. A credit line takes back, at that line's
 * rate, from the lines of the invoice it names: first from the one with its line number and an item in common, then
 * from those with an item in common; without item codes, from the one with its line number. Rounding is cumulative, so
 * that crediting a line in parts takes back exactly what it earned and never more. What finds no line stays in
 * suspense, with its credited value.
 */
final class Reckoning {

    private final List<CommissionAgreement> agreements;
    private final List<CountedLine> invoiced;
    private final Map<CountedLine, Money> credited = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();

    private Reckoning(List<CountedLine> invoiced, List<CommissionAgreement> agreements) {
        this.invoiced = invoiced;
        this.agreements = agreements;
    }

    /**
     * @param lines of one matter
     * @param agreements of its supplier
     * @return claims in the order of the documents' content
     */
    static List<Claim> of(List<CountedLine> lines, List<CommissionAgreement> agreements) {
        List<CountedLine> sorted = lines.stream().sorted(CountedLine.BY_CONTENT).toList();
        Reckoning reckoning =
                new Reckoning(sorted.stream().filter(CountedLine::isInvoice).toList(), agreements);
        reckoning.invoiced.forEach(reckoning::earn);
        sorted.stream().filter(line -> !line.isInvoice()).forEach(reckoning::takeBack);
        return reckoning.claims;
    }

    private void earn(CountedLine line) {
        agreementFor(line)
                .ifPresent(agreement -> claims.add(new Claim(
                        Kind.COMMISSION,
                        line,
                        null,
                        agreement,
                        line.base(),
                        agreement.terms().commissionOn(line.base()))));
    }

    private void takeBack(CountedLine credit) {
        Money left = credit.base();
        for (CountedLine candidate : candidates(credit)) {
            Money before =
                    credited.getOrDefault(candidate, Money.zero(candidate.base().currency()));
            Money open = candidate.base().minus(before);
            if (left.minorUnits() <= 0 || open.minorUnits() <= 0) {
                continue;
            }
            Money part = left.compareTo(open) < 0 ? left : open;
            credited.put(candidate, before.plus(part));
            left = left.minus(part);
            reverse(credit, candidate, before, part);
        }
        if (!left.isZero()) {
            claims.add(new Claim(Kind.SUSPENSE, credit, null, null, left, left));
        }
    }

    private void reverse(CountedLine credit, CountedLine of, Money before, Money part) {
        @Nullable CommissionAgreement agreement = agreementFor(of).orElse(null);
        if (agreement == null) {
            return; // It earned nothing, so there is nothing to take back.
        }
        Money reversed = agreement.terms().commissionOn(before);
        Money now = agreement.terms().commissionOn(before.plus(part));
        claims.add(new Claim(Kind.REVERSAL, credit, of, agreement, part.negated(), reversed.minus(now)));
    }

    private List<CountedLine> candidates(CountedLine credit) {
        List<CountedLine> sameCurrency = invoiced.stream()
                .filter(line -> line.base().currency().equals(credit.base().currency()))
                .toList();
        List<CountedLine> found = new ArrayList<>();
        sameCurrency.stream()
                .filter(line -> line.lineNumber().equals(credit.lineNumber()))
                .filter(line -> line.sharesItemWith(credit)
                        || line.items().isEmpty()
                        || credit.items().isEmpty())
                .forEach(found::add);
        sameCurrency.stream()
                .filter(line -> line.sharesItemWith(credit) && !found.contains(line))
                .forEach(found::add);
        return found;
    }

    private Optional<CommissionAgreement> agreementFor(CountedLine line) {
        return agreements.stream()
                .filter(agreement -> agreement.terms().supplier().equals(line.supplier())
                        && agreement.terms().validOn(line.date()))
                .findFirst();
    }
}
