package io.lonja.force.day;

/** A kind of document, and what it is called in the API and in both standards. */
enum Kind {
    ORDER("purchase-order", "850", "PO", "ORDERS"),
    CHANGE("order-change", "860", "PC", "ORDCHG"),
    RESPONSE("order-response", "855", "PR", "ORDRSP"),
    CHANGE_RESPONSE("order-change-response", "865", "CA", "ORDRSP"),
    DESPATCH("despatch-advice", "856", "SH", "DESADV"),
    RECEIPT("receiving-advice", "861", "RC", "RECADV"),
    INVOICE("invoice", "810", "IN", "INVOIC"),
    CREDIT("credit-note", "810", "IN", "INVOIC"),
    PAYMENT("remittance-advice", "820", "RA", "REMADV");

    final String wireName;
    final String set;
    /** GS01. */
    final String group;
    /** UNH 0065. */
    final String message;

    Kind(String wireName, String set, String group, String message) {
        this.wireName = wireName;
        this.set = set;
        this.group = group;
        this.message = message;
    }

    /** Whether the buyer writes it. */
    boolean byBuyer() {
        return this == ORDER || this == CHANGE || this == RECEIPT || this == PAYMENT;
    }

    /** Whether it answers an order or a change, line by line as they are numbered there. */
    boolean answers() {
        return this == RESPONSE || this == CHANGE_RESPONSE;
    }

    /** Whether it is one that asks for money. */
    boolean priced() {
        return this == INVOICE || this == CREDIT;
    }
}
