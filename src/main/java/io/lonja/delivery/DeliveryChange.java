package io.lonja.delivery;

import io.lonja.archive.EntryType;
import org.jspecify.annotations.Nullable;

/**
 * The fact that a delivery came further.
 *
 * @param delivery sequence of the evidence that is owed
 * @param reason why it was given up or refused, or what proves that it came; else null
 */
record DeliveryChange(long delivery, @Nullable String reason) {

    static final EntryType SENT = EntryType.fact("delivery-sent");
    static final EntryType CONFIRMED = EntryType.fact("delivery-confirmed");
    /** The proof that was to come by a certain time did not. */
    static final EntryType UNPROVED = EntryType.fact("delivery-unproved");

    static final EntryType OVERDUE = EntryType.fact("delivery-overdue");
    static final EntryType REFUSED = EntryType.fact("delivery-refused");
    static final EntryType ABANDONED = EntryType.fact("delivery-abandoned");
}
