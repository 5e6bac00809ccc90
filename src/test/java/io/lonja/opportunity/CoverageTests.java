package io.lonja.opportunity;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.money.Money;
import io.lonja.opportunity.Coverage.Covered;
import io.lonja.opportunity.Coverage.Line;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoverageTests {

    @Test
    void anOrderIsWonWhenEveryLineIsInvoicedInFull() {
        List<Line> order = List.of(line("1", "OIL", "10", "100.00"), line("2", "SALT", "5", "5.00"));
        assertThat(of(order, line("1", "OIL", "10", "90.00"), line("2", "SALT", "5", "4.00")))
                .isEqualTo(covered("94.00", true));
        assertThat(of(order, line("1", "OIL", "10", "90.00"))).isEqualTo(covered("90.00", false));
        assertThat(of(order)).isEqualTo(covered("0.00", false));
    }

    @Test
    void anOrderIsWonWhenItsWholeAmountIsInvoicedWhateverTheLines() {
        List<Line> order = List.of(line("1", "OIL", "10", "100.00"));
        assertThat(of(order, line("1", "BETTER-OIL", "8", "100.00"))).isEqualTo(covered("100.00", true));
        assertThat(of(order, line("1", "BETTER-OIL", "8", "99.99"))).isEqualTo(covered("99.99", false));
    }

    @Test
    void partialInvoicesAddUp() {
        List<Line> order = List.of(line("1", "OIL", "10", "100.00"));
        assertThat(of(order, line("7", "OIL", "4", "36.00"), line("9", "OIL", "6", "54.00")))
                .isEqualTo(covered("90.00", true));
        assertThat(of(order, line("7", "OIL", "4", "36.00"), line("9", "OIL", "5.999", "54.00")))
                .isEqualTo(covered("90.00", false));
    }

    @Test
    void oneInvoiceLineCoversTwoOrderLinesOfTheItemOnlyAsFarAsItReaches() {
        List<Line> order = List.of(line("1", "OIL", "6", "60.00"), line("2", "OIL", "6", "60.00"));
        assertThat(of(order, line("1", "OIL", "10", "90.00")).won()).isFalse();
        assertThat(of(order, line("1", "OIL", "12", "90.00")).won()).isTrue();
    }

    @Test
    void anotherUnitIsNoCover() {
        List<Line> order = List.of(line("1", "OIL", "10", "100.00"));
        Line inPieces = new Line("1", items("OIL"), new BigDecimal("10"), "EA", Money.of("10.00", "EUR"));
        assertThat(of(order, inPieces).won()).isFalse();
    }

    @Test
    void linesWithoutItemCodesMeetByTheirNumber() {
        List<Line> order = List.of(line("1", "", "10", "100.00"));
        assertThat(of(order, line("1", "OIL", "10", "90.00")).won()).isTrue();
        assertThat(of(order, line("2", "OIL", "10", "90.00")).won()).isFalse();
    }

    @Test
    void anotherCurrencyCoversQuantitiesAndNoAmount() {
        List<Line> order = List.of(line("1", "OIL", "10", "100.00"));
        Line inDollars = new Line("1", items("OIL"), new BigDecimal("9"), "CA", Money.of("500.00", "USD"));
        assertThat(of(order, inDollars)).isEqualTo(covered("0.00", false));
    }

    @Test
    void ofTwoOrdersWithOneNumberTheOlderIsCoveredFirstAndTheLastTakesWhatIsLeft() {
        List<List<Line>> orders =
                List.of(List.of(line("1", "OIL", "10", "100.00")), List.of(line("1", "OIL", "10", "100.00")));
        assertThat(Coverage.of(orders, List.of(line("1", "OIL", "15", "150.00"))))
                .containsExactly(covered("100.00", true), covered("50.00", false));
        assertThat(Coverage.of(orders, List.of(line("1", "OIL", "30", "300.00"))))
                .containsExactly(covered("100.00", true), covered("200.00", true));
    }

    private static Covered of(List<Line> order, Line... invoiced) {
        return Coverage.of(List.of(order), List.of(invoiced)).get(0);
    }

    private static Covered covered(String invoiced, boolean won) {
        return new Covered(Money.of(invoiced, "EUR"), won);
    }

    private static Line line(String number, String item, String quantity, String net) {
        return new Line(number, items(item), new BigDecimal(quantity), "CA", Money.of(net, "EUR"));
    }

    private static TreeMap<String, String> items(String item) {
        return item.isEmpty() ? new TreeMap<>() : new TreeMap<>(Map.of("supplier-item", item));
    }
}
