package io.lonja.edi;

import io.lonja.archive.ByteRange;
import io.lonja.edi.Guide.Hierarchy;
import io.lonja.edi.Guide.LoopUse;
import io.lonja.edi.Guide.Qualifier;
import io.lonja.edi.Guide.SegmentType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Places the segments of one transaction set in the loops of its guide, from its header to its trailer.
 *
 * <p>Greedy: a segment takes the first place at or after the current one, in the innermost open loop that has such a
 * place. What finds none is an error and stays where it came, and the next segment is tried from the same place, so that
 * one mistake does not hide the rest. A place may ask for a qualifier besides the tag. Of several places for a
 * hierarchical level, the one in the level that it names as its parent is taken.
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
    private final Levels levels;
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
        this.findings = new Findings(
                Limits.TRANSACTION_SET_ERRORS_MAX, allowance, guide != null && guide.overlay() ? guide.id() : null);
        this.standard = standard;
        this.scanner = scanner;
        this.guide = guide;
        this.type = type;
        this.controlNumber = first(standard.setControlNumber());
        this.from = scanner.segmentFrom();
        ElementErrors errors = new ElementErrors(scanner, text, delimiters.release(), findings);
        this.elements = new ElementJudge(delimiters, text, scanner, errors);
        this.levels = new Levels(scanner, errors);
        open.add(new Frame(guide == null ? LoopUse.unknown(type) : guide.root()));
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
            levels.judgeNumber(guide.hierarchy(index), segmentType, position);
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
        int wrongDepth = -1;
        int wrongMember = -1;
        for (int depth = open.size() - 1; depth >= 0; depth--) {
            Frame frame = open.get(depth);
            int[] members = frame.loop.members();
            for (int member = frame.member; member < members.length; member++) {
                if (members[member] != index || !says(frame.loop.qualifiers()[member])) {
                    continue;
                }
                boolean used = frame.loop.max()[member] > 0;
                if (used && frame.loop.places()[member] > frame.member
                        || frame.count(member) < frame.loop.max()[member]) {
                    if (!parentFits(frame.loop.loops()[member], depth)) {
                        // The guide may nest this level in several: the one that is named as its parent is meant.
                        wrongDepth = wrongDepth < 0 ? depth : wrongDepth;
                        wrongMember = wrongMember < 0 ? member : wrongMember;
                        continue;
                    }
                    enter(guide, depth, member, segment);
                    return;
                }
                if (overDepth < 0) {
                    overDepth = depth;
                    overMember = member;
                }
                // What is one too many of its kind is not taken by a member beside it that asks for no kind.
                member = lastOfPlace(frame.loop, member);
            }
        }
        SegmentType type = guide.segment(index);
        if (wrongDepth >= 0) {
            Hierarchy hierarchy = guide.hierarchy(index);
            if (hierarchy != null) {
                Frame above = above(wrongDepth);
                levels.wrongParent(
                        hierarchy,
                        type,
                        position,
                        above == null ? "" : above.loop.name(),
                        above == null ? "" : above.level);
            }
            enter(guide, wrongDepth, wrongMember, segment);
            return;
        }
        if (overDepth < 0) {
            if (!unqualified(guide, index, type)) {
                add(ErrorCode.SEGMENT_OUT_OF_SEQUENCE, type, guide.id().value(), scanner.range());
            }
            top().nodes.add(segment);
            return;
        }
        Frame frame = open.get(overDepth);
        boolean loop = frame.loop.loops()[overMember] != null;
        int max = frame.loop.max()[overMember];
        closeTo(guide, overDepth);
        frame.advance(guide, frame.loop.places()[overMember]);
        if (max == 0) {
            add(ErrorCode.SEGMENT_NOT_USED, type, "", scanner.range());
        } else {
            add(
                    loop ? ErrorCode.LOOP_OVER_MAXIMUM : ErrorCode.SEGMENT_OVER_MAXIMUM,
                    type,
                    Phrase.times(max),
                    scanner.range());
        }
        take(frame, overMember, segment);
    }

    private static int lastOfPlace(LoopUse loop, int member) {
        int last = member;
        while (last + 1 < loop.places().length && loop.places()[last + 1] == loop.places()[member]) {
            last++;
        }
        return last;
    }

    private void enter(Guide guide, int depth, int member, Segment segment) {
        Frame frame = open.get(depth);
        closeTo(guide, depth);
        frame.advance(guide, frame.loop.places()[member]);
        take(frame, member, segment);
    }

    private boolean says(@Nullable Qualifier qualifier) {
        return qualifier == null || qualifier.codes().contains(said(qualifier));
    }

    private String said(Qualifier qualifier) {
        return qualifier.element() > scanner.elements()
                ? ""
                : scanner.view().get(qualifier.element() - 1).component(Math.max(qualifier.component(), 1));
    }

    /** Whether no use of the segment in the whole guide is the one it says it is; then that is the error. */
    private boolean unqualified(Guide guide, int index, SegmentType type) {
        List<Qualifier> qualifiers = guide.qualifiers(index);
        if (qualifiers.isEmpty() || qualifiers.stream().anyMatch(this::says)) {
            return false;
        }
        Qualifier first = qualifiers.get(0);
        Set<String> codes = new LinkedHashSet<>();
        qualifiers.forEach(it -> codes.addAll(it.codes()));
        elements.unqualified(type, position, first, said(first), codes);
        return true;
    }

    private boolean parentFits(@Nullable LoopUse loop, int depth) {
        Hierarchy hierarchy = loop == null ? null : loop.hierarchy();
        Frame above = above(depth);
        return hierarchy == null || scanner.element(hierarchy.parent()).equals(above == null ? "" : above.level);
    }

    /** The innermost level at this depth or around it; null where there is none. */
    private @Nullable Frame above(int depth) {
        for (int at = depth; at >= 0; at--) {
            if (open.get(at).loop.hierarchy() != null) {
                return open.get(at);
            }
        }
        return null;
    }

    private void take(Frame frame, int member, Segment segment) {
        frame.counted(member);
        LoopUse loop = frame.loop.loops()[member];
        if (loop == null) {
            frame.nodes.add(segment);
            return;
        }
        Frame inner = new Frame(loop);
        inner.counted(0);
        inner.level =
                loop.hierarchy() == null ? "" : scanner.element(loop.hierarchy().level());
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

    /** {@code Name with N101 BY}: what is asked for where the tag does not say it. */
    private static String name(SegmentType type, @Nullable Qualifier qualifier) {
        return qualifier == null
                ? type.title()
                : Phrase.QUALIFIED.say(
                        type.title(),
                        SyntaxError.place(type.tag(), qualifier.element(), qualifier.component()),
                        ElementJudge.codes(qualifier.codes()));
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
        private final int @Nullable [] counts;
        private String level = "";
        private int member;
        private int count;

        Frame(LoopUse loop) {
            this.loop = loop;
            this.counts = loop.sharesPlaces() ? new int[loop.members().length] : null;
        }

        /** How often a member came; members share a place where only some are told apart, else one counts at a time. */
        int count(int of) {
            return counts == null ? count : counts[of];
        }

        void counted(int of) {
            count++;
            if (counts != null) {
                counts[of]++;
            }
        }

        /** Goes to a later member; what should have come before it is missing. */
        void advance(Guide guide, int to) {
            while (member < to) {
                if (count(member) < loop.min()[member] && loop.members()[member] >= 0) {
                    long at = scanner.segmentFrom();
                    SegmentType missing = guide.segment(loop.members()[member]);
                    findings.add(new SyntaxError(
                            position,
                            missing.tag(),
                            0,
                            0,
                            ErrorCode.MANDATORY_SEGMENT_MISSING,
                            "",
                            new Expectation(name(missing, loop.qualifiers()[member]), "", ""),
                            new ByteRange(at, at)));
                }
                member++;
                count = 0;
            }
        }
    }
}
