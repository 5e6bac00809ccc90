package io.lonja.consortium;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.CANTINA;
import static io.lonja.commission.TestHub.NORDMAR;
import static io.lonja.consortium.Purchase.MERCADO;
import static io.lonja.consortium.Purchase.OIL;
import static io.lonja.consortium.Purchase.RICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Outcome;
import io.lonja.commission.Paper;
import io.lonja.commission.TestHub;
import io.lonja.document.BusinessDocument;
import io.lonja.document.OutgoingDocument;
import io.lonja.document.PricedDocument;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupOrderTests {

    private final TestHub hub = new TestHub();
    private final Purchase purchase = new Purchase(hub);

    @AfterEach
    void shut() {
        hub.close();
    }

    @Test
    void pledgesAndOrdersBecomeOneOrderWhoseSplitAddsUp() {
        EntryId order = purchase.opened(purchase.agreed(null));
        purchase.pledges(order, CANTINA, OIL, "3", null);
        hub.sends(ACME, MERCADO, Paper.order("A-1", "2026-12-05").buyerLine("1", "A-OIL", 10, "CA"));
        hub.sends(BISTRO, MERCADO, Paper.order("B-1", "2026-12-05").buyerLine("1", "B-OIL", 48, "EA"));
        purchase.deadlinePasses();

        assertThat(purchase.groupOrder(order).state()).isEqualTo(GroupOrder.State.CLOSED);
        OutgoingDocument issued = purchase.issued(order).orElseThrow();
        assertThat(issued.from()).isEqualTo(MERCADO);
        assertThat(issued.to()).isEqualTo(NORDMAR);
        assertThat(issued.because()).extracting(because -> because.number()).containsExactly("A-1", "B-1");
        PricedDocument content = (PricedDocument) issued.content();
        assertThat(content.number()).isEqualTo("GO" + order);
        assertThat(content.lines()).hasSize(1);
        PricedDocument.Line line = content.lines().get(0);
        assertThat(line.items())
                .containsEntry("supplier-item", "N-OIL")
                .containsEntry("buyer-item", "oil")
                .containsEntry("gtin", "036000291452");
        assertThat(line.quantity()).isEqualTo(new BusinessDocument.Quantity(new BigDecimal("12"), "CA"));
        assertThat(line.unitPrice()).isEqualTo("36.50");
        assertThat(line.split())
                .extracting(split -> split.location() + " " + split.quantity())
                .containsExactlyInAnyOrder("LOC-ACME 5", "LOC-BISTRO 4", "LOC-CANTINA 3");
    }

    @Test
    void theSupplyIsSharedEquallyWhenItIsShort() {
        EntryId order = purchase.opened(purchase.agreed(9L));
        purchase.pledges(order, ACME, OIL, "20", null);
        purchase.pledges(order, BISTRO, OIL, "2", null);
        purchase.pledges(order, CANTINA, OIL, "20", null);
        purchase.deadlinePasses();
        boolean acmeIsDrawnFirst = EqualAwards.drawn(order.toString()).compare(ACME, CANTINA) < 0;
        assertThat(purchase.granted(order))
                .containsExactly(
                        "acme oil %d of 20".formatted(acmeIsDrawnFirst ? 4 : 3),
                        "bistro oil 2 of 2",
                        "cantina oil %d of 20".formatted(acmeIsDrawnFirst ? 3 : 4));
        assertThat(((PricedDocument) purchase.issued(order).orElseThrow().content())
                        .lines()
                        .get(0)
                        .unitPrice())
                .isEqualTo("40.00");
    }

    @Test
    void anItemBelowItsFirstTierIsNotOrderedAndSaysSo() {
        EntryId order = purchase.opened(purchase.agreed(null));
        purchase.pledges(order, ACME, OIL, "6", "CA");
        purchase.pledges(order, ACME, RICE, "4", null);
        purchase.deadlinePasses();
        assertThat(purchase.granted(order)).containsExactly("acme oil 3 of 3", "acme rice 0 of 4");
        assertThat(purchase.groupOrders()
                        .allotments(order, Optional.of(ACME))
                        .get(1)
                        .sentence())
                .contains("Rice has a price from 5 BG on");
        assertThat(((PricedDocument) purchase.issued(order).orElseThrow().content()).lines())
                .hasSize(1);
    }

    @Test
    void lapsesWhenNobodyAskedForEnough() {
        EntryId order = purchase.opened(purchase.agreed(null));
        purchase.pledges(order, ACME, RICE, "4", null);
        purchase.deadlinePasses();
        assertThat(purchase.groupOrder(order).state()).isEqualTo(GroupOrder.State.LAPSED);
        assertThat(purchase.issued(order)).isEmpty();
    }

    @Test
    void aNewerPledgeTakesThePlaceOfTheOlderAndNoneWithdrawsIt() {
        EntryId order = purchase.opened(purchase.agreed(null));
        purchase.pledges(order, ACME, OIL, "6", null);
        purchase.pledges(order, ACME, OIL, "2", null);
        purchase.pledges(order, BISTRO, OIL, "9", null);
        purchase.pledges(order, BISTRO, OIL, "0", null);
        purchase.deadlinePasses();
        assertThat(purchase.granted(order)).containsExactly("acme oil 2 of 2");
    }

    @Test
    void refusesAPledgeThatCannotBeMeant() {
        EntryId order = purchase.opened(purchase.agreed(null));
        assertRefused(purchase.pledges(order, ACME, OIL, "3", "CA"), 422, "a multiple of 2 CA");
        assertRefused(purchase.pledges(order, ACME, OIL, "3", "PF"), 422, "how much of oil is in one PF");
        assertRefused(purchase.pledges(order, new PartyId("nobody"), OIL, "3", null), 404, "There is no group order");
        purchase.deadlinePasses();
        assertRefused(purchase.pledges(order, ACME, OIL, "3", null), 409, "what was pledged then is binding");
    }

    @Test
    void waitsForWhatWasReceivedBeforeTheDeadlineAndTakesNothingAfterIt() {
        EntryId order = purchase.opened(purchase.agreed(null));
        Entry inTime = hub.receives(TestHub.Sent.of(
                ACME,
                MERCADO,
                Paper.order("A-1", "2026-12-05")
                        .buyerLine("1", "A-OIL", 4, "CA")
                        .written(),
                TestHub.Sent.How.IN_EARNEST));
        hub.clock.advance(java.time.Duration.ofHours(2));
        purchase.looksAtTheClock(Optional.of(inTime.id()));
        assertThat(purchase.groupOrder(order).state()).isEqualTo(GroupOrder.State.CLOSING);

        hub.sends(BISTRO, MERCADO, Paper.order("B-1", "2026-12-05").buyerLine("1", "B-OIL", 48, "EA"));
        hub.maps(inTime);
        hub.catchUp();
        purchase.looksAtTheClock(Optional.empty());
        assertThat(purchase.granted(order)).containsExactly("acme oil 2 of 2");
        assertThat(purchase.groupOrders().unmatched(MERCADO))
                .singleElement()
                .satisfies(late -> assertThat(late.reason()).contains("was open when the order came"));
    }

    @Test
    void aLineThatCannotBeMatchedIsKeptWithAnAlarmUntilTheCatalogueKnowsIt() {
        EntryId order = purchase.opened(purchase.agreed(null));
        hub.sends(CANTINA, MERCADO, Paper.order("C-1", "2026-12-05").buyerLine("1", "C-77", 24, "EA"));
        assertThat(purchase.groupOrders().unmatched(MERCADO))
                .singleElement()
                .satisfies(line -> assertThat(line.reason()).contains("cantina's C-77"));
        assertThat(hub.count("alarm WHERE open_cause LIKE 'order-line-unmatched:%'"))
                .isEqualTo(1);

        List<io.lonja.catalogue.ItemCode> codes = new ArrayList<>(
                List.of(Purchase.code(NORDMAR, "N-OIL", "CA", "12"), Purchase.code(CANTINA, "C-77", "EA", "1")));
        purchase.done(Purchase.item(OIL, "Olive oil", codes));
        assertThat(purchase.groupOrders().unmatched(MERCADO)).isEmpty();
        assertThat(hub.count("alarm WHERE open_cause LIKE 'order-line-unmatched:%'"))
                .isZero();
        purchase.deadlinePasses();
        assertThat(purchase.granted(order)).containsExactly("cantina oil 2 of 2");
    }

    @Test
    void aCodeMeansAnItemOnTheDaysThatTheCatalogueSays() {
        EntryId order = purchase.opened(purchase.agreed(null));
        purchase.done(Purchase.item(OIL, "Olive oil", dated(null, LocalDate.parse("2020-12-31"))));
        hub.sends(CANTINA, MERCADO, Paper.order("C-1", "2026-12-05").buyerLine("1", "C-77", 24, "EA"));
        assertThat(purchase.groupOrders().unmatched(MERCADO))
                .singleElement()
                .satisfies(line -> assertThat(line.reason()).contains("bears cantina's C-77 on 20"));
        purchase.done(Purchase.item(OIL, "Olive oil", dated(LocalDate.parse("2021-01-01"), null)));
        assertThat(purchase.groupOrders().unmatched(MERCADO)).isEmpty();
        purchase.deadlinePasses();
        assertThat(purchase.granted(order)).containsExactly("cantina oil 2 of 2");
    }

    private static List<io.lonja.catalogue.ItemCode> dated(@Nullable LocalDate from, @Nullable LocalDate until) {
        return List.of(
                Purchase.code(NORDMAR, "N-OIL", "CA", "12"),
                new io.lonja.catalogue.ItemCode(CANTINA, "C-77", "EA", BigDecimal.ONE, from, until));
    }

    @Test
    void aStrangersOrderIsKeptWithAnAlarm() {
        purchase.opened(purchase.agreed(null));
        hub.sends(
                new PartyId("stranger"),
                MERCADO,
                Paper.order("S-1", "2026-12-05").line("1", "N-OIL", 12, "1.00"));
        assertThat(purchase.groupOrders().unmatched(MERCADO))
                .singleElement()
                .satisfies(line -> assertThat(line.reason()).startsWith("stranger is a member of no consortium"));
    }

    @Test
    void anItemStandsInOneOpenGroupOrderAtATime() {
        EntryId agreement = purchase.agreed(null);
        EntryId order = purchase.opened(agreement);
        assertRefused(hub.execute(purchase.open(agreement)), 409, "Group order " + order);
        purchase.deadlinePasses();
        purchase.opened(agreement);
    }

    @Test
    void nobodyLeavesAConsortiumThatItAskedIn() {
        EntryId order = purchase.opened(purchase.agreed(null));
        purchase.pledges(order, CANTINA, OIL, "3", null);
        assertRefused(hub.execute(Purchase.consortium(ACME, BISTRO)), 409, "cantina asks for oil");
        purchase.deadlinePasses();
        purchase.done(Purchase.consortium(ACME, BISTRO));
    }

    @Test
    void aCodeMeansOneItem() {
        purchase.agreed(null);
        assertRefused(
                hub.execute(Purchase.item(RICE, "Rice", List.of(Purchase.code(ACME, "A-OIL", "CA", "6")))),
                409,
                "is a code of the item oil already");
    }

    @Test
    void aSecondDeadlineAndASecondCloseDoNothing() {
        EntryId order = purchase.opened(purchase.agreed(null));
        purchase.pledges(order, ACME, OIL, "3", null);
        purchase.deadlinePasses();
        GroupOrder closed = purchase.groupOrder(order);
        for (EntryId id : List.of(closed.deadlineEntry(), closed.closedBy())) {
            Entry again = hub.archive.entry(id);
            hub.archive.append(io.lonja.archive.Draft.of(again.type(), again.attributes(), hub.archive.payload(id)));
        }
        hub.catchUp();
        assertThat(purchase.groupOrder(order)).isEqualTo(closed);
        assertThat(hub.count("outgoing_document")).isEqualTo(1);
    }

    @Test
    void aRebuildEndsTheSame() {
        EntryId order = purchase.opened(purchase.agreed(9L));
        purchase.pledges(order, ACME, OIL, "20", null);
        hub.sends(BISTRO, MERCADO, Paper.order("B-1", "2026-12-05").buyerLine("1", "B-OIL", 120, "EA"));
        purchase.deadlinePasses();
        GroupOrder before = purchase.groupOrder(order);
        List<String> granted = purchase.granted(order);
        OutgoingDocument issued = purchase.issued(order).orElseThrow();
        hub.rebuild();
        assertThat(purchase.groupOrder(order)).isEqualTo(before);
        assertThat(purchase.granted(order)).isEqualTo(granted);
        assertThat(purchase.issued(order)).contains(issued);
    }

    private static void assertRefused(Outcome outcome, int status, String sentence) {
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(new String(outcome.body(), StandardCharsets.UTF_8)).contains(sentence);
    }
}
