package io.lonja.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody calls a pack of an item.
 *
 * @param party whose code it is: a member's or a supplier's own; null for a GTIN, which is everybody's
 * @param code as it stands in documents
 * @param unit of the pack, as it stands in documents: {@code CA}
 * @param pack how many base units are in one such unit, exact: {@code 12}
 * @param from the first day on which it means this item; null for since ever
 * @param until the last such day; null for for ever
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ItemCode(
        @Nullable PartyId party,
        String code,
        String unit,
        BigDecimal pack,
        @Nullable LocalDate from,
        @Nullable LocalDate until) {

    private static final LocalDate BEFORE_ALL = LocalDate.of(1, 1, 1);
    private static final LocalDate AFTER_ALL = LocalDate.of(9999, 12, 31);
    private static final int CODE_CHARACTERS_MAX = 80;
    private static final int PACK_DIGITS_MAX = 15;
    private static final int PACK_DECIMALS_MAX = 6;

    public ItemCode {
        if (code.isBlank() || code.length() > CODE_CHARACTERS_MAX) {
            throw new IllegalArgumentException("A code has 1 to %d characters.".formatted(CODE_CHARACTERS_MAX));
        }
        if (party == null && !Gtin.isOne(code)) {
            throw new IllegalArgumentException(
                    "%s is no GTIN: it has 8, 12, 13 or 14 digits, the last of which checks the others. Name the party whose code it is, or correct it."
                            .formatted(code));
        }
        demandUnit(unit);
        if (pack.signum() <= 0 || pack.precision() > PACK_DIGITS_MAX || pack.scale() > PACK_DECIMALS_MAX) {
            throw new IllegalArgumentException(
                    "A pack holds more than 0 base units, with at most %d digits and %d decimals, not %s."
                            .formatted(PACK_DIGITS_MAX, PACK_DECIMALS_MAX, pack.toPlainString()));
        }
        if (from != null && until != null && until.isBefore(from)) {
            throw new IllegalArgumentException(
                    "A code that holds from %s cannot hold until %s.".formatted(from, until));
        }
        pack = plain(pack);
    }

    /** A code that holds on every day. */
    public ItemCode(@Nullable PartyId party, String code, String unit, BigDecimal pack) {
        this(party, code, unit, pack, null, null);
    }

    /** Whether it means the item on this day. */
    public boolean holds(LocalDate day) {
        return !day.isBefore(begins()) && !day.isAfter(ends());
    }

    /** The first day, or one before all trade. */
    public LocalDate begins() {
        return from == null ? BEFORE_ALL : from;
    }

    /** The last day, or one after all trade. */
    public LocalDate ends() {
        return until == null ? AFTER_ALL : until;
    }

    /** Whether there is a day on which both hold. */
    boolean overlaps(ItemCode other) {
        return !begins().isAfter(other.ends()) && !other.begins().isAfter(ends());
    }

    static void demandUnit(String unit) {
        if (!unit.matches("[A-Z0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    "A unit is a code of X12 355 or UN/ECE Recommendation 20 like EA, CA or KGM, not \"%s\"."
                            .formatted(unit));
        }
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** What it is looked up by. */
    public String key() {
        return party == null ? Gtin.normal(code) : code;
    }

    /** What a code of a document is looked up by: a GTIN in its full length, any other as written. */
    public static String key(String scheme, String code) {
        return scheme.equals("gtin") ? Gtin.normal(code) : code;
    }

    /** {@code casa-lucia's LU-77} or {@code GTIN 08412345678905}. */
    String title() {
        return party == null ? "GTIN " + code : "%s's %s".formatted(party, code);
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        if (party != null) {
            tree.put("party", party.value());
        }
        tree.put("code", code);
        tree.put("unit", unit);
        tree.put("pack", pack.toPlainString());
        if (from != null) {
            tree.put("from", from.toString());
        }
        if (until != null) {
            tree.put("until", until.toString());
        }
        return tree;
    }
}
