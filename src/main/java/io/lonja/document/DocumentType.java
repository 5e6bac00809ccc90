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
