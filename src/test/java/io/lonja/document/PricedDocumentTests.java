package io.lonja.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PricedDocumentTests {

    @Test
    void survivesItsJson() {
        PricedDocument document = invoice(100);

        byte[] json = CanonicalJson.of(document);

        assertThat(CanonicalJson.read(json, PricedDocument.class)).isEqualTo(document);
        assertThat(CanonicalJson.of(CanonicalJson.read(json, PricedDocument.class)))
                .isEqualTo(json);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"type\":\"invoice\"", "\"date\":\"2026-11-02\"")
                .contains("\"quantity\":{\"unit\":\"CA\",\"value\":\"10.0\"}")
                .contains("\"kind\":\"allowance\"")
                .contains("\"payable\":{\"amount\":\"124.00\",\"currency\":\"EUR\"}");
    }

    @Test
    void aLineWithoutSplitIsTheSameFactAsBeforeThereWereSplits() {
        String json = new String(CanonicalJson.of(invoice(100)), StandardCharsets.UTF_8);
        assertThat(json).doesNotContain("split");
        assertThat(CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), PricedDocument.class)
                        .lines()
                        .get(0)
                        .split())
                .isEmpty();
    }

    @Test
    void aSplitIsPartOfWhatTheLineSays() {
        PricedDocument.Line split = split(new PricedDocument.Split("gln", "8412345000013", new BigDecimal("10")));
        byte[] json = CanonicalJson.of(split);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"split\":[{\"location\":\"8412345000013\",\"quantity\":\"10\",\"scheme\":\"gln\"}]");
        assertThat(CanonicalJson.read(json, PricedDocument.Line.class)).isEqualTo(split);
    }

    @Test
    void aTaxAtItsRateIsTheSameFactAsBeforeThereWereTreatments() {
        PricedDocument.Tax tax =
                new PricedDocument.Tax("VAT", new BigDecimal("21"), Money.of("21.00", "EUR"), new ByteRange(0, 9));
        String json = new String(CanonicalJson.of(tax), StandardCharsets.UTF_8);
        assertThat(json)
                .isEqualTo(
                        "{\"amount\":{\"amount\":\"21.00\",\"currency\":\"EUR\"},\"category\":\"VAT\",\"rate\":\"21\",\"wire\":{\"from\":0,\"to\":9}}");
        assertThat(CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), PricedDocument.Tax.class))
                .isEqualTo(tax);
        assertThat(new String(CanonicalJson.of(invoice(100)), StandardCharsets.UTF_8))
                .doesNotContain("rates", "selfBilled");
    }

    @Test
    void aTaxSaysHowItIsTreatedOnWhatAndWhy() {
        PricedDocument.Tax tax = new PricedDocument.Tax(
                "VAT",
                null,
                Money.of("0.00", "EUR"),
                new ByteRange(0, 9),
                PricedDocument.Treatment.REVERSE_CHARGE,
                Money.of("50.00", "EUR"),
                "Art. 84");
        byte[] json = CanonicalJson.of(tax);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"treatment\":\"reverse-charge\"", "\"reason\":\"Art. 84\"", "\"base\":{");
        assertThat(CanonicalJson.read(json, PricedDocument.Tax.class)).isEqualTo(tax);
    }

    @Test
    void onlyAnInvoiceIsSelfBilled() {
        String json = new String(CanonicalJson.of(invoice(100)), StandardCharsets.UTF_8)
                .replaceFirst("\"totals\"", "\"selfBilled\":true,\"totals\"");
        assertThat(CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), PricedDocument.class)
                        .selfBilled())
                .isTrue();
        byte[] order = json.replace("\"type\":\"invoice\"", "\"type\":\"purchase-order\"")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> CanonicalJson.read(order, PricedDocument.class))
                .hasMessageContaining("only an invoice is self-billed");
    }

    @Test
    void onlyAResponseToAnOrderSaysAnAnswer() {
        String invoice = new String(CanonicalJson.of(invoice(100)), StandardCharsets.UTF_8);
        assertThat(invoice).doesNotContain("\"answer\"");
        byte[] answering =
                invoice.replaceFirst("^\\{", "{\"answer\":\"accepted\",").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> CanonicalJson.read(answering, PricedDocument.class))
                .hasMessageContaining("a response to an order says an answer, and nothing else does");
    }

    @Test
    void aSplitThatDoesNotAddUpCannotBeBuilt() {
        assertThatThrownBy(() -> split(
                        new PricedDocument.Split("gln", "1", new BigDecimal("6")),
                        new PricedDocument.Split("gln", "2", new BigDecimal("5"))))
                .hasMessageContaining("its split adds up to 11");
        assertThatThrownBy(() -> new PricedDocument.Split("gln", "1", new BigDecimal("-1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PricedDocument.Line split(PricedDocument.Split... split) {
        PricedDocument.Line line = invoice(100).lines().get(0);
        return new PricedDocument.Line(
                line.number(),
                line.items(),
                line.description(),
                line.quantity(),
                line.unitPrice(),
                line.net(),
                line.statedNet(),
                line.adjustments(),
                line.taxes(),
                line.dates(),
                line.references(),
                line.wire(),
                List.of(split));
    }

    static PricedDocument invoice(long offset) {
        Money net = Money.of("125.00", "EUR");
        ByteRange wire = new ByteRange(offset, offset + 30);
        PricedDocument.Line line = new PricedDocument.Line(
                "001",
                new TreeMap<>(Map.of("supplier-item", "A-100")),
                null,
                new BusinessDocument.Quantity(new BigDecimal("10.0"), "CA"),
                new BigDecimal("12.500"),
                net,
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                wire);
        PricedDocument.Adjustment allowance = new PricedDocument.Adjustment(
                PricedDocument.Adjustment.Kind.ALLOWANCE, "C310", null, Money.of("1.00", "EUR"), wire);
        return new PricedDocument(
                DocumentType.INVOICE,
                "004711",
                LocalDate.of(2026, 11, 2),
                Currency.getInstance("EUR"),
                new TreeMap<>(Map.of(
                        "buyer",
                        new BusinessDocument.Party("Acme", new TreeMap<>(Map.of("duns", "123456789")), List.of()))),
                new TreeMap<>(Map.of("purchase-order", List.of("PO-1"))),
                new TreeMap<>(),
                List.of(line),
                List.of(allowance),
                List.of(),
                new PricedDocument.Totals(
                        net,
                        Money.of("124.00", "EUR"),
                        Money.of("0.00", "EUR"),
                        Money.of("124.00", "EUR"),
                        new TreeMap<>(Map.of("payable", "12400"))));
    }
}
