package io.lonja.opportunity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far an opportunity counts in a forecast. */
public enum ForecastCategory {
    /** Ordered and not yet fully invoiced. */
    COMMIT,
    /** Won: invoices cover the order. */
    CLOSED;

    /** The category with this name, if there is one. */
    public static Optional<ForecastCategory> named(String wireName) {
        return Arrays.stream(values())
                .filter(category -> category.wireName().equals(wireName))
                .findFirst();
    }

    /** {@code commit}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
