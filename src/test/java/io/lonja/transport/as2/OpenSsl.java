package io.lonja.transport.as2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The {@code openssl} of this machine: somebody else's judgement of what is signed and encrypted here. */
public final class OpenSsl {

    private OpenSsl() {}

    public record Ran(int exit, String output) {}

    /** Skips the test with a message where there is none. */
    public static void assumeInstalled() {
        boolean there;
        try {
            there = run(Path.of("."), "openssl", "version").exit() == 0;
        } catch (IOException e) {
            there = false;
        }
        Assumptions.assumeTrue(there, "There is no openssl on this machine; what it would verify was not verified");
    }

    public static Ran run(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("%s does not end".formatted(command[0]));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        return new Ran(process.exitValue(), output);
    }
}
