package io.lonja.party;

/**
 * A name that a party bears on the wire.
 *
 * @param scheme whose naming rules apply
 * @param qualifier X12 I05 or EDIFACT 0007; empty where the scheme has none
 * @param value without trailing blanks: {@code ACMEFOODS}
 */
public record Identity(Scheme scheme, String qualifier, String value) {

    /** The naming schemes a partner profile can list. */
    public enum Scheme {
        AS2,
        X12,
        EDIFACT,
        /** GS1 Global Location Number, 13 digits. */
        GLN,
        /** D-U-N-S number, 9 digits. */
        DUNS,
        /** A code that one party gives another, as in {@code N1*BY**92*C0042}. */
        ASSIGNED
    }

    /** {@code X12 ZZ/ACMEFOODS}. */
    @Override
    public String toString() {
        return scheme + " " + (qualifier.isEmpty() ? "" : qualifier + "/") + value;
    }
}
