package io.lonja.edi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the 997 or 999 that answers one functional group, from ST to SE. */
final class X12GroupAnswer {

    private static final int CODES_MAX = 5;
    private static final int ELEMENT_NOTES_MAX = 99;
    private static final int VERSION_CHARACTERS = 12;
    /** Element 720 and 620: the segment has errors in its elements. */
    private static final String ELEMENTS_AT_FAULT = "8";
    /** Element 718 and 618: segments have errors. */
    private static final String SEGMENTS_AT_FAULT = "5";

    private final AcknowledgmentSegments out;
    private final AnswerForm form;

    X12GroupAnswer(AcknowledgmentSegments out, AnswerForm form) {
        this.out = out;
        this.form = form;
    }

    /** @param setNumber ST02 */
    void write(FunctionalGroup group, String setNumber) {
        int from = out.segments();
        out.segment("ST", form.set(), setNumber, form.implementation() ? form.version() : "");
        out.segment(
                "AK1",
                group.functionalIdentifier().matches("[A-Z0-9]{2}") ? group.functionalIdentifier() : "ZZ",
                out.or(group.controlNumber(), 9, "0"),
                form.later() ? out.or(group.version(), VERSION_CHARACTERS, "") : "");
        int accepted = 0;
        boolean withErrors = false;
        for (TransactionSet set : group.transactionSets()) {
            write(set);
            if (!(set.verdict() instanceof Verdict.Refused)) {
                accepted++;
            }
            withErrors |= set.verdict() instanceof Verdict.AcceptedWithErrors;
        }
        int received = group.transactionSets().size();
        String declared = Wire.digits(group.declaredCount(), 1, 6) ? group.declaredCount() : Integer.toString(received);
        Set<String> codes = new LinkedHashSet<>();
        group.errors().forEach(error -> codes.add(error.code().groupCode()));
        List<String> trailer = new ArrayList<>(List.of(
                judgement(group, received, accepted, withErrors),
                declared,
                Integer.toString(received),
                Integer.toString(accepted)));
        trailer.addAll(noted(codes));
        out.segment("AK9", trailer);
        out.segment("SE", Integer.toString(out.segments() - from + 1), setNumber);
    }

    /** AK901. */
    private static String judgement(FunctionalGroup group, int received, int accepted, boolean withErrors) {
        if (group.refused() || accepted == 0 && received > 0) {
            return "R";
        }
        if (accepted < received) {
            return "P";
        }
        return withErrors || !group.errors().isEmpty() ? "E" : "A";
    }

    private void write(TransactionSet set) {
        out.segment(
                "AK2",
                out.or(set.type(), 3, "000"),
                out.or(set.controlNumber(), 9, "0000"),
                form.later() ? out.or(implementation(set), X12Versions.IMPLEMENTATION_CHARACTERS, "") : "");
        List<SyntaxError> errors = set.verdict().errors();
        Set<String> codes = new LinkedHashSet<>();
        boolean segmentsAtFault = false;
        int next = 0;
        while (next < errors.size()) {
            SyntaxError error = errors.get(next);
            if (!inSegment(error)) {
                codes.add(error.code().transactionSetCode());
                next++;
                continue;
            }
            int to = next;
            while (to < errors.size() && sameSegment(error, errors.get(to))) {
                to++;
            }
            segment(errors.subList(next, to));
            segmentsAtFault = true;
            next = to;
        }
        if (segmentsAtFault) {
            codes.add(SEGMENTS_AT_FAULT);
        }
        List<String> trailer = new ArrayList<>();
        trailer.add(
                set.verdict() instanceof Verdict.Refused
                        ? "R"
                        : set.verdict() instanceof Verdict.AcceptedWithErrors ? "E" : "A");
        trailer.addAll(noted(codes));
        out.segment(form.implementation() ? "IK5" : "AK5", trailer);
    }

    /** ST03 as it was sent. */
    private static String implementation(TransactionSet set) {
        return set.content().nodes().get(0) instanceof Segment header ? header.element(3) : "";
    }

    private static boolean inSegment(SyntaxError error) {
        return !error.code().segmentCode().isEmpty()
                || !error.code().elementCode().isEmpty();
    }

    private static boolean sameSegment(SyntaxError one, SyntaxError other) {
        return inSegment(other)
                && one.segment() == other.segment()
                && one.segmentId().equals(other.segmentId());
    }

    /** AK3 names up to five faults of a segment, IK3 one of them; what is in its elements follows the fault that says so. */
    private void segment(List<SyntaxError> errors) {
        Set<String> codes = new LinkedHashSet<>();
        boolean elements = false;
        for (SyntaxError error : errors) {
            codes.add(error.code().segmentCode());
            elements |= !error.code().elementCode().isEmpty();
        }
        if (elements) {
            codes.add(ELEMENTS_AT_FAULT);
        }
        SyntaxError first = errors.get(0);
        List<String> place = List.of(out.or(first.segmentId(), 3, "ZZZ"), Integer.toString(first.segment()), "");
        if (form.implementation()) {
            noted(codes).forEach(code -> out.segment("IK3", with(place, List.of(code))));
        } else {
            out.segment("AK3", with(place, noted(codes)));
        }
        errors.stream()
                .filter(error -> !error.code().elementCode().isEmpty())
                .limit(ELEMENT_NOTES_MAX)
                .forEach(this::element);
    }

    private static List<String> with(List<String> place, List<String> codes) {
        List<String> note = new ArrayList<>(place);
        note.addAll(codes);
        return note;
    }

    private void element(SyntaxError error) {
        String position = Integer.toString(Math.min(error.element(), 99));
        if (error.component() > 0) {
            position = position + out.component() + error.component();
        }
        String reference = Wire.digits(error.expectation().reference(), 1, 4)
                ? error.expectation().reference()
                : "";
        String code =
                form.later() ? error.code().laterElementCode() : error.code().elementCode();
        String copy = error.code() == ErrorCode.INVALID_CHARACTER || !out.harmless(error.found()) ? "" : error.found();
        out.segment(form.implementation() ? "IK4" : "AK4", List.of(position, reference, code, copy));
    }

    private static List<String> noted(Set<String> codes) {
        return codes.stream().filter(code -> !code.isEmpty()).limit(CODES_MAX).toList();
    }
}
