package io.lonja.cli;

import io.lonja.edi.AcknowledgmentWriter;
import io.lonja.edi.FunctionalAcknowledgment;
import io.lonja.edi.Guides;
import io.lonja.edi.Inspection;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.SafeText;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads EDI files as the hub would, without one. */
@Command(
        name = "inspect",
        description =
                "Reads X12, EDIFACT and UBL by the guides in schemas/ and shows it as a tree, with the guides' names, the verdict"
                        + " of every transaction set, and every error under the text that it is about.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all accepted",
            "1:accepted with errors, or partly refused",
            "2:refused, not EDI, or not readable"
        },
        footer = "%nOf several files the worst counts.")
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

    @Option(
            names = "--functional-acknowledgment",
            paramLabel = "997|999",
            defaultValue = "997",
            description =
                    "With --ack: by what X12 groups of 005010 and later are answered, as in a partner's profile: 997 or 999 (${DEFAULT-VALUE} when left out).")
    @SuppressWarnings("NullAway.Init")
    private String functionalAcknowledgment;

    @Option(names = "--json", description = "One JSON object per file and line.")
    private boolean json;

    @Option(names = "--brief", description = "Verdicts and errors only, without the tree.")
    private boolean brief;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "EDI files; a folder is all files below it; - is standard input.")
    @SuppressWarnings("NullAway.Init")
    private List<String> names;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!functionalAcknowledgment.matches("997|999")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--functional-acknowledgment is 997 or 999, not %s.".formatted(functionalAcknowledgment));
        }
        List<String> each = EdiFiles.each(names);
        Guides guides = files.guides();
        InterchangeParser parser = files.parser(guides);
        AtomicLong nextControlNumber = new AtomicLong(FIRST_CONTROL_NUMBER);
        int worst = Inspection.ACCEPTED;
        for (String name : each) {
            try (EdiFile file = EdiFile.open(name, spec.commandLine().getErr())) {
                Inspection inspection = Inspection.of(name, file::read, parser);
                show(inspection, guides, nextControlNumber);
                worst = Math.max(worst, inspection.exitCode());
            } catch (UncheckedIOException unreadable) {
                spec.commandLine()
                        .getErr()
                        .println(SafeText.of(
                                "lonja inspect: %s cannot be read: %s".formatted(name, unreadable.getCause())));
                if (json) {
                    line(Inspection.unread(name));
                }
                worst = Inspection.REFUSED;
            }
        }
        return worst;
    }

    private void show(Inspection inspection, Guides guides, AtomicLong nextControlNumber) {
        PrintWriter out = spec.commandLine().getOut();
        if (acknowledgment) {
            System.out.writeBytes(inspection.acknowledgments(
                    AcknowledgmentWriter.forBothStandards(),
                    functionalAcknowledgment.equals("999")
                            ? FunctionalAcknowledgment.BY_999
                            : FunctionalAcknowledgment.BY_997,
                    nextControlNumber,
                    Instant.now()));
            System.out.flush();
        } else if (json) {
            line(inspection);
        } else if (brief) {
            inspection.report(buffered(out));
        } else {
            inspection.tree(guides, buffered(out));
        }
    }

    private void line(Inspection inspection) {
        PrintWriter out = buffered(spec.commandLine().getOut());
        inspection.json(out);
        out.println();
        out.flush();
    }

    /** Many lines may come, and the command line's own writer goes to the terminal with each. */
    private static PrintWriter buffered(PrintWriter out) {
        return new PrintWriter(new BufferedWriter(out));
    }
}
