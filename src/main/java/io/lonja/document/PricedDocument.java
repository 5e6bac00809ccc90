package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lonja.archive.ByteRange;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A purchase order, the supplier's response to one, an invoice or a credit note, the same record whatever syntax it came
 * in.
 *
 * <p>Amounts of an order, an invoice and a credit note are all positive; the type says which way they count. Those of a
 * response to an order are what the supplier confirms, at the prices that it says.
 *
 * @param number the issuer's number, exactly as written: leading zeros are kept
 * @param date of issue
 * @param currency of every amount in it
 * @param parties by role: {@code buyer}, {@code seller}, {@code ship-to}, {@code bill-to}, {@code remit-to} …
 * @param references other documents and numbers by qualifier name: {@code purchase-order}, {@code invoice},
 *     {@code contract} …; several values of one name keep wire order
 * @param dates by meaning: {@code delivery-requested}, {@code ship-not-before} …
 * @param lines in wire order
 * @param adjustments allowances and charges of the whole document
 * @param taxes of the whole document
 * @param terms of payment, in wire order
 * @param totals what the source said and what was computed
 * @param answer what the supplier answers to the whole order; only in a response to one
 */
public record PricedDocument(
        DocumentType type,
        String number,
        LocalDate date,
        Currency currency,
        SortedMap<String, Party> parties,
        SortedMap<String, List<String>> references,
        SortedMap<String, LocalDate> dates,
        List<Line> lines,
        List<Adjustment> adjustments,
        List<Tax> taxes,
        List<Terms> terms,
        Totals totals,
        @Nullable Answer answer)
        implements BusinessDocument {

    /** Throws {@link IllegalArgumentException} when a response says no answer, or another document says one. */
    public PricedDocument {
        if ((type == DocumentType.ORDER_RESPONSE) != (answer != null)) {
            throw new IllegalArgumentException("%s %s: a response to an order says an answer, and nothing else does"
                    .formatted(type.wireName(), number));
        }
    }

    /** A document that answers none, without terms of payment. */
    public PricedDocument(
            DocumentType type,
            String number,
            LocalDate date,
            Currency currency,
            SortedMap<String, Party> parties,
            SortedMap<String, List<String>> references,
            SortedMap<String, LocalDate> dates,
            List<Line> lines,
            List<Adjustment> adjustments,
            List<Tax> taxes,
            Totals totals) {
        this(
                type,
                number,
                date,
                currency,
                parties,
                references,
                dates,
                lines,
                adjustments,
                taxes,
                List.of(),
                totals,
                null);
    }

    /**
     * One ordered, confirmed, invoiced or credited item.
     *
     * @param number the line's own number as written, or its position counted from 1 where it has none
     * @param items item codes by scheme name: {@code gtin}, {@code supplier-item}, {@code buyer-item} …
     * @param unitPrice of one unit, exact, may be finer than the minor unit; a price per hundred is divided out
     * @param net what the line amounts to without tax: quantity times price, its own allowances and charges included,
     *     rounded half up to the minor unit
     * @param statedNet what the source said the line amounts to, where it did
     * @param wire segments of this line in the payload of the interchange
     * @param split which location the quantity is for, in the order of the document: {@code SDQ*CA*92*LUCIA*6*MIRAMAR*4};
     *     empty for most lines. Its quantities add up to that of the line; a document that says otherwise is no such
     *     line, and whoever reads one says so before
     * @param answer what was ordered and what the supplier says to it; only in a response to an order, whose {@code
     *     quantity} is what is confirmed
     */
    public record Line(
            String number,
            SortedMap<String, String> items,
            @Nullable String description,
            Quantity quantity,
            BigDecimal unitPrice,
            Money net,
            @Nullable Money statedNet,
            List<Adjustment> adjustments,
            List<Tax> taxes,
            SortedMap<String, LocalDate> dates,
            SortedMap<String, List<String>> references,
            ByteRange wire,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Split> split,
            @Nullable LineAnswer answer) {

        /** Throws {@link IllegalArgumentException} when the split does not add up to the line. */
        @SuppressWarnings("ConstantValue") // Facts of before there was a split hold none.
        public Line {
            split = split == null ? List.of() : List.copyOf(split);
            BigDecimal sum = split.stream().map(Split::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
            if (!split.isEmpty() && sum.compareTo(quantity.value()) != 0) {
                throw new IllegalArgumentException("Line %s is for %s %s, but its split adds up to %s"
                        .formatted(number, quantity.value().toPlainString(), quantity.unit(), sum.toPlainString()));
            }
        }

        /** The same under these item codes. */
        public Line withItems(SortedMap<String, String> others) {
            return new Line(
                    number,
                    others,
                    description,
                    quantity,
                    unitPrice,
                    net,
                    statedNet,
                    adjustments,
                    taxes,
                    dates,
                    references,
                    wire,
                    split,
                    answer);
        }

        /** A line that answers none. */
        public Line(
                String number,
                SortedMap<String, String> items,
                @Nullable String description,
                Quantity quantity,
                BigDecimal unitPrice,
                Money net,
                @Nullable Money statedNet,
                List<Adjustment> adjustments,
                List<Tax> taxes,
                SortedMap<String, LocalDate> dates,
                SortedMap<String, List<String>> references,
                ByteRange wire,
                List<Split> split) {
            this(
                    number,
                    items,
                    description,
                    quantity,
                    unitPrice,
                    net,
                    statedNet,
                    adjustments,
                    taxes,
                    dates,
                    references,
                    wire,
                    split,
                    null);
        }

        /** A line that is not split. */
        public Line(
                String number,
                SortedMap<String, String> items,
                @Nullable String description,
                Quantity quantity,
                BigDecimal unitPrice,
                Money net,
                @Nullable Money statedNet,
                List<Adjustment> adjustments,
                List<Tax> taxes,
                SortedMap<String, LocalDate> dates,
                SortedMap<String, List<String>> references,
                ByteRange wire) {
            this(
                    number,
                    items,
                    description,
                    quantity,
                    unitPrice,
                    net,
                    statedNet,
                    adjustments,
                    taxes,
                    dates,
                    references,
                    wire,
                    List.of());
        }
    }

    /**
     * A part of a line's quantity, and where it goes.
     *
     * @param scheme whose code the location is, by the names of {@link Party#codes}: {@code assigned-by-buyer},
     *     {@code gln}
     * @param location as written
     * @param quantity in the line's unit, not negative
     */
    public record Split(String scheme, String location, BigDecimal quantity) {

        public Split {
            if (quantity.signum() < 0) {
                throw new IllegalArgumentException(
                        "Location %s cannot get %s".formatted(location, quantity.toPlainString()));
            }
        }
    }

    /**
     * An allowance (takes off) or a charge (adds on).
     *
     * @param code the source's reason code
     * @param amount positive in both cases
     */
    public record Adjustment(
            Kind kind, String code, @Nullable String description, Money amount, ByteRange wire) {

        /** Which way it counts. */
        public enum Kind {
            @JsonProperty("allowance")
            ALLOWANCE,
            @JsonProperty("charge")
            CHARGE
        }

        /** The amount with its sign: negative for an allowance. */
        public Money signed() {
            return kind == Kind.ALLOWANCE ? amount.negated() : amount;
        }
    }

    /**
     * A tax.
     *
     * @param category the source's tax type code: {@code VA}, {@code ST} …
     * @param rate percent, where given
     */
    public record Tax(String category, @Nullable BigDecimal rate, Money amount, ByteRange wire) {}

    /**
     * When to pay, and what paying early is worth.
     *
     * @param discountPercent off the payable amount when paid by {@code discountUntil} or within {@code discountDays}
     * @param netDays after the document's date
     */
    public record Terms(
            @Nullable String description,
            @Nullable BigDecimal discountPercent,
            @Nullable Integer discountDays,
            @Nullable LocalDate discountUntil,
            @Nullable Integer netDays,
            @Nullable LocalDate netDue) {}

    /**
     * What the document amounts to.
     *
     * @param lines sum of the lines' net
     * @param net lines and the document's own allowances and charges
     * @param tax sum of all taxes, of lines and of the document
     * @param payable net and tax
     * @param stated what the source said, by name: {@code payable}, {@code lines}, {@code line-count},
     *     {@code quantity-hash}; as written
     */
    public record Totals(Money lines, Money net, Money tax, Money payable, SortedMap<String, String> stated) {}

    @Override
    public PricedDocument withParties(SortedMap<String, Party> others) {
        return new PricedDocument(
                type,
                number,
                date,
                currency,
                others,
                references,
                dates,
                lines,
                adjustments,
                taxes,
                terms,
                totals,
                answer);
    }

    /** The same with these lines. */
    public PricedDocument withLines(List<Line> others) {
        return new PricedDocument(
                type,
                number,
                date,
                currency,
                parties,
                references,
                dates,
                others,
                adjustments,
                taxes,
                terms,
                totals,
                answer);
    }
}
