package io.lonja.force.day;

/** In which of three ways a partner spells what it says. */
enum Syntax {
    X12("x12-004010-", ""),
    D96A("edifact-d96a-", ":D:96A:UN:EAN008"),
    /** EANCOM 2002; changes, receipts and payments, which it has no guide for here, are of D.96A. */
    EANCOM("edifact-d01b-", ":D:01B:UN:%s");

    private final String guides;
    private final String version;

    Syntax(String guides, String version) {
        this.guides = guides;
        this.version = version;
    }

    boolean isX12() {
        return this == X12;
    }

    /** The guide by which this kind is agreed. */
    String guide(Kind kind) {
        return isX12() ? guides + kind.set : spelled(kind).guides + kind.message.toLowerCase(java.util.Locale.ROOT);
    }

    /** UNH S009. */
    String message(Kind kind) {
        String association = switch (kind) {
            case RESPONSE -> "EAN009";
            case DESPATCH -> "EAN007";
            default -> "EAN010";
        };
        return kind.message + spelled(kind).version.formatted(association);
    }

    private Syntax spelled(Kind kind) {
        return switch (kind) {
            case ORDER, RESPONSE, DESPATCH, INVOICE, CREDIT -> this;
            case CHANGE, CHANGE_RESPONSE, RECEIPT, PAYMENT -> D96A;
        };
    }
}
