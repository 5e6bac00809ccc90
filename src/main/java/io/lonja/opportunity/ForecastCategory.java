package io.lonja.opportunity;

import java.util.Locale;

/** How far an opportunity counts in a forecast. */
public enum ForecastCategory {
    /** Ordered and not yet fully invoiced. */
    COMMIT,
    /** Won: invoices cover the order. */
    CLOSED;

    /** {@code commit}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
