package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lonja.archive.ByteRange;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer says it received: which goods of which order, how much of it it keeps, and what was wrong.
 *
 * @param number the buyer's number of the receipt, exactly as written
 * @param date of issue
 * @param references {@code purchase-order} where all is for one order, {@code despatch-advice}, {@code shipment}, {@code
 *     bill-of-lading} …
 * @param dates {@code received} …
 * @param lines in wire order
 * @param stated what the source said, by name: {@code line-count}, {@code quantity-hash}; as written
 */
public record ReceivingAdvice(
        DocumentType type,
        String number,
        LocalDate date,
        SortedMap<String, Party> parties,
        SortedMap<String, List<String>> references,
        SortedMap<String, LocalDate> dates,
        List<Line> lines,
        SortedMap<String, String> stated)
        implements BusinessDocument {

    /** Throws {@link IllegalArgumentException} when it is of another type. */
    public ReceivingAdvice {
        lines = List.copyOf(lines);
        if (type != DocumentType.RECEIVING_ADVICE) {
            throw new IllegalArgumentException("%s %s is no receiving advice".formatted(type.wireName(), number));
        }
    }

    /**
     * One item that was received, or should have been.
     *
     * @param number the line's own number as written, or its position counted from 1 where it has none
     * @param items item codes by scheme name: {@code gtin}, {@code supplier-item}, {@code lot} …
     * @param received what arrived, whether it was kept or not
     * @param accepted what of it is kept: as the source says, else what was received less what was refused
     * @param despatched what was announced, where that is repeated
     * @param ordered what the order asked for, where that is repeated
     * @param discrepancies in wire order
     * @param packages SSCCs of the packages that it came in, 18 digits each with a correct check digit
     * @param references {@code purchase-order}, and {@code purchase-order-line} for which line of it
     * @param dates {@code expiry} …
     */
    public record Line(
            String number,
            SortedMap<String, String> items,
            @Nullable String description,
            Quantity received,
            Quantity accepted,
            @Nullable Quantity despatched,
            @Nullable Quantity ordered,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Discrepancy> discrepancies,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> packages,
            SortedMap<String, List<String>> references,
            SortedMap<String, LocalDate> dates,
            ByteRange wire) {

        /** Throws {@link IllegalArgumentException} when more is accepted than was received, or less than nothing. */
        @SuppressWarnings("ConstantValue") // Empty ones are left out where facts are written.
        public Line {
            discrepancies = discrepancies == null ? List.of() : List.copyOf(discrepancies);
            packages = packages == null ? List.of() : List.copyOf(packages);
            if (accepted.value().signum() < 0
                    || accepted.value().compareTo(received.value()) > 0
                    || !accepted.unit().equals(received.unit())) {
                throw new IllegalArgumentException("Line %s: of %s %s received, nobody accepts %s %s"
                        .formatted(
                                number,
                                received.value().toPlainString(),
                                received.unit(),
                                accepted.value().toPlainString(),
                                accepted.unit()));
            }
        }
    }

    /**
     * What is wrong with how much of a line.
     *
     * @param quantity not negative
     * @param code the source's code of what is wrong; null where it says none
     * @param reason the source's code of why, or its words; null where it says none
     */
    public record Discrepancy(
            Kind kind,
            Quantity quantity,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String code,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason) {

        /** Throws {@link IllegalArgumentException} when the quantity is negative. */
        public Discrepancy {
            if (quantity.value().signum() < 0) {
                throw new IllegalArgumentException("A discrepancy of less than nothing: " + quantity);
            }
        }

        /** What is wrong. */
        public enum Kind {
            /** It did not come. */
            @JsonProperty("short")
            SHORT,
            /** It came, but was not announced or not ordered. */
            @JsonProperty("over")
            OVER,
            @JsonProperty("damaged")
            DAMAGED,
            /** It came and is not kept. */
            @JsonProperty("refused")
            REFUSED,
            @JsonProperty("other")
            OTHER
        }
    }

    @Override
    public ReceivingAdvice withParties(SortedMap<String, Party> others) {
        return new ReceivingAdvice(type, number, date, others, references, dates, lines, stated);
    }
}
