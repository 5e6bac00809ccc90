package io.lonja.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.DespatchAdvice.Line;
import io.lonja.document.DespatchAdvice.Package;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DespatchAdviceTests {

    private static final ByteRange WIRE = new ByteRange(100, 120);
    private static final Package PALLET = new Package(null, "201", 1, "384123450000000016", WIRE);

    @Test
    void isReadAgainAsTheRecordThatItsTypeSays() {
        DespatchAdvice advice =
                advice(List.of(PALLET, new Package(0, "CT", 1, "384123450000000023", WIRE)), List.of(line("1", 1)));

        byte[] json = CanonicalJson.of(advice);

        assertThat(CanonicalJson.read(json, BusinessDocument.class)).isEqualTo(advice);
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"type\":\"despatch-advice\"");
        assertThat(CanonicalJson.read(CanonicalJson.of(PricedDocumentTests.invoice(100)), BusinessDocument.class))
                .isEqualTo(PricedDocumentTests.invoice(100));
    }

    @Test
    void saysTheSameWhereverItsBytesStand() {
        DespatchAdvice advice = advice(List.of(PALLET), List.of(line("1", 0)));
        DespatchAdvice elsewhere = advice(
                List.of(new Package(null, "201", 1, "384123450000000016", new ByteRange(500, 520))),
                List.of(line("1", 0)));

        assertThat(elsewhere.contentDigest()).isEqualTo(advice.contentDigest());
        assertThat(advice(List.of(PALLET), List.of(line("2", 0))).contentDigest())
                .isNotEqualTo(advice.contentDigest());
    }

    @Test
    void knowsThePackageThatEachPackageAndLineStandsIn() {
        assertThatThrownBy(() -> advice(List.of(new Package(0, "201", 1, null, WIRE)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stands in package 0, which does not come before it");
        assertThatThrownBy(() -> advice(List.of(PALLET), List.of(line("1", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stands in package 1 of 1");
    }

    private static DespatchAdvice advice(List<Package> packages, List<Line> lines) {
        return new DespatchAdvice(
                DocumentType.DESPATCH_ADVICE,
                "SHIP-1",
                LocalDate.parse("2026-12-01"),
                new TreeMap<>(),
                new TreeMap<>(Map.of("purchase-order", List.of("PO-1"))),
                new TreeMap<>(Map.of("shipped", LocalDate.parse("2026-12-01"))),
                new DespatchAdvice.Carriage("road", "ACME TRUCKS", null),
                packages,
                lines,
                new TreeMap<>());
    }

    private static Line line(String number, @Nullable Integer in) {
        return new Line(
                number,
                new TreeMap<>(Map.of("gtin", "8412345000013")),
                null,
                new Quantity(new BigDecimal("8"), "CA"),
                null,
                in,
                new TreeMap<>(Map.of("purchase-order-line", List.of("1"))),
                new TreeMap<>(),
                WIRE,
                List.of());
    }
}
