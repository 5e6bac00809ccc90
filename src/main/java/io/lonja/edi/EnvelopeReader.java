package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one interchange, from its header to its trailer: which segments open and close what, and what is said when a
 * limit is met or the rest is lost. What a standard's envelope segments hold is its reader's matter; what is inside
 * goes to the guides.
 */
abstract class EnvelopeReader {

    final Guides guides;
    final SegmentScanner scanner;
    final Findings findings;
    final ReadingVisitor visitor;

    /** Functional groups that are closed, and transaction sets. */
    int groups;

    int sets;

    @Nullable
    OpenGroup group;

    @Nullable
    TransactionSetJudge set;

    private final Standard standard;
    private final Delimiters delimiters;
    private final WireText text;
    private final Window window;
    private final boolean strict;
    private final long from;
    private final Allowance allowance;
    private final int headerTag;
    private final int trailerTag;
    private final int groupTag;
    private final int groupTrailerTag;
    private final int setTag;
    private final int setTrailerTag;
    private long end;
    private @Nullable SyntaxError leniency;
    private @Nullable String lastVersion;
    private @Nullable String lastType;
    private @Nullable Guide lastGuide;

    /**
     * @param from where the header stands in what is in memory
     * @param to where segments begin to be read, in what is in memory
     * @param allowance shared by the interchanges of the payload
     */
    EnvelopeReader(
            Standard standard,
            Window window,
            Delimiters delimiters,
            WireText text,
            int from,
            int to,
            ReadingManner manner,
            Guides guides,
            Allowance allowance,
            ReadingVisitor visitor) {
        this.strict = manner.strict();
        this.standard = standard;
        this.window = window;
        this.visitor = visitor;
        this.delimiters = delimiters;
        this.text = text;
        this.from = window.base() + from;
        this.guides = guides;
        this.allowance = allowance;
        this.findings = new Findings(Limits.ENVELOPE_ERRORS_MAX, allowance);
        this.scanner = new SegmentScanner(window, to, standard, delimiters, text);
        this.headerTag = Guide.tagKey(standard.header());
        this.trailerTag = Guide.tagKey(standard.trailer());
        this.groupTag = Guide.tagKey(standard.groupHeader());
        this.groupTrailerTag = Guide.tagKey(standard.groupTrailer());
        this.setTag = Guide.tagKey(standard.setHeader());
        this.setTrailerTag = Guide.tagKey(standard.setTrailer());
        this.end = window.base() + to;
    }

    /** Offset in the payload after what belongs to the interchange. */
    long end() {
        return end;
    }

    /** Tells the visitor of the interchange and all that is in it. */
    abstract void read();

    /** The scanner stands at a group header. */
    abstract OpenGroup openGroup();

    /** The group that a transaction set belongs to when no group header came before it; null when there must be one. */
    abstract @Nullable OpenGroup groupWithoutHeader();

    /** The scanner stands at a transaction set header, which belongs to this group. */
    abstract TransactionSetJudge openSet(OpenGroup inGroup);

    /** The scanner stands at a group trailer, whose group this is; answers with its count as written. */
    abstract String judgeGroupTrailer(OpenGroup open);

    /** The scanner stands at the interchange trailer, and all groups are closed. */
    abstract void judgeTrailer();

    /** A segment that stands in no group and opens or closes none. */
    abstract void outside(int tag);

    void readSegments() {
        long segments = 1;
        Limits limits = allowance.limits();
        while (true) {
            SegmentScanner.Step step = scanner.next();
            if (step == SegmentScanner.Step.END) {
                cutShort(scanner.at());
                return;
            }
            if (step != SegmentScanner.Step.SEGMENT) {
                String rule = step == SegmentScanner.Step.SEGMENT_TOO_LONG
                        ? Phrase.BYTES.say(Limits.SEGMENT_BYTES_MAX)
                        : Phrase.ELEMENTS.say(Limits.ELEMENTS_MAX);
                breakOff(ErrorCode.SEGMENT_TOO_LONG, rule);
                return;
            }
            if (++segments > limits.interchangeSegments()) {
                breakOff(ErrorCode.TOO_MANY_SEGMENTS, Phrase.SEGMENTS.say(limits.interchangeSegments()));
                return;
            }
            if (scanner.segmentTo() - from > limits.interchangeBytes()) {
                breakOff(ErrorCode.INTERCHANGE_TOO_LARGE, Phrase.BYTES.say(limits.interchangeBytes()));
                return;
            }
            int tag = scanner.tagKey();
            byte[] payload = scanner.bytes();
            if (InterchangeStart.letters(payload, scanner.segmentAt())
                    && (tag == headerTag || InterchangeStart.plausible(payload, scanner.segmentAt()))) {
                cutShort(scanner.segmentFrom());
                return;
            }
            if (tag == trailerTag) {
                closeGroup(false);
                judgeTrailer();
                visitor.envelope(segment());
                end = scanner.segmentTo();
                return;
            }
            String tooMany = tooMany(tag);
            if (tooMany != null) {
                breakOff(ErrorCode.TOO_MANY_TRANSACTION_SETS, tooMany);
                return;
            }
            if (!passesObject(tag)) {
                envelope(tag);
            }
        }
    }

    /** Whether the segment announces bytes that are no segments, which the reader then passed over. */
    boolean passesObject(int tag) {
        return false;
    }

    /** What the payload has too many of with this segment; null while it has not. */
    private @Nullable String tooMany(int tag) {
        if (tag == groupTag && !allowance.takeGroup()) {
            return Phrase.FUNCTIONAL_GROUPS.say(allowance.limits().groups());
        }
        if (tag == setTag && !allowance.takeTransactionSet()) {
            return Phrase.TRANSACTION_SETS.say(allowance.limits().transactionSets());
        }
        return null;
    }

    private void envelope(int tag) {
        OpenGroup inGroup = group;
        TransactionSetJudge inSet = set;
        if (tag == groupTag) {
            closeGroup(false);
            OpenGroup opened = openGroup();
            group = opened;
            visitor.beginGroup(opened.begun());
            visitor.envelope(segment());
        } else if (tag == groupTrailerTag) {
            if (inGroup == null || !inGroup.hasHeader()) {
                visitor.envelope(segment());
                misplaced(Phrase.CLOSES_NO_GROUP.say(standard.groupTrailer(), standard.groupHeader()));
            } else {
                closeGroup(true);
            }
        } else if (tag == setTag) {
            closeSet(false);
            OpenGroup around = inGroup == null ? groupWithoutHeader() : inGroup;
            if (around != null && inGroup == null) {
                visitor.beginGroup(around.begun());
            }
            group = around;
            if (around == null) {
                visitor.envelope(segment());
                misplaced(Phrase.SET_WITHOUT_GROUP.say(standard.groupHeader()));
            } else {
                set = openSet(around);
            }
        } else if (tag == setTrailerTag && inSet != null) {
            closeSet(true);
        } else if (inSet != null) {
            inSet.accept();
        } else if (inGroup != null) {
            visitor.envelope(segment());
            inGroup.add(error(ErrorCode.SEGMENT_OUTSIDE_TRANSACTION_SET, 0, "", ""));
        } else {
            visitor.envelope(segment());
            outside(tag);
        }
    }

    void misplaced(String rule) {
        findings.add(error(ErrorCode.INTERCHANGE_STRUCTURE_INVALID, 0, "", rule));
    }

    /** The guide for a set; most sets are of the same kind as the one before. */
    Optional<Guide> guide(String version, String type) {
        if (!version.equals(lastVersion) || !type.equals(lastType)) {
            lastVersion = version;
            lastType = type;
            lastGuide = guides.select(standard, version, type).orElse(null);
        }
        return Optional.ofNullable(lastGuide);
    }

    TransactionSetJudge judge(@Nullable Guide guide, String type) {
        return new TransactionSetJudge(standard, delimiters, text, scanner, guide, Wire.shortened(type), allowance);
    }

    Findings groupFindings() {
        return new Findings(Limits.ENVELOPE_ERRORS_MAX, allowance);
    }

    private void closeSet(boolean trailer) {
        TransactionSetJudge open = set;
        OpenGroup inGroup = group;
        if (open != null && inGroup != null) {
            TransactionSet closed = open.close(trailer);
            closed.verdict().errors().forEach(this::lenient);
            inGroup.countSet();
            sets++;
            visitor.transactionSet(closed);
        }
        set = null;
    }

    private void closeGroup(boolean trailer) {
        closeSet(false);
        OpenGroup open = group;
        if (open == null) {
            return;
        }
        long to = scanner.segmentFrom();
        String declared = "";
        if (trailer) {
            to = scanner.segmentTo();
            declared = judgeGroupTrailer(open);
            visitor.envelope(segment());
        } else if (open.hasHeader()) {
            open.add(new SyntaxError(
                    0,
                    standard.groupTrailer(),
                    0,
                    0,
                    ErrorCode.GROUP_TRAILER_MISSING,
                    "",
                    Expectation.NONE,
                    new ByteRange(to, to)));
        }
        groups++;
        FunctionalGroup closed = open.close(declared, Math.max(open.from(), to));
        closed.errors().forEach(this::lenient);
        visitor.endGroup(closed);
        group = null;
    }

    private void cutShort(long at) {
        end = at;
        closeGroup(false);
        findings.add(new SyntaxError(
                0,
                standard.trailer(),
                0,
                0,
                ErrorCode.INTERCHANGE_TRAILER_MISSING,
                "",
                Expectation.NONE,
                new ByteRange(at, at)));
    }

    private void breakOff(ErrorCode code, String rule) {
        findings.add(new SyntaxError(
                0,
                "",
                0,
                0,
                code,
                "",
                Expectation.rule(rule),
                new ByteRange(scanner.segmentFrom(), scanner.segmentFrom())));
        closeGroup(false);
        passOver(scanner.segmentAt());
    }

    /** Goes on behind an interchange that cannot be read after its header. */
    void passOver(int at) {
        int next = InterchangeStart.next(window, at);
        end = window.base() + next;
    }

    SyntaxError error(ErrorCode code, int element, String found, String rule) {
        return error(code, element, 0, found, rule);
    }

    SyntaxError error(ErrorCode code, int element, int component, String found, String rule) {
        return new SyntaxError(
                0,
                Wire.shortened(scanner.tag()),
                element,
                component,
                code,
                Wire.shortened(found),
                Expectation.rule(Wire.shortened(rule)),
                scanner.range());
    }

    /** The segment at which the scanner stands, as one of an envelope. */
    Segment segment() {
        return new Segment(scanner.tag(), 0, scanner.range(), scanner.view());
    }

    /** Its header was read. */
    void begin(Envelope envelope) {
        visitor.beginInterchange(
                new Interchange(envelope, delimiters, List.of(), List.of(), findings.list(), new ByteRange(from, end)));
    }

    /** Something that would be passed over in what a sender is not held to; the first one is kept. */
    void lenient(SyntaxError error) {
        if (leniency == null && error.code().leniency()) {
            leniency = error;
        }
    }

    private void refuseLeniency() {
        findings.list().forEach(this::lenient);
        SyntaxError first = leniency;
        if (strict && first != null) {
            findings.add(new SyntaxError(
                    0,
                    first.segmentId(),
                    first.element(),
                    first.component(),
                    ErrorCode.LENIENCY_NOT_AGREED,
                    "",
                    Expectation.rule(first.sentence()),
                    first.bytes()));
        }
    }

    /** Nothing of it is left to be read. */
    void end(Envelope envelope, List<Segment> acknowledgments) {
        if (scanner.blanksAt() >= 0 && scanner.blanksAt() < end) {
            leniency(ErrorCode.BLANKS_BETWEEN_SEGMENTS, scanner.blanksAt());
        }
        if (scanner.emptyAt() >= 0 && scanner.emptyAt() < end) {
            leniency(ErrorCode.EMPTY_SEGMENT, scanner.emptyAt());
        }
        if (scanner.smallLettersAt() >= 0 && scanner.smallLettersAt() < end) {
            leniency(ErrorCode.SMALL_LETTERS_IN_TAG, scanner.smallLettersAt());
        }
        refuseLeniency();
        visitor.endInterchange(new Interchange(
                envelope,
                delimiters,
                List.of(),
                List.copyOf(acknowledgments),
                findings.list(),
                new ByteRange(from, end)));
    }

    private void leniency(ErrorCode code, long at) {
        findings.add(new SyntaxError(0, "", 0, 0, code, "", Expectation.NONE, new ByteRange(at, at + 1)));
    }
}
