package io.lonja.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitTests {

    private static final Currency EUR = Currency.getInstance("EUR");

    @Test
    void givesWhatIsLeftOverToTheLargestRemainders() {
        assertThat(parts(100, 1, 1, 1)).containsExactly(34L, 33L, 33L);
        assertThat(parts(100, 47, 16, 15, 12, 6, 4)).containsExactly(47L, 16L, 15L, 12L, 6L, 4L);
        assertThat(parts(10, 6, 6, 2)).containsExactly(4L, 4L, 2L);
        assertThat(parts(7, 15, 25, 60)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void givesAnEqualRemainderToTheEarlierPart() {
        assertThat(parts(1, 1, 1)).containsExactly(1L, 0L);
        assertThat(parts(3, 1, 1)).containsExactly(2L, 1L);
    }

    @Test
    void givesNothingForNoWeight() {
        assertThat(parts(5, 0, 1, 0)).containsExactly(0L, 5L, 0L);
    }

    @Test
    void takesBackWhatItGave() {
        assertThat(parts(-100, 1, 1, 1)).containsExactly(-34L, -33L, -33L);
        assertThat(parts(0, 3, 4)).containsExactly(0L, 0L);
    }

    @Test
    void refusesWhenThereIsNothingToDivideBy() {
        assertThatThrownBy(() -> parts(100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parts(100, 0, 0)).hasMessageContaining("one must be positive: [0, 0]");
        assertThatThrownBy(() -> parts(100, 2, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whole and weights from one to nineteen digits; quota rule: no part is a unit or more off its exact share. */
    @Test
    void partsAddUpToTheWholeAndAreWithinAUnitOfTheirExactShare() {
        for (long seed = 1; seed <= 5_000; seed++) {
            Random random = new Random(seed);
            Money whole = new Money(random.nextLong() >> (1 + random.nextInt(62)), EUR);
            List<BigInteger> weights = new ArrayList<>();
            for (int i = 1 + random.nextInt(40); i > 0; i--) {
                weights.add(random.nextInt(5) == 0 ? BigInteger.ZERO : new BigInteger(1 + random.nextInt(63), random));
            }
            weights.add(BigInteger.ONE);
            BigInteger total = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);

            List<Money> parts = Split.byLargestRemainder(whole, weights);

            assertThat(parts.stream().reduce(Money.zero(EUR), Money::plus))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
            for (int i = 0; i < parts.size(); i++) {
                BigInteger offTimesTotal = BigInteger.valueOf(parts.get(i).minorUnits())
                        .multiply(total)
                        .subtract(BigInteger.valueOf(whole.minorUnits()).multiply(weights.get(i)));
                assertThat(offTimesTotal.abs()).as("seed %d, part %d", seed, i).isLessThan(total);
            }
        }
    }

    private static List<Long> parts(long whole, long... weights) {
        return Split.byLargestRemainder(
                        new Money(whole, EUR),
                        Arrays.stream(weights).mapToObj(BigInteger::valueOf).toList())
                .stream()
                .map(Money::minorUnits)
                .toList();
    }
}
