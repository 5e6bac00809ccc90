package io.lonja.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a transport could do with one delivery. */
public sealed interface Carried {

    /**
     * The partner has it.
     *
     * @param by what proves it, or that nothing does, for people: {@code MDN of entry 57}
     */
    record Confirmed(String by) implements Carried {}

    /**
     * It left, and the proof comes later, by {@link Deliveries#confirmed}.
     *
     * @param where it is now, for people
     * @param proofWithin after which time a proof that did not come is an alarm, and it leaves again, a few times; null
     *     when the partner may take its time
     * @param pause between that moment and the next attempt; null for the lanes' own
     * @param departuresMax how often it leaves in all; null for five times
     */
    record HandedOver(
            String where,
            @Nullable Duration proofWithin,
            @Nullable Duration pause,
            @Nullable Integer departuresMax) implements Carried {

        /** Where the partner may take its time. */
        public HandedOver(String where) {
            this(where, null, null, null);
        }
    }

    /**
     * It did not get through.
     *
     * @param reason a sentence for the operator
     * @param again whether a later attempt may succeed; otherwise the partner refused it and nobody tries again
     * @param pause before that attempt; null for the lanes' own, which grow from 10 s to 15 min
     */
    record Failed(String reason, boolean again, @Nullable Duration pause) implements Carried {

        /** With the lanes' own pause. */
        public Failed(String reason, boolean again) {
            this(reason, again, null);
        }
    }
}
