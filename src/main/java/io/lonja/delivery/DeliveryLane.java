package io.lonja.delivery;

import io.lonja.party.PartyId;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one another: the documents of a partner, or what goes to it by a channel of its own.
 *
 * @param by that channel, {@code mdn}; null for documents
 */
record DeliveryLane(PartyId to, @Nullable String by) {

    /** {@code acme}, {@code acme/mdn}. */
    @Override
    public String toString() {
        return by == null ? to.value() : to + "/" + by;
    }
}
