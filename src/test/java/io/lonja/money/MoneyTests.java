package io.lonja.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.archive.CanonicalJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class MoneyTests {

    private static final Currency EUR = Currency.getInstance("EUR");

    @Test
    void countsInTheMinorUnitOfItsCurrency() {
        assertThat(Money.of("12.5", "EUR").minorUnits()).isEqualTo(1250);
        assertThat(Money.of("1250", "JPY").minorUnits()).isEqualTo(1250);
        assertThat(Money.of("1.250", "KWD").minorUnits()).isEqualTo(1250);
    }

    @Test
    void isToldWithExactlyItsCurrencysDecimals() {
        assertThat(Money.of("12.5", "EUR")).hasToString("12.50 EUR");
        assertThat(Money.of("-0.05", "EUR")).hasToString("-0.05 EUR");
        assertThat(Money.of("1E+3", "JPY")).hasToString("1000 JPY");
    }

    @Test
    void isNeverRoundedUnlessAPolicyIsNamed() {
        assertThatThrownBy(() -> Money.of("0.005", "EUR")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of("0.5", "JPY")).isInstanceOf(ArithmeticException.class);
        assertThat(Money.of("0.0500", "EUR").minorUnits()).isEqualTo(5);
        assertThat(Money.rounded(new BigDecimal("0.005"), EUR, RoundingMode.HALF_UP)
                        .minorUnits())
                .isEqualTo(1);
        assertThat(Money.rounded(new BigDecimal("-0.005"), EUR, RoundingMode.HALF_UP)
                        .minorUnits())
                .isEqualTo(-1);
    }

    @Test
    void addsTakesAwayAndComparesWithinOneCurrency() {
        Money one = Money.of("1.10", "EUR");
        assertThat(one.plus(Money.of("2.25", "EUR"))).isEqualTo(Money.of("3.35", "EUR"));
        assertThat(one.minus(Money.of("2.25", "EUR"))).isEqualTo(Money.of("-1.15", "EUR"));
        assertThat(one.negated().isNegative()).isTrue();
        assertThat(one.plus(one.negated()).isZero()).isTrue();
        assertThat(one).isGreaterThan(Money.zero(EUR));
    }

    @Test
    void refusesToMixCurrencies() {
        Money euro = Money.of("1.00", "EUR");
        Money dollar = Money.of("1.00", "USD");
        assertThatThrownBy(() -> euro.plus(dollar)).hasMessage("1.00 EUR and 1.00 USD are different currencies");
        assertThatThrownBy(() -> euro.minus(dollar)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> euro.compareTo(dollar)).isInstanceOf(IllegalArgumentException.class);
        assertThat(euro).isNotEqualTo(dollar);
    }

    @Test
    void failsRatherThanOverflows() {
        Money most = new Money(Long.MAX_VALUE, EUR);
        assertThatThrownBy(() -> most.plus(new Money(1, EUR))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.negated().minus(new Money(2, EUR))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(Long.MIN_VALUE, EUR).negated()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of("92233720368547758.08", "EUR")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void readsAgainWhatItToldAsJson() {
        byte[] json = CanonicalJson.of(Money.of("-1234.5", "EUR"));
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"amount\":\"-1234.50\",\"currency\":\"EUR\"}");
        assertThat(CanonicalJson.read(json, Money.class)).isEqualTo(Money.of("-1234.50", "EUR"));
    }
}
