package io.lonja.edi;

/** What is left of the limits of one payload, whatever interchanges it is spent in. */
final class Allowance {

    private final Limits limits;
    private int interchanges;
    private int groups;
    private int transactionSets;
    private int errors = Limits.PAYLOAD_ERRORS_MAX;

    Allowance(Limits limits) {
        this.limits = limits;
        this.interchanges = limits.interchanges();
        this.groups = limits.groups();
        this.transactionSets = limits.transactionSets();
    }

    Limits limits() {
        return limits;
    }

    boolean takeInterchange() {
        return interchanges-- > 0;
    }

    boolean takeGroup() {
        return groups-- > 0;
    }

    boolean takeTransactionSet() {
        return transactionSets-- > 0;
    }

    boolean takeError() {
        if (errors < 0) {
            return false;
        }
        errors--;
        return errors >= 0;
    }

    /** Whether there was an error that is not listed any more. */
    boolean errorsExceeded() {
        return errors < 0;
    }
}
