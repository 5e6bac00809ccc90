package io.lonja.cli;

import io.lonja.archive.DataFolder;
import io.lonja.cli.demo.DemoDoors;
import io.lonja.cli.demo.DemoKeys;
import io.lonja.cli.demo.DemoPartners;
import io.lonja.cli.demo.DemoPlay;
import io.lonja.cli.demo.DemoTrade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

/** Starts the hub on an empty data folder of its own, plays the main job once, and leaves the hub running. */
@Command(name = "demo", description = "Starts the hub on a fresh data/demo and plays the main job once.")
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
        demo.add("--lonja.partners.also=" + HOME.resolve("partners"));
        demo.addAll(List.of(ServeCommand.checked(spec, settings)));
        empty(HOME);
        DataFolder data = DataFolder.at(HOME);
        DemoPartners.writeTo(data.folder("partners"));
        DemoKeys keys = DemoKeys.in(data);
        CommandLineDoor.Address address = hub.start(demo.toArray(String[]::new));
        DemoPlay.Played played = new DemoPlay(
                        new DemoDoors(address.https(), address.fingerprint(), address.sftpPort(), address.hostKey()),
                        data.root(),
                        keys,
                        Clock.systemUTC(),
                        DemoTrade.OF_THE_README,
                        System.out)
                .play();
        Path bundle = HOME.resolve("statement.zip");
        DataFolder.keep(data.root().resolve("statement.zip"), played.bundle());
        System.out.printf("%nThe supplier checks its statement without the hub: lonja.jar verify %s%n", bundle);
        spec.parent().commandLine().execute("verify", bundle.toString());
        System.out.printf("%nThe hub stays up at %s; stop it with Ctrl-C.%n", address.https());
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
