package io.lonja.edi;

/** By which transaction set X12 groups of 005010 and later are answered; older ones always by the 997 of 004010. */
public enum FunctionalAcknowledgment {
    /** 997, Functional Acknowledgment, 005010. */
    BY_997("997"),
    /** 999, Implementation Acknowledgment, 005010X231A1. */
    BY_999("999");

    private final String set;

    FunctionalAcknowledgment(String set) {
        this.set = set;
    }

    /** ST01. */
    String set() {
        return set;
    }
}
