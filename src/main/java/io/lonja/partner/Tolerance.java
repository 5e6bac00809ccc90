package io.lonja.partner;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * How far a figure may be from what it should be: a share of it, {@code 0.5%}, or as much in its own unit, {@code 0.02}.
 *
 * @param value not negative
 */
public record Tolerance(BigDecimal value, boolean percent) {

    public static final Tolerance NONE = new Tolerance(BigDecimal.ZERO, false);

    /** Throws {@link IllegalArgumentException} for one below zero. */
    public Tolerance {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("A tolerance is not negative: " + value.toPlainString());
        }
    }

    /** What this text means: {@code 0.5%}, {@code 0.02}. Throws {@link IllegalArgumentException} for any other. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Tolerance of(String text) {
        boolean percent = text.endsWith("%");
        BigDecimal value = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
        return new Tolerance(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros(), percent);
    }

    /** How much this is of a figure, exact. */
    public BigDecimal of(BigDecimal whole) {
        return percent ? whole.abs().multiply(value).movePointLeft(2) : value;
    }

    /** {@code 0.5%}. */
    @Override
    @JsonValue
    public String toString() {
        return value.toPlainString() + (percent ? "%" : "");
    }
}
