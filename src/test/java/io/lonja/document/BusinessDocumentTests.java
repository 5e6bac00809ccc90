package io.lonja.document;

import static org.assertj.core.api.Assertions.assertThat;

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

class BusinessDocumentTests {

    @Test
    void survivesItsJson() {
        BusinessDocument document = invoice(100);

        byte[] json = CanonicalJson.of(document);

        assertThat(CanonicalJson.read(json, BusinessDocument.class)).isEqualTo(document);
        assertThat(CanonicalJson.of(CanonicalJson.read(json, BusinessDocument.class)))
                .isEqualTo(json);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"type\":\"invoice\"", "\"date\":\"2026-11-02\"")
                .contains("\"quantity\":{\"unit\":\"CA\",\"value\":\"10.0\"}")
                .contains("\"kind\":\"allowance\"")
                .contains("\"payable\":{\"amount\":\"124.00\",\"currency\":\"EUR\"}");
    }

    static BusinessDocument invoice(long offset) {
        Money net = Money.of("125.00", "EUR");
        ByteRange wire = new ByteRange(offset, offset + 30);
        BusinessDocument.Line line = new BusinessDocument.Line(
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
        BusinessDocument.Adjustment allowance = new BusinessDocument.Adjustment(
                BusinessDocument.Adjustment.Kind.ALLOWANCE, "C310", null, Money.of("1.00", "EUR"), wire);
        return new BusinessDocument(
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
                new BusinessDocument.Totals(
                        net,
                        Money.of("124.00", "EUR"),
                        Money.of("0.00", "EUR"),
                        Money.of("124.00", "EUR"),
                        new TreeMap<>(Map.of("payable", "12400"))));
    }
}
