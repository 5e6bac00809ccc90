package io.lonja.edi;

/**
 * How a functional group is answered.
 *
 * @param set ST01: {@code 997}, {@code 999}
 * @param version GS08 and, in a 999, ST03: {@code 005010X231A1}
 */
record AnswerForm(String set, String version) {

    private static final String OLDER = "004010";
    private static final String LATER = "005010";
    private static final String IMPLEMENTATION = "005010X231A1";

    /** The 997 of 004010 for what is older than 005010; from there on the set that was agreed, in 005010. */
    static AnswerForm of(FunctionalGroup group, FunctionalAcknowledgment agreed) {
        if (!X12Versions.since5010(group.version())) {
            return new AnswerForm(FunctionalAcknowledgment.BY_997.set(), OLDER);
        }
        return new AnswerForm(agreed.set(), agreed == FunctionalAcknowledgment.BY_999 ? IMPLEMENTATION : LATER);
    }

    /** Whether it repeats which version and implementation it answers: AK103, AK203. */
    boolean later() {
        return X12Versions.since5010(version);
    }

    /** Whether it is written in IK3, IK4 and IK5. */
    boolean implementation() {
        return set.equals(FunctionalAcknowledgment.BY_999.set());
    }
}
