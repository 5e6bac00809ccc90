package io.lonja.force;

import io.lonja.transport.as2.Keys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A foreign product in a JVM of its own, with the class path that Maven makes of
 * {@code src/bench/peers/<peer>/pom.xml}, so that none of it is ever on ours. What it says goes to {@code log.txt} in its
 * home and in the end to {@code target/<peer>.log}.
 */
public abstract class PeerProcess implements AutoCloseable {

    static final String PASSWORD = "peer-keys";

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    private final String peer;
    private final Path home;
    private final int port;
    private Process process;

    /**
     * @param peer the name of its folder
     * @param home for everything it writes
     */
    PeerProcess(String peer, Path home) throws IOException {
        this.peer = peer;
        this.home = Files.createDirectories(home).toAbsolutePath();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    /** Where it listens for messages of the hub. */
    public final URI address() {
        return URI.create("http://127.0.0.1:%d/as2".formatted(port));
    }

    public final ProcessHandle process() {
        return process.toHandle();
    }

    final Path home() {
        return home;
    }

    final int port() {
        return port;
    }

    /** A file that belongs to this peer. */
    final Path file(String name) {
        return PeerLibraries.file(peer, name);
    }

    /** What is written to its standard input. */
    final OutputStream input() {
        return process.getOutputStream();
    }

    /** @param arguments of the JVM, the main class and its arguments; returns when the log says {@code ready} */
    final void start(String ready, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                PeerLibraries.classPath(peer, home)));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log.txt").toFile())
                .start();
        Awaitility.await().atMost(READY_WITHIN).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("%s ended: %s".formatted(peer, log()));
            }
            return log().contains(ready);
        });
    }

    /**
     * Its key as {@code peer} and the hub's certificate as {@code lonja}; written by Bouncy Castle, since an old one
     * cannot read what today's Java writes.
     */
    final Path keyStore(Keys own, Keys hub) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12", new BouncyCastleProvider());
        store.load(null, null);
        store.setKeyEntry("peer", own.key(), PASSWORD.toCharArray(), new Certificate[] {own.certificate()});
        store.setCertificateEntry("lonja", hub.certificate());
        Path file = home.resolve("keys.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** Where it files what it received, one file a document, names beginning {@code LONJA-NAME-}. */
    public abstract Path inbox();

    /** What it received for this name of its own, in no order. */
    final List<byte[]> received(String name) throws IOException {
        if (!Files.isDirectory(inbox())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inbox())) {
            return files.filter(file -> file.getFileName().toString().startsWith("LONJA-%s-".formatted(name)))
                    .map(PeerProcess::bytes)
                    .toList();
        }
    }

    final String log() {
        return new String(bytes(home.resolve("log.txt")), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    @Override
    public final void close() {
        if (process != null) {
            process.destroyForcibly();
            // For whoever wants to know what it said.
            try {
                Files.copy(
                        home.resolve("log.txt"),
                        Files.createDirectories(Path.of("target")).resolve(peer + ".log"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
