package io.lonja.cli;

import io.lonja.archive.CanonicalJson;
import io.lonja.document.BusinessDocument;
import io.lonja.document.MappingProblem;
import io.lonja.edi.Inspection;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.ReadingVisitor;
import io.lonja.edi.SafeText;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import io.lonja.mapping.Mapped;
import io.lonja.mapping.Mapping;
import io.lonja.mapping.MappingContext;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the business documents that EDI files say, without a hub. */
@Command(
        name = "map",
        description =
                "Reads X12, EDIFACT and UBL files like inspect and writes the business documents as JSON, one per line; what is wrong"
                        + " goes to standard error.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all mapped", "1:something is wrong with some", "2:refused, or not EDI"})
class MapCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private EdiFiles files;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "EUR",
            description = "For documents that name none, as a partner's profile says it (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Currency currency;

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
        List<String> each = EdiFiles.each(names);
        InterchangeParser parser = files.parser(files.guides());
        Mapping mapping = Mapping.of(files.schemas());
        int worst = Inspection.ACCEPTED;
        for (String name : each) {
            try (EdiFile file = EdiFile.open(name, spec.commandLine().getErr())) {
                Inspection inspection = Inspection.of(name, file::read, parser);
                if (inspection.exitCode() != Inspection.ACCEPTED) {
                    inspection.report(spec.commandLine().getErr());
                }
                Documents documents = new Documents(name, mapping);
                inspection.visit(documents);
                worst = Math.max(worst, Math.max(inspection.exitCode(), documents.worst));
            } catch (UncheckedIOException unreadable) {
                throw new RefusedException("%s cannot be read: %s".formatted(name, unreadable.getCause()));
            }
        }
        return worst;
    }

    /** Maps each transaction set when it comes; those that are refused are not mapped. */
    private final class Documents implements ReadingVisitor {

        private final String name;
        private final Mapping mapping;
        private int worst = Inspection.ACCEPTED;

        Documents(String name, Mapping mapping) {
            this.name = name;
            this.mapping = mapping;
        }

        @Override
        public void transactionSet(TransactionSet set) {
            if (isMapped(set, mapping)) {
                worst = Math.max(worst, show(name, set, mapping.map(set, new MappingContext(currency))));
            }
        }
    }

    private static boolean isMapped(TransactionSet set, Mapping mapping) {
        return set.guide() != null
                && !(set.verdict() instanceof Verdict.Refused)
                && mapping.documentType(set.guide()).isPresent();
    }

    private int show(String name, TransactionSet set, Mapped mapped) {
        PrintWriter out = spec.commandLine().getOut();
        if (mapped.content() != null) {
            out.println(json(mapped.content()));
        }
        for (MappingProblem problem : mapped.problems()) {
            spec.commandLine()
                    .getErr()
                    .println(SafeText.of("%s: %s %s, segment %d %s: %s (%s)"
                            .formatted(
                                    name,
                                    set.type(),
                                    set.controlNumber(),
                                    problem.segment(),
                                    problem.segmentId(),
                                    problem.sentence(),
                                    problem.code())));
        }
        return mapped.problems().isEmpty() ? Inspection.ACCEPTED : Inspection.WITH_FINDINGS;
    }

    private static String json(BusinessDocument content) {
        return new String(CanonicalJson.of(content), StandardCharsets.UTF_8);
    }
}
