package io.lonja.edi;

import static io.lonja.edi.EdiFixture.codes;
import static io.lonja.edi.EdiFixture.firstSet;
import static io.lonja.edi.EdiFixture.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdifactEnvelopeTests {

    private static final String ORDER = "UNA:+.? '" + EdiFixture.sample("edifact-d96a-orders", "single-line");
    private static final String X12 = EdiFixture.sample("x12-004010-850", "single-line");

    @Test
    void readsTheEnvelope() {
        Envelope envelope = read(ORDER.replace("+107'\nUNH", "+107++++++1'\nUNH"))
                .interchanges()
                .get(0)
                .envelope();

        assertThat(envelope)
                .isEqualTo(new Envelope(
                        Standard.EDIFACT,
                        new WireParty("14", "8412345100010"),
                        new WireParty("ZZ", "LONJA"),
                        "107",
                        "UNOC:3",
                        "260114",
                        "0815",
                        true,
                        false));
        assertThat(read(ORDER.replace("+107'\nUNH", "+107++++1'\nUNH"))
                        .interchanges()
                        .get(0)
                        .envelope()
                        .acknowledgmentRequested())
                .isTrue();
    }

    @Test
    void readsBothStandardsFromOnePayloadWhateverStandsBetween() {
        Reading reading = read(X12 + "\r\n-- next --\r\n" + ORDER + X12 + ORDER);

        assertThat(reading.interchanges())
                .extracting(interchange -> interchange.envelope().standard())
                .containsExactly(Standard.X12, Standard.EDIFACT, Standard.X12, Standard.EDIFACT);
        assertThat(codes(reading)).containsExactly(ErrorCode.TEXT_OUTSIDE_INTERCHANGE);
    }

    @Test
    void findsTheNextInterchangeBehindOneThatLostItsTrailer() {
        String cut = ORDER.substring(0, ORDER.indexOf("UNS"));
        Reading reading = read(cut + X12 + X12.substring(0, X12.indexOf("CTT")) + ORDER);

        assertThat(reading.interchanges()).hasSize(4);
        assertThat(reading.interchanges()).extracting(Interchange::refused).containsExactly(true, false, true, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNOA:1", "UNOB:2", "UNOC:3", "UNOD:3", "UNOK:3", "UNOX:3", "UNOW:4", "UNOY:4"})
    void readsEverySyntaxVersion(String syntax) {
        String date = syntax.endsWith("4") ? "20260114" : "260114";
        assertThat(codes(read(ORDER.replace("UNOC:3", syntax).replace("260114:", date + ":"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"UNOB:5, 2:2", "UNOQ:3, 2:1", "IATA:1, 2:1"})
    void refusesASyntaxItDoesNotKnowAndSaysWhere(String syntax, String place) {
        Reading reading = read(ORDER.replace("UNOC:3", syntax));
        assertThat(reading.interchanges().get(0).refused()).isTrue();
        assertThat(contrl(reading)).contains("+4+2+UNB+" + place + "'");
    }

    @Test
    void theRepetitionSeparatorSeparatesInSyntaxFourOnly() {
        String three = ORDER.replace("Posada Miramar", "Posada*Miramar").replace("UNA:+.? '", "UNA:+.?*'");
        assertThat(codes(read(three))).isEmpty();
        Segment nad = EdiFixture.segments(firstSet(read(three)).content())
                .filter(segment -> segment.id().equals("NAD"))
                .findFirst()
                .orElseThrow();
        assertThat(nad.element(4)).isEqualTo("Posada*Miramar");
        assertThat(codes(read(three.replace("UNOC:3", "UNOC:4")))).containsExactly(ErrorCode.TOO_MANY_REPETITIONS);
    }

    @Test
    void aReleasedCharacterIsDataAndDoesNotCountForLength() {
        String name = "A?+B?:C?'D??".repeat(4) + "123";
        TransactionSet set = firstSet(read(ORDER.replace("Posada Miramar", name)));
        assertThat(set.verdict()).isInstanceOf(Verdict.Accepted.class);
        assertThat(EdiFixture.segments(set.content())
                        .filter(segment -> segment.id().equals("NAD"))
                        .map(segment -> segment.element(4))
                        .toList())
                .contains("A+B:C'D?".repeat(4) + "123");
        assertThat(codes(read(ORDER.replace("Posada Miramar", name + "4"))))
                .containsExactly(ErrorCode.ELEMENT_TOO_LONG);
    }

    @Test
    void oneDecimalMarkCountsWhereUnaTellsItAndBothWhereNoneDoes() {
        String comma = ORDER.replace("38.50", "38,50");
        assertThat(codes(read(comma))).containsExactly(ErrorCode.INVALID_CHARACTER);
        assertThat(codes(read(comma.replace("UNA:+.? '", "UNA:+,? '")))).isEmpty();
        assertThat(codes(read(ORDER.replace("UNA:+.? '", "UNA:+,? '")))).containsExactly(ErrorCode.INVALID_CHARACTER);
        assertThat(codes(read(comma.replace("UNA:+.? '", "")))).isEmpty();
    }

    @Test
    void readsDelimitersThatNobodyAnnouncedAndSaysSo() {
        String own = ORDER.substring(9).replace(':', '=').replace('+', '"').replace('\'', ';');
        Reading reading = read(own);
        assertThat(codes(reading)).containsExactly(ErrorCode.DELIMITERS_NOT_ANNOUNCED);
        assertThat(firstSet(reading).verdict()).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void readsLinesWithoutTerminatorsAndAFinalSegmentWithout() {
        String lines = ORDER.substring(9).replace("'", "");
        assertThat(codes(read(lines))).containsExactly(ErrorCode.DELIMITERS_NOT_ANNOUNCED);
        assertThat(codes(read(ORDER.replace("UNZ+1+107'\n", "UNZ+1+107\r\n"))))
                .containsExactly(ErrorCode.FINAL_TERMINATOR_MISSING);
    }

    @Test
    void passesOverAByteOrderMarkAndBlankLines() {
        assertThat(codes(read("\u00ef\u00bb\u00bf\r\n" + ORDER.replace("'", "'\r\n\r\n"))))
                .containsExactly(ErrorCode.BYTE_ORDER_MARK, ErrorCode.LEADING_BLANKS);
    }

    @Test
    void namesTheByteThatItsCharacterSetHasNot() {
        String letters = ORDER.replace("Miramar", "Mir\u00e1mar");
        assertThat(codes(read(letters))).isEmpty();
        Reading refused = read(letters.replace("UNOC", "UNOB"));
        SyntaxError error = firstSet(refused).verdict().errors().get(0);
        assertThat(error.sentence())
                .contains("byte E1 at offset %d".formatted(letters.indexOf('\u00e1')))
                .contains("UNOB");
        Reading utf8 =
                EdiFixture.PARSER.parse(letters.replace("UNOC:3", "UNOY:4").getBytes(UTF_8));
        assertThat(codes(utf8)).isEmpty();
        assertThat(codes(EdiFixture.PARSER.parse(
                        letters.replace("UNOC:3", "UNOY:4").getBytes(ISO_8859_1))))
                .containsExactly(ErrorCode.INVALID_CHARACTER);
    }

    @Test
    void readsTheLettersOfEachCharacterSet() {
        String cyrillic = "\u041a\u0430\u0444\u0435";
        byte[] bytes = ORDER.replace("Posada Miramar", cyrillic)
                .replace("UNOC", "UNOE")
                .getBytes(java.nio.charset.Charset.forName("ISO-8859-5"));
        assertThat(EdiFixture.segments(firstSet(EdiFixture.PARSER.parse(bytes)).content())
                        .map(segment -> segment.element(4))
                        .toList())
                .contains(cyrillic);
    }

    @Test
    void comparesCountsAndReferences() {
        assertThat(codes(read(ORDER.replace("UNZ+1", "UNZ+2")))).contains(ErrorCode.GROUP_COUNT_WRONG);
        assertThat(codes(read(ORDER.replace("UNZ+1+107", "UNZ+1+108"))))
                .contains(ErrorCode.INTERCHANGE_CONTROL_NUMBERS_DIFFER);
        assertThat(codes(read(ORDER.replace("UNT+16+1", "UNT+16+2"))))
                .containsExactly(ErrorCode.TRANSACTION_SET_CONTROL_NUMBERS_DIFFER);
        assertThat(codes(read(ORDER.replace("UNT+16", "UNT+17")))).containsExactly(ErrorCode.SEGMENT_COUNT_WRONG);
    }

    @Test
    void readsGroupsAndComparesTheirTrailers() {
        String grouped = EdiFixture.sample("edifact-d96a-orders", "group-in-syntax-four");
        assertThat(codes(read(grouped.replace("UNE+2", "UNE+3")))).contains(ErrorCode.TRANSACTION_SET_COUNT_WRONG);
        assertThat(codes(read(grouped.replace("UNE+2+9", "UNE+2+8")))).contains(ErrorCode.GROUP_CONTROL_NUMBERS_DIFFER);
        assertThat(codes(read(grouped.replace("UNG+ORDERS", "UNG+INVOIC"))))
                .containsOnly(ErrorCode.TRANSACTION_SET_IDENTIFIER_INVALID);
        String mixed = ORDER.replace("UNZ+1", "UNG+ORDERS+A+B+260114:0815+1+UN+D:96A'UNE+0+1'UNZ+1");
        assertThat(codes(read(mixed))).contains(ErrorCode.GROUPS_AND_MESSAGES_MIXED);
    }

    @Test
    void messagesOfOneInterchangeHaveReferencesOfTheirOwn() {
        String message = ORDER.substring(ORDER.indexOf("UNH"), ORDER.indexOf("UNZ"));
        Reading twice = read(ORDER.replace("UNZ+1", message + "UNZ+2"));
        assertThat(codes(twice)).containsExactly(ErrorCode.TRANSACTION_SET_CONTROL_NUMBER_INVALID);
        assertThat(contrl(twice))
                .contains("UCM+1+ORDERS:D:96A:UN:EAN008+7'", "UCM+1+ORDERS:D:96A:UN:EAN008+4+12+UNH+2'");
    }

    @Test
    void refusesAnInterchangeWithoutMessagesOrWithASegmentBetweenThem() {
        assertThat(contrl(read("UNB+UNOC:3+A+B+260114:0815+1'UNZ+0+1'"))).contains("UCI+1+A+B+4+32+UNZ'");
        assertThat(contrl(read(ORDER.replace("UNH", "BGM+220'UNH")))).contains("+4+33'");
    }

    @Test
    void aUnaThatLeadsNowhereIsSaidSo() {
        assertThat(codes(read("UNA:+.? 'BGM+220'"))).containsExactly(ErrorCode.UNB_UNREADABLE);
        assertThat(codes(read("UNA:+"))).containsExactly(ErrorCode.UNB_UNREADABLE);
        assertThat(codes(read("UNA+++++'UNB+UNOC:3+A+B'"))).startsWith(ErrorCode.UNB_UNREADABLE);
        assertThat(codes(read("UNB+"))).containsExactly(ErrorCode.UNB_UNREADABLE);
    }

    @Test
    void anAssociationMayHaveItsOwnCode() {
        for (String code : List.of("", ":EAN008", ":EDIT30", ":A21051")) {
            assertThat(codes(read(ORDER.replace(":EAN008", code)))).isEmpty();
        }
        assertThat(codes(read(ORDER.replace("D:96A:UN", "D:96A:XX"))))
                .containsExactly(ErrorCode.TRANSACTION_SET_NOT_SUPPORTED);
    }

    private static String contrl(Reading reading) {
        AcknowledgmentWriter writer = AcknowledgmentWriter.forBothStandards();
        Interchange interchange = reading.interchanges().get(0);
        byte[] answer = interchange.refused()
                ? writer.interchange(interchange, interchange.noteCode(), 1, EdiFixture.AT)
                : writer.functional(interchange, FunctionalAcknowledgment.BY_997, 1, EdiFixture.AT)
                        .orElseThrow();
        return new String(answer, ISO_8859_1);
    }
}
