package io.lonja.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Starts the hub and leaves it running. */
@Command(
        name = "serve",
        description = "Starts the hub. Settings are --name=value, for instance --lonja.home=/var/lib/lonja.")
class ServeCommand implements Callable<Integer> {

    private final CommandLineDoor.Hub hub;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    ServeCommand(CommandLineDoor.Hub hub) {
        this.hub = hub;
    }

    /** The hub is left running, so its parts stay open. */
    @Override
    @SuppressWarnings("MustBeClosedChecker")
    public Integer call() {
        hub.start(checked(spec, settings));
        return CommandLineDoor.RUNNING;
    }

    /** Settings as the hub takes them; anything else on the line is a mistake worth telling. */
    static String[] checked(CommandSpec spec, List<String> settings) {
        for (String setting : settings) {
            if (!setting.matches("--[a-z][A-Za-z0-9.\\[\\]-]*=.*")) {
                throw new ParameterException(
                        spec.commandLine(), "%s is not a setting; write --name=value.".formatted(setting));
            }
        }
        return settings.toArray(String[]::new);
    }
}
