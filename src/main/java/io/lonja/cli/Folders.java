package io.lonja.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where an offline command looks, by the same names as the hub's settings. */
class Folders {

    @Option(
            names = {"--home", "--lonja.home"},
            paramLabel = "DIR",
            defaultValue = "${env:LONJA_HOME:-./data}",
            description = "What the hub writes (default: LONJA_HOME or ./data).")
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @Option(
            names = {"--config", "--lonja.config"},
            paramLabel = "DIR",
            defaultValue = "${env:LONJA_CONFIG:-.}",
            description = "What people write: partners/, routes/, schemas/ (default: LONJA_CONFIG or .).")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    Path home() {
        return home;
    }

    Path config() {
        return config;
    }
}
