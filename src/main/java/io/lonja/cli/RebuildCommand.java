package io.lonja.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.archive.Rebuild;
import io.lonja.commission.Ledger;
import io.lonja.commission.TrialBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Makes the database again from the archive. */
@Command(
        name = "rebuild",
        description = "Empties the database of a stopped hub, replays the archive into it and prints the ledger's hash."
                + " Settings are --name=value, as for serve.")
class RebuildCommand implements Callable<Integer> {

    private final CommandLineDoor.Hub hub;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RebuildCommand(CommandLineDoor.Hub hub) {
        this.hub = hub;
    }

    @Override
    public Integer call() {
        try (CommandLineDoor.Parts parts = hub.open(ServeCommand.checked(spec, settings))) {
            long entries = parts.get(Rebuild.class).run();
            TrialBalance balance = parts.get(Ledger.class).trialBalance();
            boolean balanced = balance.currencies().stream()
                    .allMatch(line -> line.difference().isZero());
            spec.commandLine()
                    .getOut()
                    .println(
                            json
                                    ? new ObjectMapper()
                                            .createObjectNode()
                                            .put("entries", entries)
                                            .put("ledgerEntries", balance.entries())
                                            .put("balanced", balanced)
                                            .put("hash", balance.hash().hex())
                                    : "Replayed %d archive entries: %d ledger entries, %s, hash %s"
                                            .formatted(
                                                    entries,
                                                    balance.entries(),
                                                    balanced ? "balanced" : "NOT BALANCED",
                                                    balance.hash().hex()));
            return balanced ? 0 : 1;
        }
    }
}
