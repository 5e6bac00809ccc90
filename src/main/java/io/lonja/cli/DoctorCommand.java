package io.lonja.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.partner.PartnerFolders;
import io.lonja.party.PartyId;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Option(
            names = {"--public-url", "--lonja.as2.public-url"},
            paramLabel = "URL",
            defaultValue = "${env:LONJA_AS2_PUBLIC_URL:-}",
            description = "Where partners reach the hub's AS2 address (default: LONJA_AS2_PUBLIC_URL).")
    @SuppressWarnings("NullAway.Init")
    private String publicUrl;

    @Option(names = "--json", description = "One JSON object per finding and line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        List<Examination.Finding> findings =
                new ArrayList<>(new Examination(folders.home(), folders.config()).findings(ports));
        asynchronousMdns().ifPresent(findings::add);
        PrintWriter out = spec.commandLine().getOut();
        for (Examination.Finding finding : findings) {
            out.println(json ? json(finding) : line(finding));
        }
        return findings.stream().allMatch(Examination.Finding::well) ? 0 : 1;
    }

    /** Whether partners can bring the MDNs that they are asked for; empty when none is. */
    private Optional<Examination.Finding> asynchronousMdns() {
        List<PartyId> asked = new PartnerFolders(
                        List.of(folders.config().resolve("partners")),
                        folders.config().resolve("schemas"),
                        null)
                .askedForAsynchronousMdns();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        boolean known = publicUrl.matches("https?://.+");
        return Optional.of(new Examination.Finding(
                "AS2 address",
                known,
                known
                        ? "asynchronous MDNs are wanted at %s.".formatted(publicUrl)
                        : "%s shall send asynchronous MDNs, and nothing says where; set lonja.as2.public-url, such as https://edi.example.com/as2, or nothing is sent to it."
                                .formatted(asked.get(0))));
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
