package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A payload as a tree for a person: interchange, group, transaction set, loops, segments and elements with the names of
 * the guide, and every error at its place. Written while the payload is read, by a reading that is {@link Settled settled}.
 */
final class InterchangeTree implements ReadingVisitor {

    /** Segments that belong to no transaction set, shown one after the other at one place. */
    private static final int LOOSE_SEGMENTS_MAX = 20;

    private final Guides guides;
    private final PrintWriter out;
    private Standard standard = Standard.X12;
    private List<SyntaxError> ofInterchange = new ArrayList<>();
    private List<SyntaxError> ofGroup = new ArrayList<>();
    private boolean inGroup;
    private int loose;

    /** Begins below a line that names the payload. */
    InterchangeTree(Guides guides, PrintWriter out) {
        this.guides = guides;
        this.out = out;
    }

    @Override
    public void beginInterchange(Interchange interchange) {
        line(1, headline(interchange));
        standard = interchange.envelope().standard();
        ofInterchange = new ArrayList<>(interchange.errors());
        loose = 0;
    }

    @Override
    public void beginGroup(FunctionalGroup group) {
        if (standard != Standard.UBL) {
            line(2, headline(group));
        }
        ofGroup = new ArrayList<>(group.errors());
        inGroup = true;
        loose = 0;
    }

    @Override
    public void envelope(Segment segment) {
        int depth = inGroup ? 3 : 2;
        if (++loose > LOOSE_SEGMENTS_MAX) {
            if (loose == LOOSE_SEGMENTS_MAX + 1) {
                line(depth, Phrase.MORE_SEGMENTS.say());
            }
        } else if (segment.id().equals("UNA")) {
            line(depth, SafeText.of(MarkedText.whole(segment).stripTrailing()));
        } else {
            List<SyntaxError> errors = inGroup ? ofGroup : ofInterchange;
            envelopeLines().write(depth, segment, within(errors, segment.bytes()));
        }
    }

    @Override
    public void endGroup(FunctionalGroup group) {
        envelopeLines().errors(3, ofGroup);
        inGroup = false;
        loose = 0;
    }

    @Override
    public void endInterchange(Interchange interchange) {
        envelopeLines().errors(2, ofInterchange);
    }

    @Override
    public void outside(SyntaxError error) {
        finding(1, error);
    }

    private SegmentLines envelopeLines() {
        return new SegmentLines(new Demands(standard, null), out);
    }

    /** Takes the errors that begin here out of the list. */
    private static List<SyntaxError> within(List<SyntaxError> errors, ByteRange bytes) {
        List<SyntaxError> found = errors.stream()
                .filter(error ->
                        error.bytes().from() >= bytes.from() && error.bytes().from() < bytes.to())
                .toList();
        errors.removeAll(found);
        return found;
    }

    @Override
    public void transactionSet(TransactionSet set) {
        loose = 0;
        line(3, headline(standard, set));
        GuideId id = set.guide();
        if (standard == Standard.UBL) {
            xml(set);
            return;
        }
        if (id == null) {
            line(4, guidesThereAre());
        }
        Demands demands =
                new Demands(standard, id == null ? null : guides.find(id).orElse(null));
        SegmentLines lines = new SegmentLines(demands, out);
        TreeMap<Integer, List<SyntaxError>> errors = new TreeMap<>();
        List<SyntaxError> ofTheWhole = new ArrayList<>();
        for (SyntaxError error : set.verdict().errors()) {
            boolean whole = error.segmentId().isEmpty()
                    || error.code() == ErrorCode.GROUP_REFUSED
                    || error.code() == ErrorCode.INTERCHANGE_REFUSED;
            (whole ? ofTheWhole : errors.computeIfAbsent(error.segment(), position -> new ArrayList<>())).add(error);
        }
        write(set.content(), 4, lines, errors);
        errors.values().forEach(left -> lines.errors(4, left));
        lines.errors(4, ofTheWhole);
    }

    /** The elements that the guide knows, each under its path; errors under the element that they are about. */
    private void xml(TransactionSet set) {
        List<SyntaxError> left = new ArrayList<>(set.verdict().errors());
        set.content().segments().forEach(segment -> {
            String text = segment.element(1);
            String of = segment.component(1, 2);
            if (!text.isEmpty()) {
                line(
                        4,
                        SafeText.of(
                                segment.id() + ": " + Wire.shortened(text) + (of.isEmpty() ? "" : " (" + of + ")")));
            }
            List<SyntaxError> here = left.stream()
                    .filter(error -> error.segmentId().equals(segment.id()) && error.segment() == segment.position())
                    .toList();
            here.forEach(error -> finding(5, error));
            left.removeAll(here);
        });
        left.forEach(error -> finding(4, error));
    }

    private void finding(int depth, SyntaxError error) {
        line(depth, "! " + error.sentence());
        line(
                depth,
                "  " + Phrase.CODE.say(error.code().wireName(), error.bytes().from()));
    }

    private void write(Loop loop, int depth, SegmentLines lines, Map<Integer, List<SyntaxError>> errors) {
        for (Node node : loop.nodes()) {
            if (node instanceof Loop inner) {
                line(depth, Phrase.LOOP.say(inner.name()));
                write(inner, depth + 1, lines, errors);
            } else if (node instanceof Segment segment) {
                List<SyntaxError> here = errors.remove(segment.position());
                lines.write(depth, segment, here == null ? List.of() : here);
            }
        }
    }

    private String guidesThereAre() {
        String ids = guides.all().stream()
                .map(Guide::id)
                .sorted(Comparator.comparing(GuideId::value))
                .map(GuideId::value)
                .collect(Collectors.joining(", "));
        return ids.isEmpty() ? Phrase.NO_GUIDES.say() : Phrase.GUIDES_THERE_ARE.say(ids);
    }

    /** Who to whom, under which number, and whether it was read. */
    static String headline(Interchange interchange) {
        Envelope envelope = interchange.envelope();
        Phrase line = envelope.test() ? Phrase.TEST_INTERCHANGE : Phrase.INTERCHANGE;
        return SafeText.of(line.say(
                envelope.controlNumber(),
                envelope.sender(),
                envelope.receiver(),
                envelope.version(),
                (interchange.refused() ? Phrase.REFUSED : Phrase.READ).say()));
    }

    static String headline(FunctionalGroup group) {
        if (group.functionalIdentifier().isEmpty()) {
            return Phrase.MESSAGES_WITHOUT_GROUP.say();
        }
        Phrase line = group.refused() ? Phrase.GROUP_IS_REFUSED : Phrase.GROUP;
        return SafeText.of(line.say(group.functionalIdentifier(), group.controlNumber(), group.version()));
    }

    static String headline(Standard standard, TransactionSet set) {
        GuideId guide = set.guide();
        String outcome = outcome(set.verdict()).say();
        Phrase noun = switch (standard) {
            case X12 -> Phrase.TRANSACTION_SET;
            case EDIFACT -> Phrase.MESSAGE;
            case UBL -> Phrase.XML_DOCUMENT;
        };
        String what = noun.say(set.type(), set.controlNumber());
        return SafeText.of(
                guide == null ? Phrase.BY_NO_GUIDE.say(what, outcome) : Phrase.BY_GUIDE.say(what, guide, outcome));
    }

    static Phrase outcome(Verdict verdict) {
        if (verdict instanceof Verdict.Accepted) {
            return Phrase.ACCEPTED;
        }
        return verdict instanceof Verdict.AcceptedWithErrors ? Phrase.ACCEPTED_WITH_ERRORS : Phrase.REFUSED;
    }

    private void line(int depth, String text) {
        out.print("  ".repeat(depth) + text + "\n");
    }
}
