package io.lonja.edi;

import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads a payload and judges it by the guides: a pure function, safe for many threads. */
public interface InterchangeParser {

    /** Reads by these guides. */
    static InterchangeParser with(Guides guides) {
        return new GuidedParser(guides);
    }

    /** Reads in this manner. */
    InterchangeParser agreed(ReadingManner manner);

    /** Never throws for what a sender could have written: whatever is wrong is in the reading. */
    default Reading parse(byte[] payload) {
        CollectedReading collected = new CollectedReading();
        parse(payload, collected);
        return collected.reading();
    }

    /** The same, told while it is read. */
    void parse(byte[] payload, ReadingVisitor visitor);

    /**
     * The same for a payload of any size, in memory that does not grow with it: at most its longest transaction set is
     * held, and what the visitor keeps. The limits of what the hub receives do not hold here.
     *
     * @throws UncheckedIOException when the stream cannot be read
     */
    void parse(InputStream payload, ReadingVisitor visitor);
}
