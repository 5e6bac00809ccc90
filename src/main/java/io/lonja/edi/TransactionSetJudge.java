package io.lonja.edi;

import io.lonja.archive.ByteRange;
import io.lonja.edi.Guide.LoopUse;
import io.lonja.edi.Guide.SegmentType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places the segments of one transaction set in the loops of its guide, from its header to its trailer.
 *
 * <p>Greedy: a segment takes the first place at or after the current one, in the innermost open loop that has such a
 * place. What finds none is an error and stays where it came, and the next segment is tried from the same place, so that
 * one mistake does not hide the rest.
 */
final class TransactionSetJudge {

    private final Standard standard;
    private final SegmentScanner scanner;
    private final @Nullable Guide guide;
    private final String type;
    private final String controlNumber;
    private final long from;
    private final Findings findings;
    private final ElementJudge elements;
    private final List<Frame> open = new ArrayList<>();
    private int position = 1;

    /** The scanner stands at ST or UNH. */
    TransactionSetJudge(
            Standard standard,
            Delimiters delimiters,
            WireText text,
            SegmentScanner scanner,
            @Nullable Guide guide,
            String type,
            Allowance allowance) {
        this.findings = new Findings(Limits.TRANSACTION_SET_ERRORS_MAX, allowance);
        this.standard = standard;
        this.scanner = scanner;
        this.guide = guide;
        this.type = type;
        this.controlNumber = first(standard.setControlNumber());
        this.from = scanner.segmentFrom();
        this.elements = new ElementJudge(delimiters, text, scanner, findings);
        open.add(new Frame(
                guide == null ? new LoopUse(type, new int[0], new int[0], new int[0], new LoopUse[0]) : guide.root()));
        top().nodes.add(segment(standard.setHeader()));
    }

    String controlNumber() {
        return controlNumber;
    }

    /** An error of the set's own envelope. */
    void fault(ErrorCode code, String segmentId, int element, String found, String rule, ByteRange bytes) {
        fault(code, segmentId, element, 0, found, rule, bytes);
    }

    /** An error of the set's own envelope, in a component. */
    void fault(
            ErrorCode code, String segmentId, int element, int component, String found, String rule, ByteRange bytes) {
        findings.add(
                new SyntaxError(position, segmentId, element, component, code, found, Expectation.rule(rule), bytes));
    }

    /** The scanner stands at a segment between header and trailer. */
    void accept() {
        position++;
        Guide guide = this.guide;
        if (guide == null) {
            top().nodes.add(segment(scanner.tag()));
            return;
        }
        int index = guide.indexOf(scanner.tagKey());
        if (index < 0) {
            stray(guide);
            return;
        }
        SegmentType segmentType = guide.segment(index);
        Segment segment = segment(segmentType.tag());
        if (!findings.full()) {
            place(guide, index, segment);
            elements.judge(segmentType, position);
        } else {
            top().nodes.add(segment);
        }
    }

    private void stray(Guide guide) {
        String tag = scanner.tag();
        boolean wellFormed = tag.length() >= 2
                && tag.length() <= 3
                && tag.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9');
        ErrorCode code = wellFormed ? ErrorCode.SEGMENT_NOT_IN_SET : ErrorCode.UNRECOGNIZED_SEGMENT;
        findings.add(new SyntaxError(
                position,
                Wire.shortened(tag),
                0,
                0,
                code,
                "",
                Expectation.rule(guide.id().value()),
                scanner.range()));
        top().nodes.add(segment(tag));
    }

    private void place(Guide guide, int index, Segment segment) {
        int overDepth = -1;
        int overMember = -1;
        for (int depth = open.size() - 1; depth >= 0; depth--) {
            Frame frame = open.get(depth);
            int[] members = frame.loop.members();
            for (int member = frame.member; member < members.length; member++) {
                if (members[member] != index) {
                    continue;
                }
                if (member > frame.member || frame.count < frame.loop.max()[member]) {
                    closeTo(guide, depth);
                    frame.advance(guide, member);
                    take(frame, member, segment);
                    return;
                }
                if (overDepth < 0) {
                    overDepth = depth;
                    overMember = member;
                }
            }
        }
        SegmentType type = guide.segment(index);
        if (overDepth < 0) {
            add(ErrorCode.SEGMENT_OUT_OF_SEQUENCE, type, guide.id().value(), scanner.range());
            top().nodes.add(segment);
            return;
        }
        Frame frame = open.get(overDepth);
        boolean loop = frame.loop.loops()[overMember] != null;
        int max = frame.loop.max()[overMember];
        closeTo(guide, overDepth);
        add(
                loop ? ErrorCode.LOOP_OVER_MAXIMUM : ErrorCode.SEGMENT_OVER_MAXIMUM,
                type,
                Phrase.times(max),
                scanner.range());
        take(frame, overMember, segment);
    }

    private void take(Frame frame, int member, Segment segment) {
        frame.count++;
        LoopUse loop = frame.loop.loops()[member];
        if (loop == null) {
            frame.nodes.add(segment);
            return;
        }
        Frame inner = new Frame(loop);
        inner.count = 1;
        inner.nodes.add(segment);
        frame.nodes.add(new Loop(loop.name(), Collections.unmodifiableList(inner.nodes)));
        open.add(inner);
    }

    private void closeTo(Guide guide, int depth) {
        for (int last = open.size() - 1; last > depth; last--) {
            Frame frame = open.remove(last);
            frame.advance(guide, frame.loop.members().length);
        }
    }

    /**
     * Ends the set.
     *
     * @param trailer whether the scanner stands at its trailer; otherwise it stands at whatever came instead
     */
    TransactionSet close(boolean trailer) {
        position++;
        Guide guide = this.guide;
        if (guide != null) {
            closeTo(guide, 0);
            top().advance(guide, guide.root().members().length);
        }
        long to = scanner.segmentFrom();
        if (trailer) {
            top().nodes.add(segment(standard.setTrailer()));
            to = scanner.segmentTo();
            judgeTrailer();
        } else {
            ByteRange here = new ByteRange(Math.max(from, to), Math.max(from, to));
            fault(ErrorCode.TRANSACTION_SET_TRAILER_MISSING, standard.setTrailer(), 0, "", "", here);
        }
        List<SyntaxError> errors = findings.list();
        return new TransactionSet(
                type,
                controlNumber,
                guide == null ? null : guide.id(),
                new Loop(type, Collections.unmodifiableList(top().nodes)),
                verdict(errors),
                new ByteRange(from, Math.max(from, to)));
    }

    private void judgeTrailer() {
        String declared = scanner.element(1);
        if (!Wire.digits(declared, 1, 10) || Long.parseLong(declared) != position) {
            fault(
                    ErrorCode.SEGMENT_COUNT_WRONG,
                    standard.setTrailer(),
                    1,
                    Wire.shortened(declared),
                    Integer.toString(position),
                    scanner.range());
        }
        String reference = first(2);
        if (!reference.equals(controlNumber)) {
            fault(
                    ErrorCode.TRANSACTION_SET_CONTROL_NUMBERS_DIFFER,
                    standard.setTrailer(),
                    2,
                    Wire.shortened(reference),
                    Wire.shortened(controlNumber),
                    scanner.range());
        }
    }

    static Verdict verdict(List<SyntaxError> errors) {
        if (errors.isEmpty()) {
            return new Verdict.Accepted();
        }
        return errors.stream().anyMatch(SyntaxError::fatal)
                ? new Verdict.Refused(errors)
                : new Verdict.AcceptedWithErrors(errors);
    }

    private void add(ErrorCode code, SegmentType segment, String rule, ByteRange bytes) {
        findings.add(new SyntaxError(
                position, segment.tag(), 0, 0, code, "", new Expectation(segment.title(), "", rule), bytes));
    }

    /** An element of the envelope without separators and release characters; empty when it is absent. */
    private String first(int element) {
        if (standard == Standard.X12 || element > scanner.elements()) {
            return scanner.element(element);
        }
        return scanner.view().get(element - 1).component(1);
    }

    private Segment segment(String tag) {
        return new Segment(tag, position, scanner.range(), scanner.view());
    }

    private Frame top() {
        return open.get(open.size() - 1);
    }

    /** One repetition of a loop that is being filled. */
    private final class Frame {

        private final LoopUse loop;
        private final List<Node> nodes = new ArrayList<>();
        private int member;
        private int count;

        Frame(LoopUse loop) {
            this.loop = loop;
        }

        /** Goes to a later member; what should have come before it is missing. */
        void advance(Guide guide, int to) {
            while (member < to) {
                if (count < loop.min()[member] && loop.members()[member] >= 0) {
                    long at = scanner.segmentFrom();
                    add(
                            ErrorCode.MANDATORY_SEGMENT_MISSING,
                            guide.segment(loop.members()[member]),
                            "",
                            new ByteRange(at, at));
                }
                member++;
                count = 0;
            }
        }
    }
}
