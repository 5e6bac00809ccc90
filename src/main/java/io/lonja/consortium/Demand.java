package io.lonja.consortium;

import io.lonja.archive.EntryId;
import io.lonja.catalogue.ItemId;
import io.lonja.document.DocumentRef;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a member asks for in a group order: by a pledge, or by a line of an order that came as a document. What it asks
 * for in all is the sum.
 *
 * @param fact the pledge, or the entry that made the document count
 * @param ordinal which document of that entry; 0 for a pledge
 * @param line which line of the document, counted from 0; 0 for a pledge
 * @param quantity as it was said
 * @param unit as it was said
 * @param packs the same in the supplier's packs
 * @param because the line's bytes; null for a pledge
 */
public record Demand(
        EntryId groupOrder,
        PartyId member,
        ItemId item,
        EntryId fact,
        int ordinal,
        int line,
        BigDecimal quantity,
        String unit,
        long packs,
        @Nullable DocumentRef because,
        Instant recordedAt) {

    /** The demand as the API shows it. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", because == null ? fact.toString() : "%s-%d-%d".formatted(fact, ordinal, line));
        tree.put("groupOrder", groupOrder.toString());
        tree.put("member", member.value());
        tree.put("item", item.value());
        tree.put("quantity", quantity.toPlainString());
        tree.put("unit", unit);
        tree.put("packs", Long.toString(packs));
        tree.put("source", because == null ? "pledge" : "order");
        if (because != null) {
            tree.put("because", Trees.because(because));
        }
        tree.put("recordedAt", recordedAt.toString());
        return tree;
    }
}
