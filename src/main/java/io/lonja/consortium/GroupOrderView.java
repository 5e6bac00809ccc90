package io.lonja.consortium;

import io.lonja.consortium.SupplyAgreement.Offer;
import io.lonja.party.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a group order looks like to whoever may see it. A member sees the prices, which of them all together reach, and
 * what it asked for itself; how much the others ask for only where so many ask that nobody's part can be told from it.
 * The supplier sees its own answers whole, a member its part of them.
 */
public final class GroupOrderView {

    /** From so many members on a sum tells nothing of a single one. */
    private static final int CROWD = 5;

    private GroupOrderView() {}

    /**
     * The group order as the API shows it.
     *
     * @param demands of all members
     * @param unmatched lines of orders that are in no group order, as far as they are for these eyes
     * @param responses of the supplier, newest first
     * @param to whose eyes; null for the operator's
     */
    public static Map<String, @Nullable Object> of(
            GroupOrder groupOrder,
            SupplyAgreement agreement,
            List<Demand> demands,
            List<UnmatchedLine> unmatched,
            List<GroupResponse> responses,
            @Nullable PartyId to) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", groupOrder.id().toString());
        tree.put("consortium", groupOrder.consortium().value());
        tree.put("supplier", groupOrder.supplier().value());
        tree.put("agreement", groupOrder.agreement().toString());
        tree.put("currency", agreement.currency().getCurrencyCode());
        tree.put("state", groupOrder.state().wireName());
        tree.put("openedAt", groupOrder.openedAt().toString());
        tree.put("deadline", groupOrder.deadline().toString());
        if (groupOrder.delivery() != null) {
            tree.put("delivery", groupOrder.delivery().toString());
        }
        CommittedOrder committed = groupOrder.committed();
        if (committed != null && !committed.lapsed()) {
            tree.put("order", committed.number());
        }
        List<Object> items = new ArrayList<>();
        agreement.items().forEach(offer -> items.add(item(offer, demands, to)));
        tree.put("items", items);
        tree.put("unmatched", unmatched.stream().map(UnmatchedLine::tree).toList());
        PartyId member = groupOrder.supplier().equals(to) ? null : to;
        tree.put(
                "responses",
                committed == null || committed.lapsed()
                        ? List.of()
                        : responses.stream()
                                .map(response -> ResponseView.of(response, committed, member))
                                .toList());
        return tree;
    }

    private static Map<String, @Nullable Object> item(Offer offer, List<Demand> demands, @Nullable PartyId to) {
        List<Demand> asked = demands.stream()
                .filter(demand -> demand.item().equals(offer.item()))
                .toList();
        long pooled = asked.stream().mapToLong(Demand::packs).sum();
        long members = asked.stream().map(Demand::member).distinct().count();
        Map<String, @Nullable Object> tree = offer.tree();
        tree.remove("code");
        if (to == null || members >= CROWD) {
            tree.put("pooled", Long.toString(pooled));
        }
        if (to != null) {
            tree.put(
                    "asked",
                    Long.toString(asked.stream()
                            .filter(demand -> demand.member().equals(to))
                            .mapToLong(Demand::packs)
                            .sum()));
        }
        Long maximum = offer.maximum();
        offer.tier(maximum == null ? pooled : Math.min(pooled, maximum))
                .ifPresent(tier -> tree.put("price", tier.price().toPlainString()));
        return tree;
    }

    /** What a member got of an item, as the API shows it. */
    public static Map<String, @Nullable Object> of(Allotment allotment, SupplyAgreement agreement, GroupOrder order) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("member", allotment.member().value());
        tree.put("item", allotment.item().value());
        tree.put("asked", Long.toString(allotment.asked()));
        tree.put("granted", Long.toString(allotment.granted()));
        tree.put("rule", allotment.rule());
        tree.put("reason", allotment.sentence());
        agreement.offer(allotment.item()).ifPresent(offer -> tree.put("unit", offer.unit()));
        CommittedOrder committed = order.committed();
        if (committed != null) {
            committed.line(allotment.item()).ifPresent(line -> {
                tree.put("price", line.price().toPlainString());
                for (int i = 0; i < line.parts().size(); i++) {
                    if (line.parts().get(i).member().equals(allotment.member())) {
                        tree.put("net", Trees.money(committed.nets(line).get(i)));
                    }
                }
            });
        }
        return tree;
    }
}
