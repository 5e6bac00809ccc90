package io.lonja.fulfilment;

import static io.lonja.fulfilment.Slip.tolerances;
import static io.lonja.fulfilment.Slip.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.document.ReceivingAdvice.Discrepancy.Kind;
import io.lonja.partner.Tolerances;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptMatchTests {

    private static Slip order() {
        return Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00");
    }

    private static Slip sent(String number, String quantity) {
        return Slip.despatch(number, "2026-11-02").of("PO1").line("1", "OIL", quantity);
    }

    private static Slip received(String number, String quantity) {
        return Slip.receipt(number, "2026-11-03").of("PO1").line("1", "OIL", quantity);
    }

    private static Slip invoice(String quantity) {
        return Slip.invoice("I1", "2026-11-04").of("PO1").line("1", "OIL", quantity, "10.00");
    }

    @Test
    void withoutAnyReceiptNothingIsHeldAgainstOneAndNoneIsTold() {
        Trade trade = trade(order(), sent("D1", "10"), invoice("10"));
        assertThat(trade.differences()).isEmpty();
        assertThat(trade.lines().get(0).received()).isNull();
    }

    @Test
    void whatIsReceivedAsItWasSentFits() {
        Trade trade = trade(order(), sent("D1", "10"), received("E1", "10"), invoice("10"));
        assertThat(trade.differences()).isEmpty();
        assertThat(trade.lines().get(0).received()).isEqualTo(new BigDecimal("10"));
    }

    @Test
    void aReceiptIsHeldAgainstTheShipmentThatItNames() {
        Slip rest = sent("D2", "4");
        assertThat(said(order(), sent("D1", "6"), rest, received("E1", "5").naming("despatch-advice", "D1")))
                .containsExactly("receipt-differs 6 5 1 CA");
        assertThat(said(order(), sent("D1", "6"), rest, received("E1", "6").naming("packing-list", "D1")))
                .isEmpty();
    }

    @Test
    void receiptsOfOneShipmentCountTogetherAndTheLastHasTheCase() {
        Slip first = received("E1", "4").naming("despatch-advice", "D1");
        Slip second = received("E2", "3").naming("despatch-advice", "D1");
        assertThat(said(order(), sent("D1", "7"), first, second)).isEmpty();
        Trade trade = trade(order(), sent("D1", "6"), first, second);
        assertThat(trade.differences())
                .extracting(Difference::sentence)
                .containsExactly("Order PO1, line 1 and receiving-advice E2: despatched 6, received 7.");
    }

    @Test
    void whatNamesNoShipmentMayStillBeOnItsWayUnlessItSaysOtherwise() {
        assertThat(said(order(), sent("D1", "10"), received("E1", "8"))).isEmpty();
        assertThat(said(order(), sent("D1", "10"), received("E1", "8").wrong(Kind.SHORT, "2")))
                .containsExactly("receipt-differs 10 8 2 CA");
        assertThat(said(order(), sent("D1", "10"), received("E1", "11"))).containsExactly("receipt-differs 10 11 1 CA");
        assertThat(said(order(), received("E1", "11").wrong(Kind.OVER, "1")))
                .containsExactly("receipt-differs 10 11 1 CA");
    }

    @Test
    void aDifferenceWithinTheToleranceIsNone() {
        Slip receipt = received("E1", "9").naming("despatch-advice", "D1");
        Trade trade = trade(tolerances("0", "10%", "0", "0"), false, order(), sent("D1", "10"), receipt);
        assertThat(trade.differences()).isEmpty();
    }

    @Test
    void moreThanWasReceivedAndAcceptedIsACaseUntilItIsCredited() {
        Slip receipt = received("E1", "10").wrong(Kind.REFUSED, "3");
        assertThat(said(order(), receipt, invoice("10")))
                .containsExactly("quantity-over-received 7 10 3 CA", "receipt-contested null 3 null CA");
        Slip credit = Slip.credit("C1", "2026-11-06").of("PO1").line("1", "OIL", "3", "10.00");
        assertThat(said(order(), receipt, invoice("10"), credit)).isEmpty();
    }

    @Test
    void damagedGoodsThatAreKeptAreACaseAndCountAsReceived() {
        Trade trade = trade(order(), received("E1", "10").wrong(Kind.DAMAGED, "2"), invoice("10"));
        assertThat(trade.differences())
                .extracting(Difference::sentence)
                .containsExactly("Order PO1, line 1 and receiving-advice E1: of 10 received, 2 CA damaged.");
    }

    @Test
    void aReceivedLineThatNobodyOrderedIsACase() {
        assertThat(said(order(), Slip.receipt("E1", "2026-11-03").of("PO1").line("9", "VINEGAR", "2")))
                .containsExactly("line-not-ordered null 2 null CA");
    }

    @Test
    void aReceiptOfAnotherUnitCannotBeCounted() {
        Slip pieces = Slip.receipt("E1", "2026-11-03").of("PO1").lineIn("EA", "1", "OIL", "120", "0");
        Trade trade = trade(order(), pieces);
        assertThat(trade.differences()).extracting(Difference::reason).containsExactly(Reason.UNIT_DIFFERS);
        assertThat(trade.lines().get(0).received()).isEqualTo(BigDecimal.ZERO);
    }

    private static List<String> said(Slip... slips) {
        return trade(Tolerances.NONE, false, slips).differences().stream()
                .map(difference -> "%s %s %s %s %s"
                        .formatted(
                                difference.reason().wireName(),
                                difference.expected(),
                                difference.found(),
                                difference.difference(),
                                difference.unit()))
                .toList();
    }
}
