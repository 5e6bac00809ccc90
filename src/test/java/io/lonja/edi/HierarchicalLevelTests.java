package io.lonja.edi;

import static io.lonja.edi.EdiFixture.firstSet;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By the guides of {@code src/test/resources/edi/levels}: levels S, O in S, T and P in O, P in T, I in P. */
class HierarchicalLevelTests {

    private static final Path SCHEMAS = Path.of("src/test/resources/edi/levels/schemas");
    private static final InterchangeParser PARSER = InterchangeParser.with(Guides.load(SCHEMAS));

    /** A shipment with all that it needs before its first order. */
    private static final String SHIPMENT = "HL*1**S~REF*BM*1~N1*SF*From~N4*Graz~";

    @TempDir
    private Path schemas;

    private static Reading notice(String body) {
        String segments = "ST*856*0001~BSN*00*S1~" + body;
        long count = segments.chars().filter(c -> c == '~').count() + 1;
        return PARSER.parse(
                ("ISA*00*          *00*          *ZZ*A              *ZZ*B              *260114*0815*U*00401*000000001*0*P*>~"
                                + "GS*SH*A*B*20260114*0815*1*X*004010~" + segments + "SE*" + count
                                + "*0001~GE*1*1~IEA*1*000000001~")
                        .getBytes(ISO_8859_1));
    }

    private static List<String> errors(Reading reading) {
        return EdiFixture.errors(reading).stream()
                .map(error ->
                        "%d %s %d %s".formatted(error.segment(), error.segmentId(), error.element(), error.code()))
                .toList();
    }

    /** {@code 850(BSN HL-S(HL ...))}. */
    private static String shape(Loop loop) {
        return loop.nodes().stream()
                .map(node -> node instanceof Loop inner ? inner.name() + shape(inner) : ((Segment) node).id())
                .collect(Collectors.joining(" ", "(", ")"));
    }

    @Test
    void theGuidesOfTheseTestsHaveNoFault() {
        assertThat(Guides.load(SCHEMAS).faults()).isEmpty();
    }

    @Test
    void levelsNestAsTheyNameTheirParents() {
        Reading reading = notice(SHIPMENT + "HL*2*1*O~PRF*P1~HL*3*2*T~HL*4*3*P~LIN*a~HL*5*3*P~HL*6*2*P~HL*7*6*I~LIN*b~"
                + "HL*8*6*I~LIN*c~HL*9*1*O~PRF*P2~HL*10*9*T~CTT*2~");
        assertThat(errors(reading)).isEmpty();
        assertThat(shape(firstSet(reading).content()))
                .isEqualTo("(ST BSN HL-S(HL REF N1-SF(N1 N4)"
                        + " HL-O(HL PRF HL-O-T(HL HL-O-T-P(HL LIN) HL-O-T-P(HL)) HL-O-P(HL HL-O-P-I(HL LIN) HL-O-P-I(HL LIN)))"
                        + " HL-O(HL PRF HL-O-T(HL))) CTT SE)");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            HL*2*1*O~PRF*P1~                           | none
            HL*2*1*O~PRF*P1~HL*3*2*P~HL*4*3*I~LIN*a~   | none
            # No parent, another one, one that never came, one of another kind, one that is closed.
            HL*2**O~PRF*P1~                            | 7 HL 2 CONDITIONAL_ELEMENT_MISSING
            HL*2*7*O~PRF*P1~                           | 7 HL 2 LEVEL_PARENT_INVALID
            HL*2*1*O~PRF*P1~HL*3*1*P~                  | 9 HL 2 LEVEL_PARENT_INVALID
            HL*2*1*O~PRF*P1~HL*3*1*O~PRF*P2~HL*4*2*P~  | 11 HL 2 LEVEL_PARENT_INVALID
            # Numbers.
            HL*1*1*O~PRF*P1~                           | 7 HL 1 LEVEL_NUMBER_INVALID
            HL*3*1*O~PRF*P1~HL*4*3*P~                  | 7 HL 1 LEVEL_NUMBER_INVALID
            HL*02*1*O~PRF*P1~                          | 7 HL 1 LEVEL_NUMBER_INVALID
            HL**1*O~PRF*P1~                            | 7 HL 1 MANDATORY_ELEMENT_MISSING
            # Levels that nobody knows, and one where it does not nest.
            HL*2*1*O~PRF*P1~HL*3*2*X~                  | 9 HL 3 INVALID_CODE
            HL*2*1*O~PRF*P1~HL*3*2~                    | 9 HL 3 MANDATORY_ELEMENT_MISSING
            HL*2*1*O~PRF*P1~HL*3*2*I~                  | 9 HL 0 SEGMENT_OUT_OF_SEQUENCE
            # Three packs in a tare that holds two; the third would fit the order, but says otherwise.
            HL*2*1*O~PRF*1~HL*3*2*T~HL*4*3*P~HL*5*3*P~HL*6*3*P~ | 12 HL 2 LEVEL_PARENT_INVALID
            HL*2*1*O~HL*3*2*T~                         | 8 PRF 0 MANDATORY_SEGMENT_MISSING
            """)
    void aLevelIsJudgedByItsNumberAndParent(String levels, String expected) {
        List<String> errors = errors(notice(SHIPMENT + levels));
        assertThat(errors).isEqualTo(expected.equals("none") ? List.of() : List.of(expected));
    }

    @Test
    void whatIsMisplacedStaysWhereItCame() {
        String body = SHIPMENT + "HL*2*1*O~PRF*P1~HL*3*1*O~PRF*P2~HL*4*2*P~HL*5*4*X~LIN*a~CTT*2~";
        Reading reading = notice(body);
        assertThat(shape(firstSet(reading).content()))
                .isEqualTo("(ST BSN HL-S(HL REF N1-SF(N1 N4) HL-O(HL PRF) HL-O(HL PRF HL-O-P(HL HL LIN))) CTT SE)");
        assertThat(EdiFixture.segments(firstSet(reading).content())).hasSize(body.split("~").length + 3);
    }

    @Test
    void theTopLevelHasNoParent() {
        Reading reading = notice(SHIPMENT.replace("HL*1**S", "HL*1*1*S") + "HL*2*1*O~PRF*P1~");
        assertThat(errors(reading)).containsExactly("3 HL 2 LEVEL_PARENT_INVALID");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            HL*2**O~PRF*P1~                           | HL02 (Hierarchical Parent ID Number) in segment 7 is missing: this level stands in the loop HL-S, so it names the open level there, 1.
            HL*2*7*O~PRF*P1~                          | HL02 (Hierarchical Parent ID Number) in segment 7 names the level "7": no such level came before; this one stands in the open level 1 of the loop HL-S.
            HL*2*1*O~PRF*P1~HL*3*1*O~PRF*P2~HL*4*2*P~ | HL02 (Hierarchical Parent ID Number) in segment 11 names the level "2": that level came, but this one stands in the open level 3 of the loop HL-O; send a level among those of its own parent, before the next parent.
            HL*1*1*O~PRF*P1~                          | HL01 (Hierarchical ID Number) in segment 7 is "1": each level has a number of its own, and another HL of the set has this one.
            HL*3*1*O~PRF*P1~                          | HL01 (Hierarchical ID Number) in segment 7 is "3": the levels are counted from 1, so this one is 2.
            HL*2*1*O~PRF*P1~HL*3*2*X~                 | HL03 (Hierarchical Level Code) in segment 9 has the code "X", which the guide does not know; use one of S, O, T, P, I.
            """)
    void theSentenceSaysWhatToDo(String levels, String sentence) {
        assertThat(EdiFixture.errors(notice(SHIPMENT + levels)))
                .extracting(SyntaxError::sentence)
                .containsExactly(sentence);
    }

    @Test
    void acknowledgmentsTellWrongLevelsByTheirCodes() {
        for (ErrorCode code : List.of(ErrorCode.LEVEL_NUMBER_INVALID, ErrorCode.LEVEL_PARENT_INVALID)) {
            assertThat(code.fatal()).isTrue();
            assertThat(List.of(code.elementCode(), code.laterElementCode(), code.edifactCode()))
                    .containsExactly("7", "7", "12");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # Loops beside each other that are told apart come in any order; what nobody claims is the plain one's.
            REF*BM*1~N1*ST*To~N1*SF*From~N4*Graz~           | none                            | N1-ST(N1) N1-SF(N1 N4)
            REF*BM*1~N1*BY*Who~N1*SF*From~N4*Graz~N1*XX*Who~ | none                           | N1(N1) N1-SF(N1 N4) N1(N1)
            REF*BM*1~N1*SF*From~N4*Graz~N1*SF*Again~N4*Graz~ | 7 N1 0 LOOP_OVER_MAXIMUM       | N1-SF(N1 N4) N1-SF(N1 N4)
            REF*BM*1~N1*ST*To~                              | 6 N1 0 MANDATORY_SEGMENT_MISSING | N1-ST(N1)
            # And segments.
            REF*CN*1~REF*BM*1~REF*2I*2~N1*SF*F~N4*Graz~      | none                            | REF REF N1-SF(N1 N4)
            REF*BM*1~REF*BM*2~N1*SF*F~N4*Graz~               | 5 REF 0 SEGMENT_OVER_MAXIMUM    | REF N1-SF(N1 N4)
            REF*BM*1~REF*ZZ*2~N1*SF*F~N4*Graz~               | 5 REF 1 INVALID_CODE            | REF N1-SF(N1 N4)
            REF*CN*1~N1*SF*F~N4*Graz~                        | 5 REF 0 MANDATORY_SEGMENT_MISSING | N1-SF(N1 N4)
            """)
    void aQualifierTellsUsesOfOneSegmentApart(String body, String expected, String shape) {
        Reading reading = notice("HL*1**S~" + body + "HL*2*1*O~PRF*P1~");
        assertThat(errors(reading)).isEqualTo(expected.equals("none") ? List.of() : List.of(expected));
        assertThat(shape(firstSet(reading).content())).isEqualTo("(ST BSN HL-S(HL REF " + shape + " HL-O(HL PRF)) SE)");
    }

    @Test
    void whatIsMissingIsNamedByItsQualifier() {
        assertThat(EdiFixture.errors(notice("HL*1**S~REF*BM*1~HL*2*1*O~PRF*P1~")))
                .extracting(SyntaxError::sentence)
                .containsExactly("N1 (Name with N101 SF) before segment 5 is missing; send it.");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            DTM+2:20260114:102'DTM+137:20260114:102'CPS+1'CPS+2+1'CPS+7' | none
            DTM+137:20260114:102'DTM+64:20260114:102'CPS+1'              | 4 DTM 1 1 INVALID_CODE
            DTM+137:20260114:102'CPS+1'CPS+1+1'                          | 5 CPS 1 0 LEVEL_NUMBER_INVALID
            DTM+137:20260114:102'CPS+1'CPS+2+5'                          | 5 CPS 2 0 LEVEL_PARENT_INVALID
            DTM+137:20260114'                                            | 3 DTM 1 3 CONDITIONAL_ELEMENT_MISSING
            DTM+137::102'                                                | 3 DTM 1 2 CONDITIONAL_ELEMENT_MISSING
            """)
    void edifactHasLevelsAndQualifiersToo(String body, String expected) {
        long count = body.chars().filter(c -> c == '\'').count() + 3;
        Reading reading = PARSER.parse(
                ("UNB+UNOC:3+A+B+260114:0815+1'UNH+1+DESADV:D:96A:UN'BGM+351'" + body + "UNT+" + count + "+1'UNZ+1+1'")
                        .getBytes(ISO_8859_1));
        assertThat(EdiFixture.errors(reading).stream()
                        .map(error -> "%d %s %d %d %s"
                                .formatted(
                                        error.segment(),
                                        error.segmentId(),
                                        error.element(),
                                        error.component(),
                                        error.code())))
                .isEqualTo(expected.equals("none") ? List.of() : List.of(expected));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            <value>S</value>                               | <value>S</value><value>S</value>       | The code S is listed twice.
            <value>S</value>                               | ''                                     | A discriminator needs <enumeration> with its codes, each a <value>.
            <value>T</value>                               | <value>P</value>                       | The code P tells nothing apart: another use beside it has it too.
            "1" discriminator="3" levelIdPosition          | "1" discriminator="4" levelIdPosition  | HL has no single element at 4; name a component of a composite as 1.2.
            "1" discriminator="3" levelIdPosition          | "1" discriminator="x" levelIdPosition  | x is no position; write 3, or 1.2 for a component.
            "1" discriminator="3" levelIdPosition          | "1" levelIdPosition                    | <loop> lists codes, but no discriminator says of which element.
            "3" levelIdPosition="1" parentIdPosition="2"   | "3" levelIdPosition="1"                | A level has both levelIdPosition and parentIdPosition, each of a single element of HL.
            levelIdCounted="true"                          | levelIdCounted="yes"                   | levelIdCounted is true or false.
            levelIdCounted="true"                          | levelIdCounted="false"                 | Levels that begin with HL name themselves and their parents all in the same way.
            "L-N1-SF" minOccurs="1" discriminator="1"      | "L-N1-SF" minOccurs="1" discriminator="2" | Uses of one segment beside each other are told apart by the same element.
            """)
    void faultsOfSuchGuidesAreTold(String right, String wrong, String fault) throws IOException {
        String structure = Files.readString(SCHEMAS.resolve("x12-004010-856/structure.xml"));
        assertThat(structure).contains(right);
        Path folder = Files.createDirectories(schemas.resolve("x12-004010-856"));
        Files.writeString(
                folder.resolve(Guides.STRUCTURE),
                structure.replaceFirst(
                        java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong)));
        assertThat(Guides.load(schemas).faults())
                .isNotEmpty()
                .allMatch(it -> it.matches(".*structure\\.xml:\\d+: .*"))
                .anyMatch(it -> it.endsWith(": " + fault));
    }
}
