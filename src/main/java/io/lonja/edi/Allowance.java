package io.lonja.edi;

/** What is left of the limits of one payload, whatever interchanges it is spent in. */
final class Allowance {

    private int groups = Limits.PAYLOAD_GROUPS_MAX;
    private int transactionSets = Limits.PAYLOAD_TRANSACTION_SETS_MAX;
    private int errors = Limits.PAYLOAD_ERRORS_MAX;

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
