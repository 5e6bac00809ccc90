package io.lonja.edi;

import static io.lonja.edi.EdiFixture.PARSER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Files that other people wrote: none crashes the reader, hangs it, or loses a byte. */
class EdiCorpusTests {

    private static final Duration PER_MEGABYTE_MAX = Duration.ofSeconds(1);
    private static final Duration SMALL_FILE_MAX = Duration.ofSeconds(2);

    @TestFactory
    Stream<DynamicTest> aForeignFileGetsADefinedOutcome() {
        List<Path> files = new ArrayList<>(EdiFixture.samples());
        files.addAll(EdiCorpus.files());
        return files.stream().map(file -> DynamicTest.dynamicTest(file.toString(), () -> outcome(file)));
    }

    private static void outcome(Path file) {
        byte[] payload = EdiFixture.bytes(file);
        long begin = System.nanoTime();
        Inspection inspection = Inspection.of(file.getFileName().toString(), payload, PARSER);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(taken)
                .isLessThan(SMALL_FILE_MAX.plus(PER_MEGABYTE_MAX.multipliedBy(1 + payload.length / 1_000_000)));
        assertThat(inspection.exitCode()).isBetween(0, 2);
        assertThat(EdiFixture.report(inspection)).isNotBlank();
        assertThat(EdiFixture.json(inspection)).doesNotContain("\n");
        Reading reading = PARSER.parse(payload);
        FaithfulReading.everyByteIsKept(payload, reading);
        FaithfulReading.answersStand(payload, reading);
    }
}
