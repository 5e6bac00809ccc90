package io.lonja.consortium;

import io.lonja.archive.EntryId;
import io.lonja.catalogue.ItemId;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a supplier sells to a consortium, and at which price for which pooled quantity.
 *
 * @param id the archived decision
 * @param validFrom first day on which a group order may end
 * @param validTo last such day; null while open
 */
public record SupplyAgreement(
        EntryId id,
        ConsortiumId consortium,
        PartyId supplier,
        Currency currency,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        List<Offer> items) {

    private static final int ITEMS_MAX = 1_000;

    public SupplyAgreement {
        if (items.isEmpty() || items.size() > ITEMS_MAX) {
            throw new IllegalArgumentException("A supply agreement has 1 to %d items.".formatted(ITEMS_MAX));
        }
        if (validTo != null && validTo.isBefore(validFrom)) {
            throw new IllegalArgumentException(
                    "The agreement would end on %s, before it begins on %s.".formatted(validTo, validFrom));
        }
        Set<ItemId> seen = new HashSet<>();
        for (Offer offer : items) {
            if (!seen.add(offer.item())) {
                throw new IllegalArgumentException("The item %s stands here twice.".formatted(offer.item()));
            }
        }
        items = List.copyOf(items);
    }

    /**
     * One item of the agreement, in the supplier's pack as the catalogue knew it when the agreement was made.
     *
     * @param name for people
     * @param code the supplier's
     * @param gtin of that pack, where it has one
     * @param unit of the pack
     * @param pack base units in one
     * @param maximum packs that the supplier gives at most in one group order; null for no limit
     * @param tiers by rising quantity
     */
    public record Offer(
            ItemId item,
            String name,
            String code,
            @Nullable String gtin,
            String unit,
            BigDecimal pack,
            @Nullable Long maximum,
            List<PriceTier> tiers) {

        private static final int TIERS_MAX = 20;

        public Offer {
            if (maximum != null && maximum < 1) {
                throw new IllegalArgumentException("The maximum of %s is at least one pack.".formatted(item));
            }
            if (tiers.isEmpty() || tiers.size() > TIERS_MAX) {
                throw new IllegalArgumentException("%s has 1 to %d price tiers.".formatted(item, TIERS_MAX));
            }
            for (int i = 1; i < tiers.size(); i++) {
                PriceTier tier = tiers.get(i);
                PriceTier before = tiers.get(i - 1);
                if (tier.from() <= before.from() || tier.price().compareTo(before.price()) >= 0) {
                    throw new IllegalArgumentException(
                            "Tiers of %s rise in quantity and fall in price: %d for %s cannot follow %d for %s."
                                    .formatted(
                                            item,
                                            tier.from(),
                                            tier.price().toPlainString(),
                                            before.from(),
                                            before.price().toPlainString()));
                }
            }
            tiers = List.copyOf(tiers);
        }

        /** The tier that so many packs reach, whose price holds for all of them; empty below the first one. */
        public Optional<PriceTier> tier(long packs) {
            return tiers.stream().filter(tier -> tier.from() <= packs).reduce((lower, higher) -> higher);
        }

        /** Below so many packs there is no price, so nothing is ordered. */
        public long minimum() {
            return tiers.get(0).from();
        }

        Map<String, @Nullable Object> tree() {
            Map<String, @Nullable Object> tree = new TreeMap<>();
            tree.put("item", item.value());
            tree.put("name", name);
            tree.put("code", code);
            if (gtin != null) {
                tree.put("gtin", gtin);
            }
            tree.put("unit", unit);
            tree.put("pack", pack.toPlainString());
            if (maximum != null) {
                tree.put("maximum", maximum.toString());
            }
            tree.put("tiers", tiers.stream().map(PriceTier::tree).toList());
            return tree;
        }
    }

    /**
     * The price of all packs from this pooled quantity on, until the next tier.
     *
     * @param from packs
     * @param price of one pack, at most 6 decimals
     */
    public record PriceTier(long from, BigDecimal price) {

        private static final int PRICE_DIGITS_MAX = 15;
        private static final int PRICE_DECIMALS_MAX = 6;

        public PriceTier {
            if (from < 1) {
                throw new IllegalArgumentException("A tier begins at one pack or more, not at %d.".formatted(from));
            }
            if (price.signum() <= 0 || price.scale() > PRICE_DECIMALS_MAX || price.precision() > PRICE_DIGITS_MAX) {
                throw new IllegalArgumentException("A price is above 0, with at most %d digits and %d decimals, not %s."
                        .formatted(PRICE_DIGITS_MAX, PRICE_DECIMALS_MAX, price.toPlainString()));
            }
        }

        Map<String, Object> tree() {
            return new TreeMap<>(Map.of("from", Long.toString(from), "price", price.toPlainString()));
        }
    }

    public Optional<Offer> offer(ItemId item) {
        return items.stream().filter(offer -> offer.item().equals(item)).findFirst();
    }

    public boolean validOn(LocalDate date) {
        return !date.isBefore(validFrom) && (validTo == null || !date.isAfter(validTo));
    }

    /** The agreement as the API shows it. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", id.toString());
        tree.put("consortium", consortium.value());
        tree.put("supplier", supplier.value());
        tree.put("currency", currency.getCurrencyCode());
        tree.put("validFrom", validFrom.toString());
        if (validTo != null) {
            tree.put("validTo", validTo.toString());
        }
        tree.put("items", items.stream().map(Offer::tree).toList());
        return tree;
    }
}
