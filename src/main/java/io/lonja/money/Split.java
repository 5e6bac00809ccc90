package io.lonja.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Divides an amount so that the parts always add up to the whole. */
public final class Split {

    private Split() {}

    /**
     * Divides by the method of largest remainder (Hamilton): every part gets the floor of its exact share, and the
     * units left over go one each to the largest remainders, ties to the earlier weight.
     *
     * @param whole the amount, also negative (then the parts are the negated parts of its absolute value)
     * @param weights one per part, none negative, at least one positive
     * @return the parts in the order of the weights; their sum is {@code whole}
     * @throws IllegalArgumentException when there is nothing to divide by
     */
    public static List<Money> byLargestRemainder(Money whole, List<BigInteger> weights) {
        return byLargestRemainder(BigInteger.valueOf(whole.minorUnits()), weights).stream()
                .map(units -> new Money(units.longValueExact(), whole.currency()))
                .toList();
    }

    /** The same for whole units of anything. */
    public static List<BigInteger> byLargestRemainder(BigInteger whole, List<BigInteger> weights) {
        BigInteger total = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (total.signum() <= 0 || weights.stream().anyMatch(weight -> weight.signum() < 0)) {
            throw new IllegalArgumentException("Weights must not be negative and one must be positive: " + weights);
        }
        if (whole.signum() < 0) {
            return byLargestRemainder(whole.negate(), weights).stream()
                    .map(BigInteger::negate)
                    .toList();
        }
        List<BigInteger[]> shares = new ArrayList<>();
        for (BigInteger weight : weights) {
            shares.add(whole.multiply(weight).divideAndRemainder(total));
        }
        BigInteger left =
                whole.subtract(shares.stream().map(share -> share[0]).reduce(BigInteger.ZERO, BigInteger::add));
        IntStream.range(0, shares.size())
                .boxed()
                .sorted(Comparator.comparing((Integer part) -> shares.get(part)[1])
                        .reversed())
                .limit(left.intValueExact())
                .forEach(part -> shares.get(part)[0] = shares.get(part)[0].add(BigInteger.ONE));
        return shares.stream().map(share -> share[0]).toList();
    }
}
