package io.lonja.edi;

import static io.lonja.edi.LaterFixture.BENEFITS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes of X12 versions beside 004010: what is read, and what is said of what is not. */
class X12VersionsTests {

    private static final SecondOpinion STAEDI = new SecondOpinion(LaterFixture.CONFIG.resolve("schemas"));
    private static final String ORDER = EdiFixture.sample("x12-004010-850", "single-line");

    @ParameterizedTest
    @ValueSource(strings = {"00402", "00403", "00405", "00500", "00501", "00602", "00704", "00801"})
    void readsEveryEnvelopeUpToTheEighthVersion(String version) {
        assertThat(EdiFixture.codes(LaterFixture.read(BENEFITS.replace("*00501*", "*" + version + "*"))))
                .isEmpty();
    }

    @ParameterizedTest(name = "ISA11 {0} in {1} -> {2}, {3} repetitions")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ^   | 00401 | INTERCHANGE_STANDARD_INVALID | 1
            U   | 00401 | -                            | 1
            ^   | 00402 | -                            | 3
            U   | 00501 | -                            | 1
            Q   | 00501 | INTERCHANGE_STANDARD_INVALID | 1
            7   | 00501 | INTERCHANGE_STANDARD_INVALID | 1
            " " | 00501 | INTERCHANGE_STANDARD_INVALID | 1
            ":" | 00501 | INTERCHANGE_STANDARD_INVALID | 1
            ~   | 00501 | INTERCHANGE_STANDARD_INVALID | 1
            """)
    void takesWhatSeparatesRepetitionsFromIsa11(String written, String version, String code, int repetitions) {
        Reading reading = LaterFixture.read(BENEFITS.replace("*^*00501*", "*" + written + "*" + version + "*"));
        List<String> envelope = reading.interchanges().get(0).errors().stream()
                .map(error -> error.code().name())
                .toList();
        assertThat(envelope).isEqualTo(code.equals("-") ? List.of() : List.of(code));
        assertThat(benefit(reading).elements().get(2).repetitions()).hasSize(repetitions);
    }

    @ParameterizedTest(name = "{0} -> {1}: {2} in EB{3}")
    @CsvSource(delimiter = '|', textBlock = """
            30^33^AL | 30^33^AL^1  | TOO_MANY_REPETITIONS  | 3 | 12
            30^33^AL | 30^XX^AL    | INVALID_CODE          | 3 | 7
            30^33^AL | 30^333      | ELEMENT_TOO_LONG      | 3 | 5
            HC:4711  | HC:4711:X   | TOO_MANY_COMPONENTS   | 4 | 13
            *IND*    | *IND^FAM*   | TOO_MANY_REPETITIONS  | 2 | 12
            """)
    void judgesEveryRepetition(String what, String instead, ErrorCode code, int element, String ak403) {
        assertThat(EdiFixture.errors(LaterFixture.read(BENEFITS.replace(what, instead))))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.element()).isEqualTo(element);
                    assertThat(error.code().laterElementCode()).isEqualTo(ak403);
                });
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            *00501*               | *00901*                | INTERCHANGE_VERSION_NOT_SUPPORTED      | 003 | ISA12 is "00901", which is not read here; send one from 00200 to 00899
            *00501*               | *00199*                | INTERCHANGE_VERSION_NOT_SUPPORTED      | 003 | ISA12 is "00199"
            X*005010X279A1        | X*006010               | GROUP_VERSION_NOT_SUPPORTED            | 2   | there is no guide of version 006010, only for 271 in 005010: have it installed, or send what is read
            X*005010X279A1        | X*5010                 | GROUP_VERSION_NOT_SUPPORTED            | 2   | Version "5010" in GS08 is not read here; it begins with version and release in six digits
            X*005010X279A1        | X*005010X279A1Z        | GROUP_VERSION_NOT_SUPPORTED            | 2   | at most twelve characters
            X*005010X279A1        | X*                     | GROUP_VERSION_NOT_SUPPORTED            | 2   | Version empty in GS08
            GS*HB                 | GS*PO                  | TRANSACTION_SET_NOT_SUPPORTED          | 1   | there is no guide x12-005010-850, only for 271 in 005010: have it installed
            *0001*005010X279A1    | *0001*004010X092A1     | TRANSACTION_SET_IMPLEMENTATION_INVALID | 19  | ST03 is "004010X092A1" but GS08 is 005010X279A1;
            *0001*005010X279A1    | *0001*AN-IMPLEMENTATION-NAMED-AT-GREAT-LENGTH | ELEMENT_TOO_LONG | 5 | ST03 in segment 1 is longer than 35 characters
            """)
    void saysWhatIsNotReadWithItsCodeAndWhatToDo(
            String what, String instead, ErrorCode code, String number, String sentence) {
        String changed = BENEFITS.replace(what, instead);
        Reading reading = LaterFixture.read(code == ErrorCode.TRANSACTION_SET_NOT_SUPPORTED ? order(changed) : changed);
        SyntaxError error = EdiFixture.errors(reading).stream()
                .filter(each -> each.code() == code)
                .findFirst()
                .orElseThrow(() -> new AssertionError(EdiFixture.codes(reading)));
        assertThat(error.sentence()).contains(sentence);
        assertThat(error.code().noteCode()
                        + error.code().groupCode()
                        + error.code().transactionSetCode()
                        + error.code().laterElementCode())
                .isEqualTo(number);
        assertThat(error.fatal() || code == ErrorCode.ELEMENT_TOO_LONG).isTrue();
    }

    private static String order(String text) {
        return text.replace("ST*271", "ST*850");
    }

    @ParameterizedTest
    @ValueSource(strings = {"005010X279A1", "AN-IMPLEMENTATION", "005010"})
    void takesAnyImplementationOfTheVersion(String reference) {
        assertThat(EdiFixture.codes(LaterFixture.read(BENEFITS.replace("*0001*005010X279A1", "*0001*" + reference))))
                .isEmpty();
    }

    @Test
    void namesTheGuideThatIsMissingAndThoseOfTheSameSet() {
        Reading reading = EdiFixture.read(ORDER.replace("X*004010", "X*005010"));
        assertThat(EdiFixture.errors(reading))
                .filteredOn(error -> error.code() == ErrorCode.GROUP_VERSION_NOT_SUPPORTED)
                .singleElement()
                .extracting(SyntaxError::sentence)
                .asString()
                .isEqualTo("Version \"005010\" in GS08 is not read here; there is no guide x12-005010-850: send 850 in"
                        + " 004010, or have that guide installed.");
    }

    /** Acknowledgments of a version make no document of that version readable. */
    @Test
    void doesNotTakeTheVersionOfAcknowledgmentsForOneOfDocuments() {
        assertThat(EdiFixture.GUIDES.knowsVersion("005010", true)).isTrue();
        assertThat(EdiFixture.GUIDES.knowsVersion("005010", false)).isFalse();
        assertThat(EdiFixture.GUIDES.knowsVersion("004010VICS", false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "997, 003040, x12-004010-997",
        "997, 004060, x12-004010-997",
        "997, 005010X230, x12-005010-997",
        "997, 008030, x12-005010-997",
        "999, 004010, x12-005010-999",
        "999, 006020, x12-005010-999"
    })
    void readsAcknowledgmentsOfEveryVersion(String type, String version, String guide) {
        assertThat(EdiFixture.GUIDES.select(Standard.X12, version, type))
                .map(found -> found.id().value())
                .contains(guide);
    }

    @Test
    void writesWhatItReads() {
        byte[] written = InterchangeWriter.write(new OutboundInterchange(
                OutboundSyntax.x12("00501", UTF_8),
                new WireParty("ZZ", "LONJA"),
                new WireParty("ZZ", "HOTELMIRAMAR"),
                "12",
                Instant.parse("2026-01-15T09:30:00Z"),
                false,
                false,
                List.of(new OutboundInterchange.Group(
                        "HB",
                        "",
                        "",
                        "12",
                        "005010X279A1",
                        List.of(new OutboundInterchange.TransactionSet(
                                "271",
                                "0001",
                                List.of(
                                        OutboundSegment.of("BHT", "0022", "11", "CA^ET"),
                                        OutboundSegment.of("HL", "1", "", "20"),
                                        new OutboundSegment(
                                                "EB",
                                                List.of(
                                                        element("1"),
                                                        element(""),
                                                        new Segment.Element(List.of(List.of("30"), List.of("AL"))),
                                                        element("HC", "4711"))))))))));
        String text = new String(written, UTF_8);
        assertThat(text)
                .contains("*0930*|*00501*000000012*")
                .contains("ST*271*0001*005010X279A1~")
                .contains("EB*1**30|AL*HC>4711~");
        Reading reading = LaterFixture.PARSER.parse(written);
        assertThat(EdiFixture.errors(reading)).isEmpty();
        assertThat(benefit(reading).elements().get(2).repetitions()).containsExactly(List.of("30"), List.of("AL"));
        assertThat(STAEDI.errors(written)).isEmpty();
    }

    private static Segment.Element element(String... components) {
        return new Segment.Element(List.of(List.of(components)));
    }

    /** The second opinion is one: it finds a fault where there is one. */
    @Test
    void theSecondOpinionFindsFaults() {
        byte[] faulty = BENEFITS.replace("30^33^AL", "30^33^AL^1").getBytes(UTF_8);
        assertThat(STAEDI.errors(faulty)).isNotEmpty();
    }

    private static Segment benefit(Reading reading) {
        return EdiFixture.segments(EdiFixture.firstSet(reading).content())
                .filter(segment -> segment.id().toUpperCase(Locale.ROOT).equals("EB"))
                .findFirst()
                .orElseThrow();
    }
}
