package io.lonja.catalogue;

import io.lonja.document.BusinessDocument.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Changes quantities from one pack into another, exactly or not at all. */
public sealed interface Packs {

    /** So many whole packs. */
    record Whole(long count) implements Packs {}

    /** It does not come to whole packs; the sentence says what would. */
    record NotWhole(String sentence) implements Packs {}

    /** The most packs that one quantity may come to. */
    long MAX = 1_000_000_000L;

    /**
     * What a quantity of one pack is in another.
     *
     * @param from base units in one unit of the quantity
     * @param unit of the other pack
     * @param to base units in one of the other packs
     */
    static Packs of(Quantity quantity, BigDecimal from, String unit, BigDecimal to) {
        BigDecimal base = quantity.value().multiply(from);
        BigDecimal[] whole = base.divideAndRemainder(to);
        if (whole[1].signum() != 0) {
            return new NotWhole(
                    "%s %s are %s base units, which are not whole packs of %s (%s): change the quantity to a multiple of %s %s."
                            .formatted(
                                    quantity.value().toPlainString(),
                                    quantity.unit(),
                                    plain(base),
                                    plain(to),
                                    unit,
                                    smallest(from, to),
                                    quantity.unit()));
        }
        if (whole[0].compareTo(BigDecimal.valueOf(MAX)) > 0 || whole[0].signum() < 0) {
            return new NotWhole("%s %s are more than %d packs, or less than none: correct the quantity."
                    .formatted(quantity.value().toPlainString(), quantity.unit(), MAX));
        }
        return new Whole(whole[0].longValueExact());
    }

    /** The smallest whole number of one pack that comes to whole numbers of the other. */
    private static String smallest(BigDecimal from, BigDecimal to) {
        int scale = Math.max(from.scale(), to.scale());
        BigInteger one = from.setScale(scale).unscaledValue();
        BigInteger other = to.setScale(scale).unscaledValue();
        return other.divide(one.gcd(other)).toString();
    }

    private static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }
}
