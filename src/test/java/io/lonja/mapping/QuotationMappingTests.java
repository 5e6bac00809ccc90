package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.Shipped;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.document.RequestForQuotation;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked and what is quoted, in both standards, and what keeps it from counting. */
class QuotationMappingTests {

    private static final Path SCHEMAS = Path.of("schemas");
    private static final Mapping MAPPING = Shipped.mapping();
    private static final MappingContext EUR = new MappingContext(Currency.getInstance("EUR"));

    private static final String REQUEST = "BQT*00*RFQ-1*20260302*106*20260316~PO1*1*10*CA*12.50**VN*A-100~CTT*1~";
    private static final String QUOTATION =
            "BQR*00*RFQ-1*20260309*036*20260430*BI~REF*Q1*OF-1~PO1*1*10*CA*12.50**VN*A-100~CTT*1~";
    private static final String OFFER = "BGM+310+OF-1+9'DTM+137:20260309:102'RFF+AAV:RFQ-1'CUX+2:EUR:9'"
            + "LIN+1'PIA+5+A-100:SA'QTY+21:10:CS'PRI+AAA:12.50'UNS+S'CNT+2:1'";

    /** But for the unit, of which each standard has codes of its own. */
    @ParameterizedTest
    @CsvSource({
        "x12-004010-840, edifact-d96a-reqote, single-line",
        "x12-004010-843, edifact-d96a-quotes, quoted-as-asked"
    })
    void theSameBusinessInBothStandardsIsTheSameRecord(String x12, String edifact, String sample) {
        assertThat(record(x12, sample).toPrettyString())
                .isEqualTo(record(edifact, sample).toPrettyString());
    }

    private static JsonNode record(String guide, String sample) {
        BusinessDocument document = OutboundTemplateTests.documents(
                        SCHEMAS.resolve(guide).resolve("samples/" + sample + ".expected.json"))
                .get(0);
        JsonNode said = OutboundTemplateTests.said(document);
        said.findParents("unit").forEach(parent -> ((ObjectNode) parent).remove("unit"));
        return said;
    }

    @Test
    void aRequestHasNoPricesAlsoWhereItsSourceWishesForOne() {
        RequestForQuotation request = (RequestForQuotation) accepted(SetText.set(REQUEST));
        assertThat(request.type()).isEqualTo(DocumentType.REQUEST_FOR_QUOTATION);
        assertThat(request.number()).isEqualTo("RFQ-1");
        assertThat(request.currency()).isNull();
        assertThat(request.dates()).containsOnly(Map.entry("quotation-due", LocalDate.parse("2026-03-16")));
        assertThat(request.lines().get(0).quantity().value()).isEqualByComparingTo("10");
    }

    @Test
    void aQuotationNamesItsRequestAndTheDaysItHolds() {
        PricedDocument quotation = (PricedDocument) accepted(SetText.set(QUOTATION));
        assertThat(quotation.type()).isEqualTo(DocumentType.QUOTATION);
        assertThat(quotation.number()).isEqualTo("OF-1");
        assertThat(quotation.references()).containsOnlyKeys("request-for-quotation");
        assertThat(quotation.references().get("request-for-quotation")).containsExactly("RFQ-1");
        assertThat(quotation.dates()).containsOnlyKeys("validity-end");
        assertThat(quotation.totals().payable()).hasToString("125.00 EUR");
    }

    @Test
    void aQuotationWithoutANumberHasThatOfItsRequest() {
        assertThat(accepted(SetText.set(QUOTATION.replace("REF*Q1*OF-1~", ""))).number())
                .isEqualTo("RFQ-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DQ", "UQ", "RT"})
    void anAnswerThatQuotesNothingIsHeld(String code) {
        assertThat(problems(SetText.set(QUOTATION.replace("*BI~", "*" + code + "~"))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("nothing-quoted");
                    assertThat(problem.sentence()).contains("the code " + code + " says that nothing is quoted");
                });
    }

    @Test
    void aLineHasPricesForSeveralQuantitiesInBothStandards() {
        String breaks = "PO1*1*10*CA*12.50**VN*A-100~CTP***11.90*100*CA~CTP***12.50*10*CA~";
        PricedDocument quotation =
                (PricedDocument) accepted(SetText.set(QUOTATION.replace("PO1*1*10*CA*12.50**VN*A-100~", breaks)));
        assertThat(prices(quotation)).containsExactly("from 10: 12.50", "from 100: 11.90");
        assertThat(quotation.totals().payable()).hasToString("125.00 EUR");
        PricedDocument offer = (PricedDocument) accepted(message(OFFER.replace(
                "PRI+AAA:12.50'", "PRI+AAA:12.50'RNG+4+CS:1:99'PRI+AAA:11.90'RNG+4+CS:100:500'PRI+AAB:13'")));
        assertThat(prices(offer)).containsExactly("from 1: 12.50", "from 100 to 500: 11.90");
        assertThat(offer.lines().get(0).unitPrice()).isEqualByComparingTo("12.50");
    }

    @Test
    void thePriceOfALineThatSaysOnlyOnesByQuantityIsThatOfItsQuantity() {
        String breaks = "PO1*1*120*CA***VN*A-100~CTP***12.50*10*CA~CTP***11.90*100*CA~";
        PricedDocument quotation =
                (PricedDocument) accepted(SetText.set(QUOTATION.replace("PO1*1*10*CA*12.50**VN*A-100~", breaks)));
        assertThat(quotation.lines().get(0).unitPrice()).isEqualByComparingTo("11.90");
        assertThat(quotation.totals().payable()).hasToString("1428.00 EUR");
    }

    @ParameterizedTest
    @CsvSource({
        "CTP***11.90*10*CA~, price-break-differs",
        "CTP***12.50*10*EA~, price-break-unclear",
        "CTP***12.50*10*CA~CTP***11.90*10*CA~, price-break-unclear",
        "CTP****10*CA~, price-missing"
    })
    void whatIsNotClearAboutPricesHoldsTheQuotation(String breaks, String code) {
        assertThat(problems(SetText.set(QUOTATION.replace("VN*A-100~", "VN*A-100~" + breaks))))
                .extracting(MappingProblem::code)
                .containsExactly(code);
    }

    @Test
    void aQuantityThatNoPriceIsForHoldsTheQuotation() {
        assertThat(problems(message(
                        OFFER.replace("PRI+AAA:12.50'", "PRI+AAA:12.50'RNG+4+CS:20:99'PRI+AAA:11.90'RNG+4+CS:100'"))))
                .extracting(MappingProblem::code)
                .containsExactly("price-missing");
    }

    private static List<String> prices(PricedDocument quotation) {
        return quotation.lines().get(0).breaks().stream()
                .map(each -> "from %s%s: %s"
                        .formatted(
                                each.from().toPlainString(),
                                each.to() == null ? "" : " to " + each.to(),
                                each.unitPrice().toPlainString()))
                .toList();
    }

    @Test
    void aPriceForInformationHoldsNothing() {
        assertThat(problems(SetText.set(QUOTATION.replace("VN*A-100~", "VN*A-100~CTP**MSR*15.00~"))))
                .isEmpty();
    }

    @Test
    void whatIsAskedForMustBeSomething() {
        assertThat(problems(SetText.set(REQUEST.replace("*10*CA*", "*-10*CA*"))))
                .extracting(MappingProblem::code)
                .containsExactly("quantity-negative");
        assertThat(problems(SetText.set(REQUEST.replace("*10*CA*12.50*", "****"))))
                .extracting(MappingProblem::code)
                .containsExactly("quantity-missing", "unit-missing");
        assertThat(problems(SetText.set(REQUEST.replace("CTT*1~", "CTT*2~"))))
                .extracting(MappingProblem::code)
                .containsExactly("line-count-differs");
        assertThat(problems(SetText.set(REQUEST.replace("BQT*00*", "BQT*04*"))))
                .extracting(MappingProblem::code)
                .containsExactly("purpose-not-original");
    }

    private static BusinessDocument accepted(TransactionSet set) {
        Mapped mapped = MAPPING.map(set, EUR);
        assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
        return Objects.requireNonNull(mapped.content());
    }

    private static List<MappingProblem> problems(TransactionSet set) {
        assertThat(set.verdict()).isInstanceOf(Verdict.Accepted.class);
        return MAPPING.map(set, EUR).problems();
    }

    private static TransactionSet message(String segments) {
        long count = segments.chars().filter(c -> c == '\'').count() + 2;
        return SetText.sets("UNB+UNOC:3+A:ZZ+B:ZZ+260309:0900+1'UNH+1+QUOTES:D:96A:UN'%sUNT+%d+1'UNZ+1+1'"
                        .formatted(segments, count)
                        .getBytes(StandardCharsets.ISO_8859_1))
                .get(0);
    }
}
