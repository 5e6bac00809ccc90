package io.lonja.cli;

import io.lonja.edi.Guides;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The files a command reads, and the guides it reads them by. */
class EdiFiles {

    private static final int BYTES_MAX = 256 << 20;

    @Option(
            names = {"--config", "--lonja.config"},
            paramLabel = "DIR",
            defaultValue = "${env:LONJA_CONFIG:-.}",
            description = "The folder that holds schemas/ (default: LONJA_CONFIG or .).")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    Path schemas() {
        Path schemas = config.resolve("schemas");
        if (!Files.isDirectory(schemas)) {
            throw new RefusedException(
                    "There are no guides: %s is not a folder; name the one that holds schemas/ by --config."
                            .formatted(schemas));
        }
        return schemas;
    }

    /** Throws {@link RefusedException} with all faults when a guide has any. */
    Guides guides() {
        Guides guides = Guides.load(schemas());
        if (!guides.faults().isEmpty()) {
            throw new RefusedException(
                    "The guides have faults:%n%s".formatted(String.join(System.lineSeparator(), guides.faults())));
        }
        return guides;
    }

    /** The whole file, or standard input for {@code -}. */
    static byte[] bytes(String name) {
        try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new RefusedException("%s is larger than %d MiB.".formatted(name, BYTES_MAX >> 20));
            }
            return bytes;
        } catch (IOException e) {
            throw new RefusedException("%s cannot be read: %s".formatted(name, e));
        }
    }
}
