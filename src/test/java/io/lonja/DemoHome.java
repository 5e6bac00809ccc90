package io.lonja;

import io.lonja.archive.DataFolder;
import io.lonja.cli.demo.DemoKeys;
import io.lonja.cli.demo.DemoPartners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** A data folder with the demo's partners and their keys, for tests that only read it; made once. */
public final class DemoHome {

    private static final Path HOME = made();

    private DemoHome() {}

    /** For {@code lonja.home} where nothing is written, or whose {@code demo-partners} are copied. */
    public static Path path() {
        return HOME;
    }

    /** For {@code lonja.partners.also}. */
    public static Path partners() {
        return HOME.resolve("partners");
    }

    /** The public keys that the partners' profiles name, for a hub with a data folder of its own. */
    public static void keysInto(Path home) {
        try {
            FileSystemUtils.copyRecursively(HOME.resolve("demo-partners"), home.resolve("demo-partners"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path made() {
        try {
            DataFolder data = DataFolder.at(Files.createTempDirectory("demo-home"));
            DemoPartners.writeTo(data.folder("partners"));
            DemoKeys.in(data);
            return data.root();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
