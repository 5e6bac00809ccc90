package io.lonja.force.day;

/** In which of three ways a partner spells what it says. */
enum Syntax {
    X12("x12-004010-", ""),
    D96A("edifact-d96a-", ":D:96A:UN:EAN008"),
    /** Orders and invoices of EANCOM 2002; what it has no guide for here is of D.96A, with the same codes. */
    EANCOM("edifact-d01b-", ":D:01B:UN:EAN010");

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
        return kind.message + spelled(kind).version;
    }

    private Syntax spelled(Kind kind) {
        return kind == Kind.ORDER || kind.priced() ? this : D96A;
    }
}
