package io.lonja.tracking;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@link Conservation} for whoever watches: {@code lonja_receipts_received}, {@code lonja_receipts{state="applied"}} and
 * its siblings, and {@code lonja_receipts_difference}, which is never anything but 0. Counted once for all of them.
 */
final class ConservationGauges implements MeterBinder {

    /** Counting looks at every receipt, so it is not done for every scrape of every gauge. */
    static final Duration COUNTED_AGAIN_AFTER = Duration.ofSeconds(10);

    private static final String NAME = "lonja.receipts";
    private static final Map<String, ToLongFunction<Conservation>> STATES = Map.of(
            "applied", Conservation::applied,
            "refused", Conservation::refused,
            "held", Conservation::held,
            "duplicate", Conservation::duplicate,
            "in-flight", Conservation::inFlight);

    private final Interchanges interchanges;
    private final Clock clock;
    private @Nullable Counted last;

    ConservationGauges(Interchanges interchanges, Clock clock) {
        this.interchanges = interchanges;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(NAME + ".received", () -> counted().received())
                .description("Receipts that were given, as far as every lane has come")
                .register(registry);
        Gauge.builder(NAME + ".difference", () -> counted().difference())
                .description("Receipts given minus receipts in any state; anything but 0 is a loss")
                .register(registry);
        STATES.forEach((state, count) -> Gauge.builder(NAME, () -> count.applyAsLong(counted()))
                .tag("state", state)
                .description("Where the receipts are")
                .register(registry));
    }

    private synchronized Conservation counted() {
        Instant now = clock.instant();
        Counted known = last;
        if (known == null || !known.at().plus(COUNTED_AGAIN_AFTER).isAfter(now)) {
            known = new Counted(interchanges.settled(), now);
            last = known;
        }
        return known.conservation();
    }

    private record Counted(Conservation conservation, Instant at) {}
}
