package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.archive.ByteRange;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a supplier says it sent: which goods of which order, in which packages, by whom. It has no prices.
 *
 * @param number the supplier's number of the shipment or of the note that goes with it, exactly as written
 * @param date of issue
 * @param references {@code purchase-order} where the whole shipment is for one order, {@code bill-of-lading}, {@code
 *     carrier-reference} …
 * @param dates {@code shipped}, {@code delivery-estimated} …
 * @param carriage how it travels, as far as that is said
 * @param packages pallets, cartons and other packages, in wire order; the one that another stands in comes before it
 * @param lines in wire order
 * @param stated what the source said, by name: {@code line-count}, {@code level-count}, {@code quantity-hash}, {@code
 *     packages} and {@code packaging}, {@code gross-weight} and {@code gross-weight-unit}; as written
 */
public record DespatchAdvice(
        DocumentType type,
        String number,
        LocalDate date,
        SortedMap<String, Party> parties,
        SortedMap<String, List<String>> references,
        SortedMap<String, LocalDate> dates,
        @Nullable Carriage carriage,
        List<Package> packages,
        List<Line> lines,
        SortedMap<String, String> stated)
        implements BusinessDocument {

    /** Throws {@link IllegalArgumentException} when a package or a line stands in a package that is none. */
    public DespatchAdvice {
        packages = List.copyOf(packages);
        lines = List.copyOf(lines);
        if (type != DocumentType.DESPATCH_ADVICE) {
            throw new IllegalArgumentException("%s %s is no despatch advice".formatted(type.wireName(), number));
        }
        for (int i = 0; i < packages.size(); i++) {
            Integer in = packages.get(i).in();
            if (in != null && (in < 0 || in >= i)) {
                throw new IllegalArgumentException(
                        "Package %d of despatch advice %s stands in package %d, which does not come before it"
                                .formatted(i, number, in));
            }
        }
        for (Line line : lines) {
            Integer in = line.in();
            if (in != null && (in < 0 || in >= packages.size())) {
                throw new IllegalArgumentException("Line %s of despatch advice %s stands in package %d of %d"
                        .formatted(line.number(), number, in, packages.size()));
            }
        }
    }

    /**
     * How it travels.
     *
     * @param mode {@code sea}, {@code rail}, {@code road}, {@code air}, {@code mail}, or the source's code where that is
     *     no such name
     * @param carrier name, SCAC or other code of who carries, as written
     * @param vehicle plate, name or number of what carries it
     * @param routing the service or the way in words, where that is said besides the carrier
     */
    public record Carriage(
            @Nullable String mode,
            @Nullable String carrier,
            @Nullable String vehicle,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String routing) {

        /** One of which no words are said. */
        public Carriage(@Nullable String mode, @Nullable String carrier, @Nullable String vehicle) {
            this(mode, carrier, vehicle, null);
        }
    }

    /**
     * A package, or several of one kind that are told together. Of several that each bear a number there is one for all of
     * them, with their count, and in it one for each.
     *
     * @param in the package that it stands in, counted from 0; null for one that stands in none
     * @param kind what it is, by the source's code: {@code PLT71}, {@code CTN}, {@code 201}; null where it is not said
     * @param count of packages of this kind; 1 for one that bears a number of its own
     * @param sscc 18 digits (GS1 serial shipping container code), with a correct check digit; null where it bears none
     * @param wire segments of this package, those of what stands in it left out
     * @param marks other numbers that it bears, by name: {@code carrier-package}, by which its carrier traces it …; empty
     *     for most
     */
    public record Package(
            @Nullable Integer in,
            @Nullable String kind,
            int count,
            @Nullable String sscc,
            ByteRange wire,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> marks) {

        @SuppressWarnings("ConstantValue") // Empty ones are left out where facts are written.
        public Package {
            marks = Collections.unmodifiableSortedMap(marks == null ? new TreeMap<>() : new TreeMap<>(marks));
        }

        /** A package that bears no other number. */
        public Package(@Nullable Integer in, @Nullable String kind, int count, @Nullable String sscc, ByteRange wire) {
            this(in, kind, count, sscc, wire, Collections.emptySortedMap());
        }
    }

    /**
     * One item that was sent.
     *
     * @param number the line's own number as written, or its position counted from 1 where it has none
     * @param items item codes by scheme name: {@code gtin}, {@code supplier-item}, {@code lot} …
     * @param quantity that was sent
     * @param ordered what the order asked for, where that is repeated
     * @param in the package that it stands in, counted from 0; null where packages are not told
     * @param references {@code purchase-order}, and {@code purchase-order-line} for which line of it
     * @param dates {@code expiry}, {@code production} …
     * @param split which location the quantity is for, as in {@link PricedDocument.Line}; adds up to it
     */
    public record Line(
            String number,
            SortedMap<String, String> items,
            @Nullable String description,
            Quantity quantity,
            @Nullable Quantity ordered,
            @Nullable Integer in,
            SortedMap<String, List<String>> references,
            SortedMap<String, LocalDate> dates,
            ByteRange wire,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PricedDocument.Split> split) {

        /** Throws {@link IllegalArgumentException} when the split does not add up to the line. */
        @SuppressWarnings("ConstantValue") // An empty one is left out where facts are written.
        public Line {
            split = split == null ? List.of() : List.copyOf(split);
            BigDecimal sum =
                    split.stream().map(PricedDocument.Split::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
            if (!split.isEmpty() && sum.compareTo(quantity.value()) != 0) {
                throw new IllegalArgumentException("Line %s is for %s %s, but its split adds up to %s"
                        .formatted(number, quantity.value().toPlainString(), quantity.unit(), sum.toPlainString()));
            }
        }
    }

    @Override
    public DespatchAdvice withParties(SortedMap<String, Party> others) {
        return new DespatchAdvice(type, number, date, others, references, dates, carriage, packages, lines, stated);
    }
}
