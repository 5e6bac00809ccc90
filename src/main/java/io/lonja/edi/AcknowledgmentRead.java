package io.lonja.edi;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fact that a partner told what became of interchanges that we sent, as its 997, 999, TA1 or CONTRL says it, or of the
 * documents in them, as its 824 or APERAK does. Which of ours it speaks of is settled when the fact takes effect.
 *
 * @param receipt sequence of the evidence that holds it
 * @param interchange which interchange of that receipt, counted from 0
 * @param lane whose numbers it speaks of: a digest of partner, our name and the partner's in its envelope
 * @param statements in wire order
 * @param unreadable a sentence for each acknowledgment that was refused, so that nothing of it counts
 * @param advices each 824 or APERAK, in wire order; earlier archives have none
 */
record AcknowledgmentRead(
        long receipt,
        String partner,
        int interchange,
        Standard standard,
        String lane,
        List<Statement> statements,
        List<String> unreadable,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ReceivedAdvice> advices) {

    static final EntryType TYPE = EntryType.fact("acknowledgment-read");

    AcknowledgmentRead {
        advices = Objects.requireNonNullElse(advices, List.of());
    }

    boolean advises() {
        return !advices.isEmpty();
    }

    Draft draft() {
        return Draft.of(TYPE, Map.of(Entry.ABOUT, Long.toString(receipt)), CanonicalJson.of(this));
    }

    /**
     * What is said of one interchange or functional group.
     *
     * @param as {@code 997}, {@code 999}, {@code TA1} or {@code CONTRL}
     * @param group AK101, {@code IN}; empty in a TA1 and a CONTRL
     * @param controlNumber as written: AK102, the interchange control number of TA101, or UCI 0020
     * @param repeat it was received before: TA105 = 025, UCI 0085 = 26
     * @param sets that are named in it, in wire order
     * @param reasons at most {@value #REASONS_MAX}, in wire order
     */
    record Statement(
            String as,
            String group,
            String controlNumber,
            Result result,
            boolean repeat,
            List<Named> sets,
            List<Reason> reasons) {

        static final int REASONS_MAX = 99;

        /** {@code 997 about PO 12}. */
        String title() {
            return group.isEmpty()
                    ? "%s about interchange %s".formatted(as, controlNumber)
                    : "%s about group %s %s".formatted(as, group, controlNumber);
        }

        /**
         * What it says of this transaction set. Where a part is refused, that is what it names as refused; of one set alone none
         * is left to be accepted then.
         *
         * @param alone whether the interchange has no other
         */
        Result of(String set, boolean alone) {
            if (result != Result.PARTLY_ACCEPTED) {
                return result;
            }
            boolean refused = sets.stream()
                    .anyMatch(named -> named.refused() && named.controlNumber().equals(set));
            boolean othersRefused = sets.stream().anyMatch(Named::refused);
            return refused ? Result.REJECTED : !alone && othersRefused ? Result.ACCEPTED : result;
        }

        /** The same with the reasons that are given for this transaction set, or for the whole. */
        Statement about(String set) {
            return new Statement(
                    as,
                    group,
                    controlNumber,
                    result,
                    repeat,
                    sets,
                    reasons.stream().filter(reason -> reason.mayBeFor(set)).toList());
        }
    }

    /** AK2 with its AK5 or IK5, or UCM. */
    record Named(String type, String controlNumber, boolean refused) {}

    /**
     * Why, and where.
     *
     * @param part {@code the interchange}, {@code the group}, {@code transaction set 0001}
     * @param segment position counted from 1 at ST or UNH; 0 for none
     * @param segmentId empty for none
     * @param element counted from 1 after the tag; 0 for the segment as a whole
     * @param component counted from 1; 0 for none
     * @param code with what it means, where that is known: {@code 7 (invalid code value)}
     */
    record Reason(String part, int segment, String segmentId, int element, int component, String code) {

        private static final Pattern SET = Pattern.compile("(transaction set|message) (?<set>.*)");

        /** Whether it is not for another transaction set. */
        boolean mayBeFor(String set) {
            Matcher matcher = SET.matcher(part);
            return !matcher.matches() || matcher.group("set").equals(set);
        }

        /** {@code transaction set 0001, segment 4 N1, element 3, code 7 (invalid code value)}. */
        String sentence() {
            StringBuilder place = new StringBuilder(part);
            if (segment > 0 || !segmentId.isEmpty()) {
                place.append(", segment")
                        .append(segment > 0 ? " " + segment : "")
                        .append(segmentId.isEmpty() ? "" : " " + segmentId);
            }
            if (element > 0) {
                place.append(", element ").append(element).append(component > 0 ? "-" + component : "");
            }
            return place.append(", code ").append(code).toString();
        }
    }

    /** How far the other side took it, the worst last. */
    enum Result {
        /** It came; whether it can be read is not said: TA104 = A or E, UCI 0083 = 8. */
        RECEIVED,
        ACCEPTED,
        ACCEPTED_WITH_ERRORS,
        /** And other than we said it: OTI01 = TC, 4343 = AC. */
        ACCEPTED_WITH_CHANGES,
        PARTLY_ACCEPTED,
        REJECTED;

        /** {@code accepted-with-errors}. */
        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Result of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
