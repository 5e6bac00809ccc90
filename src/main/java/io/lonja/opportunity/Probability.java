package io.lonja.opportunity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How likely an order is to be invoiced in full, measured by Laplace's rule of succession over the earlier
 * orders: {@code (invoiced + 1) / (orders + 2)}.
 *
 * @param invoiced how many of the earlier orders were invoiced in full
 * @param orders how many earlier orders there were
 * @param ofOneMember whether only one member's orders with the supplier were counted, or everybody's
 */
public record Probability(long invoiced, long orders, boolean ofOneMember) {

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
        if (ofOneMember) {
            return orders == 0
                    ? "No earlier order of this member with this supplier is known."
                    : "%d of the member's %d earlier orders with this supplier were invoiced in full."
                            .formatted(invoiced, orders);
        }
        return orders == 0
                ? "No earlier order of this supplier is known."
                : "%d of the supplier's %d earlier orders were invoiced in full.".formatted(invoiced, orders);
    }
}
