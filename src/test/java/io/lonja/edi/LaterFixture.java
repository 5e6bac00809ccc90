package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;

/** An interchange of X12 005010 with repetitions, and a guide for it. */
final class LaterFixture {

    static final Path CONFIG = Path.of("src/test/resources/edi/later");
    static final InterchangeParser PARSER = InterchangeParser.with(Guides.load(CONFIG.resolve("schemas")));
    static final String BENEFITS = new String(EdiFixture.bytes(CONFIG.resolve("benefits.edi")), ISO_8859_1);

    private LaterFixture() {}

    static Reading read(String text) {
        return PARSER.parse(text.getBytes(ISO_8859_1));
    }

    static Interchange interchange(String text) {
        return read(text).interchanges().get(0);
    }
}
