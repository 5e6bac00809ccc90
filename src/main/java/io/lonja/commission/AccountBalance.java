package io.lonja.commission;

import io.lonja.money.Money;

/** What was debited and credited to an account in one currency. */
public record AccountBalance(LedgerAccount account, Money debits, Money credits) {

    /** Debits less credits: positive is owed to the account's holder by the ledger's convention of assets. */
    public Money balance() {
        return debits.minus(credits);
    }
}
