package io.lonja.commission;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.NORDMAR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.account.AccountHistory;
import io.lonja.account.AccountTotal;
import io.lonja.archive.Entry;
import io.lonja.opportunity.ForecastCategory;
import io.lonja.opportunity.Opportunities;
import io.lonja.opportunity.Opportunity;
import io.lonja.party.PartyId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What documents and ledger entries leave in account histories and among the opportunities. */
class OrdersAndAccountsTests {

    private static TestHub hub;

    private final AccountHistory history = hub.context.getBean(AccountHistory.class);
    private final Opportunities opportunities = hub.context.getBean(Opportunities.class);

    @BeforeAll
    static void open() {
        hub = new TestHub();
    }

    @AfterAll
    static void shut() {
        hub.close();
    }

    @BeforeEach
    void startOver() {
        hub.startOver();
    }

    @Test
    void bothSidesOfATradeHaveItInTheirHistoryWithTheDocumentThatSaysSo() {
        Entry order = hub.sends(ACME, NORDMAR, Paper.order("PO1", "2026-11-01").line("1", "OIL", 10, "12.50"));
        hub.sends(ACME, NORDMAR, Paper.invoice("4711", "2026-11-03").line("1", "OIL", 10, "12.50"));

        assertThat(told(ACME)).containsExactly("2 invoiced nordmar 125.00 EUR", "1 ordered nordmar 125.00 EUR");
        assertThat(told(NORDMAR)).containsExactly("2 invoiced acme 125.00 EUR", "1 ordered acme 125.00 EUR");
        assertThat(history.events(ACME, Optional.of(2L), 10)).singleElement().satisfies(event -> {
            assertThat(event.because().number()).isEqualTo("PO1");
            assertThat(event.because().at().entry()).isEqualTo(order.id());
        });
    }

    @Test
    void commissionStandsInTheSuppliersHistoryAndShareBackInTheMembersToTheLineAndTheDecision() {
        hub.agree(NORDMAR, "2", "50", "2026-01-01", null);
        hub.sends(ACME, NORDMAR, Paper.invoice("4711", "2026-11-03").line("1", "OIL", 100, "10.00"));
        hub.close(NORDMAR, "2026-11");

        assertThat(told(NORDMAR)).containsExactly("2 invoiced acme 1000.00 EUR", "1 commission operator 20.00 EUR");
        assertThat(told(ACME)).containsExactly("2 share-back operator 10.00 EUR", "1 invoiced nordmar 1000.00 EUR");
    }

    @Test
    void totalsAreKeptByKindWithTheLatestDateWhateverCameLast() {
        hub.sends(ACME, NORDMAR, Paper.invoice("1", "2026-11-09").line("1", "OIL", 1, "10.00"));
        hub.sends(ACME, NORDMAR, Paper.invoice("2", "2026-11-02").line("1", "OIL", 1, "5.00"));
        hub.sends(ACME, NORDMAR, Paper.credit("3", "2026-11-05").line("1", "OIL", 1, "5.00"));

        assertThat(history.totals(ACME))
                .extracting(AccountTotal::toString)
                .containsExactly(
                        "AccountTotal[kind=CREDITED, amount=5.00 EUR, events=1, lastOn=2026-11-05]",
                        "AccountTotal[kind=INVOICED, amount=15.00 EUR, events=2, lastOn=2026-11-09]");
        assertThat(history.parties()).containsExactly(ACME, NORDMAR);
        assertThat(history.totals(BISTRO)).isEmpty();
    }

    @Test
    void anOrderIsAnOpportunityUntilItIsInvoiced() {
        Entry order = hub.sends(ACME, NORDMAR, Paper.order("PO1", "2026-11-01").line("1", "OIL", 10, "12.50"));
        assertThat(only().open()).hasToString("125.00 EUR");
        assertThat(only().category()).isEqualTo(ForecastCategory.COMMIT);
        assertThat(only().because().at().entry()).isEqualTo(order.id());

        invoice("1", "PO1", 4);
        assertThat(only().open()).hasToString("75.00 EUR");
        invoice("2", "PO1", 6);
        assertThat(only().open()).hasToString("0.00 EUR");
        assertThat(only().category()).isEqualTo(ForecastCategory.CLOSED);
    }

    @Test
    void anInvoiceThatCameBeforeItsOrderCoversItOnceTheOrderIsThere() {
        invoice("1", "PO1", 10);
        assertThat(all()).isEmpty();
        hub.sends(ACME, NORDMAR, Paper.order("PO1", "2026-11-01").line("1", "OIL", 10, "12.50"));
        assertThat(only().category()).isEqualTo(ForecastCategory.CLOSED);
    }

    @Test
    void anInvoiceThatNamesTwoOrdersOrAnotherMembersCoversNone() {
        hub.sends(ACME, NORDMAR, Paper.order("PO1", "2026-11-01").line("1", "OIL", 10, "12.50"));
        hub.sends(
                ACME,
                NORDMAR,
                Paper.invoice("1", "2026-11-03")
                        .naming("purchase-order", "PO1")
                        .naming("purchase-order", "PO2")
                        .line("1", "OIL", 10, "12.50"));
        hub.sends(
                BISTRO,
                NORDMAR,
                Paper.invoice("2", "2026-11-03").naming("purchase-order", "PO1").line("1", "OIL", 10, "12.50"));
        assertThat(only().invoiced().isZero()).isTrue();
    }

    @Test
    void theProbabilityCountsTheSuppliersEarlierOrdersByTheirDatesNotByTheirArrival() {
        hub.sends(ACME, NORDMAR, Paper.order("PO3", "2026-11-20").line("1", "OIL", 10, "12.50"));
        hub.sends(ACME, NORDMAR, Paper.order("PO1", "2026-11-01").line("1", "OIL", 10, "12.50"));
        hub.sends(BISTRO, NORDMAR, Paper.order("PO2", "2026-11-02").line("1", "OIL", 10, "12.50"));
        invoice("1", "PO1", 10);

        assertThat(all())
                .extracting(opportunity -> opportunity.orderNumber() + " "
                        + opportunity.probability().value())
                .containsExactlyInAnyOrder("PO1 0.5000", "PO2 0.6667", "PO3 0.5000");
    }

    @Test
    void aMemberIsToldOfItsOwnEarlierOrdersOnlyAndTheSupplierOfAll() {
        hub.sends(BISTRO, NORDMAR, Paper.order("PO1", "2026-11-01").line("1", "OIL", 10, "12.50"));
        hub.sends(ACME, NORDMAR, Paper.order("PO2", "2026-11-02").line("1", "OIL", 10, "12.50"));
        hub.sends(ACME, NORDMAR, Paper.order("PO3", "2026-11-03").line("1", "OIL", 10, "12.50"));

        assertThat(evidence(ACME, "PO2")).isEqualTo("No earlier order of this member with this supplier is known.");
        assertThat(evidence(ACME, "PO3"))
                .isEqualTo("0 of the member's 1 earlier orders with this supplier were invoiced in full.");
        assertThat(evidence(NORDMAR, "PO3")).isEqualTo("0 of the supplier's 2 earlier orders were invoiced in full.");
    }

    private String evidence(PartyId viewer, String order) {
        Opportunity listed = opportunities.list(Optional.of(viewer), Optional.empty(), Optional.empty(), 10).stream()
                .filter(opportunity -> opportunity.orderNumber().equals(order))
                .findFirst()
                .orElseThrow();
        assertThat(opportunities.find(Optional.of(viewer), listed.id())).contains(listed);
        assertThat(opportunities.find(Optional.of(new PartyId("cantina")), listed.id()))
                .isEmpty();
        return listed.probability().sentence();
    }

    @Test
    void documentsThatAddUpToMoreThanAnAmountCanBeDoNotStopTheBooks() {
        hub.agree(NORDMAR, "100", "0", "2026-01-01", null);
        hub.sends(ACME, NORDMAR, Paper.order("PO1", "2026-11-01").line("1", "OIL", 600, "100000000000000"));
        hub.sends(ACME, NORDMAR, Paper.order("PO2", "2026-11-01").line("1", "OIL", 600, "100000000000000"));
        for (int i = 1; i <= 2; i++) {
            hub.sends(
                    ACME,
                    NORDMAR,
                    Paper.invoice("I" + i, "2026-11-02")
                            .naming("purchase-order", "PO1")
                            .naming("packing-list", "S" + i)
                            .line("1", "OIL", 600, "100000000000000"));
        }

        assertThat(hub.close(NORDMAR, "2026-11").status()).isEqualTo(422);
        hub.sends(BISTRO, NORDMAR, Paper.order("PO3", "2026-11-03").line("1", "OIL", 10, "12.50"));
        assertThat(all()).hasSize(3);
    }

    @Test
    void aPartySeesItsOwnOpportunitiesOnlyAndPagesThroughThem() {
        hub.sends(ACME, NORDMAR, Paper.order("PO1", "2026-11-01").line("1", "OIL", 10, "12.50"));
        hub.sends(BISTRO, NORDMAR, Paper.order("PO2", "2026-11-02").line("1", "OIL", 10, "12.50"));

        assertThat(opportunities.list(Optional.of(ACME), Optional.empty(), Optional.empty(), 10))
                .extracting(Opportunity::orderNumber)
                .containsExactly("PO1");
        Opportunity newest = all().get(0);
        assertThat(opportunities.list(
                        Optional.of(NORDMAR), Optional.of(ForecastCategory.COMMIT), Optional.of(newest.id()), 10))
                .extracting(Opportunity::orderNumber)
                .containsExactly("PO1");
        assertThat(opportunities.find(Optional.empty(), newest.id())).contains(newest);
        assertThat(Opportunities.isId(newest.id())).isTrue();
        assertThat(Opportunities.isId("0-1")).isFalse();
    }

    private static void invoice(String number, String order, int quantity) {
        hub.sends(
                ACME,
                NORDMAR,
                Paper.invoice(number, "2026-11-03")
                        .naming("purchase-order", order)
                        .line("1", "OIL", quantity, "12.50"));
    }

    private List<Opportunity> all() {
        return opportunities.list(Optional.empty(), Optional.empty(), Optional.empty(), 10);
    }

    private Opportunity only() {
        assertThat(all()).hasSize(1);
        return all().get(0);
    }

    private List<String> told(PartyId party) {
        return history.events(party, Optional.empty(), 10).stream()
                .map(event -> "%d %s %s %s"
                        .formatted(event.sequence(), event.kind().wireName(), event.counterparty(), event.amount()))
                .toList();
    }
}
