package io.lonja.cli;

import io.lonja.edi.AcknowledgmentWriter;
import io.lonja.edi.Inspection;
import io.lonja.edi.InterchangeParser;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads EDI files as the hub would, without one. */
@Command(
        name = "inspect",
        description =
                "Reads X12 files by the guides in schemas/ and says of every transaction set whether it is accepted, and"
                        + " of every error where it is.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all accepted", "1:accepted with errors, or partly refused", "2:refused, or not EDI"})
class InspectCommand implements Callable<Integer> {

    /** The number of the first acknowledgment; the hub itself counts on from its last. */
    private static final long FIRST_CONTROL_NUMBER = 1;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private EdiFiles files;

    @Option(names = "--ack", description = "Writes the acknowledgment that the hub would send, and nothing else.")
    private boolean acknowledgment;

    @Option(names = "--json", description = "One JSON object per file and line.")
    private boolean json;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "EDI files; - is standard input.")
    @SuppressWarnings("NullAway.Init")
    private List<String> names;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        InterchangeParser parser = InterchangeParser.with(files.guides());
        int worst = Inspection.ACCEPTED;
        for (String name : names) {
            Inspection inspection = Inspection.of(name, EdiFiles.bytes(name), parser);
            if (acknowledgment) {
                byte[] answer = inspection.acknowledgments(
                        AcknowledgmentWriter.forBothStandards(), FIRST_CONTROL_NUMBER, Instant.now());
                System.out.writeBytes(answer);
                System.out.flush();
            } else {
                spec.commandLine().getOut().println(json ? inspection.json() : inspection.report());
            }
            worst = Math.max(worst, inspection.exitCode());
        }
        return worst;
    }
}
