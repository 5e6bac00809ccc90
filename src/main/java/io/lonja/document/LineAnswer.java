package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.lonja.document.BusinessDocument.Quantity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a supplier answers to a line of an order: {@code PO1*1*12*CA*36.50**VN*OIL~ACK*IQ*8*CA*067*20261216~ACK*IB*4*CA~}.
 *
 * @param ordered what the response repeats of the order
 * @param parts each for a quantity of its own, in wire order; none where the answer to the whole order is the line's
 * @param priceKept whether it says no price: the ordered one stands, and the line's own is 0; left out of JSON where it does
 */
public record LineAnswer(
        Quantity ordered,
        List<Part> parts,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean priceKept) {

    public LineAnswer {
        parts = List.copyOf(parts);
    }

    /** An answer that says a price. */
    public LineAnswer(Quantity ordered, List<Part> parts) {
        this(ordered, parts, false);
    }

    /** The same without a price. */
    public LineAnswer atTheOrderedPrice() {
        return new LineAnswer(ordered, parts, true);
    }

    /**
     * An answer to a quantity of the line.
     *
     * @param quantity in the line's unit, not negative
     * @param dates by meaning: {@code delivery-scheduled}, {@code ship-scheduled} …
     * @param items what is sent instead, where the response names it
     */
    public record Part(
            Status status,
            Quantity quantity,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, LocalDate> dates,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> items) {

        @SuppressWarnings("ConstantValue") // What is empty is not written, and is absent when it is read.
        public Part {
            dates = dates == null ? new TreeMap<>() : dates;
            items = items == null ? new TreeMap<>() : items;
        }
    }

    /** What an answer says; only some confirm the quantity. */
    public enum Status {
        ACCEPTED("accepted", true),
        QUANTITY_CHANGED("quantity-changed", true),
        PRICE_CHANGED("price-changed", true),
        DATE_CHANGED("date-changed", true),
        /** Something else is changed, and the response does not say in a code what. */
        CHANGED("changed", true),
        SUBSTITUTED("substituted", true),
        BACKORDERED("backordered", false),
        ON_HOLD("on-hold", false),
        REJECTED("rejected", false);

        private final String wireName;
        private final boolean confirms;

        Status(String wireName, boolean confirms) {
            this.wireName = wireName;
            this.confirms = confirms;
        }

        /** {@code quantity-changed}. */
        @JsonValue
        public String wireName() {
            return wireName;
        }

        /** Whether the supplier promises this quantity; what is backordered may come, but is not promised. */
        public boolean confirms() {
            return confirms;
        }

        /** The status with this name. Throws {@link IllegalArgumentException} for any other. */
        @JsonCreator
        public static Status of(String wireName) {
            for (Status status : values()) {
                if (status.wireName.equals(wireName)) {
                    return status;
                }
            }
            throw new IllegalArgumentException("Not the status of an answered line: " + wireName);
        }
    }

    /** How much of the line is promised, under this answer to the whole order. */
    public BigDecimal confirmed(Answer whole) {
        if (whole == Answer.REJECTED) {
            return BigDecimal.ZERO;
        }
        if (parts.isEmpty()) {
            return ordered.value();
        }
        return parts.stream()
                .filter(part -> part.status().confirms())
                .map(part -> part.quantity().value())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
