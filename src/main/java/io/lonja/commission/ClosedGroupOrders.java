package io.lonja.commission;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.consortium.CommittedOrder;
import io.lonja.consortium.ConsortiumDecisions;
import io.lonja.consortium.Sharing;
import io.lonja.document.PricedDocument;
import io.lonja.party.PartyId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the group orders in a bundle came to.
 *
 * @param byEntry by the sequence of the entry that says so
 */
record ClosedGroupOrders(SortedMap<Long, CommittedOrder> byEntry) {

    /** @param entries proved ones; a second entry for one group order says nothing */
    static ClosedGroupOrders in(BundleFiles bundle, SortedMap<Long, Entry> entries) {
        SortedMap<Long, CommittedOrder> byEntry = new TreeMap<>();
        Set<EntryId> closed = new HashSet<>();
        entries.forEach((sequence, entry) -> {
            if (entry.type().equals(ConsortiumDecisions.CLOSED)) {
                CommittedOrder order = CanonicalJson.read(
                        bundle.bytes(String.format(Locale.ROOT, "facts/%d.json", sequence)), CommittedOrder.class);
                if (closed.add(order.groupOrder())) {
                    byEntry.put(sequence, order);
                }
            }
        });
        return new ClosedGroupOrders(byEntry);
    }

    /** How the document divides that this fact made count; null when it is no invoice for a group order closed before. */
    @Nullable
    Sharing sharing(Entry fact, PricedDocument content, PartyId buyer, PartyId supplier) {
        return byEntry.headMap(fact.id().sequence()).values().stream()
                .filter(order -> Sharing.concerns(content, buyer, supplier, order))
                .min(Comparator.comparing(order -> Sharing.named(content).indexOf(order.number())))
                .map(order -> Sharing.of(content, order))
                .orElse(null);
    }

    /** What the payer can compare itself. */
    List<String> notProved() {
        return byEntry.values().stream()
                .map(order ->
                        "Not proved: that %s was split as its members asked; compare the parts in the bundle with the split on the order you received."
                                .formatted(order.number()))
                .toList();
    }
}
