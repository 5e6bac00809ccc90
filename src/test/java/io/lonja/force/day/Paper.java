package io.lonja.force.day;

import java.math.BigDecimal;
import java.time.LocalDate;
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
 * @param answer to the whole order; empty where it is no response
 * @param invoice that a credit note is about; else empty
 * @param shipments despatch advices that an invoice names
 * @param sscc of the carton that all stands in; empty where there is none
 * @param rows by order and number
 * @param total payable; null where nothing is to be paid
 */
record Paper(
        Kind kind,
        String number,
        LocalDate date,
        String buyer,
        String seller,
        String order,
        String answer,
        String invoice,
        List<String> shipments,
        String sscc,
        List<Row> rows,
        @Nullable BigDecimal total) {

    static final String ACCEPTED = "accepted";
    static final String CHANGED = "accepted-with-changes";
    static final String REJECTED = "rejected";

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
     * @param quantities by what they mean: {@code ordered}, {@code confirmed}, {@code backordered}, {@code sent}, {@code invoiced}
     * @param price null where none is said
     * @param delivery another day than was asked for; null where none is said
     */
    record Row(
            String number,
            String order,
            SortedMap<String, String> items,
            SortedMap<String, String> instead,
            String unit,
            SortedMap<String, BigDecimal> quantities,
            @Nullable BigDecimal price,
            @Nullable LocalDate delivery) {

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
            return new Row(number, order, names.apply(items), names.apply(instead), unit, quantities, price, delivery);
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
                invoice,
                shipments,
                sscc,
                rows.stream().map(row -> row.called(names)).toList(),
                total);
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
