package io.lonja.force.day;

import static java.math.BigDecimal.ZERO;

import io.lonja.force.day.Order.Ending;
import io.lonja.force.day.Order.Line;
import io.lonja.force.day.Sheet.Entry;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
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
        for (Kind kind : List.of(Kind.RESPONSE, Kind.DESPATCH, Kind.INVOICE, Kind.CREDIT)) {
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

    /** What was written of a line until then comes to. */
    Ending of(Order order, Line line, Hour after) {
        BigDecimal ordered = line.quantity();
        BigDecimal confirmed = null;
        BigDecimal waiting = ZERO;
        Sheet newest = sheets(order, Kind.RESPONSE, after).stream()
                .max(Comparator.comparing(Sheet::date))
                .orElse(null);
        if (newest != null) {
            Entry said = entry(newest, order, line);
            confirmed = newest.answer().equals(Paper.REJECTED) ? ZERO : said == null ? ordered : said.quantity();
            waiting = said == null ? ZERO : said.waiting();
        }
        BigDecimal invoiced = sum(order, line, Kind.INVOICE, after).subtract(sum(order, line, Kind.CREDIT, after));
        BigDecimal promised = confirmed == null ? ordered : confirmed.add(waiting);
        String status = promised.compareTo(invoiced) > 0
                ? "open"
                : promised.signum() == 0 ? "cancelled" : promised.compareTo(ordered) < 0 ? "short" : "invoiced";
        return new Ending(status, confirmed, waiting, sum(order, line, Kind.DESPATCH, after), invoiced);
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
