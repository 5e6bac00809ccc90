package io.lonja.opportunity;

import io.lonja.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How far invoices cover the orders they name. A pure function of both, so it does not matter which came first. Where
 * several orders bear one number, the older is covered first.
 */
final class Coverage {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private Coverage() {}

    /** A line of an order, or of an invoice that names one. */
    record Line(String number, SortedMap<String, String> items, BigDecimal quantity, String unit, Money net) {

        boolean isFor(Line ordered) {
            if (items.isEmpty() || ordered.items.isEmpty()) {
                return number.equals(ordered.number);
            }
            return items.entrySet().stream().anyMatch(item -> item.getValue().equals(ordered.items.get(item.getKey())));
        }
    }

    /**
     * What became of one order.
     *
     * @param won every line is covered by quantity, or the whole by amount
     */
    record Covered(Money invoiced, boolean won) {}

    /**
     * @param orders lines of each order, the oldest order first, none without lines
     * @param invoiced lines that name this order number
     * @return one for each order, in the same order
     */
    static List<Covered> of(List<List<Line>> orders, List<Line> invoiced) {
        List<BigDecimal> left =
                new ArrayList<>(invoiced.stream().map(Line::quantity).toList());
        Money ofFirst = sum(orders.get(0));
        Money amountLeft = sum(
                Money.zero(ofFirst.currency()),
                invoiced.stream()
                        .filter(line -> line.net().currency().equals(ofFirst.currency()))
                        .toList());
        List<Covered> covered = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            List<Line> order = orders.get(i);
            boolean byQuantity = true;
            for (Line ordered : order) {
                byQuantity &= take(ordered, invoiced, left);
            }
            Money ordered = sum(order);
            boolean sameCurrency = ordered.currency().equals(amountLeft.currency());
            boolean last = i == orders.size() - 1;
            Money part = !sameCurrency
                    ? Money.zero(ordered.currency())
                    : last || amountLeft.compareTo(ordered) < 0 ? amountLeft : ordered;
            if (sameCurrency) {
                amountLeft = amountLeft.minus(part);
            }
            boolean byAmount = !invoiced.isEmpty() && part.compareTo(ordered) >= 0;
            covered.add(new Covered(part, byQuantity || byAmount));
        }
        return covered;
    }

    private static boolean take(Line ordered, List<Line> invoiced, List<BigDecimal> left) {
        BigDecimal open = ordered.quantity();
        for (int i = 0; i < invoiced.size() && open.signum() > 0; i++) {
            Line line = invoiced.get(i);
            if (line.isFor(ordered) && line.unit().equals(ordered.unit())) {
                BigDecimal part = left.get(i).min(open);
                left.set(i, left.get(i).subtract(part));
                open = open.subtract(part);
            }
        }
        return open.signum() <= 0;
    }

    private static Money sum(List<Line> lines) {
        return sum(Money.zero(lines.get(0).net().currency()), lines);
    }

    /** Never more than an amount can be, so that nobody's flood of invoices stops the books. */
    private static Money sum(Money zero, List<Line> lines) {
        BigInteger sum = lines.stream()
                .map(line -> BigInteger.valueOf(line.net().minorUnits()))
                .reduce(BigInteger.valueOf(zero.minorUnits()), BigInteger::add);
        return new Money(sum.min(MOST).max(MOST.negate()).longValueExact(), zero.currency());
    }
}
