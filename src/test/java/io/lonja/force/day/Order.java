package io.lonja.force.day;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An order of the day, and how each of its lines ends, as whoever made up the day decided. */
final class Order {

    final String number;
    final Firm buyer;
    final Firm seller;
    final Scenario scenario;
    final List<Line> lines = new ArrayList<>();
    private final Map<Integer, Ending> endings = new LinkedHashMap<>();
    private final Map<Integer, BigDecimal> left = new LinkedHashMap<>();

    Order(String number, Firm buyer, Firm seller, Scenario scenario) {
        this.number = number;
        this.buyer = buyer;
        this.seller = seller;
        this.scenario = scenario;
    }

    /**
     * A line.
     *
     * @param number from 1; 0 of one that nobody ordered
     * @param quantity as it was ordered first
     */
    record Line(int number, Good good, BigDecimal quantity) {}

    /**
     * What the books must say of a line when the day is over.
     *
     * @param confirmed null where the supplier never answered
     */
    record Ending(
            String status,
            @Nullable BigDecimal confirmed,
            BigDecimal backordered,
            BigDecimal sent,
            BigDecimal invoiced) {

        @Override
        public String toString() {
            return "%s, confirmed %s, backordered %s, sent %s, invoiced %s"
                    .formatted(
                            status,
                            confirmed == null ? "nothing" : Paper.plain(confirmed),
                            Paper.plain(backordered),
                            Paper.plain(sent),
                            Paper.plain(invoiced));
        }
    }

    void ends(Line line, Ending ending) {
        endings.put(line.number(), ending);
    }

    /** So much of the line is ordered when the day is over. */
    void leaves(Line line, BigDecimal quantity) {
        left.put(line.number(), quantity);
    }

    /** How much of the line is ordered when the day is over. */
    BigDecimal left(Line line) {
        return left.getOrDefault(line.number(), line.quantity());
    }

    Ending ending(Line line) {
        return Objects.requireNonNull(
                endings.get(line.number()), () -> scenario + " does not say how line %d ends".formatted(line.number()));
    }
}
