package io.lonja.consortium;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.catalogue.Catalogue;
import io.lonja.catalogue.CatalogueItem;
import io.lonja.catalogue.ItemCode;
import io.lonja.consortium.ConsortiumDecisions.NewAgreement;
import io.lonja.consortium.ConsortiumDecisions.NewGroupOrder;
import io.lonja.consortium.ConsortiumDecisions.NewOffer;
import io.lonja.consortium.SupplyAgreement.Offer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets the decisions about consortia, their suppliers and their group orders take effect. */
final class ConsortiumCommands implements Effect {

    private static final int STEP = 45;
    private static final int CREATED = 201;

    private final Consortia consortia;
    private final GroupOrders groupOrders;
    private final Catalogue catalogue;
    private final OrderedLines orderedLines;
    private final Commands.Outcomes outcomes;

    ConsortiumCommands(
            Consortia consortia,
            GroupOrders groupOrders,
            Catalogue catalogue,
            OrderedLines orderedLines,
            Commands.Outcomes outcomes) {
        this.consortia = consortia;
        this.groupOrders = groupOrders;
        this.catalogue = catalogue;
        this.orderedLines = orderedLines;
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
        return type.equals(ConsortiumDecisions.CONSORTIUM)
                || type.equals(ConsortiumDecisions.SUPPLY_AGREEMENT)
                || type.equals(ConsortiumDecisions.GROUP_ORDER);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        try {
            if (entry.type().equals(ConsortiumDecisions.CONSORTIUM)) {
                say(entry, CanonicalJson.read(payload, Consortium.class));
            } else if (entry.type().equals(ConsortiumDecisions.SUPPLY_AGREEMENT)) {
                agree(entry, CanonicalJson.read(payload, NewAgreement.class));
            } else {
                open(entry, CanonicalJson.read(payload, NewGroupOrder.class));
            }
        } catch (Refusal refusal) {
            refusal.record(entry, outcomes);
        } catch (IllegalArgumentException e) { // A decision that the books cannot hold: the lane goes on.
            Refusal.invalid(String.valueOf(e.getMessage())).record(entry, outcomes);
        }
    }

    private void say(Entry entry, Consortium consortium) {
        consortia.find(consortium.id()).ifPresent(before -> {
            if (!before.operator().equals(consortium.operator())) {
                throw Refusal.conflict(
                        "operator-stands",
                        "%s buys in the name of %s, and that stands; make another consortium for %s."
                                .formatted(before.id(), before.operator(), consortium.operator()));
            }
            demandNobodyLeavesAnOpenOrder(before, consortium);
        });
        consortia.put(consortium);
        outcomes.record(entry, CREATED, CanonicalJson.write(consortium.tree(null)));
        orderedLines.matchAgain(consortium.operator(), entry.arrivedAt());
    }

    private void demandNobodyLeavesAnOpenOrder(Consortium before, Consortium now) {
        for (GroupOrder groupOrder : groupOrders.alive(before.operator())) {
            groupOrders.demands(groupOrder.id(), Optional.empty()).stream()
                    .filter(demand -> groupOrder.consortium().equals(before.id())
                            && now.member(demand.member()).isEmpty())
                    .findFirst()
                    .ifPresent(demand -> {
                        throw Refusal.conflict(
                                "member-asked",
                                "%s asks for %s in group order %s, so it is a member until that is closed."
                                        .formatted(demand.member(), demand.item(), groupOrder.id()));
                    });
        }
    }

    private void agree(Entry entry, NewAgreement decision) {
        if (consortia.find(decision.consortium()).isEmpty()) {
            throw Refusal.notFound("There is no consortium %s.".formatted(decision.consortium()));
        }
        LocalDate said = LocalDate.ofInstant(entry.arrivedAt(), ZoneOffset.UTC);
        LocalDate day = decision.validFrom().isAfter(said) ? decision.validFrom() : said;
        List<Offer> offers = new ArrayList<>();
        for (NewOffer offer : decision.items()) {
            offers.add(offer(decision, offer, day));
        }
        SupplyAgreement agreement = new SupplyAgreement(
                entry.id(),
                decision.consortium(),
                decision.supplier(),
                decision.currency(),
                decision.validFrom(),
                decision.validTo(),
                offers);
        consortia.add(agreement);
        outcomes.record(entry, CREATED, CanonicalJson.write(agreement.tree()));
    }

    private Offer offer(NewAgreement decision, NewOffer offer, LocalDate day) {
        CatalogueItem item = catalogue
                .find(offer.item())
                .orElseThrow(
                        () -> Refusal.invalid("The catalogue has no item %s; add it with POST /api/v1/catalogue/items."
                                .formatted(offer.item())));
        List<ItemCode> codes = item.of(decision.supplier(), day).stream()
                .filter(code -> offer.unit() == null || code.unit().equals(offer.unit()))
                .toList();
        if (codes.size() != 1) {
            throw Refusal.invalid("%s has %d codes of %s%s in the catalogue: %s."
                    .formatted(
                            item.id(),
                            codes.size(),
                            decision.supplier(),
                            offer.unit() == null ? "" : " in " + offer.unit(),
                            codes.isEmpty() ? "add the one it sells under" : "say in which unit it sells"));
        }
        ItemCode code = codes.get(0);
        return new Offer(
                item.id(),
                item.name(),
                code.code(),
                item.gtin(code.unit(), code.pack(), day).orElse(null),
                code.unit(),
                code.pack(),
                offer.maximum(),
                offer.tiers());
    }

    private void open(Entry entry, NewGroupOrder decision) {
        Consortium consortium = consortia
                .find(decision.consortium())
                .orElseThrow(() -> Refusal.notFound("There is no consortium %s.".formatted(decision.consortium())));
        SupplyAgreement agreement = consortia
                .agreement(decision.agreement())
                .filter(found -> found.consortium().equals(consortium.id()))
                .orElseThrow(() -> Refusal.invalid(
                        "%s has no supply agreement %s.".formatted(consortium.id(), decision.agreement())));
        LocalDate ends = LocalDate.ofInstant(decision.deadline(), ZoneOffset.UTC);
        if (!decision.deadline().isAfter(entry.arrivedAt())) {
            throw Refusal.invalid("The deadline %s is not in the future.".formatted(decision.deadline()));
        }
        if (!agreement.validOn(ends)) {
            throw Refusal.conflict(
                    "agreement-not-valid",
                    "Supply agreement %s is not valid on %s, when the group order would end."
                            .formatted(agreement.id(), ends));
        }
        demandItemsFree(consortium, agreement);
        GroupOrder groupOrder = new GroupOrder(
                entry.id(),
                consortium.id(),
                consortium.operator(),
                agreement.supplier(),
                agreement.id(),
                GroupOrder.State.OPEN,
                decision.deadline(),
                entry.arrivedAt(),
                decision.delivery(),
                null,
                null,
                null);
        groupOrders.open(groupOrder, agreement);
        outcomes.record(
                entry,
                CREATED,
                CanonicalJson.write(GroupOrderView.of(groupOrder, agreement, List.of(), List.of(), List.of(), null)));
    }

    /** An ordered line must lead to one group order; one operator has each item in one open group order at a time. */
    private void demandItemsFree(Consortium consortium, SupplyAgreement agreement) {
        for (GroupOrder other : groupOrders.alive(consortium.operator())) {
            if (other.state() != GroupOrder.State.OPEN) {
                continue;
            }
            Optional<Offer> shared = agreement.items().stream()
                    .filter(offer -> groupOrders.offers(other.id(), offer.item()))
                    .findFirst();
            if (shared.isPresent()) {
                throw Refusal.conflict(
                        "item-in-group-order",
                        "Group order %s, open until %s, offers %s already: an order for it would not know where to go. Wait for its end."
                                .formatted(
                                        other.id(),
                                        other.deadline(),
                                        shared.get().item()));
            }
        }
    }

    /** Why a decision has no effect, as its outcome tells it. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String type;

        private Refusal(int status, String type, String detail) {
            super(detail, null, false, false);
            this.status = status;
            this.type = type;
        }

        static Refusal notFound(String detail) {
            return new Refusal(404, "not-found", detail);
        }

        static Refusal conflict(String type, String detail) {
            return new Refusal(409, type, detail);
        }

        static Refusal invalid(String detail) {
            return new Refusal(422, "invalid-request", detail);
        }

        void record(Entry entry, Commands.Outcomes outcomes) {
            outcomes.refuse(entry, status, type, String.valueOf(getMessage()));
        }
    }
}
