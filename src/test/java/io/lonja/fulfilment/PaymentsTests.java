package io.lonja.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lonja.document.RemittanceAdvice;
import io.lonja.document.RemittanceAdvice.Item.Kind;
import io.lonja.partner.Tolerances;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentsTests {

    @Test
    void whatIsPaidAsInvoicedFits() {
        assertThat(said(List.of(invoice("10")), true, payment("P1", "100.00"))).isEmpty();
        assertThat(said(List.of(invoice("10")), true, payment("P1", "60.00"), payment("P2", "40.00")))
                .isEmpty();
    }

    @Test
    void lessThanInvoicedIsNoCaseBecauseTheRestMayFollow() {
        assertThat(said(List.of(invoice("10")), true, payment("P1", "99.99"))).isEmpty();
    }

    @Test
    void onlyThePaymentThatGoesBeyondTheInvoiceHasTheCase() {
        assertThat(said(List.of(invoice("10")), true, payment("P1", "100.00"), payment("P2", "0.01")))
                .containsExactly("paid-over-invoiced 100.00 100.01 0.01 EUR");
    }

    @Test
    void whatIsTakenBackMakesRoom() {
        assertThat(said(
                        List.of(invoice("10")),
                        true,
                        payment("P1", "100.00"),
                        payment("P2", "-30.00"),
                        payment("P3", "30.00")))
                .isEmpty();
    }

    @Test
    void anUnknownInvoiceIsACaseWhereTheSellerSendsItsInvoices() {
        assertThat(said(List.of(), true, payment("P1", "100.00")))
                .containsExactly("invoice-unknown null 100.00 null EUR");
        assertThat(said(List.of(), false, payment("P1", "100.00"))).isEmpty();
    }

    @Test
    void aCreditNoteThatIsTakenOffIsLinkedAndHeldAgainstNothing() {
        Slip payment = Slip.payment("P1", "2026-11-20")
                .paying("I1", "100.00")
                .paying(Kind.CREDIT_NOTE, "C1", "20.00")
                .paying(Kind.OTHER, "X1", "5.00");
        assertThat(items(1, payment, true))
                .extracting(PaidItem::number, item -> item.type().wireName())
                .containsExactly(tuple("I1", "invoice"), tuple("C1", "credit-note"));
    }

    private static Slip invoice(String quantity) {
        return Slip.invoice("I1", "2026-11-03").of("PO1").line("1", "OIL", quantity, "10.00");
    }

    private static Slip payment(String number, String amount) {
        return Slip.payment(number, "2026-11-20").paying("I1", amount);
    }

    private static List<PaidItem> items(long receipt, Slip payment, boolean expected) {
        return PaidItem.of(payment.accepted(receipt, receipt), (RemittanceAdvice) payment.written(), expected);
    }

    private static List<String> said(List<Slip> invoices, boolean expected, Slip... payments) {
        List<PaidItem> items = new ArrayList<>();
        for (Slip payment : payments) {
            items.addAll(items(10L + items.size(), payment, expected));
        }
        List<TradeDocument> known = invoices.stream()
                .flatMap(invoice ->
                        TradeDocument.of(invoice.accepted(1, 1), new Terms(60, Tolerances.NONE, false))
                                .values()
                                .stream())
                .toList();
        return Payments.differences(items, known).stream()
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
