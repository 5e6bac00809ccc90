package io.lonja.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.Shipped;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DespatchAdvice;
import io.lonja.document.MappingProblem;
import io.lonja.edi.GuideId;
import io.lonja.edi.Standard;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A despatch advice of either standard: what stands in which package and which order, and what keeps it from counting. */
class DespatchMappingTests {

    private static final Path SCHEMAS = Path.of("schemas");
    private static final Mapping MAPPING = Shipped.mapping();
    private static final GuideId X12 = new GuideId("x12-004010-856");
    private static final GuideId EDIFACT = new GuideId("edifact-d96a-desadv");
    private static final String PALLET = "384123450000001018";

    /** A shipment of one order, one carton and one item. */
    private static final String NOTICE = "BSN*00*D-1*20260120*0905~HL*1**S~HL*2*1*O~PRF*PO-1***20260114~"
            + "HL*3*2*P~MAN*GM*" + PALLET + "~HL*4*3*I~LIN*1*VN*A-100~SN1**12*EA~CTT*4*12~";

    private static final String MESSAGE = "BGM+351+D-1+9'DTM+137:20260120:102'RFF+ON:PO-1'CPS+1'CPS+2+1'PAC+1++CT'"
            + "PCI+33E'GIN+BJ+" + PALLET + "'LIN+1'PIA+5+A-100:SA'QTY+12:12:PCE'CNT+2:1'";

    /** But for what each standard has codes of its own for, and what it counts. */
    @ParameterizedTest
    @ValueSource(strings = {"cartons-on-a-pallet", "several-orders"})
    void theSameShipmentInBothStandardsIsTheSameRecord(String sample) throws IOException {
        assertThat(record(X12, sample).toPrettyString())
                .isEqualTo(record(EDIFACT, sample).toPrettyString());
    }

    private static JsonNode record(GuideId guide, String sample) throws IOException {
        Path expected = SCHEMAS.resolve(guide.value()).resolve("samples/" + sample + ".expected.json");
        assertThat(Files.readString(expected)).isNotEmpty();
        JsonNode record = OutboundTemplateTests.said(
                OutboundTemplateTests.documents(expected).get(0));
        record.findParents("kind").forEach(parent -> ((ObjectNode) parent).remove("kind"));
        record.findParents("unit").forEach(parent -> ((ObjectNode) parent).remove("unit"));
        if (sample.equals("several-orders")) {
            // The ones differ in what only one of the standards says of them here.
            ((ObjectNode) record).remove(List.of("carriage", "dates"));
            record.path("lines").forEach(line -> ((ObjectNode) line).remove("number"));
            record.path("lines").forEach(line -> ((ObjectNode) line.path("references")).remove("purchase-order-line"));
        }
        return record;
    }

    @Test
    void anItemStandsInItsPackageAndItsOrder() {
        DespatchAdvice advice = x12(NOTICE);
        assertThat(advice.references()).containsEntry("purchase-order", List.of("PO-1"));
        assertThat(advice.dates()).containsKey("purchase-order");
        assertThat(advice.packages()).singleElement().satisfies(carton -> {
            assertThat(carton.sscc()).isEqualTo(PALLET);
            assertThat(carton.in()).isNull();
        });
        assertThat(advice.lines()).singleElement().satisfies(line -> {
            assertThat(line.in()).isZero();
            assertThat(line.references()).isEmpty();
            assertThat(line.quantity().unit()).isEqualTo("EA");
        });
        assertThat(edifact(MESSAGE).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.in()).isZero());
    }

    @Test
    void theBytesOfAPackageAreNotThoseOfWhatStandsInIt() {
        String carton = "HL*3*2*P~MAN*GM*" + PALLET + "~";
        byte[] interchange = SetText.interchange(NOTICE);
        DespatchAdvice.Package only = x12(NOTICE).packages().get(0);
        assertThat(new String(
                        interchange,
                        (int) only.wire().from(),
                        (int) (only.wire().to() - only.wire().from()),
                        ISO_8859_1))
                .isEqualTo(carton);
    }

    @Test
    void aPackageOfEdifactHasItsOwnSegmentsAndNotTheLines() {
        DespatchAdvice advice = edifact(MESSAGE);
        DespatchAdvice.Package carton = advice.packages().get(0);
        assertThat(carton.wire().to()).isEqualTo(advice.lines().get(0).wire().from());
    }

    @Test
    void whatTheCarrierTracesAPackageByIsKept() {
        assertThat(x12(NOTICE.replace("~HL*4", "~MAN*CP*1Z999~HL*4")).packages())
                .singleElement()
                .satisfies(carton -> assertThat(carton.marks()).containsEntry("carrier-package", "1Z999"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MAN*GM*384123450000001018 | MAN*GM*384123450000001019 | sscc-invalid
            MAN*GM*384123450000001018 | MAN*GM*38412345           | sscc-invalid
            MAN*GM*384123450000001018 | MAN*GM*384123450000001018*384123450000001025 | marks-in-a-range
            HL*3*2*P                  | HL*3*2*F                  | level-unknown
            CTT*4                     | CTT*3                     | level-count-differs
            CTT*4*12                  | CTT*4*13                  | quantity-hash-differs
            SN1**12                   | SN1**-12                  | quantity-negative
            BSN*00                    | BSN*01                    | purpose-not-original
            BSN*00*D-1*20260120       | BSN*00*D-1*20261320       | none
            """)
    void whatCannotCountHasASentence(String right, String wrong, String code) {
        TransactionSet set = SetText.set(NOTICE.replace(right, wrong));
        if (set.verdict() instanceof Verdict.Refused) {
            assertThat(code).isEqualTo("none");
            return;
        }
        assertThat(problems(set)).first().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.sentence()).matches("[A-Z0-9]+ \\(segment \\d+\\).*\\.");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CPS+2+1        | CPS+2+7            | level-parent-unknown
            CPS+2+1        | CPS+1              | level-number-twice
            PAC+1++CT      | PAC+2++CT          | none
            QTY+12:12:PCE' | QTY+21:12:PCE'     | quantity-missing
            CNT+2:1        | CNT+2:2            | line-count-differs
            GIN+BJ+384123450000001018 | GIN+BJ+384123450000001017 | sscc-invalid
            """)
    void edifactToo(String right, String wrong, String code) {
        List<MappingProblem> problems = problems(set(MESSAGE.replace(right, wrong)));
        if (code.equals("none")) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).extracting(MappingProblem::code).contains(code);
        }
    }

    /** Hostile: each level in the one before. */
    @Test
    void levelsAreNotFollowedForEver() {
        StringBuilder deep = new StringBuilder(MESSAGE.replace("CNT+2:1'", ""));
        for (int level = 3; level < 2_000; level++) {
            deep.append("CPS+%d+%d'PAC+1++CT'".formatted(level, level - 1));
        }
        Mapped mapped = MAPPING.map(set(deep.toString()), new MappingContext(null));
        assertThat(mapped.problems())
                .isNotEmpty()
                .allMatch(problem -> problem.code().equals("levels-too-deep"));
    }

    @Test
    void aDespatchAdviceWithoutALineIsHeld() {
        assertThat(problems(set("BGM+351+D-1+9'DTM+137:20260120:102'CPS+1'")))
                .extracting(MappingProblem::code)
                .containsExactly("lines-missing");
    }

    @Test
    void whatAGuideCannotSayIsASentence() {
        assertThatThrownBy(() -> write(X12, edifact(MESSAGE.replace("RFF+ON:PO-1'", "")), Standard.EDIFACT))
                .isInstanceOf(UnwritableDocumentException.class)
                .hasMessage(
                        "line 1 of despatch-advice D-1 of 2026-01-20 is for no order, and the guide cannot say a line but in its order");
        assertThatThrownBy(() -> write(X12, edifact(MESSAGE.replace("PIA+5+A-100:SA'", "")), Standard.EDIFACT))
                .isInstanceOf(UnwritableDocumentException.class)
                .hasMessage("the guide cannot say line 1 without an item code");
        assertThatThrownBy(() -> write(EDIFACT, x12(NOTICE.replace("12*EA", "12*ZZ")), Standard.X12))
                .isInstanceOf(UnwritableDocumentException.class)
                .hasMessageContaining("add from-x12.unit.ZZ to its names.properties");
    }

    @Test
    void aCodeWithoutANameGoesBackAsItCameAndIntoNoOtherStandard() {
        DespatchAdvice advice = edifact(MESSAGE.replace("RFF+ON", "DTM+358:20260122:102'RFF+ON"));
        assertThat(MAPPING.template(EDIFACT).orElseThrow().segments(advice, Standard.EDIFACT, Map.of()))
                .asString()
                .contains("358", "20260122");
        assertThatThrownBy(() -> write(X12, advice, Standard.EDIFACT))
                .isInstanceOf(UnwritableDocumentException.class)
                .hasMessageStartingWith("the date qualifier-358 of EDIFACT has no name");
    }

    private static void write(GuideId guide, BusinessDocument document, @Nullable Standard from) {
        MAPPING.template(guide).orElseThrow().segments(document, from, Map.of());
    }

    private static DespatchAdvice x12(String segments) {
        return content(SetText.set(segments));
    }

    private static DespatchAdvice edifact(String segments) {
        return content(set(segments));
    }

    private static TransactionSet set(String segments) {
        long count = segments.chars().filter(c -> c == '\'').count() + 2;
        return SetText.sets(("UNB+UNOC:3+A+B+260120:0815+1'UNH+1+DESADV:D:96A:UN'" + segments + "UNT+" + count
                                + "+1'UNZ+1+1'")
                        .getBytes(ISO_8859_1))
                .get(0);
    }

    private static DespatchAdvice content(TransactionSet set) {
        Mapped mapped = MAPPING.map(set, new MappingContext(null));
        assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
        return (DespatchAdvice) Objects.requireNonNull(mapped.content());
    }

    private static List<MappingProblem> problems(TransactionSet set) {
        assertThat(set.verdict()).isNotInstanceOf(Verdict.Refused.class);
        return MAPPING.map(set, new MappingContext(null)).problems();
    }
}
