package io.lonja.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A side of {@link EdiBenchmark} in its JVM, with one processor. */
final class EdiChild implements AutoCloseable {

    /** The JVM is gone. */
    static final class EndedException extends IllegalStateException {

        private static final long serialVersionUID = 1;

        EndedException(String message) {
            super(message);
        }
    }

    private final String name;
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    private EdiChild(String name, ProcessBuilder builder) throws IOException {
        this.name = name;
        this.process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.US_ASCII), true);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** @param heap as {@code -Xmx} takes it */
    static EdiChild ours(EdiSide.Work work, Path batch, Path schemas, String guide, String heap) throws IOException {
        return new EdiChild(
                work.name(),
                new ProcessBuilder(command(
                        heap,
                        System.getProperty("java.class.path"),
                        EdiSide.class.getName(),
                        work.name(),
                        batch.toString(),
                        schemas.toString(),
                        guide)));
    }

    /** @param home where it keeps the compiled schema */
    static EdiChild cartridge(String classPath, Path program, Path configuration, Path batch, Path home)
            throws IOException {
        // Daffodil writes what it compiles below the working folder, and each reader of Smooks below the temporary one.
        List<String> command = command(
                "1500m",
                classPath,
                program.toAbsolutePath().toString(),
                batch.toAbsolutePath().toString(),
                configuration.toAbsolutePath().toString());
        Path temporary = Files.createDirectories(home.resolve("tmp")).toAbsolutePath();
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        return new EdiChild("the cartridge", new ProcessBuilder(command).directory(home.toFile()));
    }

    private static List<String> command(String heap, String classPath, String... program) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx" + heap,
                "-XX:ActiveProcessorCount=1",
                "-classpath",
                classPath));
        command.addAll(List.of(program));
        return command;
    }

    EdiSide.Turn turn(Duration time) throws IOException {
        commands.println(time.toMillis());
        String answer = answers.readLine();
        while (answer != null && !answer.matches("[0-9]+ [0-9]+ [0-9]+ [0-9a-f]{64} [0-9]+ [0-9]+")) {
            System.out.println(answer);
            answer = answers.readLine();
        }
        if (answer == null) {
            throw new EndedException("The side %s has ended; what it said stands above".formatted(name));
        }
        return EdiSide.Turn.of(answer);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
