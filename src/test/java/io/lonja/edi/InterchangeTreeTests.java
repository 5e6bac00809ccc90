package io.lonja.edi;

import static io.lonja.edi.EdiFixture.GUIDES;
import static io.lonja.edi.EdiFixture.PARSER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterchangeTreeTests {

    private static final long SEED = 20261127;

    @TempDir
    private Path folder;

    @Test
    void namesEveryLevelAsTheGuideDoes() {
        assertThat(tree(EdiFixture.sample("x12-004010-850", "single-line"))
                        .lines()
                        .map(String::strip))
                .contains(
                        "ISA  Interchange Control Header",
                        "ISA05  Interchange ID Qualifier: ZZ",
                        "GS  Functional Group Header",
                        "1 ST  Transaction Set Header",
                        "2 BEG  Beginning of Purchase Order",
                        "BEG01  Transaction Set Purpose: 00",
                        "Loop PO1",
                        "GE  Functional Group Trailer",
                        "IEA  Interchange Control Trailer");
    }

    @Test
    void loopsStandInsideTheirLoops() {
        String tree = tree(EdiFixture.sample("edifact-d96a-orders", "destination-quantities"));
        assertThat(tree).contains("Loop SG25\n").containsPattern("\n( +)Loop SG25\n\\1  \\d+ LIN ");
        assertThat(tree.lines().map(String::strip))
                .contains(
                        "UNH02-1  Message type: ORDERS",
                        "Messages without a group",
                        "UNB01-1  Syntax identifier: UNOC");
    }

    @Test
    void saysUnderTheMissingElementWhatTheGuideWants() {
        assertThat(tree(EdiFixture.sample("x12-004010-850", "missing-po-number")))
                .containsPattern(
                        "( +)\\| BEG\\*(..)\\*(..)\\*\\*.*\n\\1\\|           \\^\n"
                                + "\\1! BEG03 \\(Purchase Order Number\\) in segment 2 is missing; send it\\.\n"
                                + "\\1  The guide: AN 1\\.\\.22, mandatory\\. Code: mandatory-element-missing, at byte 187\\.\n");
    }

    @Test
    void writesLengthsAsEdifactDoes() {
        String longNumber = EdiFixture.sample("edifact-d96a-orders", "destination-quantities")
                .replaceFirst("BGM\\+220\\+[^+']*", "BGM+220+" + "N".repeat(36));
        assertThat(tree(longNumber))
                .containsPattern("\\| {9}\\^{36}\n")
                .contains("The guide: an..35, mandatory. Code: element-too-long");
    }

    @Test
    void saysWhereASegmentBelongs() {
        String order = EdiFixture.sample("x12-004010-850", "single-line");
        String late = order.replaceFirst("(CTT\\*[^~]*~)", "$1BEG*00*SA*1**20261101~");
        assertThat(tree(late)).contains("The guide: BEG stands in the transaction set itself, exactly once.");
        String without = order.replaceFirst("BEG\\*[^~]*~\\s*", "");
        assertThat(tree(without)).contains("! BEG (Beginning of Purchase Order) before segment 2 is missing");
    }

    @Test
    void saysWhatTheStandardWantsOfTheEnvelope() {
        String order = EdiFixture.sample("x12-004010-850", "single-line");
        String wrong =
                order.replaceFirst("(ISA(\\*[^*]*){14}\\*)P", "$1X").replaceFirst("(ISA(\\*[^*]*){14}\\*)T", "$1X");
        assertThat(tree(wrong)).contains("The standard: ID 1, mandatory. Code: usage-indicator-invalid");
    }

    @Test
    void withoutAGuideShowsTheSegmentsAndSaysWhichGuidesThereAre() {
        String shippingOrder = EdiFixture.sample("x12-004010-850", "single-line")
                .replace("ST*850", "ST*940")
                .replace("GS*PO", "GS*OW");
        String tree = tree(shippingOrder);
        assertThat(tree)
                .contains(
                        "No guide names what stands in it; there are guides for edifact-d01b-desadv, edifact-d01b-invoic, edifact-d01b-orders, edifact-d01b-ordrsp,")
                .contains("x12-004010-850")
                .containsPattern("\n +2 BEG\n +BEG01 {2}00\n");
    }

    @Test
    void withoutAnyGuideSaysSo() {
        Guides none = Guides.load(folder);
        byte[] payload = EdiFixture.sample("x12-004010-850", "single-line").getBytes(ISO_8859_1);
        StringWriter out = new StringWriter();
        Inspection.of("x", payload, InterchangeParser.with(none)).tree(none, new PrintWriter(out));
        assertThat(out.toString()).contains("No guide names what stands in it, and none is installed.\n");
    }

    @Test
    void shortensLongElements() {
        String tree = tree(EdiFixture.sample("edifact-d96a-orders", "destination-quantities")
                .replaceFirst("BGM\\+220\\+[^+']*", "BGM+220+" + "N".repeat(20_000)));
        assertThat(tree).contains("BGM02  Document number: " + "N".repeat(60) + "... (19940 characters more)\n");
        assertThat(tree.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(400));
    }

    @Test
    void nothingOfThePayloadReachesTheTerminalAsACommand() {
        String order = EdiFixture.sample("x12-004010-850", "single-line");
        String[] hostile = {
            order.replace("*850*", "*\u001b]0;x\u0007*"),
            order.replace("~CTT", "~\u001b[31m*\u009b2J~CTT"),
            order.replace("BEG*00*", "BEG*\u001b[2J*"),
            order.replace("GS*PO*", "GS*\u001b[1m*"),
            order.replace("ZZ*", "Z\u001b*"),
            "\u001b[31mISA" + order + "\u001b[0m\u0085",
            "\u001b[31m"
        };
        for (String text : hostile) {
            Inspection inspection = Inspection.of("a\u001bb", text.getBytes(ISO_8859_1), PARSER);
            for (String shown : List.of(tree(inspection), EdiFixture.report(inspection), EdiFixture.json(inspection))) {
                assertThat(shown.chars().filter(c -> c != '\n' && Character.isISOControl(c)))
                        .as(shown)
                        .isEmpty();
            }
        }
    }

    @Test
    void noLetterTurnsTheDirectionOfALine() {
        String order = new String(
                EdiFixture.sample("x12-004010-850", "letters-beyond-ascii").getBytes(ISO_8859_1), UTF_8);
        byte[] turned = order.replaceFirst("N1\\*BY\\*", "N1*BY*\u202e").getBytes(UTF_8);
        assertThat(tree(Inspection.of("x", turned, PARSER)))
                .doesNotContain("\u202e")
                .contains("<202E>");
    }

    static List<Path> samples() {
        return EdiFixture.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void showsEveryErrorOnceAndEverySegment(Path sample) throws IOException {
        complete(Files.readAllBytes(sample));
    }

    @Test
    void staysCompleteHoweverBadThePayload() {
        Random random = new Random(SEED);
        List<Path> samples = EdiFixture.samples();
        for (int i = 0; i < 500; i++) {
            byte[] bytes = EdiFixture.bytes(samples.get(random.nextInt(samples.size())));
            for (int n = random.nextInt(6); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextBoolean() ? "*~+:'?>\n\u001b A9".charAt(random.nextInt(12)) : random.nextInt(256));
            }
            complete(bytes);
        }
    }

    private static void complete(byte[] payload) {
        Inspection inspection = Inspection.of("x", payload, PARSER);
        Reading reading = PARSER.parse(payload);
        String tree = tree(inspection);
        List<String> said = tree.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("! "))
                .sorted()
                .toList();
        assertThat(said)
                .as(new String(payload, ISO_8859_1))
                .isEqualTo(EdiFixture.errors(reading).stream()
                        .map(error -> "! " + error.sentence())
                        .sorted()
                        .collect(Collectors.toList()));
        long segments = reading.interchanges().stream()
                .flatMap(interchange -> interchange.groups().stream())
                .flatMap(group -> group.transactionSets().stream())
                .flatMap(set -> EdiFixture.segments(set.content()))
                .count();
        assertThat(tree.lines().filter(line -> line.matches(" +\\d+ (\\S.*)?"))).hasSize((int) segments);
    }

    private static String tree(String text) {
        return tree(Inspection.of("order.edi", text.getBytes(ISO_8859_1), PARSER));
    }

    private static String tree(Inspection inspection) {
        StringWriter out = new StringWriter();
        inspection.tree(GUIDES, new PrintWriter(out));
        return out.toString();
    }
}
