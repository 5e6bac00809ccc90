package io.lonja.intake;

import io.lonja.archive.EntryId;

/** The hub's door: nothing is answered before it is durable. */
public interface Intake {

    /**
     * Makes the transmission durable, or finds the receipt it already has. Decided under the sender's lock: of the
     * same message sent twice at once, one is new.
     */
    IntakeResult accept(Transmission transmission);

    /**
     * Keeps that somebody was turned away, by headers and digest only, with an alarm when the name of a partner was
     * borne. Beyond a number a day nothing more is kept.
     */
    void turnedAway(TurnedAway attempt);

    /** The receipt of an earlier transmission. Throws {@link IllegalArgumentException} when there is none. */
    Receipt receipt(EntryId id);
}
