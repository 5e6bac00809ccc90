package io.lonja.delivery;

import io.lonja.archive.EntryType;
import org.jspecify.annotations.Nullable;

/**
 * The fact that a delivery was tried.
 *
 * @param delivery sequence of the evidence that is owed
 * @param attempt counted from 1
 * @param handedOver where it is, when it left and the proof is still to come; else null
 * @param failure why it did not get through; else null
 */
record DeliveryAttempt(
        long delivery,
        int attempt,
        @Nullable String handedOver,
        @Nullable String failure) {

    static final EntryType TYPE = EntryType.fact("delivery-attempted");
}
