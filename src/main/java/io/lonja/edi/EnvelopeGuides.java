package io.lonja.edi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * What the standards call their envelope segments, which no guide lists: {@code envelope-x12.xml} and
 * {@code envelope-edifact.xml}, written like a guide.
 */
final class EnvelopeGuides {

    static final Guide X12 = load(Standard.X12);
    static final Guide EDIFACT = load(Standard.EDIFACT);

    private EnvelopeGuides() {}

    static Guide of(Standard standard) {
        return standard == Standard.X12 ? X12 : EDIFACT;
    }

    private static Guide load(Standard standard) {
        String name = "envelope-" + standard.name().toLowerCase(Locale.ROOT);
        try (InputStream in = EnvelopeGuides.class.getResourceAsStream(name + ".xml")) {
            if (in == null) {
                throw new IllegalStateException("There is no " + name + ".xml");
            }
            GuideReader reader = new GuideReader(name + ".xml");
            return reader.read(in.readAllBytes(), new GuideId(name), standard, "", "")
                    .orElseThrow(() -> new IllegalStateException(String.join("; ", reader.faults())));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + ".xml", e);
        }
    }
}
