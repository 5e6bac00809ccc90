package io.lonja.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** The way in from the command line: finds the command, runs it, says with which code the process ends. */
public final class CommandLineDoor {

    /** What {@link #run} gives when the hub was started and the process must stay. */
    public static final int RUNNING = -1;

    private static final Set<String> ABOUT_THE_COMMAND_LINE = Set.of("--help", "-h", "--version", "-V");

    private final Hub hub;
    private final PrintWriter out;
    private final PrintWriter err;

    /** The hub's process; the offline commands never call it, so that they need no container. */
    public interface Hub {

        /**
         * Returns when the hub is ready.
         *
         * @param settings {@code --name=value}
         */
        Address start(String... settings);

        /** Opens archive and database without any traffic: no door, no route, no timer. Fails while a hub runs on them. */
        Parts open(String... settings);
    }

    /** What a hub without traffic is made of. */
    public interface Parts extends AutoCloseable {

        <T> T get(Class<T> type);

        @Override
        void close();
    }

    /**
     * Where a hub that was started answers.
     *
     * @param https the address over TLS
     * @param fingerprint SHA-256 of its certificate
     */
    public record Address(URI https, String fingerprint, int sftpPort, String hostKey) {}

    public CommandLineDoor(Hub hub) {
        this(hub, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
    }

    CommandLineDoor(Hub hub, PrintWriter out, PrintWriter err) {
        this.hub = hub;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs one command; without one, or with settings only, {@code serve}.
     *
     * @return 0 done, 1 done with findings, 2 refused or wrong usage, {@link #RUNNING} when the process must stay
     */
    public int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new LonjaCommand())
                .addSubcommand(new ServeCommand(hub))
                .addSubcommand(new DemoCommand(hub))
                .addSubcommand(new InspectCommand())
                .addSubcommand(new MapCommand())
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new LintCommand())
                .addSubcommand(new DoctorCommand())
                .addSubcommand(new RebuildCommand(hub))
                .addSubcommand(new ClientCommand())
                .addSubcommand(new PartnerCommand())
                .addSubcommand(new KeyCommand())
                .setExecutionExceptionHandler((failure, command, parsed) -> refused(failure, command));
        commandLine.setOut(out).setErr(err);
        return commandLine.execute(withDefaultCommand(arguments));
    }

    /** The last line a person reads: what stopped the command. The hub has logged the rest by then. */
    private static int refused(Exception failure, CommandLine command) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String sentence = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        command.getErr().println("lonja %s: %s".formatted(command.getCommandName(), sentence));
        return CommandLine.ExitCode.USAGE;
    }

    private static String[] withDefaultCommand(String[] arguments) {
        boolean settingsOnly = arguments.length == 0
                || arguments[0].startsWith("--") && !ABOUT_THE_COMMAND_LINE.contains(arguments[0]);
        if (!settingsOnly) {
            return arguments;
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(0, "serve");
        return all.toArray(String[]::new);
    }
}
