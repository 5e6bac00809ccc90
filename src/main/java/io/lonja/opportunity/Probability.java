package io.lonja.opportunity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How likely an order is to be invoiced in full, measured by Laplace's rule of succession over the supplier's earlier
 * orders: {@code (invoiced + 1) / (orders + 2)}.
 *
 * @param invoiced how many of the earlier orders were invoiced in full
 * @param orders how many earlier orders there were
 */
public record Probability(long invoiced, long orders) {

    private static final int DECIMALS = 4;

    public Probability {
        if (invoiced < 0 || invoiced > orders) {
            throw new IllegalArgumentException("%d of %d orders is no share".formatted(invoiced, orders));
        }
    }

    /** Between 0 and 1, four decimals, half up: {@code 0.6667}. */
    public BigDecimal value() {
        return BigDecimal.valueOf(invoiced + 1).divide(BigDecimal.valueOf(orders + 2), DECIMALS, RoundingMode.HALF_UP);
    }

    /** Why we think so, for a person. */
    public String sentence() {
        return orders == 0
                ? "No earlier order of this supplier is known."
                : "%d of the supplier's %d earlier orders were invoiced in full.".formatted(invoiced, orders);
    }
}
