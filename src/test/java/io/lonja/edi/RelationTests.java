package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each relation between three elements, in every combination of what is there, in segments and composites. */
class RelationTests {

    private static final String[] PRESENT = {"000", "001", "010", "011", "100", "101", "110", "111"};

    @TempDir
    static Path schemas;

    private static InterchangeParser parser;

    @BeforeAll
    static void writeAGuideForEachRelation() throws IOException {
        for (String guide : List.of("x12-004010-850", "x12-005010-850", "edifact-d96a-orders")) {
            StringBuilder uses = new StringBuilder();
            StringBuilder types = new StringBuilder();
            for (Guide.Relation relation : Guide.Relation.values()) {
                String syntax =
                        "<syntax type=\"%s\"><position>1</position><position>2</position><position>3</position></syntax>"
                                .formatted(relation.name().toLowerCase(java.util.Locale.ROOT));
                String four = "<sequence>" + "<element type=\"E1\" title=\"Text\"/>".repeat(4) + "</sequence>";
                int number = relation.ordinal();
                types.append("<compositeType name=\"C00%d\">%s%s</compositeType>".formatted(number, four, syntax));
                types.append("<segmentType name=\"S%d\">%s%s</segmentType>".formatted(number, four, syntax));
                types.append(
                        "<segmentType name=\"T%d\"><sequence><element type=\"E1\"/><composite type=\"C00%d\" maxOccurs=\"3\"/></sequence></segmentType>"
                                .formatted(number, number));
                uses.append("<segment type=\"S%d\"/><segment type=\"T%d\"/>".formatted(number, number));
            }
            Files.writeString(
                    Files.createDirectories(schemas.resolve(guide)).resolve(Guides.STRUCTURE),
                    "<schema xmlns=\"%s\"><transaction><sequence>%s</sequence></transaction><elementType name=\"E1\" maxLength=\"3\"/>%s</schema>"
                            .formatted(Markup.NAMESPACE, uses, types));
        }
        Guides guides = Guides.load(schemas);
        assertThat(guides.faults()).isEmpty();
        parser = InterchangeParser.with(guides);
    }

    /**
     * Written out by hand from the words of the standards. {@code 2@3}: AK403 2 at the third; {@code .}: all is well. The
     * columns tell which of the first, second and third are there.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            #           | 000 | 001 | 010 | 011  | 100 | 101  | 110  | 111
            PAIRED      | .   | 2@1 | 2@1 | 2@1  | 2@2 | 2@2  | 2@3  | .
            REQUIRED    | 2@1 | .   | .   | .    | .   | .    | .    | .
            EXCLUSION   | .   | .   | .   | 10@3 | .   | 10@3 | 10@2 | 10@2
            CONDITIONAL | .   | .   | .   | .    | 2@2 | 2@2  | 2@3  | .
            LIST        | .   | .   | .   | .    | 2@2 | .    | .    | .
            SINGLE      | 2@1 | .   | .   | 10@3 | .   | 10@3 | 10@2 | 10@2
            FIRSTONLY   | .   | .   | .   | .    | .   | 10@3 | 10@2 | 10@2
            """)
    void isJudgedByItsTruthTable(
            String relation, String c0, String c1, String c2, String c3, String c4, String c5, String c6, String c7) {
        int number = Guide.Relation.valueOf(relation).ordinal();
        List<String> expected = List.of(c0, c1, c2, c3, c4, c5, c6, c7);
        assertThat(verdicts("*", "S%d*%s".formatted(number, "%s"), false)).isEqualTo(expected);
        assertThat(verdicts(">", "T%d**%s".formatted(number, "%s"), false)).isEqualTo(expected);
        assertThat(verdicts("+", "S%d+%s".formatted(number, "%s"), true)).isEqualTo(expected);
        assertThat(verdicts(":", "T%d++%s".formatted(number, "%s"), true)).isEqualTo(expected);
    }

    /** The fourth is always there and in no rule, so that the whole is never absent. */
    private static List<String> verdicts(String separator, String segment, boolean edifact) {
        List<String> verdicts = new ArrayList<>();
        for (String present : PRESENT) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                parts.add(present.charAt(i) == '1' ? "A" : "");
            }
            parts.add("Z");
            String text = segment.formatted(String.join(separator, parts));
            List<SyntaxError> errors = EdiFixture.errors(edifact ? message(text) : set("004010", text));
            assertThat(errors).hasSizeLessThan(2);
            boolean inComposite = separator.equals(">") || separator.equals(":");
            verdicts.add(errors.isEmpty() ? "." : said(errors.get(0), inComposite));
            errors.forEach(error -> {
                assertThat(error.segment()).isEqualTo(2);
                assertThat(error.element() == 2 && error.component() > 0).isEqualTo(inComposite);
                assertThat(error.code().edifactCode()).isEqualTo("48");
                assertThat(error.fatal()).isTrue();
            });
        }
        return verdicts;
    }

    private static String said(SyntaxError error, boolean inComposite) {
        return error.code().elementCode() + "@" + (inComposite ? error.component() : error.element());
    }

    private static Reading set(String version, String segment) {
        return parser.parse(
                ("ISA*00*          *00*          *ZZ*A              *ZZ*B              *260114*0815*%s*0%s*000000001*0*P*>~"
                                        .formatted(version.equals("005010") ? "^" : "U", version.substring(1, 5))
                                + "GS*PO*A*B*20260114*0815*1*X*" + version + "~ST*850*0001~" + segment
                                + "~SE*3*0001~GE*1*1~IEA*1*000000001~")
                        .getBytes(ISO_8859_1));
    }

    private static Reading message(String segment) {
        return parser.parse(("UNB+UNOC:3+A+B+260114:0815+1'UNH+1+ORDERS:D:96A:UN'" + segment + "'UNT+3+1'UNZ+1+1'")
                .getBytes(ISO_8859_1));
    }

    @Test
    void anAbsentCompositeHasNoRelations() {
        int required = Guide.Relation.REQUIRED.ordinal();
        assertThat(EdiFixture.errors(set("004010", "T%d*A".formatted(required))))
                .isEmpty();
        assertThat(EdiFixture.errors(message("T%d+A+".formatted(required)))).isEmpty();
    }

    @Test
    void everyRepetitionIsJudgedByItself() {
        int paired = Guide.Relation.PAIRED.ordinal();
        Reading reading = set("005010", "T%d**A>B>C^A>B^>>>Z".formatted(paired));
        assertThat(EdiFixture.errors(reading))
                .singleElement()
                .satisfies(
                        error -> assertThat(error.sentence())
                                .isEqualTo(
                                        "T002-3 (Text) in segment 2 is missing: T002-1, T002-2, T002-3 are sent together or not at all."));
    }

    @Test
    void aReleasedSeparatorDividesNothing() {
        int exclusion = Guide.Relation.EXCLUSION.ordinal();
        assertThat(EdiFixture.errors(message("T%d++A?:::".formatted(exclusion))))
                .isEmpty();
        assertThat(EdiFixture.errors(message("T%d++A?::B".formatted(exclusion))))
                .extracting(SyntaxError::code)
                .containsExactly(ErrorCode.EXCLUSION_VIOLATED);
    }

    @Test
    void theErrorLiesWhereTheComponentIs() {
        int exclusion = Guide.Relation.EXCLUSION.ordinal();
        String text = "T%d++A:BC".formatted(exclusion);
        SyntaxError error = EdiFixture.errors(message(text)).get(0);
        assertThat(error.found()).isEqualTo("BC");
        assertThat(error.bytes().length()).isEqualTo(2);
    }

    @Test
    void positionsThatAreNoComponentsAreFaults() {
        String wrong =
                "<schema xmlns=\"%s\"><transaction><sequence><segment type=\"AB\"/></sequence></transaction><elementType name=\"E1\"/><compositeType name=\"C001\"><sequence><element type=\"E1\"/></sequence><syntax type=\"paired\"><position>1</position><position>2</position></syntax></compositeType><segmentType name=\"AB\"><sequence><composite type=\"C001\"/></sequence></segmentType></schema>"
                        .formatted(Markup.NAMESPACE);
        GuideReader reader = new GuideReader("structure.xml");
        assertThat(reader.read(wrong.getBytes(ISO_8859_1), new GuideId("x"), Standard.X12, "004010", "850"))
                .isEmpty();
        assertThat(reader.faults()).containsExactly("structure.xml:1: C001 has no element 2.");
    }
}
