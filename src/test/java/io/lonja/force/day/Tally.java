package io.lonja.force.day;

import static java.math.BigDecimal.ZERO;

import io.lonja.force.day.Order.Ending;
import io.lonja.force.day.Order.Line;
import io.lonja.force.day.Sheet.Entry;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the sheets of a day come to, line by line, at the end of an hour. */
record Tally(DayPlan day) {

    /** Those of this kind that are about the order, and count by then. */
    List<Sheet> sheets(Order order, Kind kind, Hour after) {
        return day.sheets.stream()
                .filter(sheet -> sheet.kind() == kind
                        && (sheet.order().equals(order.number)
                                || sheet.entries().stream().anyMatch(entry -> entry.order() == order))
                        && day.counts(sheet, after))
                .toList();
    }

    /** Numbers of the documents that have a line for this one. */
    TreeSet<String> sayings(Order order, Line line, Hour after) {
        TreeSet<String> numbers = new TreeSet<>();
        for (Kind kind : Kind.values()) {
            if (kind == Kind.ORDER) {
                continue;
            }
            for (Sheet sheet : sheets(order, kind, after)) {
                if (entry(sheet, order, line) != null) {
                    numbers.add(sheet.number());
                }
            }
        }
        return numbers;
    }

    private static @Nullable Entry entry(Sheet sheet, Order order, Line line) {
        return sheet.entries().stream()
                .filter(entry -> entry.order() == order && entry.line().number() == line.number())
                .findFirst()
                .orElse(null);
    }

    /** How much of a line is ordered then: a change counts unless it is rejected. Null where nobody ordered it yet. */
    @Nullable
    BigDecimal ordered(Order order, Line line, Hour after) {
        return standing(order, line, after).quantity();
    }

    /**
     * A line as it is ordered.
     *
     * @param quantity null where nobody ordered it
     * @param changed the last sheet that made it another one; null where none did
     */
    private record Standing(
            @Nullable BigDecimal quantity, @Nullable Sheet changed) {}

    private Standing standing(Order order, Line line, Hour after) {
        Entry first = sheets(order, Kind.ORDER, after).stream()
                .flatMap(sheet -> Optional.ofNullable(entry(sheet, order, line)).stream())
                .findFirst()
                .orElse(null);
        Standing standing = new Standing(first == null ? null : first.quantity(), null);
        for (Sheet change : changes(order, after)) {
            BigDecimal now = left(change, order, line, after);
            BigDecimal before = standing.quantity();
            if (now != null && (before == null || now.compareTo(before) != 0)) {
                standing = new Standing(now, change);
            }
        }
        return standing;
    }

    private List<Sheet> changes(Order order, Hour after) {
        return sheets(order, Kind.CHANGE, after).stream()
                .sorted(Comparator.comparing(Sheet::date))
                .toList();
    }

    /** What this change leaves of the line; null where it leaves it alone. */
    private @Nullable BigDecimal left(Sheet change, Order order, Line line, Hour after) {
        Entry said = entry(change, order, line);
        if (rejected(answer(change, order, after), order, line)) {
            return null;
        }
        if (change.answer().equals(Paper.CANCELLED)) {
            return ZERO;
        }
        return said == null ? null : said.quantity();
    }

    private @Nullable Sheet answer(Sheet change, Order order, Hour after) {
        return sheets(order, Kind.CHANGE_RESPONSE, after).stream()
                .filter(sheet -> sheet.about().equals(change.number()))
                .max(Comparator.comparing(Sheet::date))
                .orElse(null);
    }

    private static boolean rejected(@Nullable Sheet answer, Order order, Line line) {
        if (answer == null) {
            return false;
        }
        Entry said = entry(answer, order, line);
        return answer.answer().equals(Paper.REJECTED) || said != null && !said.says();
    }

    /**
     * What the supplier says of a line.
     *
     * @param quantity null where it said nothing that still holds
     */
    private record Confirmed(@Nullable BigDecimal quantity, BigDecimal waiting) {}

    /** By the newest response, unless the line became another one since; then by what was answered to that. */
    private Confirmed confirmed(Order order, Line line, Hour after) {
        Standing standing = standing(order, line, after);
        Sheet changed = standing.changed();
        Confirmed confirmed = new Confirmed(null, ZERO);
        Sheet newest = sheets(order, Kind.RESPONSE, after).stream()
                .max(Comparator.comparing(Sheet::date))
                .orElse(null);
        // On one day the response was there first: who changes an order has read what was answered.
        if (newest != null && (changed == null || changed.date().isBefore(newest.date()))) {
            Entry said = entry(newest, order, line);
            confirmed = newest.answer().equals(Paper.REJECTED)
                    ? new Confirmed(ZERO, ZERO)
                    : said == null
                            ? new Confirmed(standing.quantity(), ZERO)
                            : new Confirmed(said.quantity(), said.waiting());
        }
        for (Sheet change : changes(order, after)) {
            Sheet answer = answer(change, order, after);
            if (answer == null
                    || left(change, order, line, after) == null
                    || newest != null && answer.date().isBefore(newest.date())
                    || changed != null && changed.date().isAfter(answer.date())) {
                continue;
            }
            Entry said = entry(answer, order, line);
            confirmed = said == null
                    ? new Confirmed(standing.quantity(), ZERO)
                    : new Confirmed(said.quantity(), said.waiting());
        }
        return confirmed;
    }

    /** Numbers of all that counts at night of an order, or of the orders that a payment pays for, with all payments for that. */
    TreeSet<String> life(Sheet sheet) {
        Set<String> orders = new HashSet<>(orders(sheet));
        orders.remove("");
        Set<String> paid = numbers(sheet.paid());
        day.sheets.stream()
                .filter(known -> paid.contains(known.number()))
                .forEach(known -> orders.addAll(orders(known)));
        TreeSet<String> life = new TreeSet<>(Set.of(sheet.number()));
        for (Sheet known : day.sheets) {
            if (known.kind() != Kind.PAYMENT
                    && day.counts(known, Hour.NIGHT)
                    && !Collections.disjoint(orders, orders(known))) {
                life.add(known.number());
            }
        }
        day.sheets.stream()
                .filter(known -> !Collections.disjoint(life, numbers(known.paid())))
                .map(Sheet::number)
                .toList()
                .forEach(life::add);
        return life;
    }

    private static Set<String> numbers(List<Paper.Paid> paid) {
        return paid.stream().map(Paper.Paid::number).collect(Collectors.toSet());
    }

    /** Orders that it names: with its lines, where it has some. */
    private static Set<String> orders(Sheet sheet) {
        return sheet.entries().isEmpty()
                ? Set.of(sheet.order())
                : sheet.entries().stream().map(entry -> entry.order().number).collect(Collectors.toSet());
    }

    /** What was written of a line until then comes to. */
    Ending of(Order order, Line line, Hour after) {
        BigDecimal now = ordered(order, line, after);
        BigDecimal ordered = now == null ? ZERO : now;
        Confirmed said = confirmed(order, line, after);
        BigDecimal confirmed = said.quantity();
        BigDecimal invoiced = sum(order, line, Kind.INVOICE, after).subtract(sum(order, line, Kind.CREDIT, after));
        BigDecimal promised = confirmed == null ? ordered : confirmed.add(said.waiting());
        String status = promised.compareTo(invoiced) > 0
                ? "open"
                : promised.signum() == 0 ? "cancelled" : promised.compareTo(ordered) < 0 ? "short" : "invoiced";
        return new Ending(status, confirmed, said.waiting(), sum(order, line, Kind.DESPATCH, after), invoiced);
    }

    /** What the buyer says that came; null where it says that of nothing in the order. */
    @Nullable
    BigDecimal received(Order order, Line line, Hour after) {
        return sheets(order, Kind.RECEIPT, after).isEmpty() ? null : sum(order, line, Kind.RECEIPT, after);
    }

    /** Of goods: a credit at another price than the ordered one is money. */
    private BigDecimal sum(Order order, Line line, Kind kind, Hour after) {
        return sheets(order, kind, after).stream()
                .flatMap(sheet -> Optional.ofNullable(entry(sheet, order, line)).stream())
                .filter(entry ->
                        kind != Kind.CREDIT || entry.price().equals(line.good().price()))
                .map(Entry::quantity)
                .reduce(ZERO, BigDecimal::add);
    }
}
