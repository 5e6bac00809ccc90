package io.lonja.commission;

/** Hears of every ledger entry inside the transaction that posts it. */
public interface LedgerListener {

    void on(JournalEntry entry);
}
