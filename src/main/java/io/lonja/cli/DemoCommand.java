package io.lonja.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Starts the hub on an empty data folder of its own. */
@Command(name = "demo", description = "Starts the hub on a fresh data/demo.")
class DemoCommand implements Callable<Integer> {

    private static final Path HOME = Path.of("data", "demo");

    private final CommandLineDoor.Hub hub;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    DemoCommand(CommandLineDoor.Hub hub) {
        this.hub = hub;
    }

    @Override
    public Integer call() {
        List<String> demo = new ArrayList<>(List.of("--lonja.home=" + HOME));
        demo.addAll(List.of(ServeCommand.checked(spec, settings)));
        empty(HOME);
        hub.start(demo.toArray(String[]::new));
        return CommandLineDoor.RUNNING;
    }

    private static void empty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot empty " + folder, e);
        }
    }
}
