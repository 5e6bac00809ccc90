package io.lonja.commission;

import io.lonja.archive.Sha256;
import io.lonja.money.Money;
import java.util.List;

/**
 * That all that was debited was credited.
 *
 * @param currencies in alphabetical order of their codes
 * @param entries how many ledger entries there are
 * @param hash SHA-256 over all entries in canonical form and order: the same after every rebuild
 */
public record TrialBalance(List<Line> currencies, long entries, Sha256 hash) {

    /** The sums of one currency. */
    public record Line(Money debits, Money credits) {

        /** Zero, or the books are wrong. */
        public Money difference() {
            return debits.minus(credits);
        }
    }
}
