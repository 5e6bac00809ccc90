package io.lonja.cli;

import picocli.CommandLine.Command;

/** The jar itself: lists its commands. */
@Command(
        name = "lonja",
        description = "A B2B EDI and trading-portal hub. Without a command it serves.",
        mixinStandardHelpOptions = true,
        version = "Lonja 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:done, with findings", "2:refused, or wrong usage"})
class LonjaCommand extends Group {}
