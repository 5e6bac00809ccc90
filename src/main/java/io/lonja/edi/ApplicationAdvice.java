package io.lonja.edi;

import java.util.List;

/**
 * What a sender is told of one transaction set that could be read and is finally refused all the same: an 824 where it
 * came in X12, an APERAK where it came in EDIFACT.
 *
 * @param of the interchange that brought it
 * @param interchange which of its receipt that is, counted from 0
 * @param group of the set
 * @param subject what the set is
 * @param number the document's, as written; empty when it has none
 * @param reasons at least one
 */
public record ApplicationAdvice(
        Interchange of,
        int interchange,
        FunctionalGroup group,
        TransactionSet set,
        Subject subject,
        String number,
        List<Reason> reasons) {

    public ApplicationAdvice {
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("Nobody is told of a refusal without a reason");
        }
        reasons = List.copyOf(reasons);
    }

    /** What a document's number is called: OTI02 (element 128) and RFF 1153. */
    public enum Subject {
        ORDER("PO", "ON"),
        INVOICE("IV", "IV"),
        CREDIT_NOTE("IV", "CD"),
        DESPATCH_ADVICE("SI", "AAK"),
        REQUEST_FOR_QUOTATION("ZZ", "AAV"),
        QUOTATION("Q1", "AAG"),
        RECEIVING_ADVICE("RV", "ALO"),
        REMITTANCE_ADVICE("RA", "PQ");

        private final String x12;
        private final String edifact;

        Subject(String x12, String edifact) {
            this.x12 = x12;
            this.edifact = edifact;
        }

        String x12() {
            return x12;
        }

        String edifact() {
            return edifact;
        }
    }

    /** What is wrong, by element 647 of X12; an APERAK has no list of its own and says the same. */
    public enum Condition {
        INVALID_DATE("009"),
        OUT_OF_BALANCE("010"),
        OTHER("024");

        private final String code;

        Condition(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * One reason.
     *
     * @param title in a few words: {@code party unknown}
     * @param sentence for a person
     * @param segmentId tag of the segment at fault; empty where it is none in particular
     * @param segment its position in the set, counted from 1 at ST or UNH; 0 where it is none in particular
     */
    public record Reason(Condition condition, String title, String sentence, String segmentId, int segment) {}
}
