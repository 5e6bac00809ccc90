package io.lonja.consortium;

import io.lonja.archive.EntryId;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that members pool until a deadline.
 *
 * @param id the archived decision that opened it
 * @param operator in whose name it is bought
 * @param agreement by which the supplier sells
 * @param delivery requested day, where one was asked for
 * @param deadlineEntry the entry by which the deadline passed; what came before it in the archive counts
 * @param closedBy the entry that says what it came to
 * @param committed what it came to; null before
 */
public record GroupOrder(
        EntryId id,
        ConsortiumId consortium,
        PartyId operator,
        PartyId supplier,
        EntryId agreement,
        State state,
        Instant deadline,
        Instant openedAt,
        @Nullable LocalDate delivery,
        @Nullable EntryId deadlineEntry,
        @Nullable EntryId closedBy,
        @Nullable CommittedOrder committed) {

    /** How far it is. */
    public enum State {
        /** Takes pledges and orders. */
        OPEN,
        /** The deadline passed; what was received before it is still being read. */
        CLOSING,
        /** Binding: the consolidated order is on its way. */
        CLOSED,
        /** The supplier's newest answer accepts it, with or without changes. */
        ORDERED,
        /** An invoice for it was shared. */
        INVOICED,
        /** Nothing was asked for, or nothing reached its first price tier. */
        LAPSED;

        /** {@code open}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** Of the outgoing order: {@code group-order-12}. */
    public String outgoingId() {
        return "group-order-" + id;
    }

    /** The number of the consolidated order: {@code GO12}. */
    public String number() {
        return "GO" + id;
    }

    /** Whether what this entry brought came before the deadline. */
    boolean takes(EntryId receipt) {
        return state == State.OPEN
                || state == State.CLOSING && deadlineEntry != null && receipt.compareTo(deadlineEntry) < 0;
    }
}
