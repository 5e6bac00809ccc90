package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.archive.ByteRange;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer asks a supplier to quote: which goods, how much of each, and when. It has no prices: what a source says of
 * them is a wish, and stays in its bytes.
 *
 * @param number the buyer's number of the request, exactly as written; several suppliers may be asked under one number
 * @param date of issue
 * @param currency in which prices are asked for, where that is said
 * @param references {@code contract}, {@code customer-reference} …
 * @param dates {@code quotation-due}, {@code quotation-opening}, {@code delivery-requested} …
 * @param lines in wire order
 * @param stated what the source said, by name: {@code line-count}, {@code quantity-hash}; as written
 */
public record RequestForQuotation(
        DocumentType type,
        String number,
        LocalDate date,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Currency currency,
        SortedMap<String, Party> parties,
        SortedMap<String, List<String>> references,
        SortedMap<String, LocalDate> dates,
        List<Line> lines,
        SortedMap<String, String> stated)
        implements BusinessDocument {

    /** Throws {@link IllegalArgumentException} when the type is another one. */
    public RequestForQuotation {
        lines = List.copyOf(lines);
        if (type != DocumentType.REQUEST_FOR_QUOTATION) {
            throw new IllegalArgumentException("%s %s is no request for quotation".formatted(type.wireName(), number));
        }
    }

    /**
     * One item that is asked for.
     *
     * @param number the line's own number as written, or its position counted from 1 where it has none
     * @param items item codes by scheme name: {@code gtin}, {@code supplier-item}, {@code buyer-item} …
     * @param quantity for which a price is asked
     * @param wire segments of this line in the payload of the interchange
     * @param split which location the quantity is for, as in {@link PricedDocument.Line}; adds up to it
     */
    public record Line(
            String number,
            SortedMap<String, String> items,
            @Nullable String description,
            Quantity quantity,
            SortedMap<String, LocalDate> dates,
            SortedMap<String, List<String>> references,
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
    public RequestForQuotation withParties(SortedMap<String, Party> others) {
        return new RequestForQuotation(type, number, date, currency, others, references, dates, lines, stated);
    }
}
