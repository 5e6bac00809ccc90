package io.lonja.fulfilment;

import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.fulfilment.OrderLine.Said;
import io.lonja.fulfilment.TradeDocument.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ordered line as the changes of its order left it, and the sums of what was said of it, in its unit. */
final class OrderedLine {

    /** Whose line it is: the order, or the change that added it. */
    final TradeDocument source;

    /** As it is ordered now. */
    Line line;

    /** The newest change of how much is ordered; null while it is as it was written. */
    @Nullable
    TradeDocument changedBy;

    @Nullable
    BigDecimal confirmed;

    BigDecimal waiting = BigDecimal.ZERO;
    BigDecimal sent = BigDecimal.ZERO;
    BigDecimal received = BigDecimal.ZERO;
    BigDecimal accepted = BigDecimal.ZERO;
    final List<Said> said = new ArrayList<>();

    private final List<Since> before = new ArrayList<>();

    /** From this day on it was ordered so. */
    private record Since(LocalDate day, Line line) {}

    OrderedLine(TradeDocument source, Line line) {
        this.source = source;
        this.line = line;
        before.add(new Since(LocalDate.MIN, line));
    }

    /** The change says this of it. */
    void change(TradeDocument change, Line now) {
        boolean otherwise = quantity().compareTo(now.quantity().value()) != 0
                || !line.quantity().inUnitOf(now.quantity());
        line = now;
        before.add(new Since(change.date(), now));
        if (otherwise) {
            changedBy = change;
        }
    }

    /** Nothing of it is ordered any more. */
    void withdraw(TradeDocument change) {
        change(change, line.with(new Quantity(BigDecimal.ZERO, line.quantity().unit())));
    }

    BigDecimal quantity() {
        return line.quantity().value();
    }

    /** Whether changes left nothing of it. */
    boolean withdrawn() {
        return changedBy != null && quantity().signum() == 0;
    }

    /** At which price it was ordered on this day; null where there are no prices. */
    @Nullable
    BigDecimal priceOn(LocalDate day) {
        BigDecimal price = line.price();
        for (Since since : before) {
            if (!since.day.isAfter(day)) {
                price = since.line.price();
            }
        }
        return price;
    }

    /** What is to come in all: what was ordered, or what is confirmed and backordered of it. */
    BigDecimal promised() {
        return confirmed == null ? quantity() : confirmed.add(waiting).min(quantity());
    }

    /** How much may be invoiced: more than was confirmed, but nothing of what was rejected. */
    BigDecimal invoicable() {
        return confirmed != null && promised().signum() == 0 ? BigDecimal.ZERO : quantity();
    }

    /** Whether how much is ordered was changed after this was written, so that it does not answer it. */
    boolean changedAfter(TradeDocument response) {
        return changedBy != null && TradeDocument.AS_WRITTEN.compare(changedBy, response) > 0;
    }

    boolean inUnitOf(Line other) {
        return line.quantity().inUnitOf(other.quantity());
    }
}
