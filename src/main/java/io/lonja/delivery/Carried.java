package io.lonja.delivery;

/** What a transport could do with one delivery. */
public sealed interface Carried {

    /**
     * The partner has it, and that is proved.
     *
     * @param by what proves it, for people: {@code MDN of entry 57}
     */
    record Confirmed(String by) implements Carried {}

    /**
     * It left, and the proof comes later, by {@link Deliveries#confirmed}.
     *
     * @param where it is now, for people
     */
    record HandedOver(String where) implements Carried {}

    /**
     * It did not get through.
     *
     * @param reason a sentence for the operator
     * @param again whether a later attempt may succeed; otherwise the partner refused it and nobody tries again
     */
    record Failed(String reason, boolean again) implements Carried {}
}
