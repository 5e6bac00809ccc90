package io.lonja.force.day;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a document says, whatever it is written in: two that are equal say the same.
 *
 * @param buyer its GLN
 * @param seller its GLN
 * @param order that a document without lines is about; empty where lines say it
 * @param answer to the whole order or change, or what a change does to the whole order; else empty
 * @param about the invoice that a credit note is about, or the change that is answered; else empty
 * @param shipments despatch advices that an invoice or a receipt names
 * @param sscc of the carton that all stands in; empty where there is none
 * @param rows by order and number
 * @param paid what a payment is for, as written
 * @param total payable, or paid; null where it is about no money
 */
record Paper(
        Kind kind,
        String number,
        LocalDate date,
        String buyer,
        String seller,
        String order,
        String answer,
        String about,
        List<String> shipments,
        String sscc,
        List<Row> rows,
        List<Paid> paid,
        @Nullable BigDecimal total) {

    static final String ACCEPTED = "accepted";
    static final String CHANGED = "accepted-with-changes";
    static final String REJECTED = "rejected";
    /** What a change does to an order, or to a line. */
    static final String AMENDED = "changed";

    static final String CANCELLED = "cancelled";
    static final String ADDED = "added";
    static final String DELETED = "deleted";
    /** What can be wrong with what was received. */
    static final String SHORT = "short";

    static final String DAMAGED = "damaged";
    static final String REFUSED = "refused";

    Paper {
        rows = rows.stream()
                .sorted(Comparator.comparing(Row::order).thenComparingInt(row -> Integer.parseInt(row.number())))
                .toList();
        order = rows.isEmpty() ? order : "";
    }

    /**
     * A line.
     *
     * @param order that it is for
     * @param items codes by scheme: {@code gtin}, {@code supplier-item}, {@code buyer-item}
     * @param instead codes of what is sent in its place
     * @param quantities by what they mean: {@code ordered}, {@code confirmed}, {@code backordered}, {@code sent}, {@code
     *     received}, {@code accepted}, {@code short}, {@code damaged}, {@code refused}, {@code invoiced}
     * @param price null where none is said
     * @param delivery another day than was asked for; null where none is said
     * @param action what a change does to the line; else empty
     */
    record Row(
            String number,
            String order,
            SortedMap<String, String> items,
            SortedMap<String, String> instead,
            String unit,
            SortedMap<String, BigDecimal> quantities,
            @Nullable BigDecimal price,
            @Nullable LocalDate delivery,
            String action) {

        Row {
            quantities = new TreeMap<>(quantities);
            quantities.values().removeIf(quantity -> quantity.signum() == 0);
            quantities.replaceAll((meaning, quantity) -> plain(quantity));
            price = price == null ? null : plain(price);
        }

        BigDecimal quantity(String meaning) {
            return quantities.getOrDefault(meaning, BigDecimal.ZERO);
        }

        /** With goods called otherwise. */
        Row called(UnaryOperator<SortedMap<String, String>> names) {
            return new Row(
                    number, order, names.apply(items), names.apply(instead), unit, quantities, price, delivery, action);
        }

        /** As its order has it after this was said of it; null and nothing where it is taken back. */
        Row changedBy(@Nullable Row change) {
            boolean deleted = change != null && change.action.equals(DELETED);
            return change == null || deleted
                    ? new Row(number, order, items, instead, unit, new TreeMap<>(), price, delivery, "")
                    : new Row(number, order, items, instead, unit, change.quantities, change.price, delivery, "");
        }
    }

    /**
     * A document that is paid.
     *
     * @param kind invoice or credit note
     * @param date the document's
     * @param due what it is over; of a credit note what is taken off
     * @param discount that was taken, nought where there is none
     */
    record Paid(Kind kind, String number, LocalDate date, BigDecimal due, BigDecimal discount) {

        Paid {
            due = plain(due);
            discount = plain(discount);
        }

        /** Of a credit note what is taken off. */
        BigDecimal paid() {
            return due.subtract(discount);
        }

        /** What it adds to the payment. */
        BigDecimal counted() {
            return kind == Kind.CREDIT ? paid().negate() : paid();
        }
    }

    Paper called(UnaryOperator<SortedMap<String, String>> names) {
        return new Paper(
                kind,
                number,
                date,
                buyer,
                seller,
                order,
                answer,
                about,
                shipments,
                sscc,
                rows.stream().map(row -> row.called(names)).toList(),
                paid,
                total);
    }

    /** This order as a change leaves it. */
    Paper changedBy(Paper change) {
        boolean cancelled = change.answer.equals(CANCELLED);
        List<Row> changed = new ArrayList<>();
        for (Row row : rows) {
            Row said = change.row(row.number);
            changed.add(cancelled || said != null ? row.changedBy(said) : row);
        }
        change.rows.stream().filter(row -> row.action.equals(ADDED)).forEach(row -> changed.add(row.changedBy(row)));
        return new Paper(
                kind, number, date, buyer, seller, order, answer, about, shipments, sscc, changed, paid, total);
    }

    /** The line with this number; null where there is none. */
    @Nullable
    Row row(String number) {
        return rows.stream()
                .filter(row -> row.number.equals(number))
                .findFirst()
                .orElse(null);
    }

    /** The one order that it is about, or empty where there are several. */
    String onlyOrder() {
        List<String> named = rows.stream().map(Row::order).distinct().toList();
        return rows.isEmpty() ? order : named.size() == 1 ? named.get(0) : "";
    }

    /** As figures are compared: {@code 24.50} is {@code 24.5}. */
    static BigDecimal plain(BigDecimal figure) {
        return figure.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(figure.stripTrailingZeros().toPlainString());
    }

    static SortedMap<String, String> codes(Map<String, String> codes) {
        return new TreeMap<>(codes);
    }
}
