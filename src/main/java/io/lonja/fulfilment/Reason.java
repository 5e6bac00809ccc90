package io.lonja.fulfilment;

import java.util.Locale;

/** What does not fit. */
public enum Reason {
    PRICE,
    QUANTITY_OVER_ORDERED,
    QUANTITY_OVER_DESPATCHED,
    /** More is invoiced than the buyer received and kept. */
    QUANTITY_OVER_RECEIVED,
    /** The buyer received more or less than was sent. */
    RECEIPT_DIFFERS,
    /** The buyer received goods that are damaged, refused or otherwise not as they should be. */
    RECEIPT_CONTESTED,
    TAX_RATE,
    TAX_AMOUNT,
    CHARGE_NOT_ORDERED,
    /** No line of the order is what this one is for. */
    LINE_NOT_ORDERED,
    /** A change adds a line that the order has. */
    LINE_ALREADY_ORDERED,
    /** The change that is answered did not come. */
    CHANGE_UNKNOWN,
    /** It counts in another unit than the order. */
    UNIT_DIFFERS,
    CURRENCY_DIFFERS,
    /** The order that is named did not come, and the buyer sends its orders here. */
    ORDER_UNKNOWN,
    /** No order is named, and the buyer sends its orders here. */
    NO_ORDER_NAMED,
    /** A payment names an invoice that did not come, and the seller sends its invoices here. */
    INVOICE_UNKNOWN,
    /** More is paid of an invoice than it is over. */
    PAID_OVER_INVOICED,
    /** The same as an earlier invoice under another number: it is held. */
    DUPLICATE_SUSPECTED;

    /** {@code quantity-over-ordered}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
