package io.lonja.delivery;

import io.lonja.archive.EntryType;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fact that a delivery was tried.
 *
 * @param delivery sequence of the evidence that is owed
 * @param attempt counted from 1
 * @param handedOver where it is, when it left and the proof is still to come; else null
 * @param failure why it did not get through; else null
 * @param pause before the next attempt, after a failure or when the proof does not come; null for the lanes' own
 * @param proofBy when the proof should have come; null when nobody knows, or after a failure
 * @param departuresMax how often it leaves in all while the proof does not come; null for five times
 */
record DeliveryAttempt(
        long delivery,
        int attempt,
        @Nullable String handedOver,
        @Nullable String failure,
        @Nullable Duration pause,
        @Nullable Instant proofBy,
        @Nullable Integer departuresMax) {

    static final EntryType TYPE = EntryType.fact("delivery-attempted");
}
