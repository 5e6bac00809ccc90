package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.WRITER;
import static io.lonja.edi.EdiFixture.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class AcknowledgmentWriterTests {

    private static final String ORDER = EdiFixture.sample("x12-004010-850", "single-line");

    @Test
    void senderAndReceiverChangePlacesAndTheUsageIsMirrored() {
        String answer = functional(ORDER.replace("*0*P*>", "*0*T*>"));
        assertThat(answer)
                .startsWith(
                        "ISA*00*          *00*          *ZZ*LONJAHUB       *ZZ*POSADAMIRAMAR  *260115*0930*U*00401*000000042*0*T*>~")
                .contains("GS*FA*LONJAHUB*POSADAMIRAMAR*20260115*0930*42*X*004010~")
                .endsWith("IEA*1*000000042~");
    }

    @Test
    void aCopyThatWouldContainADelimiterIsLeftOut() {
        String answer = functional(ORDER.replace("*CA*38.50", "*CA*38>50"));
        assertThat(answer).contains("AK4*4*212*3~");
    }

    @Test
    void aCopyWithBadCharactersIsLeftOut() {
        assertThat(functional(ORDER.replace("*CA*38.50", "*CA*38\u000150"))).contains("AK4*4*212*6~");
    }

    @Test
    void aLineBreakAsTerminatorIsNotMirrored() {
        assertThat(functional(EdiFixture.sample("x12-004010-850", "line-feed-terminator")))
                .contains("|:~GS|FA|")
                .doesNotContain("\n");
    }

    @Test
    void segmentErrorsAndElementErrorsOfOneSegmentShareItsNote() {
        String answer = functional(
                ORDER.replace("CUR*BY*EUR~", "CUR*BY*EUR~CUR*BY*EURO~").replace("SE*11", "SE*12"));
        assertThat(answer).contains("AK3*CUR*4**5*8~AK4*2*100*5*EURO~AK5*R*5~AK9*R*1*1*0~");
    }

    @Test
    void aContrlStandsInTheLevelBeforeAColonThatUnaDoesNotAnnounce() {
        String order = "UNA!+.? 'UNB+UNOW:4+HOTEL!ZZ+LONJA!ZZ+260114!0815+7'UNH+1+ORDERS!D!96A!UN'UNT+2+1'UNZ+1+7'";
        Reading reading = read(order);
        assertThat(new String(
                        WRITER.interchange(
                                reading.interchanges().get(0),
                                reading.interchanges().get(0).noteCode(),
                                1,
                                AT),
                        ISO_8859_1))
                .startsWith("UNA:+.? 'UNB+UNOW:3+LONJA:ZZ+HOTEL:ZZ+");
        assertThat(FaithfulReading.answersStand(order.getBytes(ISO_8859_1), reading))
                .isPositive();
    }

    @Test
    void aContrlNamesThePartnerInItsOwnCharacterSet() {
        String order = EdiFixture.sample("edifact-d96a-orders", "single-line")
                .replace("8412345100010:14+LONJA", "CASTA\u00d1O:ZZZ+LONJA")
                .replace("UNH+1+", "UNH+\u00d11+")
                .replaceFirst("UNT\\+([0-9]+)\\+1'", "UNT+$1+\u00d11'");
        assertThat(functional(order))
                .contains("+LONJA:ZZ+CASTA\u00d1O:ZZZ+", "+CASTA\u00d1O:ZZZ+LONJA:ZZ+7'", "UCM+\u00d11+ORDERS");
        assertThat(functional(order.replace("UNOC", "UNOB").replace("CASTA\u00d1O", "CASTANO")))
                .contains("+CASTANO:ZZZ+LONJA:ZZ+7'", "UCM+1+ORDERS");
    }

    @Test
    void everyGroupOfAnInterchangeIsAnswered() {
        String two = ORDER.replace(
                "IEA*1*", "GS*PO*OTHER*LONJAHUB*20260114*0815*108*X*004010~ST*850*0001~SE*2*0001~GE*1*108~IEA*2*");
        String answer = functional(two);
        assertThat(answer)
                .contains(
                        "AK1*PO*107~",
                        "AK1*PO*108~",
                        "GS*FA*LONJAHUB*OTHER*20260115*0930*100000042*X*004010~",
                        "IEA*2*000000042~");
        assertThat(EdiFixture.errors(read(answer))).isEmpty();
    }

    @Test
    void aRefusedInterchangeGetsNo997AndATa1WithItsNote() {
        Interchange refused = read(ORDER.replace("IEA*1*000000107", "IEA*1*000000701"))
                .interchanges()
                .get(0);
        assertThat(WRITER.functional(refused, FunctionalAcknowledgment.BY_997, 1, AT))
                .isEmpty();
        assertThat(note(refused, refused.noteCode())).contains("TA1*000000107*260114*0815*R*001~IEA*0*000000001~");
    }

    @Test
    void aTa1TellsAcceptedFromDuplicateFromAcceptedWithErrors() {
        Interchange good = read(ORDER).interchanges().get(0);
        assertThat(note(good, good.noteCode())).contains("*A*000~");
        assertThat(note(good, Interchange.NOTE_DUPLICATE)).contains("*R*025~");
        Interchange lenient = read(ORDER.replace("*260114*0815*U", "*261314*0815*U"))
                .interchanges()
                .get(0);
        assertThat(note(lenient, lenient.noteCode())).contains("TA1*000000107*261314*0815*E*014~");
    }

    @Test
    void digitsAreAsciiWhateverTheLocaleOfTheMachine() {
        Interchange good = read(ORDER).interchanges().get(0);
        String expected = functional(ORDER) + note(good, good.noteCode());
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat("%d".formatted(1)).isNotEqualTo("1");
            assertThat(functional(ORDER) + note(good, good.noteCode())).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aControlNumberOutOfRangeIsOurMistake() {
        Interchange good = read(ORDER).interchanges().get(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WRITER.functional(good, FunctionalAcknowledgment.BY_997, 0, AT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WRITER.functional(good, FunctionalAcknowledgment.BY_997, 1_000_000_000L, AT));
    }

    private static String functional(String order) {
        return new String(
                WRITER.functional(read(order).interchanges().get(0), FunctionalAcknowledgment.BY_997, 42, AT)
                        .orElseThrow(),
                ISO_8859_1);
    }

    private static String note(Interchange of, String code) {
        return new String(WRITER.interchange(of, code, 1, AT), ISO_8859_1);
    }
}
