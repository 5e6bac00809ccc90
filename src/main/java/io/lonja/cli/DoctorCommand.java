package io.lonja.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at the machine before the hub does. */
@Command(
        name = "doctor",
        description = "Looks at the data folder, the disk, the ports and the certificates of this machine.")
class DoctorCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Folders folders;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            split = ",",
            defaultValue = "8080,8081,8443,2222",
            description = "Ports the hub wants (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private List<Integer> ports;

    @Option(names = "--json", description = "One JSON object per finding and line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        List<Examination.Finding> findings = new Examination(folders.home(), folders.config()).findings(ports);
        PrintWriter out = spec.commandLine().getOut();
        for (Examination.Finding finding : findings) {
            out.println(json ? json(finding) : line(finding));
        }
        return findings.stream().allMatch(Examination.Finding::well) ? 0 : 1;
    }

    private static String line(Examination.Finding finding) {
        return "%-4s %-12s %s".formatted(finding.well() ? "ok" : "LOOK", finding.what(), finding.sentence());
    }

    private static String json(Examination.Finding finding) throws JsonProcessingException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("what", finding.what());
        object.put("ok", finding.well());
        object.put("message", finding.sentence());
        return new ObjectMapper().writeValueAsString(object);
    }
}
