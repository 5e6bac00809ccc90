package io.lonja.consortium;

import io.lonja.catalogue.ItemId;
import io.lonja.consortium.CommittedOrder.Line;
import io.lonja.consortium.CommittedOrder.Part;
import io.lonja.consortium.SupplyAgreement.Offer;
import io.lonja.consortium.SupplyAgreement.PriceTier;
import io.lonja.party.PartyId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a group order comes to: the sum asked for of each item, the price of the tier that sum reaches, and who gets how
 * much. A pure function of what was asked for; who asked first does not matter.
 */
final class Closing {

    private final GroupOrder groupOrder;
    private final Consortium consortium;
    private final SupplyAgreement agreement;
    private final Map<ItemId, Map<PartyId, Long>> asked = new HashMap<>();

    Closing(GroupOrder groupOrder, Consortium consortium, SupplyAgreement agreement, List<Demand> demands) {
        this.groupOrder = groupOrder;
        this.consortium = consortium;
        this.agreement = agreement;
        for (Demand demand : demands) {
            asked.computeIfAbsent(demand.item(), item -> new HashMap<>())
                    .merge(demand.member(), demand.packs(), Math::addExact);
        }
    }

    /**
     * The order for all, its lines in the order of the agreement.
     *
     * @throws ArithmeticException when it amounts to more than an amount can be
     */
    CommittedOrder committed(LocalDate date) {
        List<Line> lines = new ArrayList<>();
        for (Offer offer : agreement.items()) {
            SortedMap<PartyId, Long> awards = awards(offer);
            long sum = sum(awards);
            Optional<PriceTier> tier = offer.tier(sum);
            if (sum > 0 && tier.isPresent()) {
                lines.add(new Line(
                        Integer.toString(lines.size() + 1),
                        offer.item(),
                        offer.name(),
                        offer.code(),
                        offer.gtin(),
                        offer.unit(),
                        offer.pack(),
                        sum,
                        tier.get().price(),
                        parts(awards)));
            }
        }
        CommittedOrder order = new CommittedOrder(
                groupOrder.id(),
                groupOrder.number(),
                consortium.id(),
                consortium.name(),
                groupOrder.operator(),
                groupOrder.supplier(),
                agreement.currency(),
                date,
                groupOrder.delivery(),
                lines);
        order.document();
        return order;
    }

    /** Everybody who asked, what for, what came of it and why. */
    List<Allotment> allotments(CommittedOrder committed) {
        List<Allotment> allotments = new ArrayList<>();
        for (Offer offer : agreement.items()) {
            Map<PartyId, Long> wanted =
                    new TreeMap<>(EqualAwards.drawn(groupOrder.id().toString()));
            wanted.putAll(asked.getOrDefault(offer.item(), Map.of()));
            Optional<Line> line = committed.line(offer.item());
            wanted.forEach((member, packs) -> {
                long granted = line.stream()
                        .flatMap(ordered -> ordered.parts().stream())
                        .filter(part -> part.member().equals(member))
                        .mapToLong(Part::quantity)
                        .sum();
                allotments.add(new Allotment(
                        member,
                        offer.item(),
                        packs,
                        granted,
                        EqualAwards.RULE,
                        line.isEmpty() ? tooLittle(offer) : sentence(offer, packs, granted)));
            });
        }
        return allotments;
    }

    private static String tooLittle(Offer offer) {
        return "Nothing was ordered: %s has a price from %d %s on, and all together asked for less."
                .formatted(offer.name(), offer.minimum(), offer.unit());
    }

    private static String sentence(Offer offer, long asked, long granted) {
        return granted == asked
                ? "You get all you asked for."
                : "You get %d of %d %s: the supplier gives %d at most, everybody gets the same up to what was asked for, and packs left over were drawn by SHA-256 of this group order's id and the member's."
                        .formatted(granted, asked, offer.unit(), offer.maximum());
    }

    private SortedMap<PartyId, Long> awards(Offer offer) {
        Map<PartyId, Long> wanted = asked.getOrDefault(offer.item(), Map.of());
        Long maximum = offer.maximum();
        return EqualAwards.allot(groupOrder.id().toString(), wanted, maximum == null ? sum(wanted) : maximum);
    }

    private List<Part> parts(SortedMap<PartyId, Long> awards) {
        List<Part> parts = new ArrayList<>();
        awards.forEach((party, packs) -> {
            Consortium.Member member = consortium
                    .member(party)
                    .orElseThrow(() -> new IllegalStateException("%s asked in %s but is no member of %s"
                            .formatted(party, groupOrder.id(), consortium.id())));
            if (packs > 0) {
                parts.add(new Part(party, consortium.scheme(), member.location(), packs));
            }
        });
        return parts;
    }

    private static long sum(Map<PartyId, Long> packs) {
        return packs.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }
}
