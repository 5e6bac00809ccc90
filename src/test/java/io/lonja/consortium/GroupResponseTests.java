package io.lonja.consortium;

import static io.lonja.commission.Paper.part;
import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.CANTINA;
import static io.lonja.commission.TestHub.NORDMAR;
import static io.lonja.consortium.Purchase.MERCADO;
import static io.lonja.consortium.Purchase.OIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.account.AccountEvent;
import io.lonja.account.AccountHistory;
import io.lonja.account.AccountTotal;
import io.lonja.archive.EntryId;
import io.lonja.commission.Paper;
import io.lonja.commission.TestHub;
import io.lonja.document.Answer;
import io.lonja.document.LineAnswer.Status;
import io.lonja.document.PricedDocument;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** From the supplier's response to what each member is confirmed. */
@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class GroupResponseTests {

    private final TestHub hub;
    private final Purchase purchase;
    private EntryId groupOrder;

    GroupResponseTests(TestDatabase.Vendor vendor) {
        hub = new TestHub(vendor.fresh());
        purchase = new Purchase(hub);
    }

    /** Acme, bistro and cantina order 5, 4 and 3 cases of oil at 36.50, for 2026-12-20. */
    @BeforeEach
    void order() {
        groupOrder = purchase.opened(purchase.agreed(null));
        purchase.pledges(groupOrder, ACME, OIL, "5", null);
        purchase.pledges(groupOrder, BISTRO, OIL, "4", null);
        purchase.pledges(groupOrder, CANTINA, OIL, "3", null);
        purchase.deadlinePasses();
    }

    @AfterEach
    void shut() {
        hub.close();
    }

    @Test
    void anAcceptingResponseOrdersAndConfirmsWhatWasGranted() {
        answers(response("R-1", Answer.ACCEPTED)
                .answered("1", "N-OIL", 12, "36.50", List.of(), part(Status.ACCEPTED, 12, "2026-12-20")));
        assertThat(state()).isEqualTo(GroupOrder.State.ORDERED);
        assertThat(purchase.confirmed(groupOrder)).containsExactly("1 acme 5", "1 bistro 4", "1 cantina 3");
        assertThat(alarms()).isEmpty();
    }

    @Test
    void aResponseWithoutLinesConfirmsTheOrderAsItStands() {
        answers(response("R-1", Answer.ACCEPTED));
        assertThat(state()).isEqualTo(GroupOrder.State.ORDERED);
        assertThat(purchase.confirmed(groupOrder)).containsExactly("1 acme 5", "1 bistro 4", "1 cantina 3");
        assertThat(history()).isEmpty();
    }

    @Test
    void aLineMayBeNamedByItsNumberAlone() {
        answers(response("R-1", Answer.ACCEPTED).answered("1", "", 12, "36.50", List.of()));
        assertThat(purchase.confirmed(groupOrder)).containsExactly("1 acme 5", "1 bistro 4", "1 cantina 3");
        assertThat(alarms()).isEmpty();
    }

    @Test
    void aRejectionConfirmsNothingOrdersNothingAndSaysWhatToDo() {
        answers(response("R-1", Answer.REJECTED));
        assertThat(state()).isEqualTo(GroupOrder.State.CLOSED);
        assertThat(purchase.confirmed(groupOrder)).containsExactly("1 acme 0", "1 bistro 0", "1 cantina 0");
        assertThat(alarms())
                .containsExactly(
                        "nordmar answers order GO%s of Food Together otherwise than it was ordered (response R-1). The order is rejected as a whole. Nothing will come: ask nordmar why, and tell the members to buy elsewhere or open another group order."
                                .formatted(groupOrder));
    }

    @Test
    void everyChangeIsOneAlarmThatSaysWhatWasOrderedAndWhatIsAnswered() {
        answers(response("R-1", Answer.ACCEPTED_WITH_CHANGES)
                .answered(
                        "1",
                        "N-OIL",
                        12,
                        "37.00",
                        List.of(),
                        part(Status.QUANTITY_CHANGED, 7, "2026-12-20"),
                        part(Status.DATE_CHANGED, 2, "2026-12-27"),
                        part(Status.BACKORDERED, 3, ""))
                .answered("2", "N-SALT", 1, "1.00", List.of(), part(Status.ACCEPTED, 1, "")));
        assertThat(state()).isEqualTo(GroupOrder.State.ORDERED);
        assertThat(alarms())
                .singleElement()
                .asString()
                .contains(
                        "Line 1, Olive oil: ordered 12 CA, confirmed 9 CA (3 CA backordered); ordered at 36.50, answered 37.00; delivery asked for 2026-12-20, answered 2026-12-27.",
                        "Line 2 of the response (1 CA) was not ordered.",
                        "Settle it with nordmar");
        assertThat(purchase.confirmed(groupOrder)).startsWith("1 acme 4", "1 bistro 3", "1 cantina 2");
    }

    @Test
    void aDayForTheWholeOrderIsHeldAgainstTheDayThatWasAskedFor() {
        answers(response("R-1", Answer.ACCEPTED).dated("delivery-scheduled", "2026-12-20"));
        assertThat(alarms()).isEmpty();
        answers(response("R-2", Answer.ACCEPTED).dated("delivery-scheduled", "2026-12-22"));
        assertThat(alarms())
                .singleElement()
                .asString()
                .contains("Delivery: asked for 2026-12-20, answered 2026-12-22.");
    }

    @Test
    void theResponsesOwnDestinationsGoBeforeThoseOfTheOrder() {
        answers(response("R-1", Answer.ACCEPTED_WITH_CHANGES)
                .answered(
                        "1",
                        "N-OIL",
                        12,
                        "36.50",
                        List.of(to("LOC-CANTINA", 3), to("LOC-ACME", 5)),
                        part(Status.QUANTITY_CHANGED, 8, "")));
        assertThat(purchase.confirmed(groupOrder)).containsExactly("1 acme 5", "1 cantina 3");
    }

    @Test
    void aDestinationOfNobodyLeavesTheRuleOfInvoices() {
        answers(response("R-1", Answer.ACCEPTED_WITH_CHANGES)
                .answered(
                        "1", "N-OIL", 12, "36.50", List.of(to("ELSEWHERE", 8)), part(Status.QUANTITY_CHANGED, 8, "")));
        assertThat(purchase.confirmed(groupOrder)).containsExactly("1 acme 3", "1 bistro 3", "1 cantina 2");
    }

    @Test
    void theNewestAnswerHoldsAndTheOlderOneStaysVisible() {
        answers(response("R-1", Answer.ACCEPTED_WITH_CHANGES)
                .answered("1", "N-OIL", 12, "36.50", List.of(), part(Status.QUANTITY_CHANGED, 8, "")));
        answers(response("R-2", Answer.ACCEPTED)
                .answered("1", "N-OIL", 12, "36.50", List.of(), part(Status.ACCEPTED, 12, "")));
        assertThat(purchase.confirmed(groupOrder)).containsExactly("1 acme 5", "1 bistro 4", "1 cantina 3");
        assertThat(numbers()).containsExactly("R-2", "R-1");
        assertThat(alarms()).isEmpty();
        answers(response("R-3", Answer.REJECTED));
        assertThat(state()).isEqualTo(GroupOrder.State.CLOSED);
        assertThat(alarms()).hasSize(1);
    }

    @Test
    void anotherAnswerUnderTheSameNumberAndDateIsTheNewestAndTheSameOneAgainIsNone() {
        Paper eight = response("R-1", Answer.ACCEPTED_WITH_CHANGES)
                .answered("1", "N-OIL", 12, "36.50", List.of(), part(Status.QUANTITY_CHANGED, 8, ""));
        answers(eight);
        answers(eight);
        assertThat(numbers()).hasSize(1);
        answers(response("R-1", Answer.ACCEPTED));
        assertThat(numbers()).hasSize(2);
        answers(response("R-1", Answer.ACCEPTED));
        assertThat(numbers()).hasSize(2);
        assertThat(purchase.confirmed(groupOrder)).containsExactly("1 acme 5", "1 bistro 4", "1 cantina 3");
        answers(eight);
        assertThat(purchase.confirmed(groupOrder)).containsExactly("1 acme 3", "1 bistro 3", "1 cantina 2");
    }

    @Test
    void responseAndInvoiceEndTheSameInEitherOrderAndAfterARebuild() {
        Paper response = response("R-1", Answer.ACCEPTED_WITH_CHANGES)
                .answered("1", "N-OIL", 12, "36.50", List.of(), part(Status.QUANTITY_CHANGED, 8, ""));
        Paper invoice = Paper.invoice("I-1", "2026-12-07")
                .naming("purchase-order", "GO" + groupOrder)
                .line("1", "supplier-item", "N-OIL", 8, "CA", "36.50", List.of());
        hub.sends(MERCADO, NORDMAR, invoice);
        answers(response);
        Ended invoiceFirst = ended();
        assertThat(invoiceFirst.state()).isEqualTo(GroupOrder.State.INVOICED);
        hub.rebuild();
        assertThat(ended()).isEqualTo(invoiceFirst);

        try (TestHub other = new TestHub()) {
            Purchase again = new Purchase(other);
            EntryId same = again.opened(again.agreed(null));
            assertThat(same).isEqualTo(groupOrder);
            again.pledges(same, ACME, OIL, "5", null);
            again.pledges(same, BISTRO, OIL, "4", null);
            again.pledges(same, CANTINA, OIL, "3", null);
            again.deadlinePasses();
            other.sends(MERCADO, NORDMAR, response);
            assertThat(again.groupOrder(same).state()).isEqualTo(GroupOrder.State.ORDERED);
            other.sends(MERCADO, NORDMAR, invoice);
            assertThat(new Ended(again.groupOrder(same).state(), again.confirmed(same), shares(other)))
                    .isEqualTo(invoiceFirst);
        }
    }

    @Test
    void aResponseThatNamesNoGroupOrderIsAnAlarm() {
        answers(Paper.response("R-9", "2026-12-06", Answer.ACCEPTED).naming("purchase-order", "PO-77"));
        assertThat(state()).isEqualTo(GroupOrder.State.CLOSED);
        assertThat(hub.count("alarm WHERE open_cause LIKE 'group-response-unmatched:%'"))
                .isEqualTo(1);
    }

    @Test
    void anOpenGroupOrderIsNotAnsweredYet() {
        EntryId next = purchase.done(
                        purchase.open(purchase.groupOrder(groupOrder).agreement()))
                .entry();
        answers(Paper.response("R-9", "2026-12-06", Answer.ACCEPTED).naming("purchase-order", "GO" + next));
        assertThat(purchase.groupOrder(next).state()).isEqualTo(GroupOrder.State.OPEN);
        assertThat(hub.context.getBean(GroupResponses.class).of(next)).isEmpty();
    }

    @Test
    void aResponseIsNeitherOrderedNorInvoicedNorEarned() {
        hub.agree(NORDMAR, "2.5", "35", "2026-01-01", null);
        hub.sends(ACME, NORDMAR, Paper.order("A-1", "2026-12-01").line("1", "N-OIL", 10, "4.00"));
        Map<String, String> books = hub.balances();
        String open = String.valueOf(opportunities());
        hub.sends(
                ACME,
                NORDMAR,
                Paper.response("R-1", "2026-12-02", Answer.ACCEPTED)
                        .naming("purchase-order", "A-1")
                        .answered("1", "N-OIL", 10, "4.00", List.of()));
        assertThat(hub.balances()).isEqualTo(books);
        assertThat(String.valueOf(opportunities())).isEqualTo(open);
        assertThat(hub.count("account_price")).isZero();
        assertThat(hub.count("commission_line")).isZero();
        assertThat(hub.context.getBean(AccountHistory.class).totals(ACME))
                .extracting(AccountTotal::kind, total -> total.amount().toString())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(AccountEvent.Kind.ORDERED, "40.00 EUR"),
                        org.assertj.core.groups.Tuple.tuple(AccountEvent.Kind.CONFIRMED, "40.00 EUR"));
    }

    @Test
    void aMemberSeesItsPartAndTheSupplierAll() {
        answers(response("R-1", Answer.ACCEPTED_WITH_CHANGES)
                .answered("1", "N-OIL", 12, "36.50", List.of(), part(Status.QUANTITY_CHANGED, 8, "")));
        GroupOrder closed = purchase.groupOrder(groupOrder);
        List<GroupResponse> responses =
                hub.context.getBean(GroupResponses.class).of(groupOrder);
        String seenByBistro = String.valueOf(ResponseView.of(responses.get(0), closed.committed(), BISTRO));
        assertThat(seenByBistro)
                .contains("quantity=3", "status=quantity-changed")
                .doesNotContain("acme", "=8", "12,");
        assertThat(String.valueOf(ResponseView.of(responses.get(0), closed.committed(), null)))
                .contains("confirmed=8", "ordered=12", "member=acme", "number=R-1");
        assertThat(ResponseView.confirmed(responses, closed, BISTRO))
                .singleElement()
                .satisfies(
                        part -> assertThat(part).containsEntry("quantity", "3").containsKey("because"));
    }

    private record Ended(GroupOrder.State state, List<String> confirmed, List<String> shares) {}

    private Ended ended() {
        return new Ended(state(), purchase.confirmed(groupOrder), shares(hub));
    }

    private List<String> shares(TestHub of) {
        return of.context.getBean(GroupShares.class).of(groupOrder, Optional.empty()).stream()
                .map(share -> share.member() + " " + share.payable())
                .toList();
    }

    private Paper response(String number, Answer answer) {
        return Paper.response(number, "2026-12-06", answer).naming("purchase-order", "GO" + groupOrder);
    }

    private void answers(Paper response) {
        hub.sends(MERCADO, NORDMAR, response);
    }

    private static PricedDocument.Split to(String location, int cases) {
        return new PricedDocument.Split("assigned-by-buyer", location, BigDecimal.valueOf(cases));
    }

    private GroupOrder.State state() {
        return purchase.groupOrder(groupOrder).state();
    }

    private List<String> numbers() {
        return hub.context.getBean(GroupResponses.class).of(groupOrder).stream()
                .map(response -> response.document().number())
                .toList();
    }

    private List<AccountEvent> history() {
        return hub.context.getBean(AccountHistory.class).events(NORDMAR, Optional.empty(), 10);
    }

    private Object opportunities() {
        return hub.jdbc
                .sql("SELECT id, invoiced_minor, won FROM opportunity ORDER BY id")
                .query()
                .listOfRows();
    }

    private List<String> alarms() {
        return hub.jdbc
                .sql("SELECT sentence FROM alarm WHERE open_cause LIKE 'group-response:%'")
                .query(String.class)
                .list();
    }
}
