package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one X12 interchange from ISA to IEA: envelopes, counts and control numbers; what is inside goes to the guides. */
final class X12Reader extends EnvelopeReader {

    private static final int TA1 = Guide.tagKey("TA1");
    private static final int ISB = Guide.tagKey("ISB");
    private static final int ISE = Guide.tagKey("ISE");

    private final Isa isa;
    private final ByteRange header;
    private final Segment headerSegment;
    private final List<Segment> acknowledgments = new ArrayList<>();
    private final TakenNumbers groupNumbers = new TakenNumbers();

    /** @param allowance shared by the interchanges of the payload */
    X12Reader(
            Window window, Isa isa, ReadingManner manner, Guides guides, Allowance allowance, ReadingVisitor visitor) {
        super(
                Standard.X12,
                window,
                isa.delimiters(),
                manner.x12Text(),
                isa.from(),
                isa.to(),
                manner,
                guides,
                allowance,
                visitor);
        this.isa = isa;
        this.header = new ByteRange(window.base() + isa.from(), window.base() + isa.to());
        this.headerSegment = new Segment("ISA", 0, header, isa.wireElements(window));
    }

    @Override
    void read() {
        judgeHeader();
        boolean readable = delimitersWork();
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
        begin(envelope);
        visitor.envelope(headerSegment);
        if (readable) {
            readSegments();
        } else {
            passOver(isa.to());
        }
        end(envelope, acknowledgments);
    }

    private void judgeHeader() {
        int wrong = isa.wrongLength();
        if (wrong > 0) {
            String rule = Phrase.ISA_LENGTH.say(
                    "ISA%02d".formatted(wrong), isa.element(wrong).length(), Isa.length(wrong));
            header(ErrorCode.ISA_LENGTHS_DIFFER, wrong, rule);
        }
        check(
                5,
                ErrorCode.SENDER_QUALIFIER_INVALID,
                Wire.QUALIFIER.matcher(isa.element(5)).matches());
        check(6, ErrorCode.SENDER_MISSING, !isa.element(6).isBlank());
        check(
                7,
                ErrorCode.RECEIVER_QUALIFIER_INVALID,
                Wire.QUALIFIER.matcher(isa.element(7)).matches());
        check(8, ErrorCode.RECEIVER_MISSING, !isa.element(8).isBlank());
        check(
                9,
                ErrorCode.INTERCHANGE_DATE_INVALID,
                Wire.DATE.matcher(isa.element(9)).matches());
        check(
                10,
                ErrorCode.INTERCHANGE_TIME_INVALID,
                Wire.TIME.matcher(isa.element(10)).matches());
        check(11, ErrorCode.INTERCHANGE_STANDARD_INVALID, isa.standardValid());
        if (!Wire.digits(isa.element(12), 5, 5)) {
            header(ErrorCode.INTERCHANGE_VERSION_INVALID, 12, "");
        } else {
            check(12, ErrorCode.INTERCHANGE_VERSION_NOT_SUPPORTED, isa.versionKnown());
        }
        check(
                13,
                ErrorCode.INTERCHANGE_CONTROL_NUMBER_INVALID,
                Wire.digits(isa.element(13), 1, 9) && Integer.parseInt(isa.element(13)) > 0);
        check(14, ErrorCode.ACKNOWLEDGMENT_REQUEST_INVALID, Wire.oneOf("01", isa.element(14)));
        check(15, ErrorCode.USAGE_INDICATOR_INVALID, Wire.oneOf("PTI", isa.element(15)));
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
                header));
    }

    private boolean delimitersWork() {
        Delimiters d = isa.delimiters();
        boolean work = true;
        // ISA16 left out is a wrong length, said already: nothing then separates components.
        if (Wire.alphanumeric((byte) d.component()) || d.component() == ' ' || d.component() == d.element()) {
            header(ErrorCode.COMPONENT_SEPARATOR_INVALID, 16, Phrase.DELIMITER_UNFIT.say());
            work = false;
        }
        if (Wire.alphanumeric((byte) d.terminator())
                || d.terminator() == ' '
                || d.terminator() == d.element()
                || d.terminator() == d.component()) {
            header(ErrorCode.SEGMENT_TERMINATOR_INVALID, 0, Phrase.DELIMITER_UNFIT.say());
            work = false;
        }
        return work;
    }

    @Override
    void outside(int tag) {
        if (tag == TA1) {
            acknowledgments.add(segment());
        } else if (tag != ISB && tag != ISE) {
            misplaced(Phrase.BETWEEN_ISA_AND_IEA.say());
        }
    }

    @Override
    OpenGroup openGroup() {
        String identifier = scanner.element(1);
        String controlNumber = scanner.element(6);
        String version = scanner.element(8);
        OpenGroup opened = new OpenGroup(
                Standard.X12,
                identifier,
                new WireParty("", scanner.element(2)),
                new WireParty("", scanner.element(3)),
                controlNumber,
                version,
                scanner.segmentFrom(),
                groupFindings());
        if (!Wire.digits(controlNumber, 1, 9) || !groupNumbers.take(controlNumber)) {
            opened.add(error(ErrorCode.GROUP_CONTROL_NUMBER_INVALID, 6, controlNumber, ""));
        }
        if (!Wire.QUALIFIER.matcher(identifier).matches()) {
            opened.add(error(ErrorCode.GROUP_NOT_SUPPORTED, 1, identifier, Phrase.GS01_FORM.say()));
        } else if (!X12Versions.wellFormed(version)) {
            opened.add(version(version, Phrase.GS08_FORM.say()));
        } else if (!guides.knowsVersion(version, identifier.equals(X12Versions.ACKNOWLEDGING))) {
            opened.add(version(version, guideMissing(version, X12Versions.setOf(identifier))));
        }
        return opened;
    }

    private SyntaxError version(String version, String rule) {
        return new SyntaxError(
                0,
                "GS",
                8,
                0,
                ErrorCode.GROUP_VERSION_NOT_SUPPORTED,
                Wire.shortened(version),
                Expectation.rule(rule),
                scanner.range());
    }

    @Override
    @Nullable
    OpenGroup groupWithoutHeader() {
        return null;
    }

    /** Which guide would have to be there, and which are: of the same transaction set, else of any. */
    private String guideMissing(String version, String type) {
        List<Guide> documents = guides.all().stream()
                .filter(guide -> guide.standard() == Standard.X12 && !X12Versions.acknowledges(guide.type()))
                .toList();
        List<Guide> same =
                documents.stream().filter(guide -> guide.type().equals(type)).toList();
        String those = (same.isEmpty() ? documents : same)
                .stream()
                        .map(guide -> Phrase.SET_IN_VERSION.say(guide.type(), guide.version()))
                        .collect(Collectors.joining(", "));
        String wanted = type.isEmpty()
                ? Phrase.NO_GUIDE_OF_VERSION.say(X12Versions.release(version))
                : Phrase.NO_GUIDE_NAMED.say(X12Versions.guide(version, type));
        if (those.isEmpty()) {
            return Phrase.HAVE_IT_INSTALLED.say(wanted);
        }
        return (same.isEmpty() ? Phrase.INSTALL_BESIDE : Phrase.SEND_OR_INSTALL).say(wanted, those);
    }

    @Override
    TransactionSetJudge openSet(OpenGroup inGroup) {
        String type = scanner.element(1);
        Optional<Guide> guide = guide(inGroup.version(), type);
        TransactionSetJudge opened = judge(guide.orElse(null), type);
        String ofGroup = X12Versions.GROUP_OF.get(type);
        if (!Wire.digits(type, 3, 3)) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_IDENTIFIER_INVALID,
                    "ST",
                    1,
                    Wire.shortened(type),
                    Phrase.ST01_FORM.say(),
                    scanner.range());
        } else if (ofGroup != null
                && !ofGroup.equals(inGroup.identifier())
                && X12Versions.GROUP_OF.containsValue(inGroup.identifier())) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_IDENTIFIER_INVALID,
                    "ST",
                    1,
                    type,
                    Phrase.GROUP_HOLDS_OTHERS.say(Wire.shortened(inGroup.identifier()), ofGroup),
                    scanner.range());
        } else if (guide.isEmpty()) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_NOT_SUPPORTED,
                    "ST",
                    1,
                    type,
                    X12Versions.wellFormed(inGroup.version())
                            ? guideMissing(inGroup.version(), type)
                            : Phrase.GS08_FORM.say(),
                    scanner.range());
        }
        judgeControlNumber(inGroup, opened);
        judgeImplementation(inGroup, opened);
        return opened;
    }

    /** ST03, which there is from 005010 on: it may say more than GS08, but not another version. */
    private void judgeImplementation(OpenGroup inGroup, TransactionSetJudge opened) {
        String reference = scanner.element(3);
        if (reference.isEmpty() || !X12Versions.since5010(inGroup.version())) {
            return;
        }
        if (reference.length() > X12Versions.IMPLEMENTATION_CHARACTERS) {
            String rule = Phrase.CHARACTERS.say(X12Versions.IMPLEMENTATION_CHARACTERS);
            opened.fault(ErrorCode.ELEMENT_TOO_LONG, "ST", 3, Wire.shortened(reference), rule, scanner.range());
        } else if (X12Versions.wellFormed(reference)
                && !X12Versions.release(reference).equals(X12Versions.release(inGroup.version()))) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_IMPLEMENTATION_INVALID,
                    "ST",
                    3,
                    reference,
                    Wire.shortened(inGroup.version()),
                    scanner.range());
        }
    }

    private void judgeControlNumber(OpenGroup inGroup, TransactionSetJudge opened) {
        String number = opened.controlNumber();
        if (number.isBlank() || number.length() > 9) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_CONTROL_NUMBER_INVALID,
                    "ST",
                    2,
                    Wire.shortened(number),
                    Phrase.ST02_FORM.say(),
                    scanner.range());
        } else if (!inGroup.takeNumber(number)) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_CONTROL_NUMBER_INVALID,
                    "ST",
                    2,
                    number,
                    Phrase.SET_NUMBER_TAKEN.say(),
                    scanner.range());
        } else if (number.length() < 4) {
            opened.fault(ErrorCode.ELEMENT_TOO_SHORT, "ST", 2, number, Phrase.CHARACTERS.say(4), scanner.range());
        }
    }

    @Override
    String judgeGroupTrailer(OpenGroup open) {
        String declared = scanner.element(1);
        if (!Wire.digits(declared, 1, 6) || Integer.parseInt(declared) != open.sets()) {
            open.add(error(ErrorCode.TRANSACTION_SET_COUNT_WRONG, 1, declared, Integer.toString(open.sets())));
        }
        String reference = scanner.element(2);
        if (!reference.equals(open.controlNumber())) {
            open.add(error(ErrorCode.GROUP_CONTROL_NUMBERS_DIFFER, 2, reference, open.controlNumber()));
        }
        return declared;
    }

    @Override
    void judgeTrailer() {
        String declared = scanner.element(1);
        if (!Wire.digits(declared, 1, 9) || Integer.parseInt(declared) != groups) {
            findings.add(error(ErrorCode.GROUP_COUNT_WRONG, 1, declared, Integer.toString(groups)));
        }
        String reference = scanner.element(2);
        if (!reference.strip().equals(isa.element(13).strip())) {
            findings.add(error(ErrorCode.INTERCHANGE_CONTROL_NUMBERS_DIFFER, 2, reference, isa.element(13)));
        }
        if (!scanner.terminated()) {
            findings.add(error(ErrorCode.FINAL_TERMINATOR_MISSING, 0, "", ""));
        }
    }
}
