package io.lonja.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.partner.Fault;
import io.lonja.partner.PartnerFolders;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks everything that people write before a hub reads it. */
@Command(
        name = "lint",
        description = "Checks partners/, routes/ and schemas/, and lists all faults as file:line: sentence.")
class LintCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = "${env:LONJA_CONFIG:-.}",
            description = "The folder that holds partners/, routes/ and schemas/ (default: LONJA_CONFIG or .).")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(names = "--json", description = "One JSON object per fault and line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        if (!Files.isDirectory(config)) {
            throw new RefusedException("%s is not a folder.".formatted(config));
        }
        List<Fault> faults = new ArrayList<>();
        faults.addAll(new PartnerFolders(List.of(config.resolve("partners")), config.resolve("schemas")).faults());
        faults.addAll(new RouteFiles(config.resolve("routes")).faults());
        faults.sort(Comparator.comparing(Fault::file).thenComparingInt(Fault::line));
        PrintWriter out = spec.commandLine().getOut();
        for (Fault fault : faults) {
            Fault shown = new Fault(config.relativize(fault.file()), fault.line(), fault.sentence());
            out.println(json ? json(shown) : shown.toString());
        }
        return faults.isEmpty() ? 0 : 1;
    }

    private static String json(Fault fault) throws JsonProcessingException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", fault.file().toString());
        object.put("line", fault.line());
        object.put("message", fault.sentence());
        return new ObjectMapper().writeValueAsString(object);
    }
}
