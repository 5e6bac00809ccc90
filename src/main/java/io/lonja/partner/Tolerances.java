package io.lonja.partner;

/**
 * How far an invoice of a partner may differ from what was ordered and sent. What is beyond is a case.
 *
 * @param price of the unit price that was ordered, in percent or per unit
 * @param quantity of the quantity that was ordered or sent, in percent or in the order's unit
 * @param tax of the amount that the rate comes to, in the invoice's currency
 * @param freight of charges that were not ordered, for all invoices of an order, in the invoice's currency
 */
public record Tolerances(Tolerance price, Tolerance quantity, Tolerance tax, Tolerance freight) {

    /** Where nothing is agreed. */
    public static final Tolerances NONE =
            new Tolerances(Tolerance.NONE, Tolerance.NONE, Tolerance.NONE, Tolerance.NONE);
}
