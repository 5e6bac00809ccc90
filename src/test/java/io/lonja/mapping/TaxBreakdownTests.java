package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.archive.CanonicalJson;
import io.lonja.document.PricedDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BG-23 of EN 16931, of documents that have it and of others. */
class TaxBreakdownTests {

    private static final String LINES = "x12-004010-810/samples/taxes-of-lines-and-freight";
    private static final String RATES = "edifact-d01b-invoic/samples/three-rates";
    private static final String ADJUSTED = "edifact-d96a-invoic/samples/charges-and-taxes";

    /** 1.24 and 0.82 of two lines are 2.06, but 10 % of both is 2.05: the cent is told as rounding. */
    @Test
    void taxesOfLinesAddUpByRateAndTheirRoundingIsTold() throws IOException {
        TaxBreakdown breakdown = TaxBreakdown.of(document(sample(LINES)));
        assertThat(said(breakdown)).containsExactly("10 of 20.50 EUR: 2.05 EUR", "21 of 353.00 EUR: 74.13 EUR");
        assertThat(breakdown.tax()).hasToString("76.18 EUR");
        assertThat(breakdown.inclusive()).hasToString("449.68 EUR");
        assertThat(breakdown.rounding()).hasToString("0.01 EUR");
        assertThat(breakdown.lines()).hasSize(3);
        assertThat(breakdown.adjusted()).extracting(rate -> rate.rate() + "").containsExactly("21");
    }

    @Test
    void theSummaryOfADocumentStandsAsItIs() throws IOException {
        TaxBreakdown breakdown = TaxBreakdown.of(document(sample(RATES)));
        assertThat(said(breakdown))
                .containsExactly(
                        "10 of 455.00 EUR: 45.50 EUR", "4 of 90.00 EUR: 3.60 EUR", "21 of 164.29 EUR: 34.50 EUR");
        assertThat(breakdown.rounding()).hasToString("0.00 EUR");
        assertThat(breakdown.adjusted()).isEmpty();
    }

    /** 1501.50 of lines and 1496.50 of the summary are 5.00 apart, as are an allowance of 25.00 and a charge of 20.00. */
    @Test
    void anAllowanceOfTheWholeIsTaxedWhereTheSummaryHasRoomForIt() throws IOException {
        TaxBreakdown breakdown = TaxBreakdown.of(document(sample(ADJUSTED)));
        assertThat(said(breakdown)).containsExactly("10 of 1496.50 EUR: 149.65 EUR", "21 of 333.00 EUR: 69.93 EUR");
        assertThat(breakdown.adjusted()).extracting(rate -> rate.rate() + "").containsExactly("10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            x12-004010-810/samples/taxes-of-lines-and-freight | ^                  | ^                   | ""
            x12-004010-810/samples/taxes-of-lines-and-freight | 1.24               | 1.26                | how an allowance or charge of the whole is taxed, where lines are taxed differently (BT-95, BT-102)
            x12-004010-810/samples/taxes-of-lines-and-freight | 'rate':'21',       | ''                  | a tax without its rate (BT-119, BT-152)
            edifact-d01b-invoic/samples/taxes-of-lines-only   | 45.50              | 45.51               | the tax VAT 10 % as 45.51 EUR where its rate of 455.00 EUR is 45.50 EUR (BT-117)
            edifact-d01b-invoic/samples/three-rates           | 164.29             | 164.28              | the tax VAT 21 % of 164.28 EUR where what is taxed so comes to 164.29 EUR (BT-116)
            edifact-d01b-invoic/samples/three-rates           | 'amount':'34.50'   | 'amount':'34.51'    | the tax VAT 21 % as 34.51 EUR where its rate of 164.29 EUR is 34.50 EUR (BT-117)
            edifact-d01b-invoic/samples/three-rates           | 'rates':[{'category':'VAT','rate':'4'}], | '' | how the line 2 is taxed (BT-151)
            x12-004010-810/samples/single-line                | ^                  | ^                   | an invoice that says no taxes, neither of the whole nor of its lines (BG-23)
            """)
    void whatIsNotSaidOrContradictsIsNamed(String sample, String said, String instead, String sentence)
            throws IOException {
        String json = sample(sample);
        String changed = said.equals("^")
                ? json
                : json.replace(said.replace('\'', '"'), instead.equals("''") ? "" : instead.replace('\'', '"'));
        assertThat(said.equals("^") || !changed.equals(json)).isTrue();
        PricedDocument document = document(changed);
        if (sentence.isEmpty()) {
            assertThat(TaxBreakdown.of(document).rows()).isNotEmpty();
        } else {
            assertThatThrownBy(() -> TaxBreakdown.of(document))
                    .isInstanceOf(UnwritableDocumentException.class)
                    .hasMessage("the guide cannot say " + sentence);
        }
    }

    private static List<String> said(TaxBreakdown breakdown) {
        return breakdown.rows().stream()
                .map(row -> "%s of %s: %s".formatted(row.rate(), row.base(), row.amount()))
                .toList();
    }

    private static PricedDocument document(String json) {
        return CanonicalJson.read(json.strip().getBytes(StandardCharsets.UTF_8), PricedDocument.class);
    }

    private static String sample(String name) throws IOException {
        return Files.readString(Path.of("schemas", name + ".expected.json"));
    }
}
