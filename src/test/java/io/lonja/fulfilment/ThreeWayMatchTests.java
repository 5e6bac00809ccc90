package io.lonja.fulfilment;

import static io.lonja.fulfilment.Slip.tolerances;
import static io.lonja.fulfilment.Slip.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.document.Answer;
import io.lonja.partner.Tolerances;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreeWayMatchTests {

    private static Slip order() {
        return Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00").taxed("10", "10.00");
    }

    private static Slip invoice(String quantity, String price) {
        return Slip.invoice("I1", "2026-11-03").of("PO1").line("1", "OIL", quantity, price);
    }

    @Test
    void whatIsAsOrderedFits() {
        assertThat(said(Tolerances.NONE, order(), invoice("10", "10.00").taxed("10", "10.00")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10.00, ''",
        "0, 10.001, 'price 10 10.001 0.01 EUR'",
        "0, 9.999, 'price 10 9.999 0.01 EUR'",
        "0.5%, 10.049, ''",
        "0.5%, 10.05, ''",
        "0.5%, 10.051, 'price 10 10.051 0.51 EUR'",
        "0.5%, 9.95, ''",
        "0.5%, 9.949, 'price 10 9.949 0.51 EUR'",
        "0.02, 10.02, ''",
        "0.02, 10.021, 'price 10 10.021 0.21 EUR'"
    })
    void aPriceMayDifferByTheToleranceAndNotByOneCentMore(String tolerance, String price, String expected) {
        assertThat(said(tolerances(tolerance, "0", "0", "0"), order(), invoice("10", price)))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, ''",
        "0, 10.01, 'quantity-over-ordered 10 10.01 0.01 CA'",
        "2%, 10.19, ''",
        "2%, 10.2, ''",
        "2%, 10.21, 'quantity-over-ordered 10 10.21 0.21 CA'",
        "1, 11, ''",
        "1, 11.01, 'quantity-over-ordered 10 11.01 1.01 CA'"
    })
    void aQuantityMayBeOverByTheToleranceAndNoMore(String tolerance, String quantity, String expected) {
        assertThat(said(tolerances("0", tolerance, "0", "0"), order(), invoice(quantity, "10.00")))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10.00, ''",
        "0, 10.01, 'tax-amount 10.00 10.01 0.01 EUR'",
        "0, 9.99, 'tax-amount 10.00 9.99 0.01 EUR'",
        "0.02, 10.01, ''",
        "0.02, 10.02, ''",
        "0.02, 10.03, 'tax-amount 10.00 10.03 0.03 EUR'"
    })
    void aTaxMayDifferFromWhatItsRateComesTo(String tolerance, String amount, String expected) {
        List<String> expectedAll = expected.isEmpty() ? List.of() : List.of(expected);
        Tolerances agreed = tolerances("0", "0", tolerance, "0");
        assertThat(said(agreed, order(), invoice("10", "10.00").taxed("10", amount)))
                .isEqualTo(expectedAll);
        assertThat(said(agreed, order(), invoice("10", "10.00").taxedAsAWhole("10", amount)))
                .isEqualTo(expectedAll);
    }

    @Test
    void anotherRateThanWasOrderedIsACase() {
        assertThat(said(Tolerances.NONE, order(), invoice("10", "10.00").taxed("21", "21.00")))
                .containsExactly("tax-rate 10 21 11 %");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 20.00, ''",
        "0, 20.01, 'charge-not-ordered 20.00 20.01 0.01 EUR'",
        "5.00, 24.99, ''",
        "5.00, 25.00, ''",
        "5.00, 25.01, 'charge-not-ordered 20.00 25.01 5.01 EUR'"
    })
    void chargesMayBeOverWhatWasOrderedByTheTolerance(String tolerance, String charge, String expected) {
        assertThat(said(
                        tolerances("0", "0", "0", tolerance),
                        order().charge("20.00"),
                        invoice("10", "10.00").charge(charge)))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void chargesOfAllInvoicesCountTogetherUntilTheyAreCredited() {
        Slip first = invoice("5", "10.00").charge("15.00");
        Slip second = Slip.invoice("I2", "2026-11-04")
                .of("PO1")
                .line("1", "OIL", "5", "10.00")
                .charge("15.00");
        assertThat(said(Tolerances.NONE, order().charge("20.00"), first, second))
                .containsExactly("charge-not-ordered 20.00 30.00 10.00 EUR");
        Slip credit = Slip.credit("C1", "2026-11-05").of("PO1").charge("10.00");
        assertThat(said(Tolerances.NONE, order().charge("20.00"), first, second, credit))
                .isEmpty();
    }

    @Test
    void moreThanWasDespatchedIsACaseUntilTheRestIsSent() {
        Slip sent = Slip.despatch("D1", "2026-11-02").of("PO1").line("1", "OIL", "6");
        assertThat(said(Tolerances.NONE, order(), sent, invoice("10", "10.00")))
                .containsExactly("quantity-over-despatched 6 10 4 CA");
        Slip rest = Slip.despatch("D2", "2026-11-04").of("PO1").line("1", "OIL", "4");
        assertThat(said(Tolerances.NONE, order(), sent, invoice("10", "10.00"), rest))
                .isEmpty();
    }

    @Test
    void whereNothingIsSaidToBeDespatchedNothingIsHeldAgainstIt() {
        assertThat(said(Tolerances.NONE, order(), invoice("10", "10.00"))).isEmpty();
    }

    @Test
    void quantitiesOfAllInvoicesCountTogetherAndTheOneThatGoesBeyondHasTheCase() {
        Slip second = Slip.invoice("I2", "2026-11-04").of("PO1").line("1", "OIL", "5", "10.00");
        Trade trade = trade(order(), second, invoice("6", "10.00"));
        assertThat(trade.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.reason()).isEqualTo(Reason.QUANTITY_OVER_ORDERED);
            assertThat(difference.because())
                    .extracting(because -> because.number())
                    .containsExactly("PO1", "I2");
            assertThat(difference.sentence()).isEqualTo("Order PO1, line 1 and invoice I2: ordered 10, invoiced 11.");
        });
    }

    @Test
    void nothingOfARejectedLineMayBeInvoiced() {
        assertThat(said(
                        Tolerances.NONE,
                        order(),
                        Slip.response("R1", "2026-11-02", Answer.REJECTED).of("PO1"),
                        invoice("10", "10.00")))
                .containsExactly("quantity-over-ordered 0 10 10 CA");
    }

    @Test
    void aCreditOfTheDifferenceSettlesThePrice() {
        Slip dear = invoice("10", "10.50");
        assertThat(said(Tolerances.NONE, order(), dear)).containsExactly("price 10 10.5 5.00 EUR");
        Slip tooLittle = Slip.credit("C1", "2026-11-05").of("PO1").line("1", "OIL", "10", "0.49");
        assertThat(said(Tolerances.NONE, order(), dear, tooLittle)).containsExactly("price 10 10.5 0.10 EUR");
        Slip all = Slip.credit("C1", "2026-11-05").of("PO1").line("1", "OIL", "10", "0.50");
        assertThat(said(Tolerances.NONE, order(), dear, all)).isEmpty();
    }

    /** 1.15 too much for 4.5 cases is 5.175, and what is credited is an amount: 5.18. */
    @Test
    void aCreditThatIsRoundedSettlesThePriceToo() {
        Slip dear = invoice("4.5", "11.15");
        assertThat(said(Tolerances.NONE, order(), dear)).containsExactly("price 10 11.15 5.18 EUR");
        Slip back = Slip.credit("C1", "2026-11-05").of("PO1").line("1", "OIL", "4.5", "1.15");
        assertThat(said(Tolerances.NONE, order(), dear, back)).isEmpty();
    }

    @Test
    void goodsThatWereTakenBackFit() {
        Slip twice = Slip.invoice("I2", "2026-11-04").of("PO1").line("1", "OIL", "10", "11.00");
        Slip back = Slip.credit("C1", "2026-11-05")
                .of("PO1")
                .naming("invoice", "I2")
                .line("1", "OIL", "10", "11.00");
        assertThat(said(Tolerances.NONE, order(), invoice("10", "10.00"), twice))
                .hasSize(2);
        assertThat(said(Tolerances.NONE, order(), invoice("10", "10.00"), twice, back))
                .isEmpty();
    }

    @Test
    void aLineThatNobodyOrderedIsACaseUntilItIsCredited() {
        Slip invoice = invoice("10", "10.00").line("2", "SALT", "3", "1.00");
        assertThat(said(Tolerances.NONE, order(), invoice)).containsExactly("line-not-ordered null 3 null CA");
        Slip credit = Slip.credit("C1", "2026-11-05").of("PO1").line("1", "SALT", "3", "1.00");
        assertThat(said(Tolerances.NONE, order(), invoice, credit)).isEmpty();
    }

    @Test
    void anotherUnitThanTheOrdersCannotBeCounted() {
        Slip invoice = Slip.invoice("I1", "2026-11-03").of("PO1").lineIn("EA", "1", "OIL", "120", "0.83");
        assertThat(said(Tolerances.NONE, order(), invoice)).containsExactly("unit-differs CA EA null null");
    }

    /** Where a part of the invoice is free of tax, the rate is of the rest. */
    @Test
    void aTaxIsTakenOfTheBaseThatTheInvoiceSays() {
        assertThat(said(Tolerances.NONE, order(), invoice("10", "10.00").taxedAsAWholeOn("60.00", "10", "6.00")))
                .isEmpty();
        assertThat(said(Tolerances.NONE, order(), invoice("10", "10.00").taxedAsAWholeOn("60.00", "10", "6.01")))
                .containsExactly("tax-amount 6.00 6.01 0.01 EUR");
    }

    /** An order in X12 counts cases as CA, an invoice in EDIFACT as CS. */
    @Test
    void theSameUnitByAnotherCodeIsTheSame() {
        Slip invoice = Slip.invoice("I1", "2026-11-03").of("PO1").lineIn("CS", "1", "OIL", "10", "9.00");
        assertThat(said(Tolerances.NONE, order(), invoice)).containsExactly("price 10 9 10.00 EUR");
    }

    private static List<String> said(Tolerances tolerances, Slip... slips) {
        return trade(tolerances, false, slips).differences().stream()
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
