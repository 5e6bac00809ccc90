package io.lonja.force;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a foreign product runs on: its folder {@code src/bench/peers/<peer>} and what Maven resolves for it. */
public final class PeerLibraries {

    private static final Path PEERS = Path.of("src", "bench", "peers");
    private static final Duration RESOLVED_WITHIN = Duration.ofMinutes(5);

    private PeerLibraries() {}

    /** A file that belongs to this peer. */
    static Path file(String peer, String name) {
        return PEERS.resolve(peer).resolve(name).toAbsolutePath();
    }

    /**
     * @param peer the name of its folder
     * @param home where the class path is noted down
     */
    public static String classPath(String peer, Path home) throws IOException {
        Path pom = file(peer, "pom.xml");
        Path file = home.resolve("class-path.txt");
        Process maven = new ProcessBuilder(
                        "mvn",
                        "-q",
                        "-B",
                        "-f",
                        pom.toString(),
                        "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                        "-Dmdep.outputFile=" + file)
                .inheritIO()
                .start();
        try {
            if (!maven.waitFor(RESOLVED_WITHIN.toSeconds(), TimeUnit.SECONDS) || maven.exitValue() != 0) {
                throw new IllegalStateException("Maven does not resolve " + pom);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Maven resolves " + pom, e);
        }
        return Files.readString(file).strip();
    }
}
