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
 * A quotation, a purchase order, a change of one, the supplier's response to either, an invoice or a credit note, the same
 * record whatever syntax it came in.
 *
 * <p>Amounts of an order, an invoice and a credit note are all positive; the type says which way they count. Those of a
 * response to an order are what the supplier confirms, at the prices that it says. Those of a change are of the lines that
 * say all of what is ordered after it; nothing is booked by them. Those of a quotation are what the quantities that it quotes
 * would come to; {@code validity} and {@code validity-end} of its dates say from and until when.
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
 * @param selfBilled whether the buyer wrote this invoice of its supplier's itself: {@code BGM+389}; left out of JSON where
 *     it did not
 * @param change what becomes of the whole order; only in a change of one, and left out of JSON elsewhere
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
        @Nullable Answer answer,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean selfBilled,
        @Nullable Change change)
        implements BusinessDocument {

    /**
     * Throws {@link IllegalArgumentException} when a response says no answer, or another document says one; likewise of a
     * change; and when anything but an invoice is self-billed.
     */
    public PricedDocument {
        if (type.answers() != (answer != null)) {
            throw new IllegalArgumentException("%s %s: a response to an order says an answer, and nothing else does"
                    .formatted(type.wireName(), number));
        }
        if ((type == DocumentType.ORDER_CHANGE) != (change != null)) {
            throw new IllegalArgumentException("%s %s: a change says what becomes of the order, and nothing else does"
                    .formatted(type.wireName(), number));
        }
        if (selfBilled && type != DocumentType.INVOICE) {
            throw new IllegalArgumentException(
                    "%s %s: only an invoice is self-billed".formatted(type.wireName(), number));
        }
    }

    /** A document that the seller issued, or the buyer where it is an order. */
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
            List<Terms> terms,
            Totals totals,
            @Nullable Answer answer) {
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
                terms,
                totals,
                answer,
                false,
                null);
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
     * @param taxes that the line itself asks for
     * @param answer what was ordered and what the supplier says to it; only in a response to an order, whose {@code
     *     quantity} is what is confirmed
     * @param rates of the taxes that the document asks for in its summary, as far as they are on this line; empty where
     *     the line has taxes of its own
     * @param change what becomes of it; in every line of a change, and in a response to one where it matters; left out of
     *     JSON elsewhere
     * @param breaks what one unit costs at which quantities, the smallest first; only in a quotation, and left out of JSON
     *     where there is one price
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
            @Nullable LineAnswer answer,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Rate> rates,
            @Nullable LineChange change,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PriceBreak> breaks) {

        /** Throws {@link IllegalArgumentException} when the split does not add up to the line. */
        @SuppressWarnings("ConstantValue") // Facts of before there was a split, a rate, or a price break, hold none.
        public Line {
            split = split == null ? List.of() : List.copyOf(split);
            rates = rates == null ? List.of() : List.copyOf(rates);
            breaks = breaks == null ? List.of() : List.copyOf(breaks);
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
                    answer,
                    rates,
                    change,
                    breaks);
        }

        /** A line with one price. */
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
                List<Split> split,
                @Nullable LineAnswer answer,
                List<Rate> rates,
                @Nullable LineChange change) {
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
                    answer,
                    rates,
                    change,
                    List.of());
        }

        /** A line of a document that changes no order. */
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
                List<Split> split,
                @Nullable LineAnswer answer,
                List<Rate> rates) {
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
                    answer,
                    rates,
                    null);
        }

        /** A line that answers none, with taxes of its own or none. */
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
                    null,
                    List.of());
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
     * What one unit costs from a quantity on, until the next break.
     *
     * @param from in the line's unit
     * @param to the largest quantity; null where there is no limit but the next break
     */
    public record PriceBreak(BigDecimal from, @Nullable BigDecimal to, BigDecimal unitPrice) {}

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
     * @param amount zero where nothing is to be paid
     * @param treatment what makes it other than a tax on goods at the rate that it says; null where nothing does: whether
     *     21 % is the standard rate and 10 % a reduced one is a matter of the country and the day
     * @param base what the rate is taken of, where the source says it
     * @param reason why nothing is to be paid, in the source's words
     */
    public record Tax(
            String category,
            @Nullable BigDecimal rate,
            Money amount,
            ByteRange wire,
            @Nullable Treatment treatment,
            @Nullable Money base,
            @Nullable String reason) {

        /** A tax at the rate that it says. */
        public Tax(String category, @Nullable BigDecimal rate, Money amount, ByteRange wire) {
            this(category, rate, amount, wire, null, null, null);
        }
    }

    /**
     * At which rate a line is taxed in the summary of its document.
     *
     * @param category the source's tax type code
     * @param rate percent, where given
     * @param treatment as in {@link Tax}
     */
    public record Rate(
            String category,
            @Nullable BigDecimal rate,
            @Nullable Treatment treatment) {

        /** That of a tax. */
        public static Rate of(Tax tax) {
            return new Rate(tax.category(), tax.rate(), tax.treatment());
        }

        /** {@code 21} and {@code 21.00} are one rate: without noughts at the end. */
        public Rate plain() {
            if (rate == null) {
                return this;
            }
            BigDecimal stripped = rate.stripTrailingZeros();
            return new Rate(category, stripped.scale() < 0 ? stripped.setScale(0) : stripped, treatment);
        }
    }

    /** What makes a tax other than one at the rate that it says (UN/EDIFACT 5305 and 5153, EN 16931 BT-118). */
    public enum Treatment {
        /** Nothing is to be paid, by law; a reason usually says by which. */
        @JsonProperty("exempt")
        EXEMPT,
        /** Taxed at nought percent. */
        @JsonProperty("zero")
        ZERO,
        /** The buyer pays it to its own tax office. */
        @JsonProperty("reverse-charge")
        REVERSE_CHARGE,
        /** Goes to a buyer in another country of the Union, who pays the tax on it there. */
        @JsonProperty("intra-community")
        INTRA_COMMUNITY,
        /** Leaves the territory of the tax. */
        @JsonProperty("export")
        EXPORT,
        /** The tax does not know it. */
        @JsonProperty("outside-scope")
        OUTSIDE_SCOPE,
        /** Recargo de equivalencia: what a Spanish retailer pays beside VAT, on the same base. */
        @JsonProperty("equivalence-surcharge")
        EQUIVALENCE_SURCHARGE,
        /** The indirect tax of the Canary Islands, in the place of VAT. */
        @JsonProperty("igic")
        IGIC,
        /** The indirect tax of Ceuta and Melilla, in the place of VAT. */
        @JsonProperty("ipsi")
        IPSI;

        /** Whether something is to be paid all the same. */
        public boolean payable() {
            return this == EQUIVALENCE_SURCHARGE || this == IGIC || this == IPSI;
        }
    }

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
                answer,
                selfBilled,
                change);
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
                answer,
                selfBilled,
                change);
    }
}
