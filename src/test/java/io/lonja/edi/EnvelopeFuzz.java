package io.lonja.edi;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;

/** Whatever the bytes are, they are read alike in memory and while they pass, and every one is told of where it stands. */
public final class EnvelopeFuzz {

    /** Without a guide only envelopes are judged. */
    private static final InterchangeParser PARSER = InterchangeParser.with(Guides.load(Path.of("src/test/resources")));

    private EnvelopeFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Reading reading = PARSER.parse(data);
        SecondLook.at(data, reading);
        CollectedReading passed = new CollectedReading();
        PARSER.parse(new ByteArrayInputStream(data), passed);
        if (!passed.reading().equals(reading)) {
            throw new IllegalStateException("Read otherwise while it passes");
        }
    }
}
