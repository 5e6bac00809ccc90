package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one X12 interchange from ISA to IEA: envelopes, counts and control numbers; what is inside goes to the guides. */
final class X12Reader {

    private static final int ISA = Guide.tagKey("ISA");
    private static final int IEA = Guide.tagKey("IEA");
    private static final int GS = Guide.tagKey("GS");
    private static final int GE = Guide.tagKey("GE");
    private static final int ST = Guide.tagKey("ST");
    private static final int SE = Guide.tagKey("SE");
    private static final int TA1 = Guide.tagKey("TA1");
    private static final int ISB = Guide.tagKey("ISB");
    private static final int ISE = Guide.tagKey("ISE");
    private static final Map<String, String> GROUP_OF =
            Map.of("850", "PO", "810", "IN", "855", "PR", "856", "SH", "997", "FA", "999", "FA");

    private final byte[] payload;
    private final Isa isa;
    private final Guides guides;
    private final SegmentScanner scanner;
    private final Allowance allowance;
    private final Findings findings;
    private final List<FunctionalGroup> groups = new ArrayList<>();
    private final List<Segment> acknowledgments = new ArrayList<>();
    private final Set<String> groupNumbers = new HashSet<>();
    private @Nullable Group group;
    private @Nullable TransactionSetJudge set;
    private int end;

    /** @param allowance shared by the interchanges of the payload */
    X12Reader(byte[] payload, Isa isa, Guides guides, Allowance allowance) {
        this.allowance = allowance;
        this.findings = new Findings(Limits.ENVELOPE_ERRORS_MAX, allowance);
        this.payload = payload;
        this.isa = isa;
        this.guides = guides;
        this.scanner = new SegmentScanner(payload, isa.to(), isa.delimiters());
        this.end = isa.to();
    }

    /** Offset after what belongs to the interchange. */
    int end() {
        return end;
    }

    Interchange read() {
        judgeHeader();
        if (delimitersWork()) {
            readSegments();
        } else {
            end = Isa.next(payload, isa.to()).map(Isa::from).orElse(payload.length);
        }
        return interchange();
    }

    private void judgeHeader() {
        int wrong = isa.wrongLength();
        if (wrong > 0) {
            String rule = "ISA%02d has %d characters instead of %d"
                    .formatted(wrong, isa.element(wrong).length(), Isa.length(wrong));
            header(ErrorCode.ISA_LENGTHS_DIFFER, wrong, rule);
        }
        check(5, ErrorCode.SENDER_QUALIFIER_INVALID, isa.element(5).matches("[0-9A-Z]{2}"));
        check(6, ErrorCode.SENDER_MISSING, !isa.element(6).isBlank());
        check(7, ErrorCode.RECEIVER_QUALIFIER_INVALID, isa.element(7).matches("[0-9A-Z]{2}"));
        check(8, ErrorCode.RECEIVER_MISSING, !isa.element(8).isBlank());
        check(
                9,
                ErrorCode.INTERCHANGE_DATE_INVALID,
                isa.element(9).matches("\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])"));
        check(10, ErrorCode.INTERCHANGE_TIME_INVALID, isa.element(10).matches("([01]\\d|2[0-3])[0-5]\\d"));
        check(
                11,
                ErrorCode.INTERCHANGE_STANDARD_INVALID,
                isa.delimiters().repetition() != 0 || isa.element(11).equals("U"));
        check(12, ErrorCode.INTERCHANGE_VERSION_INVALID, Wire.digits(isa.element(12), 5, 5));
        check(
                13,
                ErrorCode.INTERCHANGE_CONTROL_NUMBER_INVALID,
                Wire.digits(isa.element(13), 1, 9) && Integer.parseInt(isa.element(13)) > 0);
        check(14, ErrorCode.ACKNOWLEDGMENT_REQUEST_INVALID, isa.element(14).matches("[01]"));
        check(15, ErrorCode.USAGE_INDICATOR_INVALID, isa.element(15).matches("[PTI]"));
    }

    private void check(int element, ErrorCode code, boolean right) {
        if (!right) {
            header(code, element, "");
        }
    }

    private void header(ErrorCode code, int element, String rule) {
        findings.add(new SyntaxError(
                0,
                "ISA",
                element,
                0,
                code,
                element == 0 ? "" : isa.element(element).strip(),
                Expectation.rule(rule),
                new ByteRange(isa.from(), isa.to())));
    }

    private boolean delimitersWork() {
        Delimiters d = isa.delimiters();
        boolean work = true;
        // ISA16 left out is a wrong length, said already: nothing then separates components.
        if (Wire.alphanumeric((byte) d.component()) || d.component() == ' ' || d.component() == d.element()) {
            header(ErrorCode.COMPONENT_SEPARATOR_INVALID, 16, "is a letter, a digit, a blank or used twice");
            work = false;
        }
        if (Wire.alphanumeric((byte) d.terminator())
                || d.terminator() == ' '
                || d.terminator() == d.element()
                || d.terminator() == d.component()) {
            header(ErrorCode.SEGMENT_TERMINATOR_INVALID, 0, "is a letter, a digit, a blank or used twice");
            work = false;
        }
        return work;
    }

    private void readSegments() {
        int segments = 1;
        while (true) {
            SegmentScanner.Step step = scanner.next();
            if (step == SegmentScanner.Step.END) {
                cutShort(scanner.at());
                return;
            }
            if (step != SegmentScanner.Step.SEGMENT) {
                String rule = step == SegmentScanner.Step.SEGMENT_TOO_LONG
                        ? Limits.SEGMENT_BYTES_MAX + " bytes"
                        : Limits.ELEMENTS_MAX + " elements";
                breakOff(ErrorCode.SEGMENT_TOO_LONG, rule);
                return;
            }
            if (++segments > Limits.INTERCHANGE_SEGMENTS_MAX) {
                breakOff(ErrorCode.TOO_MANY_SEGMENTS, Limits.INTERCHANGE_SEGMENTS_MAX + " segments");
                return;
            }
            if (scanner.segmentTo() - isa.from() > Limits.INTERCHANGE_BYTES_MAX) {
                breakOff(ErrorCode.INTERCHANGE_TOO_LARGE, Limits.INTERCHANGE_BYTES_MAX + " bytes");
                return;
            }
            if (Isa.beginsAt(payload, scanner.segmentFrom())
                    && (scanner.tagKey() == ISA
                            || Isa.at(payload, scanner.segmentFrom()).plausible())) {
                cutShort(scanner.segmentFrom());
                return;
            }
            if (scanner.tagKey() == IEA) {
                closeGroup(false);
                judgeTrailer();
                end = scanner.segmentTo();
                return;
            }
            String tooMany = tooMany(scanner.tagKey());
            if (tooMany != null) {
                breakOff(ErrorCode.TOO_MANY_TRANSACTION_SETS, tooMany);
                return;
            }
            envelope(scanner.tagKey());
        }
    }

    /** What the payload has too many of with this segment; null while it has not. */
    private @Nullable String tooMany(int tag) {
        if (tag == GS && !allowance.takeGroup()) {
            return Limits.PAYLOAD_GROUPS_MAX + " functional groups";
        }
        if (tag == ST && !allowance.takeTransactionSet()) {
            return Limits.PAYLOAD_TRANSACTION_SETS_MAX + " transaction sets";
        }
        return null;
    }

    private void envelope(int tag) {
        Group inGroup = group;
        TransactionSetJudge inSet = set;
        if (tag == GS) {
            closeGroup(false);
            openGroup();
        } else if (tag == GE) {
            if (inGroup == null) {
                misplaced("GE closes a group that no GS opened");
            } else {
                closeGroup(true);
            }
        } else if (tag == ST) {
            closeSet(false);
            if (inGroup == null) {
                misplaced("a transaction set stands inside a functional group, after GS");
            } else {
                openSet(inGroup);
            }
        } else if (tag == SE && inSet != null) {
            closeSet(true);
        } else if (inSet != null) {
            inSet.accept();
        } else if (inGroup != null) {
            inGroup.findings.add(error(ErrorCode.SEGMENT_OUTSIDE_TRANSACTION_SET, 0, "", ""));
        } else if (tag == TA1) {
            acknowledgments.add(new Segment("TA1", 0, scanner.range(), scanner.view()));
        } else if (tag != ISB && tag != ISE) {
            misplaced("between ISA and IEA come TA1 and functional groups");
        }
    }

    private void misplaced(String rule) {
        findings.add(error(ErrorCode.INTERCHANGE_STRUCTURE_INVALID, 0, "", rule));
    }

    private void openGroup() {
        Group opened = new Group(
                scanner.element(1),
                scanner.element(2),
                scanner.element(3),
                scanner.element(6),
                scanner.element(8),
                scanner.segmentFrom(),
                new Findings(Limits.ENVELOPE_ERRORS_MAX, allowance));
        group = opened;
        if (!Wire.digits(opened.controlNumber, 1, 9) || !groupNumbers.add(opened.controlNumber)) {
            opened.findings.add(error(ErrorCode.GROUP_CONTROL_NUMBER_INVALID, 6, opened.controlNumber, ""));
        }
        if (!opened.identifier.matches("[A-Z0-9]{2}")) {
            opened.findings.add(error(
                    ErrorCode.GROUP_NOT_SUPPORTED, 1, opened.identifier, "GS01 has two letters, such as PO, IN or FA"));
        } else if (!guides.knowsVersion(Standard.X12, opened.version)) {
            opened.findings.add(error(ErrorCode.GROUP_VERSION_NOT_SUPPORTED, 8, opened.version, versionsRead()));
        }
    }

    private String versionsRead() {
        List<String> versions = guides.all().stream()
                .filter(guide -> guide.standard() == Standard.X12)
                .map(Guide::version)
                .distinct()
                .toList();
        return versions.isEmpty() ? "no guide is installed" : "send " + String.join(" or ", versions);
    }

    private void openSet(Group inGroup) {
        String type = scanner.element(1);
        Optional<Guide> guide = guides.select(Standard.X12, inGroup.version, type);
        TransactionSetJudge opened = new TransactionSetJudge(
                payload, isa.delimiters(), scanner, guide.orElse(null), Wire.shortened(type), allowance);
        set = opened;
        String ofGroup = GROUP_OF.get(type);
        if (!Wire.digits(type, 3, 3)) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_IDENTIFIER_INVALID,
                    "ST",
                    1,
                    Wire.shortened(type),
                    "it has three digits, such as 850",
                    scanner.range());
        } else if (ofGroup != null
                && !ofGroup.equals(inGroup.identifier)
                && GROUP_OF.containsValue(inGroup.identifier)) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_IDENTIFIER_INVALID,
                    "ST",
                    1,
                    type,
                    "a functional group %s does not hold it, put it into a group %s"
                            .formatted(Wire.shortened(inGroup.identifier), ofGroup),
                    scanner.range());
        } else if (guide.isEmpty()) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_NOT_SUPPORTED, "ST", 1, type, setsRead(inGroup.version), scanner.range());
        }
        judgeControlNumber(inGroup, opened);
    }

    private void judgeControlNumber(Group inGroup, TransactionSetJudge opened) {
        String number = opened.controlNumber();
        if (number.isBlank() || number.length() > 9) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_CONTROL_NUMBER_INVALID,
                    "ST",
                    2,
                    Wire.shortened(number),
                    "it has four to nine characters",
                    scanner.range());
        } else if (!inGroup.setNumbers.add(number)) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_CONTROL_NUMBER_INVALID,
                    "ST",
                    2,
                    number,
                    "another transaction set of the group has the same",
                    scanner.range());
        } else if (number.length() < 4) {
            opened.fault(ErrorCode.ELEMENT_TOO_SHORT, "ST", 2, number, "4 characters", scanner.range());
        }
    }

    private String setsRead(String version) {
        List<String> sets = guides.all().stream()
                .filter(guide -> version.startsWith(guide.version()))
                .map(guide -> guide.type() + " in " + guide.version())
                .toList();
        return sets.isEmpty()
                ? "no guide is installed for version " + Wire.shortened(version)
                : "send " + String.join(", ", sets);
    }

    private void closeSet(boolean trailer) {
        TransactionSetJudge open = set;
        Group inGroup = group;
        if (open != null && inGroup != null) {
            inGroup.sets.add(open.close(trailer));
        }
        set = null;
    }

    private void closeGroup(boolean trailer) {
        closeSet(false);
        Group open = group;
        if (open == null) {
            return;
        }
        int to = scanner.segmentFrom();
        String declared = "";
        if (trailer) {
            to = scanner.segmentTo();
            declared = scanner.element(1);
            int came = open.sets.size();
            if (!Wire.digits(declared, 1, 6) || Integer.parseInt(declared) != came) {
                open.findings.add(error(ErrorCode.TRANSACTION_SET_COUNT_WRONG, 1, declared, Integer.toString(came)));
            }
            String reference = scanner.element(2);
            if (!reference.equals(open.controlNumber)) {
                open.findings.add(error(ErrorCode.GROUP_CONTROL_NUMBERS_DIFFER, 2, reference, open.controlNumber));
            }
        } else {
            open.findings.add(new SyntaxError(
                    0, "GE", 0, 0, ErrorCode.GROUP_TRAILER_MISSING, "", Expectation.NONE, new ByteRange(to, to)));
        }
        groups.add(open.group(declared, Math.max(open.from, to)));
        group = null;
    }

    private void judgeTrailer() {
        String declared = scanner.element(1);
        if (!Wire.digits(declared, 1, 9) || Integer.parseInt(declared) != groups.size()) {
            findings.add(error(ErrorCode.GROUP_COUNT_WRONG, 1, declared, Integer.toString(groups.size())));
        }
        String reference = scanner.element(2);
        if (!reference.strip().equals(isa.element(13).strip())) {
            findings.add(error(ErrorCode.INTERCHANGE_CONTROL_NUMBERS_DIFFER, 2, reference, isa.element(13)));
        }
        if (!scanner.terminated()) {
            findings.add(error(ErrorCode.FINAL_TERMINATOR_MISSING, 0, "", ""));
        }
    }

    private void cutShort(int at) {
        end = at;
        closeGroup(false);
        findings.add(new SyntaxError(
                0, "IEA", 0, 0, ErrorCode.INTERCHANGE_TRAILER_MISSING, "", Expectation.NONE, new ByteRange(at, at)));
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
        end = Isa.next(payload, scanner.segmentFrom()).map(Isa::from).orElse(payload.length);
    }

    private SyntaxError error(ErrorCode code, int element, String found, String rule) {
        return new SyntaxError(
                0,
                Wire.shortened(scanner.tag()),
                element,
                0,
                code,
                Wire.shortened(found),
                Expectation.rule(Wire.shortened(rule)),
                scanner.range());
    }

    private Interchange interchange() {
        if (scanner.blanksAt() >= 0 && scanner.blanksAt() < end) {
            leniency(ErrorCode.BLANKS_BETWEEN_SEGMENTS, scanner.blanksAt());
        }
        if (scanner.emptyAt() >= 0 && scanner.emptyAt() < end) {
            leniency(ErrorCode.EMPTY_SEGMENT, scanner.emptyAt());
        }
        List<SyntaxError> errors = findings.list();
        boolean refused = errors.stream().anyMatch(SyntaxError::fatal);
        Envelope envelope = new Envelope(
                Standard.X12,
                new WireParty(isa.element(5).strip(), isa.element(6).stripTrailing()),
                new WireParty(isa.element(7).strip(), isa.element(8).stripTrailing()),
                isa.element(13),
                isa.element(12),
                isa.element(9),
                isa.element(10),
                isa.element(15).equals("T"),
                isa.element(14).equals("1"));
        return new Interchange(
                envelope,
                isa.delimiters(),
                refused
                        ? groups.stream()
                                .map(it -> without(it, ErrorCode.INTERCHANGE_REFUSED))
                                .toList()
                        : List.copyOf(groups),
                List.copyOf(acknowledgments),
                errors,
                new ByteRange(isa.from(), end));
    }

    private void leniency(ErrorCode code, int at) {
        findings.add(new SyntaxError(0, "", 0, 0, code, "", Expectation.NONE, new ByteRange(at, at + 1)));
    }

    /** The same group with every transaction set refused, because what is around it is. */
    private static FunctionalGroup without(FunctionalGroup group, ErrorCode because) {
        List<TransactionSet> sets = group.transactionSets().stream()
                .map(set -> {
                    List<SyntaxError> errors = new ArrayList<>(set.verdict().errors());
                    if (errors.stream().noneMatch(error -> error.code() == ErrorCode.GROUP_REFUSED)) {
                        errors.add(new SyntaxError(1, "ST", 0, 0, because, "", Expectation.NONE, set.bytes()));
                    }
                    return new TransactionSet(
                            set.type(),
                            set.controlNumber(),
                            set.guide(),
                            set.content(),
                            new Verdict.Refused(List.copyOf(errors)),
                            set.bytes());
                })
                .toList();
        return new FunctionalGroup(
                group.functionalIdentifier(),
                group.senderCode(),
                group.receiverCode(),
                group.controlNumber(),
                group.version(),
                group.declaredCount(),
                sets,
                group.errors(),
                group.bytes());
    }

    /** A functional group that is being read. */
    private static final class Group {

        private final String identifier;
        private final String senderCode;
        private final String receiverCode;
        private final String controlNumber;
        private final String version;
        private final int from;
        private final List<TransactionSet> sets = new ArrayList<>();
        private final Set<String> setNumbers = new HashSet<>();
        private final Findings findings;

        Group(
                String identifier,
                String senderCode,
                String receiverCode,
                String controlNumber,
                String version,
                int from,
                Findings findings) {
            this.identifier = identifier;
            this.senderCode = senderCode;
            this.receiverCode = receiverCode;
            this.controlNumber = controlNumber;
            this.version = version;
            this.from = from;
            this.findings = findings;
        }

        FunctionalGroup group(String declared, int to) {
            FunctionalGroup read = new FunctionalGroup(
                    identifier,
                    senderCode,
                    receiverCode,
                    controlNumber,
                    version,
                    declared,
                    List.copyOf(sets),
                    findings.list(),
                    new ByteRange(from, to));
            return read.refused() ? without(read, ErrorCode.GROUP_REFUSED) : read;
        }
    }
}
