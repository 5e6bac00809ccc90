package io.lonja;

import io.lonja.edi.Guides;
import io.lonja.edi.InterchangeParser;
import io.lonja.mapping.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the guides of {@code schemas/} make, read once for all tests of this JVM: nothing of it changes with use. */
public final class Shipped {

    private static final Path SCHEMAS = Path.of("schemas");

    private Shipped() {}

    public static Guides guides() {
        return Read.GUIDES;
    }

    public static InterchangeParser parser() {
        return Read.PARSER;
    }

    /** Each guide is prepared with its first document, and then for all that follow. */
    public static Mapping mapping() {
        return Meant.MAPPING;
    }

    /** Lets this configuration of a test have them too, without a copy: nothing may be written to its {@code schemas}. */
    public static void linkedInto(Path config) throws IOException {
        Files.createSymbolicLink(config.resolve(SCHEMAS), SCHEMAS.toAbsolutePath());
    }

    /** Whether the hub of this configuration reads them. */
    static boolean areReadBy(Path config) {
        try {
            return config.resolve(SCHEMAS).toRealPath().equals(SCHEMAS.toRealPath());
        } catch (IOException e) {
            return false; // It has none.
        }
    }

    /** Apart from {@link Meant}, since most tests that read map nothing. */
    private static final class Read {
        private static final Guides GUIDES = Guides.load(SCHEMAS);
        private static final InterchangeParser PARSER = InterchangeParser.with(GUIDES);
    }

    private static final class Meant {
        private static final Mapping MAPPING = Mapping.of(SCHEMAS);
    }
}
