package io.lonja.archive;

import java.util.Optional;

/** Lets entries take effect in the database, lane by lane, in archive sequence, each exactly once. */
public interface Appliers {

    /**
     * Returns when this lane has applied every entry up to {@code through}. The caller's thread may do the work, for
     * its own entry and for those of others that wait.
     *
     * @throws IllegalStateException when an effect fails: the lane stands still at that entry, with an alarm, until
     *     the cause is gone
     */
    void catchUp(Effect.Lane lane, EntryId through);

    /**
     * Applies everything that is durable now in this lane: before a decision that must know all that went before, for
     * instance after a failure between an append and its effect.
     */
    void catchUp(Effect.Lane lane);

    /** Applies everything that is durable now, in all lanes: at start-up, before traffic is accepted. */
    void catchUpAll();

    /** The sequence of the last entry that took effect in this lane, 0 when none did. */
    long appliedThrough(Effect.Lane lane);

    /** Why this lane stands, as its alarm says it; empty while it does not. */
    Optional<String> standing(Effect.Lane lane);
}
