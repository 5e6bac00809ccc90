package io.lonja.money;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.TreeMap;

/**
 * An amount in whole minor units of one currency (cents for EUR, yen for JPY), so that sums are exact.
 *
 * @param minorUnits the amount times ten to the power of the currency's fraction digits; may be negative
 * @param currency ISO 4217
 */
public record Money(long minorUnits, Currency currency) implements Comparable<Money> {

    /** {@code of("12.50", "EUR")}; an amount finer than the currency's minor unit is refused, never rounded. */
    @JsonCreator
    public static Money of(@JsonProperty("amount") String amount, @JsonProperty("currency") String currency) {
        return exactly(new BigDecimal(amount), Currency.getInstance(currency));
    }

    /** The amount as it stands. Throws {@link ArithmeticException} when it is finer than the minor unit. */
    public static Money exactly(BigDecimal amount, Currency currency) {
        return rounded(amount, currency, RoundingMode.UNNECESSARY);
    }

    /** The amount rounded to the minor unit by a policy that the caller names. */
    public static Money rounded(BigDecimal amount, Currency currency, RoundingMode policy) {
        BigDecimal minor = amount.movePointRight(currency.getDefaultFractionDigits());
        return new Money(minor.setScale(0, policy).longValueExact(), currency);
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /** As facts and the API tell it: {@code {"amount":"1234.50","currency":"EUR"}}. */
    @JsonValue
    Map<String, String> json() {
        return new TreeMap<>(Map.of("amount", amount().toPlainString(), "currency", currency.getCurrencyCode()));
    }

    /** The decimal amount with exactly the currency's fraction digits: {@code 1234.50}. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits());
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, sameCurrency(other).minorUnits), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, sameCurrency(other).minorUnits), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(minorUnits), currency);
    }

    public boolean isZero() {
        return minorUnits == 0;
    }

    public boolean isNegative() {
        return minorUnits < 0;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minorUnits, sameCurrency(other).minorUnits);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("%s and %s are different currencies".formatted(this, other));
        }
        return other;
    }

    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency.getCurrencyCode();
    }
}
