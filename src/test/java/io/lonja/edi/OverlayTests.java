package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTests {

    private static final String GOOD = "BEG*00*SA*4711**20260114~CUR*BY*EUR~N1*ST*Store*92*77~N4*Graz~PO1*1*5*EA*2~";

    @TempDir
    static Path installed;

    private static Guides guides;

    @TempDir
    private Path schemas;

    @BeforeAll
    static void install() {
        guides = Guides.load(OverlayFixture.installed(installed));
    }

    private static Reading order(Set<GuideId> agreed, String body) {
        long count = body.chars().filter(c -> c == '~').count() + 2;
        return InterchangeParser.with(guides)
                .agreed(ReadingManner.by(agreed))
                .parse(
                        ("ISA*00*          *00*          *ZZ*A              *ZZ*B              *260114*0815*U*00401*000000001*0*P*>~"
                                        + "GS*PO*A*B*20260114*0815*1*X*004010~ST*850*0001~" + body + "SE*" + count
                                        + "*0001~GE*1*1~IEA*1*000000001~")
                                .getBytes(ISO_8859_1));
    }

    private static List<String> errors(Reading reading) {
        return EdiFixture.errors(reading).stream()
                .map(error -> "%d %s %d %d %s"
                        .formatted(
                                error.segment(), error.segmentId(), error.element(), error.component(), error.code()))
                .toList();
    }

    @Test
    void liesOnItsBaseAndIsChosenOnlyWhereItIsAgreed() {
        assertThat(guides.faults()).isEmpty();
        assertThat(guides.all()).extracting(Guide::id).containsExactly(OverlayFixture.BASE);
        assertThat(guides.overlays()).extracting(Guide::id).containsExactly(OverlayFixture.ACME);
        assertThat(guides.select(Standard.X12, "004010", "850")).map(Guide::id).hasValue(OverlayFixture.BASE);
        assertThat(guides.agreed(Set.of(OverlayFixture.ACME)).select(Standard.X12, "004010VICS", "850"))
                .map(Guide::id)
                .hasValue(OverlayFixture.ACME);
        assertThat(guides.agreed(Set.of(OverlayFixture.BASE, new GuideId("x12-004010-850-gone")))
                        .select(Standard.X12, "004010", "850"))
                .map(Guide::id)
                .hasValue(OverlayFixture.BASE);
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GOOD                | GOOD                                          | none
            # Elements: lengths, codes, not used, components, relations.
            *SA*                | *NE*                                          | 2 BEG 2 0 INVALID_CODE
            *4711*              | *47110000001*                                 | 2 BEG 3 0 ELEMENT_TOO_LONG
            *4711**             | *4711*R1*                                     | 2 BEG 4 0 ELEMENT_NOT_USED
            *EUR                | *CHF                                          | 3 CUR 2 0 INVALID_CODE
            CUR*BY*EUR~         | CUR*BY*EUR~REF*AB*1**AB>123456~               | 4 REF 4 2 ELEMENT_TOO_LONG
            CUR*BY*EUR~         | CUR*BY*EUR~DTM*002*20260114***RD8*20260115~ | 4 DTM 5 0 EXCLUSION_VIOLATED
            # Segments and loops: required, not used, fewer.
            CUR*BY*EUR~         | ''                                            | 3 CUR 0 0 MANDATORY_SEGMENT_MISSING
            CUR*BY*EUR~         | CUR*BY*EUR~TAX*T1~                            | 4 TAX 0 0 SEGMENT_NOT_USED
            CUR*BY*EUR~         | CUR*BY*EUR~SAC*A*C310~                        | 4 SAC 0 0 SEGMENT_NOT_USED
            CUR*BY*EUR~         | CUR*BY*EUR~REF*A1*1~REF*A2*2~REF*A3*3~        | 6 REF 0 0 SEGMENT_OVER_MAXIMUM
            N4*Graz~            | ''                                            | 5 N4 0 0 MANDATORY_SEGMENT_MISSING
            N1*ST*Store*92*77~N4*Graz~ | ''                                      | 4 N1 0 0 MANDATORY_SEGMENT_MISSING
            # What is not used at one place may be used at another.
            PO1*1*5*EA*2~       | PO1*1*5*EA*2~SAC*A*C310~TAX*T1~               | none
            """)
    void judgesByWhatWasAgreed(String right, String sent, String expected) {
        String body = right.equals("GOOD") ? GOOD : GOOD.replace(right, sent);
        assertThat(errors(order(Set.of(), body)))
                .as("the base guide lets it pass")
                .isEmpty();
        assertThat(errors(order(Set.of(OverlayFixture.ACME), body)))
                .isEqualTo(expected.equals("none") ? List.of() : List.of(expected));
    }

    @Test
    void theSentenceNamesTheOverlay() {
        assertThat(EdiFixture.errors(order(Set.of(OverlayFixture.ACME), GOOD.replace("*4711**", "*47110000001*R*"))))
                .extracting(SyntaxError::sentence)
                .containsExactly(
                        "BEG03 (Purchase Order Number) in segment 2 is longer than 10 characters: \"47110000001\"; shorten it. So it is agreed in x12-004010-850-acme.",
                        "BEG04 (Release Number) in segment 2 is not used: \"R\"; leave it empty. So it is agreed in x12-004010-850-acme.");
        assertThat(EdiFixture.errors(order(Set.of(), GOOD.replace("*4711*", "*12345678901234567890123*"))))
                .singleElement()
                .satisfies(error -> assertThat(error.sentence()).doesNotContain("agreed"));
    }

    @Test
    void whatIsNotUsedStaysWhereItCame() {
        String body = GOOD.replace("CUR*BY*EUR~", "CUR*BY*EUR~TAX*T1~SAC*A*C310~");
        TransactionSet set = EdiFixture.firstSet(order(Set.of(OverlayFixture.ACME), body));
        assertThat(EdiFixture.segments(set.content()).map(Segment::id))
                .containsExactly("ST", "BEG", "CUR", "TAX", "SAC", "N1", "N4", "PO1", "SE");
    }

    @Test
    void withoutDifferencesItJudgesEverySampleOfItsBaseAlike() {
        Guides alike = Guides.load(OverlayFixture.overlaid(
                schemas, "<overlay xmlns=\"%s\" base=\"x12-004010-850\"/>".formatted(Markup.NAMESPACE)));
        assertThat(alike.faults()).isEmpty();
        InterchangeParser parser = InterchangeParser.with(alike);
        int sets = 0;
        for (Path sample : EdiFixture.samples()) {
            Reading plain = parser.parse(EdiFixture.bytes(sample));
            Reading overlaid =
                    parser.agreed(ReadingManner.by(Set.of(OverlayFixture.ACME))).parse(EdiFixture.bytes(sample));
            assertThat(errors(overlaid)).as(sample.toString()).isEqualTo(errors(plain));
            assertThat(segments(overlaid)).isEqualTo(segments(plain));
            sets += segments(plain).size();
        }
        assertThat(sets).isGreaterThan(20);
    }

    private static List<List<String>> segments(Reading reading) {
        return reading.interchanges().stream()
                .flatMap(interchange -> interchange.groups().stream())
                .flatMap(group -> group.transactionSets().stream())
                .map(set -> EdiFixture.segments(set.content())
                        .map(segment -> segment.position() + segment.id() + segment.bytes())
                        .toList())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <segment type="ZZZ" minOccurs="1"/>                  | x12-004010-850 has no segment ZZZ in 850.
            <segment type="N4" minOccurs="1"/>                   | x12-004010-850 has no segment N4 in 850.
            <loop code="L-XX" minOccurs="1"/>                    | x12-004010-850 has no loop L-XX in 850.
            <loop code="L-N1"><segment type="N1"/></loop>        | x12-004010-850 has no segment N1 in N1.
            <segment type="CUR" maxOccurs="2"/>                  | maxOccurs 2 of CUR is more than the 1 of the base guide; an overlay allows less, not more.
            <segment type="BEG" minOccurs="0"/>                  | minOccurs 0 of BEG is less than the 1 of the base guide; an overlay asks for more, not less.
            <segment type="BEG" maxOccurs="0"/>                  | maxOccurs 0 of BEG is less than minOccurs 1.
            <segmentType name="ZZZ"/>                            | x12-004010-850 has no segment ZZZ.
            <segmentType name="BEG"><element position="99"/></segmentType> | BEG has no element 99; write 3, or 1.2 for a component.
            <segmentType name="BEG"><element position="3.1"/></segmentType> | BEG03 has no component 1.
            <segmentType name="BEG"><element position="3" maxLength="23"/></segmentType> | BEG03 has lengths from 1 to 23, which is wider than 1 to 22 in the base guide.
            <segmentType name="BEG"><element position="3" minLength="9" maxLength="8"/></segmentType> | maxLength 8 of BEG03 is less than minLength 9.
            <segmentType name="BEG"><element position="2"><enumeration><value>QQ</value></enumeration></element></segmentType> | BEG02 has no code QQ in the base guide; add it by <enumeration codes="added">.
            <segmentType name="BEG"><element position="2"><enumeration codes="added"><value>TOOLONG</value></enumeration></element></segmentType> | The code TOOLONG of BEG02 is not of its length, 2 to 2.
            <segmentType name="BEG"><element position="3"><enumeration codes="added"><value>1</value></enumeration></element></segmentType> | BEG03 takes any code already; there is nothing to add to.
            <segmentType name="BEG"><element position="2"><enumeration/></element></segmentType> | BEG02 is left without any code; do not use it instead.
            <segmentType name="REF"><element position="4" maxLength="3"/></segmentType> | REF04 is a composite; its components have lengths.
            <segmentType name="BEG"><syntax type="paired"><position>3</position></syntax></segmentType> | A rule of BEG names at least two positions.
            <segmentType name="BEG"><composite/></segmentType>   | <composite> is not read in a segmentType of an overlay; known are element and syntax.
            <elementType name="E1"/>                             | <elementType> is not read in an overlay at this place; known are segment, loop and, outside of loops, segmentType.
            """)
    void everyFaultIsToldWithItsLine(String difference, String fault) {
        Guides faulty = Guides.load(OverlayFixture.overlaid(
                schemas,
                "<overlay xmlns=\"%s\" base=\"x12-004010-850\">\n\n%s\n</overlay>"
                        .formatted(Markup.NAMESPACE, difference)));
        assertThat(faulty.overlays()).isEmpty();
        assertThat(faulty.all()).hasSize(1);
        assertThat(faulty.faults()).contains(file() + ":3: " + fault);
    }

    @Test
    void codesCanBeAddedByName() {
        String overlay =
                "<overlay xmlns=\"%s\" base=\"x12-004010-850\"><segmentType name=\"BEG\"><element position=\"2\"><enumeration codes=\"added\"><value>QQ</value></enumeration></element></segmentType></overlay>"
                        .formatted(Markup.NAMESPACE);
        Guides added = Guides.load(OverlayFixture.overlaid(schemas, overlay));
        assertThat(added.faults()).isEmpty();
        byte[] sample = EdiFixture.sample("x12-004010-850", "single-line")
                .replaceFirst("BEG\\*00\\*..\\*", "BEG*00*QQ*")
                .getBytes(ISO_8859_1);
        InterchangeParser parser = InterchangeParser.with(added);
        assertThat(EdiFixture.codes(parser.parse(sample))).containsExactly(ErrorCode.INVALID_CODE);
        assertThat(EdiFixture.codes(parser.agreed(ReadingManner.by(Set.of(OverlayFixture.ACME)))
                        .parse(sample)))
                .isEmpty();
    }

    @Test
    void itsBaseIsAGuideThatIsThereAndNoOverlay() throws IOException {
        Path folder = Files.createDirectories(schemas.resolve(OverlayFixture.ACME.value()));
        Files.writeString(
                folder.resolve(Guides.OVERLAY),
                "<overlay xmlns=\"%s\" base=\"x12-004010-850\"/>".formatted(Markup.NAMESPACE));
        assertThat(Guides.load(schemas).faults())
                .containsExactly(file() + ":1: There is no guide x12-004010-850 that this could lie on.");

        OverlayFixture.overlaid(
                schemas, "<overlay xmlns=\"%s\" base=\"x12-004010-850-other\"/>".formatted(Markup.NAMESPACE));
        assertThat(Guides.load(schemas).faults())
                .containsExactly(
                        file()
                                + ":1: The folder says that this lies on x12-004010-850, but its base is x12-004010-850-other; a base is a guide with a structure.xml and no overlay.");

        OverlayFixture.installed(schemas);
        Files.writeString(folder.resolve(Guides.STRUCTURE), "<schema/>");
        assertThat(Guides.load(schemas).faults())
                .containsExactly(
                        folder.resolve(Guides.STRUCTURE)
                                + ":1: An overlay has the structure of its base guide and none of its own; leave this file out.");
    }

    /** As a bundle of a statement keeps it. */
    @Test
    void withTheStructureOfItsBaseInItsFolderItIsReadAlone() throws IOException {
        OverlayFixture.installed(schemas);
        Path alone = Files.createDirectories(schemas.resolve("alone").resolve(OverlayFixture.ACME.value()));
        for (String[] file : new String[][] {
            {OverlayFixture.ACME.value(), Guides.OVERLAY}, {OverlayFixture.BASE.value(), Guides.STRUCTURE}
        }) {
            Files.copy(schemas.resolve(file[0]).resolve(file[1]), alone.resolve(file[1]));
        }
        Guides read = Guides.load(alone.getParent());
        assertThat(read.faults()).isEmpty();
        assertThat(read.all()).isEmpty();
        assertThat(read.agreed(Set.of(OverlayFixture.ACME)).select(Standard.X12, "004010", "850"))
                .map(Guide::id)
                .hasValue(OverlayFixture.ACME);
    }

    private String file() {
        return schemas.resolve(OverlayFixture.ACME.value())
                .resolve(Guides.OVERLAY)
                .toString();
    }
}
