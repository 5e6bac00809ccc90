package io.lonja.delivery;

import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What we owe somebody, and how far it came. */
public sealed interface Delivery {

    Owed owed();

    /** When it came to this state. */
    Instant at();

    /** {@code pending}. */
    default String status() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody still waits for something. */
    default boolean open() {
        return !(this instanceof Confirmed) && !(this instanceof Abandoned);
    }

    /** Nobody fetched it yet, and it was not sent. */
    record Pending(Owed owed, Instant at) implements Delivery {}

    /** The bytes were handed out; the other side did not say yet that it has them. */
    record Sent(Owed owed, Instant at) implements Delivery {}

    /** The other side has it. */
    record Confirmed(Owed owed, Instant at) implements Delivery {}

    /** Not confirmed in time; there is an alarm until it is. */
    record Overdue(Owed owed, Instant at) implements Delivery {}

    /** A person gave it up. */
    record Abandoned(Owed owed, Instant at, String reason) implements Delivery {}

    /**
     * The bytes that are owed.
     *
     * @param id the evidence whose payload they are
     * @param kind {@code 997}, {@code TA1}, {@code mdn}
     * @param about the receipt that it answers, or null
     * @param by the one channel it may leave by, {@code mdn}; null when it leaves as the partner wants, or is fetched
     */
    record Owed(
            EntryId id,
            PartyId to,
            String kind,
            @Nullable EntryId about,
            Sha256 digest,
            long bytes,
            Instant since,
            @Nullable String by) {

        /** A document, which leaves as the partner wants. */
        public Owed(
                EntryId id,
                PartyId to,
                String kind,
                @Nullable EntryId about,
                Sha256 digest,
                long bytes,
                Instant since) {
            this(id, to, kind, about, digest, bytes, since, null);
        }

        /** {@code .xml} for a document that is named by its element, {@code Invoice}; else {@code .edi}. */
        public static String fileEnding(String kind) {
            return kind.matches("[A-Z].*[a-z]") ? ".xml" : ".edi";
        }

        /** In which it waits. */
        DeliveryLane lane() {
            return new DeliveryLane(to, by);
        }
    }
}
