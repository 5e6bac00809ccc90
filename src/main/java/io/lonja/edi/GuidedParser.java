package io.lonja.edi;

import java.io.InputStream;
import java.util.Set;

/** Reads payloads that are in memory, and such that pass through it. */
final class GuidedParser implements InterchangeParser {

    private final Guides guides;
    private final ReadingManner manner;

    GuidedParser(Guides guides) {
        this(guides, ReadingManner.by(Set.of()));
    }

    private GuidedParser(Guides guides, ReadingManner manner) {
        this.guides = guides;
        this.manner = manner;
    }

    @Override
    public InterchangeParser agreed(ReadingManner agreed) {
        return new GuidedParser(guides.agreed(agreed.overlays()), agreed);
    }

    @Override
    public void parse(byte[] payload, ReadingVisitor visitor) {
        if (payload.length > Limits.PAYLOAD_BYTES_MAX) {
            visitor.outside(InterchangeFinder.tooLarge());
        } else {
            new InterchangeFinder(Window.of(payload), guides, manner, Limits.RECEIVED, visitor).read();
        }
    }

    @Override
    public void parse(InputStream payload, ReadingVisitor visitor) {
        new InterchangeFinder(Window.over(payload), guides, manner, Limits.PASSED_BY, visitor).read();
    }
}
