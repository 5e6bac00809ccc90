package io.lonja.edi;

/**
 * A party as an envelope names it: ISA05/06, ISA07/08, UNB S002, S003.
 *
 * @param qualifier X12 I05 or EDIFACT 0007; empty when absent
 * @param value without trailing blanks
 */
public record WireParty(String qualifier, String value) {

    /** {@code ZZ/ACMEFOODS}. */
    @Override
    public String toString() {
        return qualifier.isEmpty() ? value : qualifier + "/" + value;
    }
}
