package io.lonja.opportunity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProbabilityTests {

    @Test
    void isAHalfWhereNothingIsKnown() {
        assertThat(new Probability(0, 0, false).value()).isEqualByComparingTo("0.5");
        assertThat(new Probability(0, 0, false).sentence()).isEqualTo("No earlier order of this supplier is known.");
    }

    @Test
    void isMeasuredOverEarlierOrdersAndNeverCertain() {
        assertThat(new Probability(1, 1, false).value()).isEqualByComparingTo("0.6667");
        assertThat(new Probability(0, 1, false).value()).isEqualByComparingTo("0.3333");
        assertThat(new Probability(98, 98, false).value()).isEqualByComparingTo("0.99");
        assertThat(new Probability(3, 4, false).sentence())
                .isEqualTo("3 of the supplier's 4 earlier orders were invoiced in full.");
    }

    @Test
    void refusesMoreInvoicedThanOrdered() {
        assertThatThrownBy(() -> new Probability(2, 1, false)).hasMessage("2 of 1 orders is no share");
        assertThatThrownBy(() -> new Probability(-1, 1, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
