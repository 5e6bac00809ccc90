package io.lonja.mapping;

import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Allowances and charges, of a line or of the whole document, as amounts in whole minor units.
 *
 * <p>An amount in the source counts as it stands. Where there is none, it is computed: a rate per unit, or a percentage
 * of what the line or the document amounts to, rounded half up to the minor unit.
 *
 * @param negative whether this is a credit note whose amounts are written with minus signs, which are dropped then
 */
record Adjustments(Names names, Problems problems, Currency currency, boolean negative) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * The allowances and charges that this document itself asks for.
     *
     * @param base what a percentage is taken of
     * @param quantity what a rate is multiplied with where the source gives no quantity; null for a whole document
     */
    List<Adjustment> of(List<Fields> sources, Money base, @Nullable BigDecimal quantity) {
        List<Adjustment> adjustments = new ArrayList<>();
        for (Fields source : sources) {
            String kind = names.find("adjustment", source.text("kind")).orElse("");
            String handling = source.has("handling")
                    ? names.find("handling", source.text("handling")).orElse("")
                    : "counts";
            if (kind.isEmpty()) {
                problems.add(
                        "adjustment-kind-unknown",
                        source.place(),
                        "%s: %s is neither an allowance nor a charge; ask the sender, or list the code in the guide's names.properties.",
                        source.text("kind"));
            } else if (handling.isEmpty()) {
                problems.add(
                        "adjustment-handling-unknown",
                        source.place(),
                        "%s: it is not known whether an amount with the handling code %s belongs to this document; list the code in the guide's names.properties.",
                        source.text("handling"));
            } else if (!kind.equals("none") && handling.equals("counts")) {
                Money amount = adjustmentAmount(source, base, quantity);
                if (amount != null) {
                    adjustments.add(new Adjustment(
                            kind.equals("allowance") ? Adjustment.Kind.ALLOWANCE : Adjustment.Kind.CHARGE,
                            source.text("code"),
                            source.has("description") ? source.text("description") : null,
                            amount,
                            source.place().bytes()));
                }
            }
        }
        return adjustments;
    }

    private @Nullable Money adjustmentAmount(Fields source, Money base, @Nullable BigDecimal quantity) {
        BigDecimal amount = problems.decimal(source, "amount", source.place());
        if (amount == null && !source.has("amount")) {
            BigDecimal rate = problems.decimal(source, "rate", source.place());
            BigDecimal percent = problems.decimal(source, "percent", source.place());
            BigDecimal units = problems.decimal(source, "quantity", source.place());
            if (rate != null && (units != null || quantity != null)) {
                return Money.rounded(
                        rate.multiply(units != null ? units : quantity).abs(), currency, RoundingMode.HALF_UP);
            }
            if (percent != null) {
                return percentage(percent, base.amount());
            }
            problems.add(
                    "adjustment-amount-missing",
                    source.place(),
                    "%s: the allowance or charge has no amount, rate or percentage; ask the sender to resend it with an amount.");
        }
        return amount == null ? null : exact(amount, "allowance or charge", source.place());
    }

    /** The amount as it stands; null with a problem when it is negative or finer than the minor unit. */
    @Nullable
    Money exact(BigDecimal amount, String what, Place place) {
        BigDecimal positive = negative ? amount.abs() : amount;
        if (positive.signum() < 0) {
            problems.add(
                    "amount-negative",
                    place,
                    "%s: the %s %s is negative; ask the sender to send a credit note, or the opposite kind of amount.",
                    what,
                    amount.toPlainString());
            return null;
        }
        if (positive.stripTrailingZeros().scale() > currency.getDefaultFractionDigits()) {
            problems.add(
                    "amount-too-fine",
                    place,
                    "%s: the %s %s is finer than the smallest unit of %s; ask the sender to round it.",
                    what,
                    amount.toPlainString(),
                    currency.getCurrencyCode());
            return null;
        }
        return Money.exactly(positive, currency);
    }

    /** So much percent of the base, rounded half up. */
    Money percentage(BigDecimal percent, BigDecimal base) {
        return Money.rounded(percent.multiply(base).abs().divide(HUNDRED), currency, RoundingMode.HALF_UP);
    }
}
