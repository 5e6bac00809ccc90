package io.lonja.edi;

import io.lonja.edi.AcknowledgmentRead.Named;
import io.lonja.edi.AcknowledgmentRead.Reason;
import io.lonja.edi.AcknowledgmentRead.Result;
import io.lonja.edi.AcknowledgmentRead.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what a partner's 997, 999, TA1, CONTRL (syntax 3 and 4), 824 and APERAK say of what we sent. Pure functions. */
final class ReceivedAcknowledgments {

    private static final String ENVELOPE = "TA1";

    private ReceivedAcknowledgments() {}

    /** What is said in this interchange; empty when nothing is, or when it was said before in the same interchange. */
    static Optional<AcknowledgmentRead> in(
            Interchange interchange, String partner, long receipt, InterchangeRead.Decided decided) {
        List<Statement> statements = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        List<ReceivedAdvice> advices = new ArrayList<>();
        if (decided.first() == null && interchange.refused() && interchange.acknowledgesOnly()) {
            unreadable.add(reason(interchange.errors()));
        } else if (decided.first() == null && !interchange.refused()) {
            interchange.acknowledgments().forEach(ta1 -> envelope(ta1, statements, unreadable));
            for (FunctionalGroup group : interchange.groups()) {
                group.transactionSets().stream()
                        .filter(set -> !AdviceWriter.advises(set.type()))
                        .filter(set -> group.acknowledgment()
                                || X12Versions.acknowledges(set.type())
                                || set.type().equals(EdifactReader.ACKNOWLEDGMENT))
                        .forEach(set -> functional(group, set, statements, unreadable));
                // A refused one counts for nothing, and its sender is told so: 824 and APERAK are acknowledged.
                group.transactionSets().stream()
                        .filter(set -> AdviceWriter.advises(set.type()))
                        .filter(set -> !group.refused() && !(set.verdict() instanceof Verdict.Refused))
                        .map(set -> ReceivedAdvices.of(
                                set.type(), set.content().segments().toList()))
                        .forEach(advices::add);
            }
        }
        return statements.isEmpty() && unreadable.isEmpty() && advices.isEmpty()
                ? Optional.empty()
                : Optional.of(new AcknowledgmentRead(
                        receipt,
                        partner,
                        decided.ordinal(),
                        interchange.envelope().standard(),
                        InterchangeIndex.lane(partner, interchange.envelope()),
                        statements,
                        unreadable,
                        advices));
    }

    private static void envelope(Segment ta1, List<Statement> statements, List<String> unreadable) {
        String verdict = ta1.element(4);
        String code = ta1.element(5);
        if (!verdict.matches("[AER]") || !Wire.digits(ta1.element(1), 1, 9)) {
            unreadable.add("TA101 or TA104 of a TA1 is not what X12 allows there");
            return;
        }
        List<Reason> reasons = code.isEmpty() || code.equals(Interchange.NOTE_RECEIVED)
                ? List.of()
                : List.of(new Reason("the interchange", 0, "", 0, 0, CodeList.INTERCHANGE.told(code)));
        statements.add(new Statement(
                ENVELOPE,
                "",
                ta1.element(1),
                verdict.equals("R") ? Result.REJECTED : Result.RECEIVED,
                code.equals(Interchange.NOTE_DUPLICATE),
                List.of(),
                reasons));
    }

    private static void functional(
            FunctionalGroup group, TransactionSet set, List<Statement> statements, List<String> unreadable) {
        if (group.refused()) {
            unreadable.add(reason(group.errors()));
        } else if (set.verdict() instanceof Verdict.Refused refused) {
            unreadable.add(reason(refused.errors()));
        } else {
            List<Segment> segments = set.content().segments().toList();
            statements.add(
                    set.type().equals(EdifactReader.ACKNOWLEDGMENT)
                            ? new Contrl().read(segments)
                            : new AnsweredGroup(set.type()).read(segments));
        }
    }

    private static String reason(List<SyntaxError> errors) {
        return errors.stream()
                .filter(SyntaxError::fatal)
                .findFirst()
                .or(() -> errors.stream().findFirst())
                .map(SyntaxError::sentence)
                .orElse("it is refused");
    }

    private static int number(String text) {
        return Wire.digits(text, 1, 9) ? Integer.parseInt(text) : 0;
    }

    /** Reasons as they are found, up to the limit. */
    private static final class Reasons {

        private final List<Reason> found = new ArrayList<>();

        void add(Reason reason) {
            if (found.size() < Statement.REASONS_MAX) {
                found.add(reason);
            }
        }

        boolean anyOf(String part) {
            return found.stream().anyMatch(reason -> reason.part().equals(part));
        }
    }

    /** AK1 to AK9: a 997, or a 999, which has IK3, IK4 and IK5 where that has AK3, AK4 and AK5. */
    private static final class AnsweredGroup {

        private static final String ELEMENTS_AT_FAULT = "8";
        /** In general, or against an implementation. */
        private static final Set<String> SEGMENTS_AT_FAULT = Set.of("5", "I5");

        private final String as;
        private final Reasons reasons = new Reasons();
        private final List<Named> sets = new ArrayList<>();
        private String type = "";
        private String set = "";
        private String segmentId = "";
        private int segment;
        /** The segment is said to have elements at fault, and none of them was named yet. */
        private boolean unexplained;

        AnsweredGroup(String as) {
            this.as = as;
        }

        Statement read(List<Segment> segments) {
            String group = "";
            String number = "";
            String verdict = "";
            for (Segment each : segments) {
                switch (each.id()) {
                    case "AK1" -> {
                        group = each.element(1);
                        number = each.element(2);
                    }
                    case "AK2" -> {
                        type = each.element(1);
                        set = each.element(2);
                    }
                    case "AK3", "IK3" -> segmentNote(each);
                    case "AK4", "IK4" -> elementNote(each);
                    case "AK5", "IK5" -> endOfSet(each);
                    case "AK9" -> {
                        verdict = each.element(1);
                        codes(each, 5, 9)
                                .forEach(code ->
                                        reasons.add(new Reason("the group", 0, "", 0, 0, CodeList.GROUP.told(code))));
                    }
                    default -> {} // ST and SE, and the CTX of a 999, which repeats our own data.
                }
            }
            return new Statement(as, group, number, result(verdict), false, sets, reasons.found);
        }

        private String part() {
            return "transaction set " + set;
        }

        private void segmentNote(Segment note) {
            explain();
            segmentId = note.element(1);
            segment = number(note.element(2));
            codes(note, 4, 8).forEach(code -> {
                if (code.equals(ELEMENTS_AT_FAULT)) {
                    unexplained = true;
                } else {
                    inSegment(0, 0, CodeList.SEGMENT.told(code));
                }
            });
        }

        private void elementNote(Segment note) {
            unexplained = false;
            inSegment(
                    number(note.component(1, 1)), number(note.component(1, 2)), CodeList.ELEMENT.told(note.element(3)));
        }

        private void endOfSet(Segment trailer) {
            explain();
            codes(trailer, 2, 6)
                    .filter(code -> !SEGMENTS_AT_FAULT.contains(code) || !reasons.anyOf(part()))
                    .toList()
                    .forEach(code -> reasons.add(new Reason(part(), 0, "", 0, 0, CodeList.TRANSACTION_SET.told(code))));
            sets.add(new Named(type, set, !trailer.element(1).matches("[AE]")));
        }

        private void explain() {
            if (unexplained) {
                inSegment(0, 0, CodeList.SEGMENT.told(ELEMENTS_AT_FAULT));
                unexplained = false;
            }
        }

        private void inSegment(int element, int component, String code) {
            reasons.add(new Reason(part(), segment, segmentId, element, component, code));
        }

        /** A refused transaction set outweighs what AK9 says of the group. */
        private Result result(String verdict) {
            Result said = switch (verdict) {
                case "A" -> Result.ACCEPTED;
                case "E" -> Result.ACCEPTED_WITH_ERRORS;
                case "P" -> Result.PARTLY_ACCEPTED;
                default -> Result.REJECTED;
            };
            boolean counts = said == Result.ACCEPTED || said == Result.ACCEPTED_WITH_ERRORS;
            return counts && sets.stream().anyMatch(Named::refused) ? Result.PARTLY_ACCEPTED : said;
        }

        private static Stream<String> codes(Segment segment, int from, int to) {
            return Stream.iterate(from, element -> element <= to, element -> element + 1)
                    .map(segment::element)
                    .filter(code -> !code.isEmpty());
        }
    }

    /** UCI to UCD. */
    private static final class Contrl {

        private static final String REJECTED = "4";
        private static final String RECEIVED = "8";
        private static final String DUPLICATE = "26";

        private final Reasons reasons = new Reasons();
        private final List<Named> sets = new ArrayList<>();
        private boolean groupRefused;
        private String part = "the interchange";
        private int segment;

        Statement read(List<Segment> segments) {
            String number = "";
            String action = "";
            String code = "";
            for (Segment each : segments) {
                switch (each.id()) {
                    case "UCI" -> {
                        number = each.element(1);
                        action = each.element(4);
                        code = each.element(5);
                        reason(each, 5);
                    }
                    case "UCF" -> {
                        part = "group " + each.element(1);
                        groupRefused |= each.element(4).equals(REJECTED);
                        reason(each, 5);
                    }
                    case "UCM" -> {
                        part = "message " + each.element(1);
                        sets.add(new Named(
                                each.component(2, 1),
                                each.element(1),
                                each.element(3).equals(REJECTED)));
                        reason(each, 4);
                    }
                    case "UCS" -> {
                        segment = number(each.element(1));
                        if (!each.element(2).isEmpty()) {
                            add(segment, "", 0, 0, each.element(2));
                        }
                    }
                    case "UCD" -> add(segment, "", afterTag(each, 2), number(each.component(2, 2)), each.element(1));
                    default -> {} // UNH and UNT.
                }
            }
            return new Statement(
                    EdifactReader.ACKNOWLEDGMENT,
                    "",
                    number,
                    result(action),
                    code.equals(DUPLICATE),
                    sets,
                    reasons.found);
        }

        /** 0085, 0013 and S011 from this element on. */
        private void reason(Segment from, int code) {
            if (!from.element(code).isEmpty()) {
                add(
                        0,
                        from.element(code + 1),
                        afterTag(from, code + 2),
                        number(from.component(code + 2, 2)),
                        from.element(code));
            }
        }

        /** S011.0098 counts the tag as the first. */
        private static int afterTag(Segment from, int place) {
            return Math.max(0, number(from.component(place, 1)) - 1);
        }

        private void add(int at, String segmentId, int element, int component, String code) {
            reasons.add(new Reason(part, at, segmentId, element, component, CodeList.SYNTAX_ERROR.told(code)));
        }

        private Result result(String action) {
            if (action.equals(REJECTED)) {
                return Result.REJECTED;
            }
            if (groupRefused || sets.stream().anyMatch(Named::refused)) {
                return Result.PARTLY_ACCEPTED;
            }
            return action.equals(RECEIVED) ? Result.RECEIVED : Result.ACCEPTED;
        }
    }
}
