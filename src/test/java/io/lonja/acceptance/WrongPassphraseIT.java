package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Lonja;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that has its keys and not their passphrase does not start, and its last line says what to do. */
class WrongPassphraseIT {

    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    @Test
    void endsTheStartWithOneSentenceAndCodeTwo() throws Exception {
        String home = folder.resolve("home").toString();
        assertThat(lonja("the right one, and long", "key", "new", "--home", home)
                        .code())
                .isZero();

        Ended ended = lonja(
                "another one, as long as it",
                "serve",
                "--lonja.home=" + home,
                "--lonja.config=" + Path.of("").toAbsolutePath(),
                "--server.port=0",
                "--lonja.https.port=0",
                "--lonja.sftp.port=0",
                "--management.server.port=0");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err().lines().toList())
                .last()
                .asString()
                .isEqualTo(
                        "lonja serve: The key %s/keys/as2-lonja.key.pem is sealed by another passphrase than LONJA_KEYS_PASSPHRASE; give the right one, or restore the key from the backup."
                                .formatted(home));
        assertThat(ended.out() + ended.err()).doesNotContain("another one, as long as it", "Lonja is ready");
    }

    private Ended lonja(String passphrase, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Lonja.class.getName()));
        command.addAll(List.of(arguments));
        File out = folder.resolve("out.txt").toFile();
        File err = folder.resolve("err.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().put("LONJA_KEYS_PASSPHRASE", passphrase);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } finally {
            process.destroyForcibly();
        }
    }
}
