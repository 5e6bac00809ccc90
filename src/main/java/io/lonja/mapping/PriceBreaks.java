package io.lonja.mapping;

import io.lonja.document.PricedDocument.PriceBreak;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a line of a quotation costs at other quantities, of the names {@code from to unit price basis} of the lists {@code
 * breaks} and {@code prices} of a line; a price without a quantity is none.
 *
 * @param unitPrice of such a source, for one unit; null with a problem where it says none
 */
record PriceBreaks(Names names, Problems problems, Function<Fields, @Nullable BigDecimal> unitPrice) {

    /** Whether a price is one for a quantity. */
    static boolean ranged(Fields price) {
        return price.has("from") || price.has("to");
    }

    /**
     * The prices of a line by quantity, the smallest quantity first; empty where it has one price, or where they contradict each
     * other, with a problem then. Where the range of one ends right before that of the next begins, that goes without
     * saying.
     *
     * @param kind of the price that counts, as the source has it; empty where prices have no kind
     * @param unit the line's
     */
    List<PriceBreak> of(Fields line, String kind, String unit) {
        List<PriceBreak> breaks = new ArrayList<>();
        for (Fields source : Stream.concat(line.list("prices").stream(), line.list("breaks").stream())
                .filter(PriceBreaks::ranged)
                .filter(source -> source.text("kind").equals(kind))
                .toList()) {
            BigDecimal from = source.has("from") ? problems.decimal(source, "from", source.place()) : BigDecimal.ONE;
            BigDecimal to = problems.decimal(source, "to", source.place());
            BigDecimal price = unitPrice.apply(source);
            if (from == null || price == null) {
                return List.of();
            }
            if (from.signum() < 0
                    || price.signum() < 0
                    || to != null && to.compareTo(from) < 0
                    || source.has("unit") && !source.text("unit").equals(unit)) {
                unclear(source.place());
                return List.of();
            }
            breaks.add(new PriceBreak(from, to, price));
        }
        breaks.sort(Comparator.comparing(PriceBreak::from));
        List<PriceBreak> joined = new ArrayList<>();
        for (int i = 0; i < breaks.size(); i++) {
            PriceBreak one = breaks.get(i);
            PriceBreak next = i + 1 < breaks.size() ? breaks.get(i + 1) : null;
            BigDecimal to = one.to();
            if (next != null
                    && (next.from().compareTo(one.from()) == 0 || to != null && to.compareTo(next.from()) > 0)) {
                unclear(line.place());
                return List.of();
            }
            boolean goesOn =
                    next != null && to != null && next.from().subtract(to).compareTo(BigDecimal.ONE) <= 0;
            joined.add(goesOn ? new PriceBreak(one.from(), null, one.unitPrice()) : one);
        }
        return List.copyOf(joined);
    }

    private void unclear(Place place) {
        problems.add(
                "price-break-unclear",
                place,
                "%s: it is not clear which price is for which quantity of the line's unit; ask the sender to correct and resend it.");
    }

    /**
     * The price of the quoted quantity.
     *
     * @param stated without a quantity; null where there is none. It holds for what is less than the first break, and else repeats
     *     the price of a break
     * @return null, with a problem, where none of the prices is for this quantity
     */
    @Nullable
    BigDecimal at(BigDecimal quantity, List<PriceBreak> breaks, @Nullable BigDecimal stated, Place place) {
        BigDecimal found = null;
        for (PriceBreak each : breaks) {
            if (each.from().compareTo(quantity) <= 0) {
                BigDecimal to = each.to();
                found = to == null || to.compareTo(quantity) >= 0 ? each.unitPrice() : null;
            }
        }
        if (found == null && stated == null) {
            problems.add(
                    "price-missing",
                    place,
                    "%s: none of the line's prices is for the quantity %s that it quotes; ask the sender to correct and resend it.",
                    quantity.toPlainString());
        } else if (found != null && stated != null && found.compareTo(stated) != 0) {
            problems.differs(
                    "price-break-differs",
                    place,
                    stated.toPlainString(),
                    found.toPlainString(),
                    "%s says that one unit costs %s, but its price for the quantity that it quotes is %s; ask the sender to correct and resend it.");
        }
        return stated == null ? found : stated;
    }
}
