package io.lonja.force;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The packaged hub as an operator starts it, in a process of its own that can be killed without warning. */
public final class HubProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target/lonja.jar").toAbsolutePath();
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final int TOLD_LINES = 300;

    private final Process process;
    private final URI base;
    private final Duration startedIn;

    private HubProcess(Process process, URI base, Duration startedIn) {
        this.process = process;
        this.base = base;
        this.startedIn = startedIn;
    }

    /** The ports of one hub, free when they were asked for; the same over all its restarts. */
    public record Ports(int http, int https, int management, int sftp) {
        public static Ports free() throws IOException {
            try (ServerSocket one = new ServerSocket(0);
                    ServerSocket two = new ServerSocket(0);
                    ServerSocket three = new ServerSocket(0);
                    ServerSocket four = new ServerSocket(0)) {
                return new Ports(one.getLocalPort(), two.getLocalPort(), three.getLocalPort(), four.getLocalPort());
            }
        }
    }

    /** Starts the hub on this data and configuration and returns when it says that it is ready. */
    public static HubProcess start(Path home, Path config, Ports ports, String... more) throws IOException {
        return start(512, home, config, ports, more);
    }

    /** @param heapMegabytes the most that its heap may have */
    public static HubProcess start(int heapMegabytes, Path home, Path config, Ports ports, String... more)
            throws IOException {
        return start(List.of("-Xmx%dm".formatted(heapMegabytes), "-jar", JAR.toString()), home, config, ports, more);
    }

    /**
     * With these libraries beside the jar.
     *
     * @param providers a file of Java's security properties that puts a provider among them first
     */
    public static HubProcess startWithProvider(
            String libraries, Path providers, Path home, Path config, Ports ports, String... more) throws IOException {
        return start(
                List.of(
                        "-Xmx512m",
                        "-Djava.security.properties=" + providers.toAbsolutePath(),
                        "-cp",
                        JAR + File.pathSeparator + libraries,
                        "org.springframework.boot.loader.launch.JarLauncher"),
                home,
                config,
                ports,
                more);
    }

    private static HubProcess start(List<String> jvm, Path home, Path config, Ports ports, String... more)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "serve",
                "--lonja.home=" + home,
                "--lonja.config=" + config,
                "--server.port=" + ports.http(),
                "--lonja.https.port=" + ports.https(),
                "--lonja.sftp.port=" + ports.sftp(),
                "--management.server.port=" + ports.management()));
        command.addAll(List.of(more));
        Path log = home.resolveSibling(home.getFileName() + ".log");
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread output = new Thread(() -> copyUntilReady(process, log, ready), "hub-output");
        output.setDaemon(true);
        output.start();
        try {
            ready.get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            askForItsThreads(process);
            process.destroyForcibly();
            throw new IllegalStateException("The hub did not become ready; the end of what it said:\n" + end(log), e);
        }
        Duration startedIn = Duration.ofNanos(System.nanoTime() - started);
        return new HubProcess(process, URI.create("http://127.0.0.1:" + ports.http()), startedIn);
    }

    /** A Java process answers this signal with the stacks of its threads on its output; one that has ended ignores it. */
    private static void askForItsThreads(Process process) {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.waitFor(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("The stacks of the hub's threads cannot be asked for: " + e.getMessage());
        }
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
    }

    private static void copyUntilReady(Process process, Path log, CompletableFuture<Void> ready) {
        try (BufferedReader output = process.inputReader();
                var copy = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                copy.write(line);
                copy.newLine();
                copy.flush();
                if (line.startsWith("Lonja is ready")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IllegalStateException("The hub ended"));
    }

    /** A configuration folder with the project's own routes and guides and these partner profiles. */
    public static Path configuration(Path folder, Map<String, String> profiles) throws IOException {
        Files.createDirectories(folder.resolve("partners"));
        for (String name : List.of("routes", "schemas")) {
            copyTree(Path.of(name), folder.resolve(name));
        }
        for (var profile : profiles.entrySet()) {
            Path partner = Files.createDirectories(folder.resolve("partners").resolve(profile.getKey()));
            Files.writeString(partner.resolve("partner.yaml"), profile.getValue());
        }
        return folder;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    public URI base() {
        return base;
    }

    /** From the command to the ready line. */
    public Duration startedIn() {
        return startedIn;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** What it has of the machine's memory, now and at most, as the machine says. */
    public String resident() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList()
                .toString();
    }

    /** {@code kill -9}: no shutdown hook runs. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
