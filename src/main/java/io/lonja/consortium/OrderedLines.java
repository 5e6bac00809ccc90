package io.lonja.consortium;

import io.lonja.alarm.Alarms;
import io.lonja.archive.ArchiveRef;
import io.lonja.catalogue.Catalogue;
import io.lonja.catalogue.CatalogueItem;
import io.lonja.catalogue.ItemMatch;
import io.lonja.catalogue.Packs;
import io.lonja.consortium.SupplyAgreement.Offer;
import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Line;
import io.lonja.partner.Agreement;
import io.lonja.partner.ProfilesOfRecord;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes members' orders into group orders: every line of an order to a consortium goes into the one that
 * offers its item and takes it still. What finds none is kept, with an alarm, and tried again when the
 * catalogue or the consortium changes.
 */
final class OrderedLines implements DocumentListener {

    static final int STEP = 8;

    private final Consortia consortia;
    private final GroupOrders groupOrders;
    private final Catalogue catalogue;
    private final ProfilesOfRecord profiles;
    private final Alarms alarms;

    OrderedLines(
            Consortia consortia,
            GroupOrders groupOrders,
            Catalogue catalogue,
            ProfilesOfRecord profiles,
            Alarms alarms) {
        this.consortia = consortia;
        this.groupOrders = groupOrders;
        this.catalogue = catalogue;
        this.profiles = profiles;
        this.alarms = alarms;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public void on(DocumentAccepted event) {
        if (event.document() instanceof PricedDocument order && order.type() == DocumentType.PURCHASE_ORDER) {
            operator(event).ifPresent(operator -> take(event, order, operator));
        }
    }

    /**
     * In whose name the order, or the one that is changed, is to be pooled: the operator it is addressed to, or, where the sender's agreement routes
     * orders to the consortium, the one that buys for it from the addressed supplier.
     */
    Optional<PartyId> operator(DocumentAccepted event) {
        Optional<Agreement.Route> route = profiles.find(event.because().sender()).stream()
                .flatMap(partner -> partner.agreements().stream())
                .filter(agreement -> agreement.direction() == Agreement.Direction.INBOUND
                        && agreement.document().equals(DocumentType.PURCHASE_ORDER.wireName()))
                .flatMap(agreement -> Optional.ofNullable(agreement.route()).stream())
                .findFirst();
        if (route.filter(known -> !known.toConsortium()).isPresent()) {
            return Optional.empty();
        }
        if (!consortia.boughtFor(event.seller()).isEmpty()) {
            return Optional.of(event.seller());
        }
        return route.flatMap(known -> consortia.all().stream()
                .filter(consortium -> consortium.member(event.buyer()).isPresent()
                        && consortia.agreements(consortium.id()).stream()
                                .anyMatch(agreement -> agreement.supplier().equals(event.seller())))
                .map(Consortium::operator)
                .findFirst());
    }

    private void take(DocumentAccepted event, PricedDocument order, PartyId operator) {
        for (int i = 0; i < order.lines().size(); i++) {
            Line line = order.lines().get(i);
            take(
                    new UnmatchedLine(
                            event.fact(),
                            event.ordinal(),
                            i,
                            operator,
                            event.buyer(),
                            line.number(),
                            line.items(),
                            line.quantity().value(),
                            line.quantity().unit(),
                            "",
                            event.because()
                                    .at(new ArchiveRef(event.because().at().entry(), line.wire())),
                            event.recordedAt()),
                    event.recordedAt());
        }
    }

    /** Every operator's lines that went into no group order, after the catalogue changed. */
    void matchAgain(Instant at) {
        groupOrders.operatorsWithUnmatchedLines().forEach(operator -> matchAgain(operator, at));
    }

    void matchAgain(PartyId operator, Instant at) {
        if (groupOrders.alive(operator).isEmpty()) {
            return;
        }
        for (UnmatchedLine line : groupOrders.unmatched(operator)) {
            groupOrders.remove(line);
            take(line, at);
        }
    }

    private void take(UnmatchedLine line, Instant at) {
        Place place = place(line);
        if (place instanceof Found found) {
            groupOrders.add(new Demand(
                    found.groupOrder.id(),
                    line.buyer(),
                    found.offer.item(),
                    line.fact(),
                    line.ordinal(),
                    line.line(),
                    line.quantity(),
                    line.unit(),
                    found.packs,
                    line.because(),
                    line.recordedAt()));
            alarms.close(line.cause(), at);
        } else if (place instanceof Nowhere nowhere) {
            UnmatchedLine kept = line.because(nowhere.reason);
            groupOrders.add(kept);
            alarms.open(
                    kept.cause(),
                    "Line %s of order %s of %s to %s is in no group order. %s"
                            .formatted(
                                    kept.lineNumber(),
                                    kept.because().number(),
                                    kept.buyer(),
                                    kept.operator(),
                                    nowhere.reason),
                    at);
        }
    }

    /** Where a line goes. */
    private sealed interface Place {}

    private record Found(GroupOrder groupOrder, Offer offer, long packs) implements Place {}

    private record Nowhere(String reason) implements Place {}

    private Place place(UnmatchedLine line) {
        List<GroupOrder> open = new ArrayList<>();
        boolean member = false;
        for (Consortium consortium : consortia.boughtFor(line.operator())) {
            if (consortium.member(line.buyer()).isPresent()) {
                member = true;
                groupOrders.alive(line.operator()).stream()
                        .filter(groupOrder -> groupOrder.consortium().equals(consortium.id())
                                && groupOrder.takes(line.because().at().entry()))
                        .forEach(open::add);
            }
        }
        if (!member) {
            return new Nowhere(
                    "%s is a member of no consortium of %s; add it, or ask it to order from the supplier itself."
                            .formatted(line.buyer(), line.operator()));
        }
        List<PartyId> sellers = new ArrayList<>(List.of(line.operator()));
        open.stream().map(GroupOrder::supplier).distinct().forEach(sellers::add);
        ItemMatch match = catalogue.match(
                line.items(),
                line.unit(),
                List.of(line.buyer()),
                sellers,
                LocalDate.ofInstant(line.recordedAt(), ZoneOffset.UTC));
        if (match instanceof ItemMatch.Unknown unknown) {
            return new Nowhere(unknown.sentence());
        }
        ItemMatch.Known known = (ItemMatch.Known) match;
        return open.stream()
                .filter(groupOrder ->
                        groupOrders.offers(groupOrder.id(), known.item().id()))
                .min(java.util.Comparator.comparing(GroupOrder::state)
                        .reversed()
                        .thenComparing(GroupOrder::id))
                .map(groupOrder -> packs(line, groupOrder, known.item(), known.pack()))
                .orElseGet(() -> new Nowhere(
                        "No group order of %s that was open when the order came offers %s; pledge for %s in the next one, or ask it to send the order again then."
                                .formatted(line.operator(), known.item().id(), line.buyer())));
    }

    private Place packs(UnmatchedLine line, GroupOrder groupOrder, CatalogueItem item, BigDecimal pack) {
        Optional<Offer> offered =
                consortia.agreement(groupOrder.agreement()).flatMap(agreement -> agreement.offer(item.id()));
        Offer offer = offered.orElseThrow(
                () -> new IllegalStateException("%s offers %s without an agreement".formatted(groupOrder.id(), item)));
        Packs packs = Packs.of(new Quantity(line.quantity(), line.unit()), pack, offer.unit(), offer.pack());
        if (packs instanceof Packs.NotWhole notWhole) {
            return new Nowhere(notWhole.sentence());
        }
        return new Found(groupOrder, offer, ((Packs.Whole) packs).count());
    }
}
