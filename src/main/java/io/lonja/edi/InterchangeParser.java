package io.lonja.edi;

import java.util.Set;

/** Reads a payload and judges it by the guides: a pure function, safe for many threads. */
public interface InterchangeParser {

    /** Reads by these guides. */
    static InterchangeParser with(Guides guides) {
        return new GuidedParser(guides);
    }

    /**
     * Judges by these overlays instead of the guides they lie on; of two on one guide the first by id counts. What is no
     * overlay, or not there, changes nothing.
     */
    InterchangeParser agreed(Set<GuideId> overlays);

    /** Never throws for what a sender could have written: whatever is wrong is in the reading. */
    Reading parse(byte[] payload);
}
