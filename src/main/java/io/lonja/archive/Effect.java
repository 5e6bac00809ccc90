package io.lonja.archive;

/**
 * What entries change in the database. Effects are the only writers of business state, run in archive sequence, and
 * take time and identifiers from the entry: never from a clock or a random source, so that a replay ends the same.
 */
public interface Effect {

    /** The applier this effect belongs to; each lane keeps its own {@code appliedThrough}. */
    Lane lane();

    /** Order among the effects of one entry in its lane, unique in the lane. An effect is keyed by (entry, step). */
    int step();

    boolean concerns(EntryType type);

    /** False where the header alone is looked at: then megabytes of evidence are not read back for them. */
    default boolean readsPayload(EntryType type) {
        return true;
    }

    /** Runs inside the database transaction that also stores {@code appliedThrough}. The payload is empty when nobody reads it. */
    void apply(Entry entry, byte[] payload);

    /** One applier each; a lane never waits for another. */
    enum Lane {
        /** What the doors must know before they answer: receipts, control numbers, credentials, deliveries. */
        RECEIPTS,
        /** What documents mean: register, account history, opportunities, commission. */
        BOOKS,
        /** What people look up: life cycle and search. */
        TRACKING
    }
}
