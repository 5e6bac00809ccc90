package io.lonja.edi;

import java.io.InputStream;
import java.util.Set;

/** Reads payloads that are in memory, and such that pass through it. */
final class GuidedParser implements InterchangeParser {

    private final Guides guides;

    GuidedParser(Guides guides) {
        this.guides = guides;
    }

    @Override
    public InterchangeParser agreed(Set<GuideId> overlays) {
        return new GuidedParser(guides.agreed(overlays));
    }

    @Override
    public void parse(byte[] payload, ReadingVisitor visitor) {
        if (payload.length > Limits.PAYLOAD_BYTES_MAX) {
            visitor.outside(InterchangeFinder.tooLarge());
        } else {
            new InterchangeFinder(Window.of(payload), guides, Limits.RECEIVED, visitor).read();
        }
    }

    @Override
    public void parse(InputStream payload, ReadingVisitor visitor) {
        new InterchangeFinder(Window.over(payload), guides, Limits.PASSED_BY, visitor).read();
    }
}
