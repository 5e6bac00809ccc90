package io.lonja.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jazzer, in a JVM of its own, guides bytes by the branches they take, from the samples of all guides on:
 * {@code lonja.fuzz.seconds} for each target, 30 when nothing is said, from {@code lonja.fuzz.seed}; with {@code
 * lonja.fuzz.second-look} also judged by those who share no code with the reader.
 */
@Tag("force")
@Tag("long")
class FuzzIT {

    private static final int SECONDS = Integer.getInteger("lonja.fuzz.seconds", 30);
    private static final int STARTED_WITHIN_SECONDS = 240;
    private static final int SEED = Integer.getInteger("lonja.fuzz.seed", 20260121);
    private static final boolean SECOND_LOOK = Boolean.getBoolean("lonja.fuzz.second-look");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"TokenizerFuzz", "EnvelopeFuzz", "ValidatorFuzz", "AcknowledgmentFuzz", "WriterFuzz"})
    void noBytesBreakIt(String target) throws Exception {
        Path seeds = seeds(Files.createDirectories(home.resolve("seeds")));
        Path found = Files.createDirectories(home.resolve("found"));
        Path log = Path.of("target", "fuzz-" + target + ".log").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dlonja.fuzz.second-look=" + SECOND_LOOK,
                "-XX:TieredStopAtLevel=1", // half a minute is too short for more
                "-cp",
                PeerLibraries.classPath("jazzer", home) + ":" + System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=io.lonja.edi." + target,
                "--instrumentation_includes=io.lonja.edi.**",
                "--custom_hook_includes=io.lonja.edi.**",
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + "/",
                "-max_total_time=" + SECONDS,
                "-max_len=8192",
                "-timeout=90",
                "-rss_limit_mb=3000",
                "-seed=" + SEED,
                "-use_value_profile=1",
                seeds.toString()));
        Process jazzer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(jazzer.waitFor(SECONDS + STARTED_WITHIN_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends by itself, see %s", target, log)
                    .isTrue();
        } finally {
            jazzer.destroyForcibly();
        }
        String said = Files.readString(log);
        Matcher done = DONE.matcher(said);
        assertThat(jazzer.exitValue()).as("%s found%n%s", target, end(said)).isZero();
        assertThat(done.find()).as(end(said)).isTrue();
        System.out.printf("FuzzIT: %s, %s runs in %s s, seed %d%n", target, done.group(1), done.group(2), SEED);
        assertThat(Long.parseLong(done.group(1))).isGreaterThan(SECONDS);
    }

    private static String end(String log) {
        return log.substring(Math.max(0, log.length() - 6_000));
    }

    private static Path seeds(Path into) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("schemas"))) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".edi")).sorted().toList()) {
                Files.copy(file, into.resolve(file.toString().replace('/', '_')));
            }
        }
        return into;
    }
}
