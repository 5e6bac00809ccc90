package io.lonja.edi;

import static io.lonja.edi.EdiFixture.codes;
import static io.lonja.edi.EdiFixture.firstSet;
import static io.lonja.edi.EdiFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class X12EnvelopeTests {

    private static final String ORDER = EdiFixture.sample("x12-004010-850", "single-line");

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            IEA*1*000000107       | IEA*1*000000108       | INTERCHANGE_CONTROL_NUMBERS_DIFFER
            IEA*1*                | IEA*2*                | GROUP_COUNT_WRONG
            IEA*1*000000107~      | ""                    | INTERCHANGE_TRAILER_MISSING
            *000000107*0*P        | *00000010A*0*P        | INTERCHANGE_CONTROL_NUMBER_INVALID
            *000000107*0*P        | *000000000*0*P        | INTERCHANGE_CONTROL_NUMBER_INVALID
            *000000107*0*P        | *000000107*0*X        | USAGE_INDICATOR_INVALID
            *000000107*0*P        | *000000107*7*P        | ACKNOWLEDGMENT_REQUEST_INVALID
            *260114*0815*U        | *261314*0815*U        | INTERCHANGE_DATE_INVALID
            *260114*0815*U        | *260114*2460*U        | INTERCHANGE_TIME_INVALID
            *0815*U*00401         | *0815*Q*00401         | INTERCHANGE_STANDARD_INVALID
            *U*00401              | *U*4.010              | INTERCHANGE_VERSION_INVALID
            *ZZ*POSADAMIRAMAR     | *??*POSADAMIRAMAR     | SENDER_QUALIFIER_INVALID
            *ZZ*LONJAHUB          | *..*LONJAHUB          | RECEIVER_QUALIFIER_INVALID
            "POSADAMIRAMAR  "     | "               "     | SENDER_MISSING
            "LONJAHUB       "     | "               "     | RECEIVER_MISSING
            *P*>~                 | *P**~                 | COMPONENT_SEPARATOR_INVALID
            *P*>~                 | *P*>*                 | SEGMENT_TERMINATOR_INVALID
            GS*PO                 | XX*1~GS*PO            | INTERCHANGE_STRUCTURE_INVALID
            GS*PO                 | ST*850*0009~GS*PO     | INTERCHANGE_STRUCTURE_INVALID
            IEA*1                 | GE*1*107~IEA*1        | INTERCHANGE_STRUCTURE_INVALID
            GE*1*107~             | ""                    | GROUP_TRAILER_MISSING
            GE*1*107              | GE*1*108              | GROUP_CONTROL_NUMBERS_DIFFER
            GE*1*107              | GE*3*107              | TRANSACTION_SET_COUNT_WRONG
            0815*107*X            | 0815*1O7*X            | GROUP_CONTROL_NUMBER_INVALID
            X*004010              | X*005010              | GROUP_VERSION_NOT_SUPPORTED
            GS*PO                 | GS*purchase           | GROUP_NOT_SUPPORTED
            GE*1*107              | MSG*lost~GE*1*107     | SEGMENT_OUTSIDE_TRANSACTION_SET
            ST*850                | ST*875                | TRANSACTION_SET_NOT_SUPPORTED
            ST*850                | ST*85                 | TRANSACTION_SET_IDENTIFIER_INVALID
            ST*850                | ST*810                | TRANSACTION_SET_IDENTIFIER_INVALID
            ST*850*0001           | ST*850*               | TRANSACTION_SET_CONTROL_NUMBER_INVALID
            SE*11*0001            | SE*11*0002            | TRANSACTION_SET_CONTROL_NUMBERS_DIFFER
            SE*11*0001            | SE*12*0001            | SEGMENT_COUNT_WRONG
            SE*11*0001            | SE*XI*0001            | SEGMENT_COUNT_WRONG
            SE*11*0001~           | ""                    | TRANSACTION_SET_TRAILER_MISSING
            BEG*00                | beg*00                | SMALL_LETTERS_IN_TAG
            BEG*00                | Beg*00                | UNRECOGNIZED_SEGMENT
            CUR*BY                | CURRENCY*BY           | UNRECOGNIZED_SEGMENT
            CUR*BY                | ZZZ*BY                | SEGMENT_NOT_IN_SET
            "IEA*1*000000107~"    | "IEA*1*000000107"     | FINAL_TERMINATOR_MISSING
            GS*PO                 | ~GS*PO                | EMPTY_SEGMENT
            GS*PO                 | "   GS*PO"            | BLANKS_BETWEEN_SEGMENTS
            ISA*00                | "  ISA*00"            | LEADING_BLANKS
            ISA*00                | "Hello ISA*00"        | TEXT_OUTSIDE_INTERCHANGE
            """)
    void aFaultHasItsCode(String what, String instead, ErrorCode code) {
        assertThat(ORDER).contains(what);
        Reading reading = read(ORDER.replace(what, instead));
        assertThat(codes(reading)).contains(code);
        assertThat(EdiFixture.errors(reading))
                .filteredOn(error -> error.code() == code)
                .allSatisfy(error -> assertThat(error.sentence()).endsWith(".").doesNotContain("{", "}"));
    }

    @Test
    void whatIsNotEdiIsSaidSo() {
        assertThat(codes(read("Dear supplier, please send oil."))).containsExactly(ErrorCode.NOT_EDI);
        assertThat(codes(read(""))).containsExactly(ErrorCode.NOT_EDI);
        assertThat(codes(read(" \r\n "))).containsExactly(ErrorCode.NOT_EDI);
        assertThat(codes(read("ISA*00*"))).containsExactly(ErrorCode.ISA_UNREADABLE);
    }

    @Test
    void theHeaderIsFoundByItsSeparatorsAndNotByItsLength() {
        Reading reading = read(ORDER.replace("POSADAMIRAMAR  ", "POSADAMIRAMAR").replace("*          *", "* *"));
        assertThat(codes(reading)).containsExactly(ErrorCode.ISA_LENGTHS_DIFFER);
        assertThat(reading.interchanges().get(0).envelope().sender()).hasToString("ZZ/POSADAMIRAMAR");
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(codes(read("\u00EF\u00BB\u00BF" + ORDER))).containsExactly(ErrorCode.BYTE_ORDER_MARK);
    }

    @Test
    void severalInterchangesWithDifferentDelimitersAreAllRead() {
        Reading reading = read(ORDER + EdiFixture.sample("x12-004010-850", "line-feed-terminator") + "junk " + ORDER);
        assertThat(reading.interchanges()).hasSize(3).noneMatch(Interchange::refused);
        assertThat(codes(reading)).containsExactly(ErrorCode.TEXT_OUTSIDE_INTERCHANGE);
    }

    @Test
    void anInterchangeThatIsCutShortDoesNotSwallowTheNext() {
        String other = EdiFixture.sample("x12-004010-850", "line-feed-terminator");
        Reading reading = read(ORDER.substring(0, ORDER.indexOf("SE*")) + other);
        assertThat(reading.interchanges()).hasSize(2);
        assertThat(reading.interchanges().get(0).refused()).isTrue();
        assertThat(reading.interchanges().get(0).noteCode()).isEqualTo("023");
        assertThat(reading.interchanges().get(1).refused()).isFalse();
    }

    @Test
    void aTransactionSetOfARefusedEnvelopeDoesNotCount() {
        assertThat(firstSet(read(ORDER.replace("IEA*1*", "IEA*2*"))).verdict()).isInstanceOf(Verdict.Refused.class);
        assertThat(firstSet(read(ORDER.replace("GE*1*", "GE*2*"))).verdict()).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void oneBadSetDoesNotSinkTheOther() {
        Reading reading = read(EdiFixture.sample("x12-004010-850", "one-good-one-bad"));
        assertThat(reading.interchanges().get(0).groups().get(0).transactionSets())
                .extracting(set -> set.verdict().getClass().getSimpleName())
                .containsExactly("Accepted", "Refused");
    }

    @Test
    void aGroupWithoutItsIdentifierIsClosedByItsTrailer() {
        Reading reading = read(ORDER.replace("GS*PO*", "GS**"));
        assertThat(reading.interchanges().get(0).errors()).isEmpty();
        assertThat(reading.interchanges().get(0).groups().get(0).errors())
                .extracting(SyntaxError::code)
                .containsExactly(ErrorCode.GROUP_NOT_SUPPORTED);
    }

    @Test
    void aTa1InsideIsKept() {
        Reading reading = read(ORDER.replace("GS*PO", "TA1*000000905*260114*0815*A*000~GS*PO"));
        assertThat(EdiFixture.errors(reading)).isEmpty();
        assertThat(reading.interchanges().get(0).acknowledgments())
                .singleElement()
                .satisfies(note -> assertThat(note.element(4)).isEqualTo("A"));
    }

    @Test
    void fromVersion402OnElementsCanRepeat() {
        Reading reading = read(ORDER.replace("*U*00401*", "*^*00501*").replace("N1*BY*Posada Miramar", "N1*BY*A^B"));
        Segment buyer = EdiFixture.segments(firstSet(reading).content())
                .filter(segment -> segment.id().equals("N1"))
                .findFirst()
                .orElseThrow();
        assertThat(buyer.elements().get(1).repetitions()).hasSize(2);
        assertThat(codes(reading)).containsExactly(ErrorCode.TOO_MANY_REPETITIONS);
    }

    @Test
    void hostileSegmentsMeetALimit() {
        assertThat(codes(read(ORDER.replace("CUR*BY*EUR", "CUR*BY*EUR" + "*".repeat(5_000)))))
                .contains(ErrorCode.SEGMENT_TOO_LONG);
        assertThat(codes(read(ORDER.replace("Extra virgin", "x".repeat(100_000)))))
                .contains(ErrorCode.SEGMENT_TOO_LONG);
    }

    @Test
    void errorsOfOneSetAreListedUpToALimit() {
        Reading reading = read(ORDER.replace("CUR*BY*EUR", "Q1*1~".repeat(5_000) + "CUR*BY*EUR"));
        assertThat(firstSet(reading).verdict().errors()).hasSize(Limits.TRANSACTION_SET_ERRORS_MAX + 1);
        assertThat(codes(reading)).contains(ErrorCode.TOO_MANY_ERRORS);
    }
}
