package io.lonja.commission;

import io.lonja.money.Money;

/**
 * An amount from one account to another, written as one row so that half of it cannot exist.
 *
 * @param amount never negative: what counts the other way has its sides exchanged
 */
public record Posting(LedgerAccount debit, LedgerAccount credit, Money amount) {

    public Posting {
        if (amount.isNegative()) {
            throw new IllegalArgumentException("A posting's amount is not negative: " + amount);
        }
        if (debit.equals(credit)) {
            throw new IllegalArgumentException("A posting moves between two accounts, not within " + debit);
        }
    }

    /** The posting of a signed amount: a negative one goes the other way round. */
    static Posting signed(LedgerAccount debit, LedgerAccount credit, Money amount) {
        return amount.isNegative() ? new Posting(credit, debit, amount.negated()) : new Posting(debit, credit, amount);
    }
}
