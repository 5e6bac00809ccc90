package io.lonja.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.edi.Guides;
import io.lonja.mapping.MappingFaults;
import io.lonja.partner.Fault;
import io.lonja.partner.PartnerFolders;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern FAULT = Pattern.compile("(.+?):(\\d+): (.*)", Pattern.DOTALL);

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
        faults.addAll(new PartnerFolders(
                        List.of(config.resolve("partners")),
                        config.resolve("schemas"),
                        null,
                        LocalDate.now(ZoneOffset.UTC))
                .faults());
        faults.addAll(new RouteFiles(config.resolve("routes")).faults());
        faults.addAll(guideFaults());
        faults.sort(Comparator.comparing(Fault::file).thenComparingInt(Fault::line));
        PrintWriter out = spec.commandLine().getOut();
        for (Fault fault : faults) {
            Fault shown = new Fault(config.relativize(fault.file()), fault.line(), fault.sentence());
            out.println(json ? json(shown) : shown.toString());
        }
        return faults.isEmpty() ? 0 : 1;
    }

    /** Of guides, which tell theirs as {@code file:line: sentence} already, and of the mappings beside them. */
    private List<Fault> guideFaults() {
        Path schemas = config.resolve("schemas");
        if (!Files.isDirectory(schemas)) {
            return List.of();
        }
        Guides guides = Guides.load(schemas);
        List<Fault> faults = new ArrayList<>(MappingFaults.in(schemas, guides));
        for (String told : guides.faults()) {
            Matcher parts = FAULT.matcher(told);
            faults.add(
                    parts.matches()
                            ? new Fault(Path.of(parts.group(1)), Integer.parseInt(parts.group(2)), parts.group(3))
                            : new Fault(schemas, 1, told));
        }
        return faults;
    }

    private static String json(Fault fault) throws JsonProcessingException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", fault.file().toString());
        object.put("line", fault.line());
        object.put("message", fault.sentence());
        return new ObjectMapper().writeValueAsString(object);
    }
}
