package io.lonja.commission;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Sha256;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A percentage of the net value of each invoiced line, paid by the supplier, in the currency of the invoice, rounded
 * half up per line. The base is the line's net with the document's allowances spread over the lines; charges of the
 * document and taxes are no part of it.
 *
 * @param supplier the payer
 * @param rate percent of the base, at most 100, at most 6 decimals: {@code 2.5}
 * @param shareBack percent of the commission that goes back to the members, at most 100
 * @param validFrom first invoice date
 * @param validTo last invoice date; null while open
 * @param reason why the rate is above {@link #RATE_WITHOUT_REASON_MAX}; null where none is needed or given
 */
public record CommissionTerms(
        PartyId supplier,
        BigDecimal rate,
        BigDecimal shareBack,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        @Nullable String reason) {

    /** Percent; the cap of the discount safe harbour for group purchasing (42 CFR 1001.952(j)). */
    public static final BigDecimal RATE_WITHOUT_REASON_MAX = new BigDecimal("3");

    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final int PERCENT_DECIMALS_MAX = 6;
    private static final int YEAR_MAX = 9999;
    private static final int REASON_CHARACTERS_MAX = 1_000;

    public CommissionTerms {
        rate = percent("rate", rate);
        shareBack = percent("shareBack", shareBack);
        demandYear("validFrom", validFrom);
        if (validTo != null) {
            demandYear("validTo", validTo);
        }
        if (validTo != null && validTo.isBefore(validFrom)) {
            throw new IllegalArgumentException(
                    "The agreement would end on %s, before it begins on %s.".formatted(validTo, validFrom));
        }
        if (reason != null && (reason.isBlank() || reason.length() > REASON_CHARACTERS_MAX)) {
            throw new IllegalArgumentException(
                    "A reason has between 1 and %d characters.".formatted(REASON_CHARACTERS_MAX));
        }
        if (rate.compareTo(RATE_WITHOUT_REASON_MAX) > 0 && reason == null) {
            throw new IllegalArgumentException("A rate of %s %% is above %s %% and needs a reason: add \"reason\"."
                    .formatted(rate.toPlainString(), RATE_WITHOUT_REASON_MAX.toPlainString()));
        }
    }

    private static void demandYear(String name, LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > YEAR_MAX) {
            throw new IllegalArgumentException(
                    "%s is a date of the years 0001 to %d, not %s.".formatted(name, YEAR_MAX, date));
        }
    }

    private static BigDecimal percent(String name, BigDecimal value) {
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        plain = plain.scale() < 0 ? plain.setScale(0) : plain;
        if (plain.signum() < 0 || plain.compareTo(HUNDRED) > 0 || plain.scale() > PERCENT_DECIMALS_MAX) {
            throw new IllegalArgumentException("%s is a percentage from 0 to 100 with at most %d decimals, not %s."
                    .formatted(name, PERCENT_DECIMALS_MAX, value.toPlainString()));
        }
        return plain;
    }

    /** What this rate makes of a base, half up (away from zero for what is taken back). */
    public Money commissionOn(Money base) {
        return percentOf(base, rate);
    }

    /** What members get back of a commission, half up. */
    public Money shareBackOf(Money commission) {
        return percentOf(commission, shareBack);
    }

    public boolean validOn(LocalDate date) {
        return !date.isBefore(validFrom) && (validTo == null || !date.isAfter(validTo));
    }

    boolean overlaps(CommissionTerms other) {
        return supplier.equals(other.supplier)
                && (validTo == null || !other.validFrom.isAfter(validTo))
                && (other.validTo == null || !validFrom.isAfter(other.validTo));
    }

    /** The terms as they are archived, digested and shown. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("supplier", supplier.value());
        tree.put("payer", "supplier");
        tree.put("base", "invoiced-net");
        tree.put("rounding", "half-up-per-line");
        tree.put("rate", rate.toPlainString());
        tree.put("shareBack", shareBack.toPlainString());
        tree.put("validFrom", validFrom.toString());
        if (validTo != null) {
            tree.put("validTo", validTo.toString());
        }
        if (reason != null) {
            tree.put("reason", reason);
        }
        return tree;
    }

    /** Names this version of the rule on every entry that it made. */
    public Sha256 digest() {
        return Sha256.of(CanonicalJson.write(tree()));
    }

    private static Money percentOf(Money whole, BigDecimal percent) {
        return Money.rounded(whole.amount().multiply(percent).movePointLeft(2), whole.currency(), RoundingMode.HALF_UP);
    }
}
