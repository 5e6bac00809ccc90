package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictReadingTests {

    private static final String ORDER = EdiFixture.sample("x12-004010-850", "single-line");
    private static final String ORDERS = EdiFixture.sample("edifact-d96a-orders", "single-line");

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ISA*00     | "  ISA*00"     | LEADING_BLANKS
            ISA*00     | "ï»¿ISA*00"    | BYTE_ORDER_MARK
            ISA*00     | "hello ISA*00" | TEXT_OUTSIDE_INTERCHANGE
            "LONJAHUB       *26" | "LONJAHUB      *26" | ISA_LENGTHS_DIFFER
            GS*PO      | "  GS*PO"      | BLANKS_BETWEEN_SEGMENTS
            GS*PO      | "~GS*PO"       | EMPTY_SEGMENT
            CTT*1      | ctt*1          | SMALL_LETTERS_IN_TAG
            GE*1       | XX*1~GE*1      | SEGMENT_OUTSIDE_TRANSACTION_SET
            *000000107~ | *000000107    | FINAL_TERMINATOR_MISSING
            """)
    void whatIsAWarningOtherwiseRefusesWithItsPlace(String text, String instead, ErrorCode leniency) {
        String order = ORDER.strip().replace(text, instead);
        assertThat(order).isNotEqualTo(ORDER.strip());
        Reading lenient = read(order, false, UTF_8);
        SyntaxError warning = EdiFixture.errors(lenient).stream()
                .filter(error -> error.code() == leniency)
                .findFirst()
                .orElseThrow();
        assertThat(lenient.interchanges()).noneMatch(Interchange::refused);
        Interchange strict = read(order, true, UTF_8).interchanges().get(0);
        assertThat(strict.refused()).isTrue();
        assertThat(strict.noteCode()).isEqualTo("024");
        assertThat(strict.errors())
                .filteredOn(error -> error.code() == ErrorCode.LENIENCY_NOT_AGREED)
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.bytes()).isEqualTo(warning.bytes());
                    assertThat(error.sentence()).contains(warning.sentence());
                });
    }

    @ParameterizedTest
    @CsvSource({"D:96A:UN, D:96A :UN", "UNZ, unz"})
    void edifactLikewise(String text, String instead) {
        String orders = ORDERS.replace(text, instead);
        assertThat(read(orders, false, UTF_8).interchanges().get(0).refused()).isFalse();
        Interchange strict = read(orders, true, UTF_8).interchanges().get(0);
        assertThat(strict.noteCode()).isEqualTo("18");
    }

    @Test
    void whatIsSpelledToTheLetterIsReadAlike() {
        for (String text : new String[] {ORDER.strip(), ORDERS.strip()}) {
            assertThat(read(text, true, UTF_8)).isEqualTo(read(text, false, UTF_8));
            assertThat(EdiFixture.errors(read(text, true, UTF_8))).isEmpty();
        }
    }

    @Test
    void lettersOfX12AreReadByTheCharacterSetThatIsAgreed() {
        String order = ORDER.replace("N1*BY*Posada Miramar", "N1*BY*Posada Peñíscola");
        byte[] bytes = order.getBytes(ISO_8859_1);
        assertThat(EdiFixture.codes(parser(false, UTF_8).parse(bytes))).containsExactly(ErrorCode.INVALID_CHARACTER);
        Reading reading = parser(false, ISO_8859_1).parse(bytes);
        assertThat(EdiFixture.errors(reading)).isEmpty();
        assertThat(EdiFixture.segments(EdiFixture.firstSet(reading).content()).map(segment -> segment.element(2)))
                .contains("Posada Peñíscola");
        assertThat(EdiFixture.errors(parser(false, US_ASCII).parse(bytes)))
                .singleElement()
                .satisfies(error -> assertThat(error.sentence()).contains("US-ASCII", "byte"));
    }

    private static Reading read(String text, boolean strict, Charset x12) {
        return parser(strict, x12).parse(text.getBytes(ISO_8859_1));
    }

    private static InterchangeParser parser(boolean strict, Charset x12) {
        return EdiFixture.PARSER.agreed(new ReadingManner(Set.of(), strict, x12));
    }
}
