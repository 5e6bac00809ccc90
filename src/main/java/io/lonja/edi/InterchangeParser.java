package io.lonja.edi;

/** Reads a payload and judges it by the guides: a pure function, safe for many threads. */
public interface InterchangeParser {

    /** Reads by these guides. */
    static InterchangeParser with(Guides guides) {
        return new GuidedParser(guides);
    }

    /** Never throws for what a sender could have written: whatever is wrong is in the reading. */
    Reading parse(byte[] payload);
}
