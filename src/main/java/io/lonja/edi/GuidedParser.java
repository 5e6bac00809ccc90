package io.lonja.edi;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** Reads payloads that are in memory, and such that pass through it. */
final class GuidedParser implements InterchangeParser {

    /** By which it is seen that a stream is XML. */
    private static final int BEGIN_BYTES = 512;

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
        if (XmlReader.begins(payload, payload.length)) {
            xml(visitor).read(payload);
        } else if (payload.length > Limits.PAYLOAD_BYTES_MAX) {
            visitor.outside(InterchangeFinder.tooLarge());
        } else {
            new InterchangeFinder(Window.of(payload), guides, manner, Limits.RECEIVED, visitor).read();
        }
    }

    @Override
    public void parse(InputStream payload, ReadingVisitor visitor) {
        try {
            PushbackInputStream in = new PushbackInputStream(payload, BEGIN_BYTES);
            byte[] begin = in.readNBytes(BEGIN_BYTES);
            in.unread(begin);
            if (XmlReader.begins(begin, begin.length)) {
                // One document is held whole, as far as it may be read at all.
                xml(visitor).read(in.readNBytes(XmlLimits.BYTES_MAX + 1));
                return;
            }
            interchanges(in, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private XmlReader xml(ReadingVisitor visitor) {
        return new XmlReader(guides, manner.overlays(), visitor);
    }

    private void interchanges(InputStream payload, ReadingVisitor visitor) {
        new InterchangeFinder(Window.over(payload), guides, manner, Limits.PASSED_BY, visitor).read();
    }
}
