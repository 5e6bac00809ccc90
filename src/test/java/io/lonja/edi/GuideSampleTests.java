package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.PARSER;
import static io.lonja.edi.EdiFixture.WRITER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each sample under {@code schemas/} is a case: what came in, and beside it what the sender is told. */
class GuideSampleTests {

    @TempDir
    static Path installed;

    private static InterchangeParser overlaid;

    @BeforeAll
    static void install() {
        overlaid = InterchangeParser.with(Guides.load(OverlayFixture.installed(installed)));
    }

    @TestFactory
    Stream<DynamicTest> aSampleIsAnsweredByteForByte() {
        return Stream.concat(EdiFixture.samples().stream(), OverlayFixture.samples().stream())
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> {
                    Path answer = Path.of(sample.toString().replaceFirst("\\.edi$", ".ack.edi"));
                    byte[] due = Files.exists(answer) ? EdiFixture.bytes(answer) : new byte[0];
                    byte[] given = inspection(sample).acknowledgments(WRITER, 1, AT);
                    assertThat(new String(given, ISO_8859_1)).isEqualTo(new String(due, ISO_8859_1));
                }));
    }

    @TestFactory
    Stream<DynamicTest> ourOwnAnswerReadsClean() {
        return EdiFixture.samples().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> {
                    byte[] given = inspection(sample).acknowledgments(WRITER, 999_999_990L, AT);
                    Reading reading = PARSER.parse(given);
                    assertThat(reading.interchanges()).isNotEmpty().allMatch(Interchange::acknowledgesOnly);
                    assertThat(EdiFixture.errors(reading)).isEmpty();
                    assertThat(new String(given, ISO_8859_1)).doesNotContain("\r", "\n");
                }))
                .filter(test -> !test.getDisplayName().matches(".*(-997|-999|-contrl)/samples/.*"));
    }

    @Test
    void everyGuideShowsFourAcceptedAndFourRefusedSamples() {
        for (Guide guide : EdiFixture.GUIDES.all()) {
            long accepted = EdiFixture.samples().stream()
                    .filter(sample -> sample.startsWith(
                            EdiFixture.SCHEMAS.resolve(guide.id().value())))
                    .filter(sample -> inspection(sample).exitCode() == Inspection.ACCEPTED)
                    .count();
            long refused = EdiFixture.samples().stream()
                    .filter(sample -> sample.startsWith(
                            EdiFixture.SCHEMAS.resolve(guide.id().value())))
                    .filter(sample -> inspection(sample).exitCode() == Inspection.REFUSED)
                    .count();
            assertThat(accepted).as("accepted samples of %s", guide.id()).isGreaterThanOrEqualTo(4);
            assertThat(refused).as("refused samples of %s", guide.id()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void anAcknowledgmentIsNeverAcknowledged() {
        assertThat(EdiFixture.samples())
                .filteredOn(sample -> sample.toString().matches(".*(-997|-999|-contrl)/samples/.*"))
                .hasSizeGreaterThan(30)
                .allSatisfy(sample -> assertThat(inspection(sample).acknowledgments(WRITER, 1, AT))
                        .isEmpty());
    }

    /** By the guide in whose folder the sample lies, which may be an overlay. */
    private static Inspection inspection(Path sample) {
        GuideId guide = new GuideId(sample.getParent().getParent().getFileName().toString());
        InterchangeParser parser = sample.startsWith(OverlayFixture.SCHEMAS) ? overlaid : PARSER;
        return Inspection.of(
                sample.toString(), EdiFixture.bytes(sample), parser.agreed(ReadingManner.by(Set.of(guide))));
    }
}
