package io.lonja.force.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.force.day.Order.Line;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever holds the hub against a day that was made up must be right itself. */
class DayPlanTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20260901})
    void whatIsWrittenOfALineComesToHowTheScenarioSaysThatItEnds(long seed) {
        DayPlan day = new DayPlan(seed, 150);
        Tally tally = new Tally(day);
        for (Order order : day.orders) {
            for (Line line : order.lines) {
                assertThat(tally.ordered(order, line, Hour.NIGHT))
                        .as("what %s leaves of %s line %d", order.scenario, order.number, line.number())
                        .isEqualByComparingTo(order.left(line));
                assertThat(tally.of(order, line, Hour.NIGHT))
                        .as("%s, %s line %d", order.scenario, order.number, line.number())
                        .hasToString(order.ending(line).toString());
            }
        }
        assertThat(day.orders).extracting(order -> order.scenario).contains(Scenario.values());
        assertThat(day.sheets).extracting(Sheet::kind).contains(Kind.values());
        assertThat(day.cases)
                .extracting(PlannedCase::reason)
                .contains(
                        "receipt-differs",
                        "receipt-contested",
                        "quantity-over-received",
                        "invoice-unknown",
                        "paid-over-invoiced");
        assertThat(day.orders)
                .as("an order of which something is open in the afternoon")
                .anyMatch(order -> order.lines.stream()
                        .anyMatch(line ->
                                tally.of(order, line, Hour.AFTERNOON).status().equals("open")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20260901})
    void whatOnePartnerWritesIsReadAsJustThat(long seed) {
        DayPlan day = new DayPlan(seed, 60);
        Clerk clerk = new Clerk(day.market, new HashMap<>());
        for (Sheet sheet : day.sheets) {
            Paper paper = clerk.paper(sheet);
            String written = Pen.of(sheet.from()).interchange(7, sheet.kind(), List.of(paper));
            Wire.Interchange read = Wire.read(written.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(read.control()).isEqualTo("7");
            assertThat(PaperReader.paper(read.messages().get(0))).as(written).isEqualTo(paper);
        }
    }
}
