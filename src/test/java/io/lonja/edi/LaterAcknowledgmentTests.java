package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.WRITER;
import static io.lonja.edi.FunctionalAcknowledgment.BY_997;
import static io.lonja.edi.FunctionalAcknowledgment.BY_999;
import static io.lonja.edi.LaterFixture.BENEFITS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What groups of X12 005010 and later are told: 997 of 005010, or 999. */
class LaterAcknowledgmentTests {

    private static final SecondOpinion STAEDI = new SecondOpinion(EdiFixture.SCHEMAS);

    private static final String TWO_FAULTS = BENEFITS.replace("HL*1**20~", "HL*1**20~HL*1*2*~")
            .replace("30^33^AL*HC:4711", "30^33^AL^1*HC:4711:X")
            .replace("SE*5", "SE*6");

    @Test
    void a997RepeatsVersionAndImplementationAndTellsSurplusApart() {
        assertThat(answer(TWO_FAULTS, BY_997))
                .startsWith("ISA*00*          *00*          *ZZ*LONJA          *ZZ*HOTELMIRAMAR   *260115*0930*^*00501*"
                        + "000000042*0*P*:~GS*FA*LONJA*HOTELMIRAMAR*20260115*0930*42*X*005010~ST*997*0001~")
                .contains("AK1*HB*107*005010X279A1~AK2*271*0001*005010X279A1~AK3*HL*4**8~AK4*3*735*1~AK3*EB*5**8~"
                        + "AK4*3*1365*12~AK4*4**13~AK5*R*5~AK9*R*1*1*0~SE*11*0001~");
    }

    @Test
    void a999SaysTheSameInItsOwnSegments() {
        assertThat(answer(TWO_FAULTS, BY_999))
                .contains("*X*005010X231A1~ST*999*0001*005010X231A1~AK1*HB*107*005010X279A1~")
                .contains("AK2*271*0001*005010X279A1~IK3*HL*4**8~IK4*3*735*1~IK3*EB*5**8~IK4*3*1365*12~IK4*4**13~")
                .contains("IK5*R*5~AK9*R*1*1*0~SE*11*0001~")
                .doesNotContain("AK3", "AK4", "AK5");
    }

    /** IK3 has room for one code: what a 997 says in one note takes two. */
    @Test
    void a999GivesEveryFaultOfASegmentANoteOfItsOwn() {
        String tooOften = BENEFITS.replace("EB*1*IND*30^33^AL*HC:4711~", "EB*1~".repeat(5) + "EB**IND~")
                .replace("SE*5", "SE*10");
        assertThat(answer(tooOften, BY_999)).contains("IK3*EB*9**5~IK3*EB*9**8~IK4*1*1390*1~IK5*R*5~");
        assertThat(answer(tooOften, BY_997)).contains("AK3*EB*9**5*8~AK4*1*1390*1~AK5*R*5~");
    }

    @ParameterizedTest(name = "{0} by {1} -> {2} in {3}, ISA12 {4}")
    @CsvSource({
        "004010, BY_997, 997, 004010, 00401",
        "004010, BY_999, 997, 004010, 00401",
        "004060, BY_999, 997, 004010, 00401",
        "005010, BY_997, 997, 005010, 00501",
        "005010X222A1, BY_999, 999, 005010X231A1, 00501",
        "006030, BY_997, 997, 005010, 00501",
        "008010, BY_999, 999, 005010X231A1, 00501",
        "bogus, BY_999, 997, 004010, 00401"
    })
    void theVersionOfTheGroupDecides(
            String received, FunctionalAcknowledgment agreed, String set, String version, String interchange) {
        String order = EdiFixture.sample("x12-004010-850", "single-line").replace("X*004010", "X*" + received);
        String answer = new String(
                WRITER.functional(EdiFixture.read(order).interchanges().get(0), agreed, 42, AT)
                        .orElseThrow(),
                ISO_8859_1);
        assertThat(answer)
                .contains("*" + interchange + "*000000042*", "*X*" + version + "~ST*" + set + "*0001")
                .contains(received.equals("004010") ? "AK9*A*1*1*1~" : "AK9*R*1*1*0*2~");
        reads(answer, version.substring(0, 6), set);
    }

    /** Both stand under one header: the older group is not told in a version that its sender may not read. */
    @Test
    void groupsOfTwoVersionsAreAnsweredEachInItsOwn() {
        String two = BENEFITS.replace(
                "IEA*1", "GS*PO*HOTELMIRAMAR*LONJA*20260114*0815*108*X*004010~ST*850*0001~SE*2*0001~GE*1*108~IEA*2");
        assertThat(answer(two, BY_999))
                .contains("*42*X*005010X231A1~ST*999*0001*005010X231A1~AK1*HB*107*005010X279A1~")
                .contains("*100000042*X*004010~ST*997*0001~AK1*PO*108~AK2*850*0001~")
                .endsWith("IEA*2*000000042~");
    }

    @ParameterizedTest(name = "{0} -> {1}, by {2}")
    @CsvSource(delimiter = '|', textBlock = """
            ~HL*1     | ~HL*1      | BY_997 | 997
            ~HL*1     | ~HL*1      | BY_999 | 999
            30^33^AL  | 30^^A:B:C  | BY_997 | 997
            30^33^AL  | 30^^A:B:C  | BY_999 | 999
            GE*1      | GE*7       | BY_999 | 999
            SE*5*0001 | SE*9*0002  | BY_999 | 999
            ST*271    | ST*837     | BY_999 | 999
            ~HL*1**20 | ~ZZZ~!*?   | BY_999 | 999
            *^*00501  | *U*00501   | BY_999 | 999
            *^*00501  | *{*00501   | BY_997 | 997
            """)
    void whatIsWrittenReadsCleanHereAndByTheSecondOpinion(
            String what, String instead, FunctionalAcknowledgment agreed, String set) {
        reads(answer(BENEFITS.replace(what, instead), agreed), "005010", set);
    }

    @Test
    void aCopyThatWouldContainTheRepetitionSeparatorIsLeftOut() {
        assertThat(answer(BENEFITS.replace("30^33^AL", "30^33^AL^1"), BY_999)).contains("IK4*3*1365*12~");
    }

    @Test
    void aTa1IsOfTheVersionOfItsInterchange() {
        Interchange good = LaterFixture.interchange(BENEFITS);
        String note = new String(WRITER.interchange(good, "000", 7, AT), ISO_8859_1);
        assertThat(note).contains("*^*00501*000000007*0*P*:~TA1*000000107*260114*0815*A*000~");
        Interchange strange = LaterFixture.interchange(BENEFITS.replace("*00501*", "*00999*"));
        assertThat(new String(WRITER.interchange(strange, strange.noteCode(), 7, AT), ISO_8859_1))
                .contains("TA1*000000107*260114*0815*R*003~");
        assertThat(WRITER.functional(strange, BY_997, 8, AT)).isEmpty();
    }

    private static void reads(String answer, String version, String set) {
        Reading reading = EdiFixture.read(answer);
        assertThat(EdiFixture.errors(reading)).isEmpty();
        assertThat(reading.interchanges().get(0).acknowledgesOnly()).isTrue();
        assertThat(EdiFixture.firstSet(reading).guide()).hasToString("x12-%s-%s".formatted(version, set));
        assertThat(STAEDI.errors(answer.getBytes(ISO_8859_1))).isEmpty();
    }

    private static String answer(String interchange, FunctionalAcknowledgment agreed) {
        return new String(
                WRITER.functional(LaterFixture.interchange(interchange), agreed, 42, AT)
                        .orElseThrow(),
                ISO_8859_1);
    }
}
