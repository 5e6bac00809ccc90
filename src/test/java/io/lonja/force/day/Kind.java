package io.lonja.force.day;

/** A kind of document, and what it is called in the API and in both standards. */
enum Kind {
    ORDER("purchase-order", "850", "PO", "ORDERS"),
    RESPONSE("order-response", "855", "PR", "ORDRSP"),
    DESPATCH("despatch-advice", "856", "SH", "DESADV"),
    INVOICE("invoice", "810", "IN", "INVOIC"),
    CREDIT("credit-note", "810", "IN", "INVOIC");

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
        return this == ORDER;
    }
}
