package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lonja.Shipped;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Rate;
import io.lonja.document.PricedDocument.Tax;
import io.lonja.document.PricedDocument.Treatment;
import io.lonja.edi.TransactionSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxesTests {

    private static final Path SAMPLES = Path.of("schemas/edifact-d01b-invoic/samples");
    private static final Mapping MAPPING = Shipped.mapping();

    @Test
    void aSurchargeIsATaxOfItsOwnOnTheBaseOfVat() throws IOException {
        PricedDocument invoice = document(sample("equivalence-surcharge"));
        assertThat(invoice.taxes())
                .extracting(
                        Tax::category,
                        Tax::treatment,
                        tax -> String.valueOf(tax.rate()),
                        tax -> tax.amount() + " of " + tax.base())
                .containsExactly(
                        tuple("VAT", null, "21", "25.94 EUR of 123.50 EUR"),
                        tuple("RE", Treatment.EQUIVALENCE_SURCHARGE, "5.2", "6.42 EUR of 123.50 EUR"),
                        tuple("VAT", null, "10", "13.65 EUR of 136.50 EUR"),
                        tuple("RE", Treatment.EQUIVALENCE_SURCHARGE, "1.4", "1.91 EUR of 136.50 EUR"));
        assertThat(invoice.lines().get(0).taxes()).isEmpty();
        assertThat(invoice.lines().get(0).rates())
                .extracting(Rate::category, rate -> String.valueOf(rate.rate()))
                .containsExactly(tuple("VAT", "21"), tuple("RE", "5.2"));
        assertThat(invoice.totals().tax()).hasToString("47.92 EUR");
    }

    @Test
    void whereNothingIsToBePaidTheInvoiceSaysWhy() throws IOException {
        PricedDocument invoice = document(sample("exempt-and-reverse-charge"));
        assertThat(invoice.taxes().get(0).reason()).isNull();
        assertThat(invoice.taxes().get(1).treatment()).isEqualTo(Treatment.REVERSE_CHARGE);
        assertThat(invoice.taxes().get(1).reason()).isEqualTo("Art. 84.Uno.2 Ley 37/1992");
        assertThat(invoice.taxes().get(1).amount()).hasToString("0.00 EUR");
    }

    /** 16.80 and 17.71 of two lines are 34.51, but 21 % of both is 34.50. */
    @Test
    void theTaxesOfASummaryAreRoundedOncePerRate() throws IOException {
        assertThat(document(sample("three-rates")).totals().tax()).hasToString("83.60 EUR");
        assertThat(problems(sample("three-rates")
                        .replace("MOA+124:34.50'", "MOA+124:34.51'")
                        .replace("MOA+176:83.60'", "MOA+176:83.61'")
                        .replace("MOA+77:792.89'", "MOA+77:792.90'")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("tax-differs");
                    assertThat(problem.stated()).isEqualTo("34.51");
                    assertThat(problem.computed()).isEqualTo("34.50");
                    assertThat(problem.sentence())
                            .startsWith("TAX (segment 54) ")
                            .contains(
                                    "says that the tax amounts to 34.51, but its rate of what it is taken of is 34.50");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            MOA+125:164.29'           | MOA+125:164.28'            | tax-base-differs
            +AA'LIN+3                 | +AB'LIN+3                  |
            TAX+7+VAT+++:::4+AA'LIN+3 | TAX+7+VAT+++:::10+AA'LIN+3 | tax-base-differs, tax-base-differs
            TAX+7+VAT+++:::4+AA'LIN+3 | TAX+7+VAT+++:::5+AA'LIN+3  | tax-rate-missing, tax-base-differs
            TAX+7+VAT+++:::4+AA'LIN+3 | LIN+3                      |
            """)
    void theBasesOfASummaryAreThoseOfTheLinesTaxedSo(String written, String instead, @Nullable String codes)
            throws IOException {
        String text = sample("three-rates");
        assertThat(text).contains(written);
        int less = written.contains("TAX") && !instead.contains("TAX") ? 1 : 0;
        assertThat(problems(text.replace(written, instead).replace("UNT+57+", "UNT+" + (57 - less) + "+")))
                .extracting(MappingProblem::code)
                .containsExactlyInAnyOrder(codes == null ? new String[0] : codes.split(", "));
    }

    @Test
    void aTaxThatTheBuyerKeepsBackHoldsTheInvoice() throws IOException {
        assertThat(problems(sample("canary-islands").replace("+IGI+", "+RET+")))
                .extracting(MappingProblem::code)
                .contains("tax-withheld");
    }

    @Test
    void nothingIsPaidOnWhatIsExempt() throws IOException {
        assertThat(problems(sample("canary-islands").replace("TAX+7+IGI+++:::7+S'", "TAX+7+IGI+++:::7+E'")))
                .extracting(MappingProblem::code)
                .containsExactly("tax-not-free");
    }

    @Test
    void aSelfBilledInvoiceSaysSo() throws IOException {
        assertThat(document(sample("self-billed")).selfBilled()).isTrue();
        assertThat(document(sample("three-rates")).selfBilled()).isFalse();
    }

    private static String sample(String name) throws IOException {
        return Files.readString(SAMPLES.resolve(name + ".edi"), StandardCharsets.ISO_8859_1);
    }

    private static List<MappingProblem> problems(String text) {
        return mapped(text).problems();
    }

    private static PricedDocument document(String text) {
        Mapped mapped = mapped(text);
        assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
        return (PricedDocument) Objects.requireNonNull(mapped.content());
    }

    private static Mapped mapped(String text) {
        List<TransactionSet> sets = SetText.sets(text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).verdict().errors()).isEmpty();
        return MAPPING.map(sets.get(0), new MappingContext(null));
    }
}
