package io.lonja.fulfilment;

import static io.lonja.fulfilment.Slip.part;
import static io.lonja.fulfilment.Slip.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lonja.document.Answer;
import io.lonja.document.Change;
import io.lonja.document.DocumentType;
import io.lonja.document.LineAnswer.Status;
import io.lonja.document.LineChange.Action;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What changes of an order, and the answers to them, make of its lines. */
class ChangedOrderTests {

    private static Slip order() {
        return Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00").line("2", "SALT", "4", "1.00");
    }

    private static Slip change(String number, String date) {
        return Slip.change(number, date, Change.CHANGED).of("PO1");
    }

    @Test
    void aChangedQuantityIsWhatIsOrderedAndADifferenceIsAddedOrTakenOff() {
        Slip first = change("1", "2026-11-05").changes(Action.CHANGED, "1", "OIL", "12", "10.00");
        assertThat(told(trade(order(), first))).containsExactly("1 open 12 of 12", "2 open 4 of 4");
        Slip second = change("2", "2026-11-06").changes(Action.INCREASED, "1", "OIL", "3", "");
        Slip third = change("3", "2026-11-07").changes(Action.DECREASED, "1", "", "5", "");
        assertThat(told(trade(third, order(), second, first))).containsExactly("1 open 10 of 10", "2 open 4 of 4");
        assertThat(trade(order(), first, second).lines().get(0).documents())
                .extracting(OrderLine.Said::type, OrderLine.Said::number)
                .containsExactly(tuple(DocumentType.ORDER_CHANGE, "1"), tuple(DocumentType.ORDER_CHANGE, "2"));
    }

    @Test
    void changesOfOneDayCountInTheOrderOfTheirNumbers() {
        Slip ninth = change("9", "2026-11-05").changes(Action.CHANGED, "1", "OIL", "9", "");
        Slip tenth = change("10", "2026-11-05").changes(Action.CHANGED, "1", "OIL", "8", "");
        assertThat(told(trade(order(), tenth, ninth))).containsExactly("1 open 8 of 8", "2 open 4 of 4");
    }

    @Test
    void aDeletedLineAndACancelledOrderEndCancelled() {
        Slip deleted = change("1", "2026-11-05").changes(Action.DELETED, "2", "SALT", "0", "");
        assertThat(told(trade(order(), deleted))).containsExactly("1 open 10 of 10", "2 cancelled 0 of 0");
        Slip cancelled = Slip.change("2", "2026-11-06", Change.CANCELLED).of("PO1");
        assertThat(told(trade(order(), deleted, cancelled)))
                .containsExactly("1 cancelled 0 of 0", "2 cancelled 0 of 0");
        assertThat(trade(order(), deleted, cancelled).differences()).isEmpty();
    }

    @Test
    void whatIsInvoicedOfADeletedLineIsACase() {
        Slip deleted = change("1", "2026-11-05").changes(Action.DELETED, "2", "SALT", "0", "");
        Trade trade = trade(
                order(), deleted, Slip.invoice("I1", "2026-11-06").of("PO1").line("2", "SALT", "4", "1.00"));
        assertThat(trade.differences())
                .extracting(Difference::reason, Difference::expected, Difference::found)
                .containsExactly(tuple(Reason.QUANTITY_OVER_ORDERED, "0", "4"));
    }

    @Test
    void anAddedLineIsFollowedUnderTheIdOfItsChange() {
        Slip added = change("1", "2026-11-05").changes(Action.ADDED, "3", "RICE", "6", "2.00");
        Trade trade =
                trade(order(), added, Slip.invoice("I1", "2026-11-06").of("PO1").line("3", "RICE", "6", "2.00"));
        assertThat(told(trade)).containsExactly("1 open 10 of 10", "2 open 4 of 4", "3 invoiced 0 of 6");
        assertThat(trade.lines()).extracting(OrderLine::id).containsExactly("1-0-0", "1-0-1", "2-0-0");
        assertThat(trade.lines().get(2).because().type()).isEqualTo(DocumentType.ORDER_CHANGE);
        assertThat(trade.differences()).isEmpty();
    }

    @Test
    void aReplacementIsAllThatIsOrdered() {
        Slip replaced = Slip.change("1", "2026-11-05", Change.REPLACED)
                .of("PO1")
                .changes(Action.CHANGED, "1", "OIL", "7", "9.00")
                .changes(Action.CHANGED, "3", "RICE", "6", "2.00");
        assertThat(told(trade(order(), replaced)))
                .containsExactly("1 open 7 of 7", "2 cancelled 0 of 0", "3 open 6 of 6");
    }

    @Test
    void invoicesAreHeldAgainstThePriceOfTheirDay() {
        Slip cheaper = change("1", "2026-11-05").changes(Action.CHANGED, "1", "OIL", "", "9.00");
        Trade trade = trade(
                order(),
                cheaper,
                Slip.invoice("I1", "2026-11-04").of("PO1").line("1", "OIL", "4", "10.00"),
                Slip.invoice("I2", "2026-11-05").of("PO1").line("1", "OIL", "4", "9.00"),
                Slip.invoice("I3", "2026-11-06").of("PO1").line("1", "OIL", "2", "10.00"));
        assertThat(trade.differences())
                .extracting(Difference::reason, Difference::expected, Difference::difference)
                .containsExactly(tuple(Reason.PRICE, "9", "2.00"));
        assertThat(trade.differences().get(0).sentence()).contains("invoice I3");
    }

    @Test
    void aChangedDateChangesWhenTheLineIsDue() {
        Slip order = order().dated("delivery-requested", "2026-11-20");
        Slip later = change("1", "2026-11-05").dated("delivery-requested", "2026-12-01");
        assertThat(trade(order, later).lines())
                .extracting(OrderLine::dueOn)
                .containsOnly(LocalDate.parse("2026-12-01").plusDays(60));
    }

    @Test
    void aRejectedChangeHasNoEffectAndNeitherHasARejectedLine() {
        Slip change = change("1", "2026-11-05")
                .changes(Action.CHANGED, "1", "OIL", "12", "")
                .changes(Action.DELETED, "2", "SALT", "0", "");
        Slip rejected = Slip.answerToChange("A1", "2026-11-06", Answer.REJECTED)
                .of("PO1")
                .naming("order-change", "1");
        assertThat(told(trade(order(), change, rejected))).containsExactly("1 open 10 of 10", "2 open 4 of 4");
        Slip partly = Slip.answerToChange("A2", "2026-11-07", Answer.ACCEPTED_WITH_CHANGES)
                .of("PO1")
                .naming("order-change", "1")
                .answered("2", "SALT", part(Status.REJECTED, "10"));
        assertThat(told(trade(order(), change, rejected, partly)))
                .as("the newest answer holds")
                .containsExactly("1 open 12 of 12", "2 open 4 of 4");
    }

    @Test
    void whatWasConfirmedBeforeAChangeDoesNotAnswerItAndTheAnswerToItDoes() {
        Slip confirmed = Slip.response("R1", "2026-11-02", Answer.ACCEPTED).of("PO1");
        Slip change = change("1", "2026-11-05").changes(Action.INCREASED, "1", "OIL", "5", "");
        Trade unanswered = trade(order(), confirmed, change);
        assertThat(told(unanswered)).containsExactly("1 open 15 of 15", "2 open 4 of 4");
        assertThat(unanswered.lines().get(0).confirmed()).isNull();
        Slip answer = Slip.answerToChange("A1", "2026-11-06", Answer.ACCEPTED_WITH_CHANGES)
                .of("PO1")
                .naming("order-change", "1")
                .answered("1", "OIL", part(Status.QUANTITY_CHANGED, "12"));
        Trade answered = trade(order(), confirmed, change, answer);
        assertThat(told(answered)).containsExactly("1 open 12 of 15", "2 open 4 of 4");
        assertThat(answered.lines().get(0).missing()).isEqualByComparingTo("3");
    }

    @Test
    void whoAcceptsThatAnOrderIsCancelledConfirmsNothingOfIt() {
        Slip confirmed = Slip.response("R1", "2026-11-02", Answer.ACCEPTED).of("PO1");
        Slip cancelled = Slip.change("1", "2026-11-05", Change.CANCELLED).of("PO1");
        assertThat(trade(order(), confirmed, cancelled).lines())
                .extracting(OrderLine::confirmed)
                .containsOnlyNulls();
        Slip answer = Slip.answerToChange("A1", "2026-11-06", Answer.ACCEPTED)
                .of("PO1")
                .naming("order-change", "1");
        assertThat(trade(order(), confirmed, cancelled, answer).lines())
                .extracting(OrderLine::confirmed)
                .containsOnly(BigDecimal.ZERO);
    }

    @Test
    void anAnswerWithoutTheChangesNumberIsToTheNewestBeforeIt() {
        Slip first = change("1", "2026-11-05").changes(Action.CHANGED, "1", "OIL", "12", "");
        Slip second = change("2", "2026-11-07").changes(Action.CHANGED, "2", "SALT", "5", "");
        Slip rejected = Slip.answerToChange("A1", "2026-11-06", Answer.REJECTED).of("PO1");
        assertThat(told(trade(order(), first, second, rejected))).containsExactly("1 open 10 of 10", "2 open 5 of 5");
    }

    @Test
    void whatCannotBeChangedIsACase() {
        assertThat(reasons(order(), change("1", "2026-11-05").changes(Action.CHANGED, "7", "RICE", "5", "")))
                .containsExactly(Reason.LINE_NOT_ORDERED);
        assertThat(reasons(order(), change("1", "2026-11-05").changes(Action.ADDED, "1", "OIL", "5", "10.00")))
                .containsExactly(Reason.LINE_ALREADY_ORDERED);
        assertThat(reasons(order(), change("1", "2026-11-05").changes(Action.DECREASED, "2", "SALT", "9", "")))
                .containsExactly(Reason.QUANTITY_OVER_ORDERED);
        assertThat(reasons(
                        order(),
                        Slip.answerToChange("A1", "2026-11-06", Answer.ACCEPTED)
                                .of("PO1")
                                .naming("order-change", "4")))
                .containsExactly(Reason.CHANGE_UNKNOWN);
        assertThat(trade(change("1", "2026-11-05").changes(Action.CHANGED, "1", "OIL", "5", ""))
                        .differences())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.reason()).isEqualTo(Reason.ORDER_UNKNOWN);
                    assertThat(found.sentence()).contains("names the order PO1, which did not come");
                });
    }

    private static List<Reason> reasons(Slip... slips) {
        return trade(slips).differences().stream().map(Difference::reason).toList();
    }

    private static List<String> told(Trade trade) {
        return trade.lines().stream()
                .map(line -> "%s %s %s of %s"
                        .formatted(
                                line.line(),
                                line.status().wireName(),
                                line.open().stripTrailingZeros().toPlainString(),
                                line.ordered().stripTrailingZeros().toPlainString()))
                .toList();
    }
}
