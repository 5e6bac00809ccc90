package io.lonja.fulfilment;

import io.lonja.fulfilment.TradeDocument.Line;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A line of an invoice, and how much of it stands after the credit notes. */
final class Invoiced {

    final TradeDocument document;
    final Line line;
    /** Which line of the order it is for, counted from 0; null where it is for none. */
    final @Nullable Integer ordered;

    private BigDecimal quantity;
    private BigDecimal moneyBack = BigDecimal.ZERO;

    Invoiced(TradeDocument document, Line line, @Nullable Integer ordered) {
        this.document = document;
        this.line = line;
        this.ordered = ordered;
        quantity = line.quantity().value();
    }

    /** What was not taken back. */
    BigDecimal quantity() {
        return quantity;
    }

    boolean stands() {
        return quantity.signum() > 0;
    }

    BigDecimal price() {
        return Objects.requireNonNull(line.price(), "An invoice has prices");
    }

    Currency currency() {
        return Objects.requireNonNull(line.net(), "An invoice has amounts").currency();
    }

    /** By how much the line is dearer than at this price, after what was credited; negative when it is cheaper. */
    BigDecimal dearerThan(BigDecimal price) {
        // Rounded as amounts are, before money is taken back: credits are amounts, and half a cent is no difference.
        return price().subtract(price)
                .multiply(quantity)
                .setScale(currency().getDefaultFractionDigits(), RoundingMode.HALF_UP)
                .subtract(moneyBack);
    }

    /**
     * Takes credits back, in the order given: at the price that was invoiced it is goods, at any other only money.
     *
     * @param lines of the order
     */
    static void credit(
            List<Invoiced> invoiced,
            TradeDocument credit,
            Line line,
            @Nullable Integer ordered,
            List<OrderedLine> lines) {
        Money net = line.net();
        BigDecimal price = line.price();
        if (net == null || price == null) {
            return;
        }
        List<Invoiced> same = invoiced.stream()
                .filter(item -> item.stands()
                        && item.isFor(line, ordered)
                        && item.currency().equals(net.currency()))
                .toList();
        List<Invoiced> named = same.stream()
                .filter(item -> item.document.number().equals(credit.invoice()))
                .toList();
        List<Invoiced> candidates = named.isEmpty() ? same : named;
        List<Invoiced> atItsPrice = candidates.stream()
                .filter(item -> item.price().compareTo(price) == 0
                        && item.line.quantity().inUnitOf(line.quantity()))
                .toList();
        if (atItsPrice.isEmpty()) {
            moneyBack(candidates, net.amount(), ordered == null ? null : lines.get(ordered));
            return;
        }
        BigDecimal left = line.quantity().value();
        for (Invoiced item : atItsPrice) {
            BigDecimal part = left.min(item.quantity);
            item.quantity = item.quantity.subtract(part);
            left = left.subtract(part);
        }
    }

    private boolean isFor(Line credited, @Nullable Integer creditedFor) {
        if (ordered != null || creditedFor != null) {
            return Objects.equals(ordered, creditedFor);
        }
        return line.items().isEmpty() || credited.items().isEmpty()
                ? Links.sameNumber(line.number(), credited.number())
                : Links.share(line.items(), credited.items());
    }

    /** First to what is too dear, then to the first of all. */
    private static void moneyBack(List<Invoiced> candidates, BigDecimal amount, @Nullable OrderedLine ordered) {
        BigDecimal left = amount;
        for (Invoiced item : candidates) {
            BigDecimal price = ordered == null ? null : ordered.priceOn(item.document.date());
            if (price != null) {
                BigDecimal part = item.dearerThan(price).max(BigDecimal.ZERO).min(left);
                item.moneyBack = item.moneyBack.add(part);
                left = left.subtract(part);
            }
        }
        if (!candidates.isEmpty()) {
            candidates.get(0).moneyBack = candidates.get(0).moneyBack.add(left);
        }
    }
}
