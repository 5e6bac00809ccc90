package io.lonja.edi;

import java.util.Set;

/** What was agreed with whoever transmits to us, as far as reading and acknowledging go. */
public interface ReadingAgreements {

    /** The terms that are live now. For a party that is no partner any more: no names, and everything is answered. */
    Terms with(String partner);

    /**
     * @param names the X12 and EDIFACT names the partner bears on the wire; an envelope under any other sender is
     *     refused
     * @param answersDuplicates a repeated interchange is told so (TA1 025); otherwise it meets silence
     * @param acknowledgesEnvelopes a good envelope gets a TA1 even where ISA14 does not ask for it
     * @param silent guides whose functional groups get no 997
     */
    record Terms(Set<WireParty> names, boolean answersDuplicates, boolean acknowledgesEnvelopes, Set<GuideId> silent) {}
}
