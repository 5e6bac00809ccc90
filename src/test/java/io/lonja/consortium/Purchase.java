package io.lonja.consortium;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.CANTINA;
import static io.lonja.commission.TestHub.NORDMAR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Command;
import io.lonja.archive.EntryId;
import io.lonja.archive.Outcome;
import io.lonja.catalogue.CatalogueDecisions;
import io.lonja.catalogue.CatalogueItem;
import io.lonja.catalogue.ItemCode;
import io.lonja.catalogue.ItemId;
import io.lonja.commission.TestHub;
import io.lonja.document.OutgoingDocument;
import io.lonja.document.OutgoingDocuments;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A consortium on a test hub: acme, bistro and cantina buy oil and rice from nordmar in the name of mercado. Nordmar
 * sells oil in cases of 12 bottles; acme calls six of them a case.
 */
public final class Purchase {

    public static final PartyId MERCADO = new PartyId("mercado");
    public static final ItemId OIL = new ItemId("oil");
    public static final ItemId RICE = new ItemId("rice");
    public static final ConsortiumId FOOD = new ConsortiumId("food");

    final TestHub hub;

    public Purchase(TestHub hub) {
        this.hub = hub;
    }

    /** The catalogue, the consortium and what nordmar agreed to. */
    public EntryId agreed(@Nullable Long maximum) {
        done(items());
        done(consortium(ACME, BISTRO, CANTINA));
        return done(agreement(maximum)).entry();
    }

    public List<Command> items() {
        return List.of(
                item(
                        OIL,
                        "Olive oil",
                        List.of(
                                code(NORDMAR, "N-OIL", "CA", "12"),
                                code(ACME, "A-OIL", "CA", "6"),
                                code(BISTRO, "B-OIL", "EA", "1"),
                                code(null, "036000291452", "CA", "12"))),
                item(RICE, "Rice", List.of(code(NORDMAR, "N-RICE", "BG", "10"))));
    }

    public static Command item(ItemId id, String name, List<ItemCode> codes) {
        return CatalogueDecisions.say("operator", null, new CatalogueItem(id, name, "EA", codes));
    }

    public static ItemCode code(@Nullable PartyId party, String code, String unit, String pack) {
        return new ItemCode(party, code, unit, new BigDecimal(pack));
    }

    public static Command consortium(PartyId... members) {
        List<Consortium.Member> all = new ArrayList<>();
        for (PartyId member : members) {
            all.add(new Consortium.Member(member, "LOC-" + member.value().toUpperCase(java.util.Locale.ROOT)));
        }
        return ConsortiumDecisions.say("operator", null, new Consortium(FOOD, "Food Together", MERCADO, all));
    }

    public static Command agreement(@Nullable Long maximum) {
        return ConsortiumDecisions.agree(
                "operator",
                null,
                new ConsortiumDecisions.NewAgreement(
                        FOOD,
                        NORDMAR,
                        Currency.getInstance("EUR"),
                        LocalDate.parse("2026-01-01"),
                        null,
                        List.of(
                                new ConsortiumDecisions.NewOffer(
                                        OIL,
                                        null,
                                        maximum,
                                        List.of(tier(1, "40.00"), tier(10, "36.50"), tier(20, "33.335"))),
                                new ConsortiumDecisions.NewOffer(RICE, null, null, List.of(tier(5, "17.25"))))));
    }

    private static SupplyAgreement.PriceTier tier(long from, String price) {
        return new SupplyAgreement.PriceTier(from, new BigDecimal(price));
    }

    /** One hour from now. */
    public EntryId opened(EntryId agreement) {
        return done(open(agreement)).entry();
    }

    public Command open(EntryId agreement) {
        Instant deadline = hub.clock.instant().plus(Duration.ofHours(1));
        return ConsortiumDecisions.open(
                "operator",
                null,
                new ConsortiumDecisions.NewGroupOrder(FOOD, agreement, deadline, LocalDate.parse("2026-12-20")));
    }

    public Outcome pledges(EntryId groupOrder, PartyId member, ItemId item, String quantity, @Nullable String unit) {
        return hub.execute(ConsortiumDecisions.pledge(
                member.value(),
                null,
                new ConsortiumDecisions.Pledge(groupOrder, member, item, new BigDecimal(quantity), unit)));
    }

    /** The clock passes the deadline, and everything received before is read. */
    public void deadlinePasses() {
        hub.clock.advance(Duration.ofHours(2));
        looksAtTheClock(Optional.empty());
    }

    public void looksAtTheClock(Optional<EntryId> unread) {
        hub.context
                .getBean(GroupOrderDeadlines.class)
                .run(through -> unread.filter(receipt -> receipt.sequence() <= through));
    }

    public GroupOrder groupOrder(EntryId id) {
        return hub.context.getBean(GroupOrders.class).find(id).orElseThrow();
    }

    public GroupOrders groupOrders() {
        return hub.context.getBean(GroupOrders.class);
    }

    public Optional<OutgoingDocument> issued(EntryId groupOrder) {
        return hub.context.getBean(OutgoingDocuments.class).find("group-order-" + groupOrder);
    }

    /** What was granted: {@code acme oil 3 of 5}. */
    public List<String> granted(EntryId groupOrder) {
        return groupOrders().allotments(groupOrder, Optional.empty()).stream()
                .map(allotment -> "%s %s %d of %d"
                        .formatted(allotment.member(), allotment.item(), allotment.granted(), allotment.asked()))
                .toList();
    }

    /** What the newest response confirms: {@code 1 acme 3}. */
    public List<String> confirmed(EntryId groupOrder) {
        return ResponseView.confirmed(
                        hub.context.getBean(GroupResponses.class).of(groupOrder), groupOrder(groupOrder), null)
                .stream()
                .map(part -> "%s %s %s".formatted(part.get("line"), part.get("member"), part.get("quantity")))
                .toList();
    }

    public Outcome done(Command command) {
        Outcome outcome = hub.execute(command);
        assertThat(outcome.status())
                .as(new String(outcome.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return outcome;
    }

    private void done(List<Command> commands) {
        commands.forEach(this::done);
    }
}
