package io.lonja.mapping;

import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.document.PricedDocument.Tax;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Allowances, charges and taxes, of a line or of the whole document, as amounts in whole minor units.
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

    /** The taxes that are added to the amounts; {@code base} is what a bare percentage is taken of. */
    List<Tax> taxes(List<Fields> sources, Money base) {
        List<Tax> taxes = new ArrayList<>();
        for (Fields source : sources) {
            String relation = source.has("relation")
                    ? names.find("tax", source.text("relation")).orElse("")
                    : "added";
            BigDecimal rate = problems.decimal(source, "rate", source.place());
            boolean exempt =
                    names.find("tax-category", source.text("exemption")).equals(Optional.of("exempt"));
            if (exempt && rate == null && !source.has("amount")) {
                continue;
            }
            if (relation.isEmpty()) {
                problems.add(
                        "tax-relation-unknown",
                        source.place(),
                        "%s: a tax with the relationship code %s is not added to the amounts, so they cannot be verified; ask the sender to state amounts without tax.",
                        source.text("relation"));
            } else if (relation.equals("added")) {
                Money amount = taxAmount(source, rate, base);
                if (amount != null) {
                    taxes.add(new Tax(
                            source.text("category"),
                            rate,
                            amount,
                            source.place().bytes()));
                }
            }
        }
        return taxes;
    }

    private @Nullable Money taxAmount(Fields source, @Nullable BigDecimal rate, Money base) {
        BigDecimal amount = problems.decimal(source, "amount", source.place());
        BigDecimal statedBase = problems.decimal(source, "base", source.place());
        if (amount != null) {
            return exact(amount, "tax", source.place());
        }
        if (rate != null && !source.has("amount")) {
            return percentage(rate, statedBase != null ? statedBase : base.amount());
        }
        if (!source.has("amount")) {
            problems.add(
                    "tax-amount-missing",
                    source.place(),
                    "%s: the tax has neither an amount nor a percentage; ask the sender to resend it with an amount.");
        }
        return null;
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

    private Money percentage(BigDecimal percent, BigDecimal base) {
        return Money.rounded(percent.multiply(base).abs().divide(HUNDRED), currency, RoundingMode.HALF_UP);
    }
}
