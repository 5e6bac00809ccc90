package io.lonja.fulfilment;

import static io.lonja.fulfilment.Slip.part;
import static io.lonja.fulfilment.Slip.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lonja.document.Answer;
import io.lonja.document.LineAnswer;
import io.lonja.document.LineAnswer.Status;
import io.lonja.partner.Tolerances;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How lines of documents find the line of the order that they are for, and how each of those ends. */
class TradeTests {

    private static Slip order() {
        return Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00");
    }

    @Test
    void aLineIsOpenUntilAllOfItIsInvoiced() {
        assertThat(told(trade(order()))).containsExactly("1 open, ordered 10 sent 0 invoiced 0 open 10 missing 0");
        assertThat(told(trade(order(), invoice("4"))))
                .containsExactly("1 open, ordered 10 sent 0 invoiced 4 open 6 missing 0");
        assertThat(told(trade(
                        order(),
                        invoice("4"),
                        Slip.invoice("I2", "2026-11-05").of("PO1").line("1", "OIL", "6", "10.00"))))
                .containsExactly("1 invoiced, ordered 10 sent 0 invoiced 10 open 0 missing 0");
    }

    @Test
    void whatIsNotConfirmedAndNotBackorderedIsMissingAndTheLineEndsShort() {
        Slip response = Slip.response("R1", "2026-11-02", Answer.ACCEPTED_WITH_CHANGES)
                .of("PO1")
                .answered("1", "OIL", part(Status.QUANTITY_CHANGED, "7"), part(Status.REJECTED, "3"));
        assertThat(told(trade(order(), response)))
                .containsExactly("1 open, ordered 10 sent 0 invoiced 0 open 7 missing 3");
        assertThat(told(trade(order(), response, invoice("7"))))
                .containsExactly("1 short, ordered 10 sent 0 invoiced 7 open 0 missing 3");
    }

    @Test
    void whatIsBackorderedStaysOpen() {
        Slip response = Slip.response("R1", "2026-11-02", Answer.ACCEPTED_WITH_CHANGES)
                .of("PO1")
                .answered("1", "OIL", part(Status.ACCEPTED, "7"), part(Status.BACKORDERED, "3"));
        assertThat(told(trade(order(), response, invoice("7"))))
                .containsExactly("1 open, ordered 10 sent 0 invoiced 7 open 3 missing 0");
    }

    @Test
    void aRejectedLineAndARejectedOrderAreCancelled() {
        assertThat(told(trade(
                        order(),
                        Slip.response("R1", "2026-11-02", Answer.ACCEPTED_WITH_CHANGES)
                                .of("PO1")
                                .answered("1", "OIL", part(Status.REJECTED, "10")))))
                .containsExactly("1 cancelled, ordered 10 sent 0 invoiced 0 open 0 missing 10");
        assertThat(told(trade(
                        order(),
                        Slip.response("R1", "2026-11-02", Answer.REJECTED).of("PO1"))))
                .containsExactly("1 cancelled, ordered 10 sent 0 invoiced 0 open 0 missing 10");
    }

    @Test
    void theNewestResponseDecidesByItsDate() {
        Slip newer = Slip.response("R2", "2026-11-04", Answer.ACCEPTED).of("PO1");
        Slip older = Slip.response("R1", "2026-11-02", Answer.REJECTED).of("PO1");
        assertThat(told(trade(order(), newer, older)))
                .containsExactly("1 open, ordered 10 sent 0 invoiced 0 open 10 missing 0");
    }

    @Test
    void goodsThatAreCreditedAtTheirPriceAreToBeInvoicedAgainAndMoneyIsNot() {
        assertThat(told(trade(
                        order(),
                        invoice("10"),
                        Slip.credit("C1", "2026-11-09").of("PO1").line("1", "OIL", "2", "10.00"))))
                .containsExactly("1 open, ordered 10 sent 0 invoiced 8 open 2 missing 0");
        assertThat(told(trade(
                        order(),
                        invoice("10"),
                        Slip.credit("C1", "2026-11-09").of("PO1").line("1", "OIL", "10", "0.50"))))
                .containsExactly("1 invoiced, ordered 10 sent 0 invoiced 10 open 0 missing 0");
    }

    @Test
    void theOrdersLineNumberGoesBeforeTheItemsCode() {
        Slip order =
                Slip.order("PO1", "2026-11-01").line("10", "OIL", "10", "10.00").line("20", "OIL", "5", "10.00");
        assertThat(told(trade(
                        order, Slip.invoice("I1", "2026-11-03").of("PO1").lineFor("000020", "1", "OIL", "5", "10.00"))))
                .containsExactly(
                        "10 open, ordered 10 sent 0 invoiced 0 open 10 missing 0",
                        "20 invoiced, ordered 5 sent 0 invoiced 5 open 0 missing 0");
    }

    @Test
    void ofSeveralLinesWithOneCodeTheOneWithTheSameNumberIsMeantAndElseNone() {
        Slip order =
                Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00").line("2", "OIL", "5", "10.00");
        Trade by = trade(order, Slip.invoice("I1", "2026-11-03").of("PO1").line("2", "OIL", "5", "10.00"));
        assertThat(told(by)).contains("2 invoiced, ordered 5 sent 0 invoiced 5 open 0 missing 0");
        assertThat(by.differences()).isEmpty();
        Trade none = trade(order, Slip.invoice("I1", "2026-11-03").of("PO1").line("7", "OIL", "5", "10.00"));
        assertThat(none.differences()).extracting(Difference::reason).containsExactly(Reason.LINE_NOT_ORDERED);
    }

    @Test
    void aLineWithoutCodesGoesByItsNumber() {
        assertThat(told(trade(
                        order(), Slip.invoice("I1", "2026-11-03").of("PO1").line("01", "", "10", "10.00"))))
                .containsExactly("1 invoiced, ordered 10 sent 0 invoiced 10 open 0 missing 0");
    }

    @Test
    void whatAResponseSendsInsteadIsKnownToTheInvoice() {
        var instead = new LineAnswer.Part(
                Status.SUBSTITUTED,
                part(Status.ACCEPTED, "10").quantity(),
                new TreeMap<>(),
                new TreeMap<>(Map.of("supplier-item", "OIL-NEW")));
        Slip response = Slip.response("R1", "2026-11-02", Answer.ACCEPTED_WITH_CHANGES)
                .of("PO1")
                .answered("1", "OIL", instead);
        Trade trade = trade(
                order(), response, Slip.invoice("I1", "2026-11-03").of("PO1").line("9", "OIL-NEW", "10", "10.00"));
        assertThat(trade.differences()).isEmpty();
        assertThat(told(trade)).containsExactly("1 invoiced, ordered 10 sent 0 invoiced 10 open 0 missing 0");
    }

    @Test
    void aLineIsDueSoManyDaysAfterItIsWantedOrElseOrdered() {
        assertThat(trade(order()).lines().get(0).dueOn()).isEqualTo(LocalDate.parse("2026-12-31"));
        assertThat(trade(order().dated("delivery-requested", "2026-12-24"))
                        .lines()
                        .get(0)
                        .dueOn())
                .isEqualTo(LocalDate.parse("2027-02-22"));
    }

    @Test
    void ofTwoOrdersWithOneNumberADocumentIsForTheOneOfTheDateItSaysElseTheNewestBeforeIt() {
        Slip second = Slip.order("PO1", "2026-12-01").line("1", "OIL", "8", "10.00");
        assertThat(told(trade(order(), second, invoice("10").dated("purchase-order", "2026-12-01"))))
                .containsExactly(
                        "1 open, ordered 10 sent 0 invoiced 0 open 10 missing 0",
                        "1 invoiced, ordered 8 sent 0 invoiced 10 open 0 missing 0");
        assertThat(told(trade(order(), second, invoice("10"))))
                .containsExactly(
                        "1 invoiced, ordered 10 sent 0 invoiced 10 open 0 missing 0",
                        "1 open, ordered 8 sent 0 invoiced 0 open 8 missing 0");
    }

    @Test
    void anInvoiceForAnOrderThatDidNotComeIsACaseWhereTheBuyerSendsItsOrders() {
        assertThat(trade(Tolerances.NONE, true, invoice("4")).differences())
                .extracting(Difference::reason, Difference::found)
                .containsExactly(tuple(Reason.ORDER_UNKNOWN, "40.00"));
        assertThat(trade(invoice("4")).differences()).isEmpty();
    }

    private static Slip invoice(String quantity) {
        return Slip.invoice("I1", "2026-11-03").of("PO1").line("1", "OIL", quantity, "10.00");
    }

    private static List<String> told(Trade trade) {
        return trade.lines().stream()
                .map(line -> "%s %s, ordered %s sent %s invoiced %s open %s missing %s"
                        .formatted(
                                line.line(),
                                line.status().wireName(),
                                line.ordered(),
                                line.sent(),
                                line.invoiced(),
                                line.open(),
                                line.missing()))
                .toList();
    }
}
