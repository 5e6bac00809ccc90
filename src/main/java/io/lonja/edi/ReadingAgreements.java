package io.lonja.edi;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was agreed with whoever transmits to us, as far as reading and acknowledging go. */
public interface ReadingAgreements {

    /** The terms that are live now. For a party that is no partner any more: no names, and everything is answered. */
    Terms with(String partner);

    /**
     * @param names the names the partner bears on the wire, by standard; an envelope under any other sender is refused
     * @param answersDuplicates a repeated interchange is told so (TA1 025, CONTRL 26); otherwise it meets silence
     * @param acknowledgesEnvelopes a good envelope gets a TA1 even where ISA14 does not ask for it
     * @param functionalAcknowledgment by what X12 groups of 005010 and later are answered
     * @param guides those that are agreed for what the partner sends; its overlays judge instead of their base guides
     * @param strict whether a leniency refuses its interchange
     * @param x12 the character set of bytes beyond ASCII in X12
     * @param silent guides whose functional groups get no 997 or 999, and whose messages no CONTRL unless they are refused
     * @param answered guides whose messages get a CONTRL even where UNB 0031 does not ask for it
     * @param whole guides whose documents are refused with everything else in their interchange when one set of it is
     * @param numberTakenFor how long an interchange's control number stands for it and no other; null for ever
     * @param sequential whether the partner counts its interchanges upwards by one
     */
    record Terms(
            Map<Standard, Set<WireParty>> names,
            boolean answersDuplicates,
            boolean acknowledgesEnvelopes,
            FunctionalAcknowledgment functionalAcknowledgment,
            Set<GuideId> guides,
            boolean strict,
            Charset x12,
            Set<GuideId> silent,
            Set<GuideId> answered,
            Set<GuideId> whole,
            @Nullable Duration numberTakenFor,
            boolean sequential) {

        /** Of a partner with these names and nothing agreed but what is usual. */
        public static Terms usual(Map<Standard, Set<WireParty>> names) {
            return new Terms(
                    names,
                    true,
                    false,
                    FunctionalAcknowledgment.BY_997,
                    Set.of(),
                    false,
                    StandardCharsets.UTF_8,
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    null,
                    false);
        }

        public ReadingManner manner() {
            return new ReadingManner(guides, strict, x12);
        }

        Set<WireParty> names(Standard standard) {
            return names.getOrDefault(standard, Set.of());
        }
    }
}
