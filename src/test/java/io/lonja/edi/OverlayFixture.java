package io.lonja.edi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The guide for orders of the project, and beside it the overlay of {@code src/test/resources/edi/overlays}. */
final class OverlayFixture {

    static final Path SCHEMAS = Path.of("src/test/resources/edi/overlays/schemas");
    static final GuideId BASE = new GuideId("x12-004010-850");
    static final GuideId ACME = new GuideId("x12-004010-850-acme");

    private OverlayFixture() {}

    /** Writes both into an empty folder. */
    static Path installed(Path schemas) {
        copy(EdiFixture.SCHEMAS.resolve(BASE.value()), schemas.resolve(BASE.value()));
        copy(SCHEMAS.resolve(ACME.value()), schemas.resolve(ACME.value()));
        return schemas;
    }

    /** Writes the guide, and an overlay of it that says this. */
    static Path overlaid(Path schemas, String overlay) {
        copy(EdiFixture.SCHEMAS.resolve(BASE.value()), schemas.resolve(BASE.value()));
        try {
            Path folder = Files.createDirectories(schemas.resolve(ACME.value()));
            Files.writeString(folder.resolve(Guides.OVERLAY), overlay);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schemas;
    }

    static List<Path> samples() {
        return EdiFixture.files(SCHEMAS).stream()
                .filter(file ->
                        file.toString().endsWith(".edi") && !file.toString().endsWith(".ack.edi"))
                .toList();
    }

    private static void copy(Path from, Path to) {
        for (Path file : EdiFixture.files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            try {
                Files.createDirectories(target.getParent());
                Files.write(target, EdiFixture.bytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
