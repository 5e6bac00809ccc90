package io.lonja.consortium;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.catalogue.Catalogue;
import io.lonja.catalogue.Packs;
import io.lonja.consortium.ConsortiumCommands.Refusal;
import io.lonja.consortium.ConsortiumDecisions.Pledge;
import io.lonja.consortium.SupplyAgreement.Offer;
import io.lonja.document.BusinessDocument.Quantity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Lets pledges take effect while their group order is open. */
final class PledgeCommands implements Effect {

    private static final int STEP = 46;
    private static final int CREATED = 201;

    private final Consortia consortia;
    private final GroupOrders groupOrders;
    private final Catalogue catalogue;
    private final Commands.Outcomes outcomes;

    PledgeCommands(Consortia consortia, GroupOrders groupOrders, Catalogue catalogue, Commands.Outcomes outcomes) {
        this.consortia = consortia;
        this.groupOrders = groupOrders;
        this.catalogue = catalogue;
        this.outcomes = outcomes;
    }

    @Override
    public Lane lane() {
        return Lane.BOOKS;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(ConsortiumDecisions.PLEDGE);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        try {
            pledge(entry, CanonicalJson.read(payload, Pledge.class));
        } catch (Refusal refusal) {
            refusal.record(entry, outcomes);
        } catch (IllegalArgumentException e) { // A decision that the books cannot hold: the lane goes on.
            Refusal.invalid(String.valueOf(e.getMessage())).record(entry, outcomes);
        }
    }

    private void pledge(Entry entry, Pledge pledge) {
        GroupOrder groupOrder = groupOrders
                .find(pledge.groupOrder())
                .filter(found -> consortia
                        .find(found.consortium())
                        .flatMap(consortium -> consortium.member(pledge.member()))
                        .isPresent())
                .orElseThrow(() -> Refusal.notFound("There is no group order %s.".formatted(pledge.groupOrder())));
        if (groupOrder.state() != GroupOrder.State.OPEN) {
            throw Refusal.conflict(
                    "deadline-passed",
                    "Group order %s ended at %s; what was pledged then is binding."
                            .formatted(groupOrder.id(), groupOrder.deadline()));
        }
        Offer offer = consortia
                .agreement(groupOrder.agreement())
                .flatMap(agreement -> agreement.offer(pledge.item()))
                .orElseThrow(() ->
                        Refusal.invalid("Group order %s does not offer %s.".formatted(groupOrder.id(), pledge.item())));
        Demand demand = demand(entry, pledge, offer);
        groupOrders.withdrawPledge(groupOrder.id(), pledge.member(), pledge.item());
        if (demand.packs() > 0) {
            groupOrders.add(demand);
        }
        outcomes.record(entry, CREATED, CanonicalJson.write(demand.tree()));
    }

    private Demand demand(Entry entry, Pledge pledge, Offer offer) {
        String unit = pledge.unit() == null ? offer.unit() : pledge.unit();
        BigDecimal pack = pledge.unit() == null
                ? offer.pack()
                : pack(pledge, unit, offer, LocalDate.ofInstant(entry.arrivedAt(), ZoneOffset.UTC));
        Packs packs = Packs.of(new Quantity(pledge.quantity(), unit), pack, offer.unit(), offer.pack());
        if (packs instanceof Packs.NotWhole notWhole) {
            throw Refusal.invalid(notWhole.sentence());
        }
        return new Demand(
                pledge.groupOrder(),
                pledge.member(),
                pledge.item(),
                entry.id(),
                0,
                0,
                pledge.quantity(),
                unit,
                ((Packs.Whole) packs).count(),
                null,
                entry.arrivedAt());
    }

    /** The member's own pack of this unit goes before the supplier's. */
    private BigDecimal pack(Pledge pledge, String unit, Offer offer, LocalDate day) {
        return catalogue
                .find(pledge.item())
                .flatMap(item -> item.pack(unit, List.of(pledge.member()), day))
                .or(() -> Optional.of(offer)
                        .filter(same -> same.unit().equals(unit))
                        .map(Offer::pack))
                .orElseThrow(
                        () -> Refusal.invalid("The catalogue does not say how much of %s is in one %s; pledge in %s."
                                .formatted(pledge.item(), unit, offer.unit())));
    }
}
