package io.lonja.catalogue;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All items, and which of them a document means. */
public class Catalogue {

    private static final String EVERYBODY = "";

    private final JdbcClient jdbc;

    Catalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<CatalogueItem> find(ItemId id) {
        return jdbc.sql("SELECT content FROM catalogue_item WHERE id = ?")
                .param(id.value())
                .query(String.class)
                .optional()
                .map(Catalogue::item);
    }

    /**
     * A stretch, in order of the ids.
     *
     * @param after only items after this one; from the first when empty
     */
    public List<CatalogueItem> items(String after, int limit) {
        return jdbc
                .sql("SELECT content FROM catalogue_item WHERE id > ? ORDER BY id FETCH FIRST %d ROWS ONLY"
                        .formatted(limit))
                .param(after)
                .query(String.class)
                .list()
                .stream()
                .map(Catalogue::item)
                .toList();
    }

    /**
     * The item that these codes of a document mean.
     *
     * @param codes by scheme name: {@code gtin}, {@code buyer-item} of one of the buyers, {@code supplier-item} of one
     *     of the sellers; others are not looked at
     * @param unit of the line
     * @param day on which the codes hold
     */
    public ItemMatch match(
            SortedMap<String, String> codes,
            String unit,
            Collection<PartyId> buyers,
            Collection<PartyId> sellers,
            LocalDate day) {
        List<Found> found = new ArrayList<>();
        Set<String> asked = new LinkedHashSet<>();
        codes.forEach((scheme, code) -> {
            switch (scheme) {
                case "gtin" -> {
                    asked.add("GTIN " + code);
                    found.addAll(bearing(EVERYBODY, Gtin.normal(code), day, day));
                }
                case "buyer-item" -> lookUp(buyers, code, day, asked, found);
                case "supplier-item" -> lookUp(sellers, code, day, asked, found);
                default -> {
                    // A maker's number, a lot, a drawing: no name of an item that the catalogue keeps.
                }
            }
        });
        Set<String> items = new TreeSet<>();
        found.forEach(each -> items.add(each.item));
        if (items.isEmpty()) {
            return new ItemMatch.Unknown(
                    asked.isEmpty()
                            ? "The line names no code of a buyer or supplier and no GTIN; ask for one of them."
                            : "No item of the catalogue bears %s on %s; add the code with POST /api/v1/catalogue/items."
                                    .formatted(String.join(" or ", asked), day));
        }
        if (items.size() > 1) {
            return new ItemMatch.Unknown(
                    "%s mean different items (%s); ask the sender which one, or correct the catalogue."
                            .formatted(String.join(" and ", asked), String.join(", ", items)));
        }
        return inUnit(new ItemId(items.iterator().next()), unit, found, buyers, sellers, day);
    }

    private ItemMatch inUnit(
            ItemId id,
            String unit,
            List<Found> found,
            Collection<PartyId> buyers,
            Collection<PartyId> sellers,
            LocalDate day) {
        CatalogueItem item = find(id).orElseThrow(() -> new IllegalStateException("A code leads to no item: " + id));
        List<BigDecimal> packs = found.stream()
                .filter(each -> each.unit.equals(unit))
                .map(Found::pack)
                .distinct()
                .toList();
        if (packs.size() == 1) {
            return new ItemMatch.Known(item, packs.get(0));
        }
        List<PartyId> parties = new ArrayList<>(buyers);
        parties.addAll(sellers);
        Optional<BigDecimal> pack = packs.isEmpty() ? item.pack(unit, parties, day) : Optional.empty();
        return pack.<ItemMatch>map(known -> new ItemMatch.Known(item, known))
                .orElseGet(() -> new ItemMatch.Unknown(
                        "The catalogue does not say how much of %s is in one %s; add the pack with POST /api/v1/catalogue/items."
                                .formatted(id, unit)));
    }

    private void lookUp(Collection<PartyId> parties, String code, LocalDate day, Set<String> asked, List<Found> found) {
        for (PartyId party : parties) {
            asked.add("%s's %s".formatted(party, code));
            found.addAll(bearing(party.value(), code, day, day));
        }
    }

    private record Found(String item, String unit, BigDecimal pack) {}

    /** What the code means on some of these days. */
    private List<Found> bearing(String party, String code, LocalDate from, LocalDate until) {
        return jdbc.sql("SELECT item, unit, pack FROM catalogue_dated_code WHERE party = ? AND code = ?"
                        + " AND begins_on <= ? AND ends_on >= ? ORDER BY item, unit, begins_on")
                .params(party, code, until, from)
                .query((row, index) ->
                        new Found(row.getString("item"), row.getString("unit"), new BigDecimal(row.getString("pack"))))
                .list();
    }

    /** Another item that has this code in any unit on some of its days. */
    Optional<ItemId> otherBearer(ItemId item, ItemCode code) {
        return bearing(owner(code), code.key(), code.begins(), code.ends()).stream()
                .map(found -> new ItemId(found.item))
                .filter(bearer -> !bearer.equals(item))
                .findFirst();
    }

    void put(EntryId fact, CatalogueItem item) {
        jdbc.sql("DELETE FROM catalogue_dated_code WHERE item = ?")
                .param(item.id().value())
                .update();
        jdbc.sql("DELETE FROM catalogue_item WHERE id = ?")
                .param(item.id().value())
                .update();
        jdbc.sql("INSERT INTO catalogue_item (id, fact, content) VALUES (?, ?, ?)")
                .params(item.id().value(), fact.sequence(), new String(CanonicalJson.of(item), StandardCharsets.UTF_8))
                .update();
        for (ItemCode code : item.codes()) {
            jdbc.sql("INSERT INTO catalogue_dated_code (party, code, unit, begins_on, ends_on, item, pack)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            owner(code),
                            code.key(),
                            code.unit(),
                            code.begins(),
                            code.ends(),
                            item.id().value(),
                            code.pack().toPlainString())
                    .update();
        }
    }

    private static String owner(ItemCode code) {
        @Nullable PartyId party = code.party();
        return party == null ? EVERYBODY : party.value();
    }

    private static CatalogueItem item(String json) {
        return CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), CatalogueItem.class);
    }
}
