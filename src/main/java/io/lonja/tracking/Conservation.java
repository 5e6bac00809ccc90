package io.lonja.tracking;

/**
 * Where everything that was received is: nothing disappears. Counts receipts.
 *
 * @param applied all or part of it took effect
 * @param refused nothing of it could be accepted
 * @param held a person must look
 * @param duplicate it repeats an earlier interchange
 * @param inFlight not through the pipeline yet
 */
public record Conservation(long received, long applied, long refused, long held, long duplicate, long inFlight) {

    /** Zero, or something was lost or counted twice. */
    public long difference() {
        return received - applied - refused - held - duplicate - inFlight;
    }
}
