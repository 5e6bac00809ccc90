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
 * Interchanges as a tree for a person: interchange, group, transaction set, loops, segments and elements with the names
 * of the guide, and every error at its place. Written line by line, as long as the payload is.
 */
final class InterchangeTree {

    /** Segments that belong to no transaction set, shown one after the other at one place. */
    private static final int LOOSE_SEGMENTS_MAX = 20;

    private final byte[] payload;
    private final Guides guides;
    private final PrintWriter out;

    InterchangeTree(byte[] payload, Guides guides, PrintWriter out) {
        this.payload = payload;
        this.guides = guides;
        this.out = out;
    }

    /** Begins below a line that names the payload. */
    void write(Reading reading) {
        reading.interchanges().forEach(this::write);
        for (SyntaxError error : reading.errors()) {
            line(1, "! " + error.sentence());
            line(
                    1,
                    "  "
                            + Phrase.CODE.say(
                                    error.code().wireName(), error.bytes().from()));
        }
    }

    private void write(Interchange interchange) {
        line(1, headline(interchange));
        Standard standard = interchange.envelope().standard();
        int from = Math.toIntExact(interchange.bytes().from());
        Unb unb = standard == Standard.EDIFACT ? Unb.at(payload, from) : null;
        WireText text = unb == null ? WireText.X12 : WireText.of(unb.identifier());
        SegmentLines lines =
                new SegmentLines(payload, interchange.delimiters(), text, new Demands(standard, null), out);
        List<SyntaxError> errors = new ArrayList<>(interchange.errors());
        int at = from;
        if (unb == null) {
            Isa isa = Isa.at(payload, from);
            at = isa.to();
            lines.write(2, header(isa), within(errors, from, at));
        } else if (unb.unbAt() > from) {
            line(2, SafeText.of(text.text(payload, from, unb.unbAt(), true).stripTrailing()));
            at = unb.unbAt();
        }
        for (FunctionalGroup group : interchange.groups()) {
            int groupFrom = Math.toIntExact(group.bytes().from());
            loose(interchange, text, lines, 2, at, groupFrom, errors);
            write(interchange, text, group);
            at = Math.toIntExact(group.bytes().to());
        }
        loose(
                interchange,
                text,
                lines,
                2,
                at,
                Math.toIntExact(interchange.bytes().to()),
                errors);
        lines.errors(2, errors);
    }

    private static Segment header(Isa isa) {
        return new Segment(
                "ISA",
                0,
                new ByteRange(isa.from(), isa.to()),
                isa.elements().stream()
                        .map(element -> new Segment.Element(List.of(List.of(element))))
                        .toList());
    }

    private void write(Interchange interchange, WireText text, FunctionalGroup group) {
        line(2, headline(group));
        Standard standard = interchange.envelope().standard();
        SegmentLines lines =
                new SegmentLines(payload, interchange.delimiters(), text, new Demands(standard, null), out);
        List<SyntaxError> errors = new ArrayList<>(group.errors());
        int at = Math.toIntExact(group.bytes().from());
        for (TransactionSet set : group.transactionSets()) {
            loose(interchange, text, lines, 3, at, Math.toIntExact(set.bytes().from()), errors);
            write(interchange, text, set);
            at = Math.toIntExact(set.bytes().to());
        }
        loose(interchange, text, lines, 3, at, Math.toIntExact(group.bytes().to()), errors);
        lines.errors(3, errors);
    }

    /** What stands around groups and transaction sets: their envelope, or what does not belong there. */
    private void loose(
            Interchange interchange,
            WireText text,
            SegmentLines lines,
            int depth,
            int from,
            int to,
            List<SyntaxError> errors) {
        if (from >= to) {
            return;
        }
        SegmentScanner scanner = new SegmentScanner(payload, from, interchange.delimiters(), text);
        for (int shown = 0; scanner.next() == SegmentScanner.Step.SEGMENT && scanner.segmentFrom() < to; shown++) {
            if (shown == LOOSE_SEGMENTS_MAX || scanner.segmentTo() > to) {
                line(depth, Phrase.MORE_SEGMENTS.say());
                return;
            }
            lines.write(
                    depth,
                    new Segment(scanner.tag(), 0, scanner.range(), scanner.view()),
                    within(errors, scanner.segmentFrom(), scanner.segmentTo()));
        }
    }

    /** Takes the errors that begin here out of the list. */
    private static List<SyntaxError> within(List<SyntaxError> errors, int from, int to) {
        List<SyntaxError> found = errors.stream()
                .filter(error -> error.bytes().from() >= from && error.bytes().from() < to)
                .toList();
        errors.removeAll(found);
        return found;
    }

    private void write(Interchange interchange, WireText text, TransactionSet set) {
        line(3, headline(interchange.envelope().standard(), set));
        GuideId id = set.guide();
        if (id == null) {
            line(4, guidesThereAre());
        }
        Standard standard = interchange.envelope().standard();
        Demands demands =
                new Demands(standard, id == null ? null : guides.find(id).orElse(null));
        SegmentLines lines = new SegmentLines(payload, interchange.delimiters(), text, demands, out);
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
        Phrase noun = standard == Standard.X12 ? Phrase.TRANSACTION_SET : Phrase.MESSAGE;
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
