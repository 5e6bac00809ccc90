package io.lonja.cli;

import picocli.CommandLine.Option;

/** {@code --help} on each command. */
class Help {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;
}
