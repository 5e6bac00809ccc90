package io.lonja.catalogue;

import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that is bought, and what everybody calls it.
 *
 * @param name for people
 * @param baseUnit in which all packs are measured: {@code EA}, {@code KGM}
 * @param codes at most {@value #CODES_MAX}; one party may have several, for packs of several sizes
 */
public record CatalogueItem(ItemId id, String name, String baseUnit, List<ItemCode> codes) {

    static final int CODES_MAX = 1_000;
    private static final int NAME_CHARACTERS_MAX = 200;

    public CatalogueItem {
        if (name.isBlank() || name.length() > NAME_CHARACTERS_MAX) {
            throw new IllegalArgumentException("A name has 1 to %d characters.".formatted(NAME_CHARACTERS_MAX));
        }
        ItemCode.demandUnit(baseUnit);
        if (codes.size() > CODES_MAX) {
            throw new IllegalArgumentException("An item has at most %d codes.".formatted(CODES_MAX));
        }
        Map<String, List<ItemCode>> seen = new HashMap<>();
        for (ItemCode code : codes) {
            List<ItemCode> same = seen.computeIfAbsent(
                    code.party() + " " + code.key() + " " + code.unit(), first -> new ArrayList<>());
            boolean twice = same.stream().anyMatch(code::overlaps);
            same.add(code);
            if (twice) {
                throw new IllegalArgumentException(
                        "%s in %s stands here twice for the same days; say once how much is in it."
                                .formatted(code.title(), code.unit()));
            }
            if (code.unit().equals(baseUnit) && code.pack().compareTo(BigDecimal.ONE) != 0) {
                throw new IllegalArgumentException("%s is in %s, which is the base unit, so its pack is 1, not %s."
                        .formatted(code.title(), baseUnit, code.pack().toPlainString()));
            }
        }
        codes = List.copyOf(codes);
    }

    /** The codes of one party that hold on this day, in the order they stand. */
    public List<ItemCode> of(PartyId party, LocalDate day) {
        return codes.stream()
                .filter(code -> party.equals(code.party()) && code.holds(day))
                .toList();
    }

    /** The GTIN of the pack with this unit and content on this day. */
    public Optional<String> gtin(String unit, BigDecimal pack, LocalDate day) {
        return codes.stream()
                .filter(code -> code.party() == null
                        && code.holds(day)
                        && code.unit().equals(unit)
                        && code.pack().compareTo(pack) == 0)
                .map(ItemCode::code)
                .findFirst();
    }

    /** How many base units these parties mean by this unit on this day; empty when they mean nothing, or different things, by it. */
    public Optional<BigDecimal> pack(String unit, Collection<PartyId> parties, LocalDate day) {
        if (unit.equals(baseUnit)) {
            return Optional.of(BigDecimal.ONE);
        }
        List<BigDecimal> packs = codes.stream()
                .filter(code -> code.unit().equals(unit)
                        && code.holds(day)
                        && code.party() != null
                        && parties.contains(code.party()))
                .map(ItemCode::pack)
                .distinct()
                .toList();
        return packs.size() == 1 ? Optional.of(packs.get(0)) : Optional.empty();
    }

    /** The item as the API shows it. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", id.value());
        tree.put("name", name);
        tree.put("baseUnit", baseUnit);
        tree.put("codes", codes.stream().map(ItemCode::tree).toList());
        return tree;
    }
}
