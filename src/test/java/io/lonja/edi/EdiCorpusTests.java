package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.PARSER;
import static io.lonja.edi.EdiFixture.WRITER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Files that other people wrote: none crashes the reader, hangs it, or loses a byte. */
class EdiCorpusTests {

    private static final Path CORPUS = Path.of(System.getProperty("lonja.corpus", "../shared/edi-corpus"));
    private static final Duration PER_MEGABYTE_MAX = Duration.ofSeconds(1);
    private static final Duration SMALL_FILE_MAX = Duration.ofSeconds(2);

    @TestFactory
    Stream<DynamicTest> aForeignFileGetsADefinedOutcome() {
        List<Path> files = new ArrayList<>(EdiFixture.samples());
        if (Files.isDirectory(CORPUS)) {
            files.addAll(EdiFixture.files(CORPUS));
        }
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
        assertThat(inspection.report()).isNotBlank();
        assertThat(inspection.json()).doesNotContain("\n");
        if (inspection.reading().interchanges().isEmpty()) {
            assertThat(inspection.reading().errors()).isNotEmpty();
        }
        everyByteIsKept(payload, inspection.reading());
        byte[] answer = inspection.acknowledgments(WRITER, 1, AT);
        assertThat(EdiFixture.errors(PARSER.parse(answer)))
                .filteredOn(error -> answer.length > 0)
                .isEmpty();
    }

    /** Outside interchanges only what an error names; inside, segments follow each other with blanks between. */
    static void everyByteIsKept(byte[] payload, Reading reading) {
        long covered = 0;
        List<io.lonja.archive.ByteRange> ranges = Stream.concat(
                        reading.errors().stream().map(SyntaxError::bytes),
                        reading.interchanges().stream().map(Interchange::bytes))
                .sorted(java.util.Comparator.comparingLong(io.lonja.archive.ByteRange::from))
                .toList();
        for (io.lonja.archive.ByteRange range : ranges) {
            if (range.from() > covered) {
                assertThat(new String(payload, (int) covered, (int) (range.from() - covered), ISO_8859_1))
                        .isBlank();
            }
            covered = Math.max(covered, range.to());
        }
        for (Interchange interchange : reading.interchanges()) {
            for (FunctionalGroup group : interchange.groups()) {
                group.transactionSets().forEach(set -> segmentsAreTheirBytes(payload, interchange.delimiters(), set));
            }
        }
    }

    private static void segmentsAreTheirBytes(byte[] payload, Delimiters delimiters, TransactionSet set) {
        String element = Character.toString(delimiters.element());
        List<Segment> segments = EdiFixture.segments(set.content()).toList();
        long at = set.bytes().from();
        for (Segment segment : segments) {
            String gap = new String(payload, (int) at, (int) (segment.bytes().from() - at), ISO_8859_1);
            assertThat(gap.replace(Character.toString(delimiters.terminator()), ""))
                    .isBlank();
            String written = new String(
                    payload, (int) segment.bytes().from(), (int) segment.bytes().length(), ISO_8859_1);
            String joined = segment.id()
                    + segment.elements().stream()
                            .map(it -> element + joined(it, delimiters))
                            .collect(Collectors.joining());
            String content = written.endsWith(Character.toString(delimiters.terminator()))
                    ? written.substring(0, written.length() - 1)
                    : written;
            boolean beyondAscii = content.chars().anyMatch(c -> c > 0x7F);
            if (beyondAscii) {
                assertThat(joined.length()).isLessThanOrEqualTo(content.length());
            } else {
                String release = Character.toString(delimiters.release());
                assertThat(joined.replace(release, "")).isEqualTo(content.replace(release, ""));
            }
            at = segment.bytes().to();
        }
    }

    private static String joined(Segment.Element element, Delimiters delimiters) {
        return element.repetitions().stream()
                .map(components -> String.join(Character.toString(delimiters.component()), components))
                .collect(Collectors.joining(Character.toString(delimiters.repetition())));
    }

    @org.junit.jupiter.api.Test
    void theCorpusIsThere() {
        assumeTrue(Files.isDirectory(CORPUS), "No corpus at " + CORPUS + ": only the project's own samples were read");
        assertThat(EdiFixture.files(CORPUS)).hasSizeGreaterThan(100);
    }
}
