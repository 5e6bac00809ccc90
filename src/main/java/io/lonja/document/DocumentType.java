package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The business documents the hub knows, by the names used in profiles and in the API. */
public enum DocumentType {
    PURCHASE_ORDER("purchase-order"),
    INVOICE("invoice"),
    CREDIT_NOTE("credit-note"),
    /** What a supplier answers to an order. */
    ORDER_RESPONSE("order-response"),
    /** What a supplier says that it sent. */
    DESPATCH_ADVICE("despatch-advice"),
    /** A buyer asks what goods would cost. */
    REQUEST_FOR_QUOTATION("request-for-quotation"),
    /** What a supplier offers goods for, and until when. */
    QUOTATION("quotation"),
    /** What a buyer changes of its order. */
    ORDER_CHANGE("order-change"),
    /** What a supplier answers to that. */
    ORDER_CHANGE_RESPONSE("order-change-response"),
    /** What a buyer says that it received. */
    RECEIVING_ADVICE("receiving-advice"),
    /** What a payer says that it paid. */
    REMITTANCE_ADVICE("remittance-advice"),
    /** Issued by the hub itself when a period is closed; never arrives in an interchange. */
    COMMISSION_STATEMENT("commission-statement");

    private final String wireName;

    DocumentType(String wireName) {
        this.wireName = wireName;
    }

    /** {@code purchase-order}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Whether the buyer issues it, and not the seller; a self-billed invoice is one of the seller all the same. */
    public boolean byBuyer() {
        return switch (this) {
            case REQUEST_FOR_QUOTATION, PURCHASE_ORDER, ORDER_CHANGE, RECEIVING_ADVICE, REMITTANCE_ADVICE -> true;
            default -> false;
        };
    }

    /** Whether it answers an order, or a change of one. Of several answers to one the newest holds. */
    public boolean answers() {
        return this == ORDER_RESPONSE || this == ORDER_CHANGE_RESPONSE;
    }

    /** The type with this name. Throws {@link IllegalArgumentException} for any other. */
    @JsonCreator
    public static DocumentType of(String wireName) {
        for (DocumentType type : values()) {
            if (type.wireName.equals(wireName)) {
                return type;
            }
        }
        throw new IllegalArgumentException("Not a document type: " + wireName);
    }
}
