package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.List;
import java.util.Optional;

/**
 * Reads one EDIFACT interchange from UNA or UNB to UNZ, in syntax versions 1 to 4: envelopes, counts and references. Most
 * interchanges have no groups; their messages then stand in one group without a name.
 */
final class EdifactReader extends EnvelopeReader {

    /** UNH 0065 of an acknowledgment. */
    static final String ACKNOWLEDGMENT = "CONTRL";

    private static final int UNB = Guide.tagKey("UNB");
    private static final int UNO = Guide.tagKey("UNO");
    private static final int UNP = Guide.tagKey("UNP");
    private static final int REFERENCE_CHARACTERS = 14;
    private static final int ID_CHARACTERS = 35;
    private static final int QUALIFIER_CHARACTERS = 4;
    private static final int LENGTH_DIGITS = 18;

    private final Unb unb;
    private final ByteRange before;
    private final Segment advice;
    private final WireText text;
    private final TakenNumbers groupReferences = new TakenNumbers();
    private boolean grouped;
    private boolean ungrouped;
    private int packages;
    private boolean inPackage;
    private List<Segment.Element> header = List.of();
    private String reference = "";

    /** @param allowance shared by the interchanges of the payload */
    EdifactReader(
            Window window, Unb unb, ReadingManner manner, Guides guides, Allowance allowance, ReadingVisitor visitor) {
        this(window, unb, WireText.of(unb.identifier()), manner, guides, allowance, visitor);
    }

    private EdifactReader(
            Window window,
            Unb unb,
            WireText text,
            ReadingManner manner,
            Guides guides,
            Allowance allowance,
            ReadingVisitor visitor) {
        super(
                Standard.EDIFACT,
                window,
                unb.delimiters(),
                text,
                unb.from(),
                unb.unbAt(),
                manner,
                guides,
                allowance,
                visitor);
        this.unb = unb;
        this.before = new ByteRange(window.base() + unb.from(), window.base() + unb.unbAt());
        this.advice = new Segment(
                "UNA",
                0,
                before,
                new WireElements(window.bytes(), window.base(), unb.delimiters(), text, new int[] {0}, 0, 0));
        this.text = text;
    }

    @Override
    void read() {
        SegmentScanner.Step step = scanner.next();
        boolean readable = step == SegmentScanner.Step.SEGMENT && scanner.tagKey() == UNB;
        if (readable) {
            header = scanner.view();
            judgeHeader();
        } else {
            findings.add(new SyntaxError(
                    0,
                    "UNB",
                    0,
                    0,
                    ErrorCode.SEGMENT_TOO_LONG,
                    "",
                    Expectation.rule(Phrase.BYTES.say(Limits.SEGMENT_BYTES_MAX)),
                    before));
        }
        Envelope envelope = new Envelope(
                Standard.EDIFACT,
                party(2),
                party(3),
                reference,
                element(1, 1) + ":" + element(1, 2),
                element(4, 1),
                element(4, 2),
                Wire.oneOf("1234", element(11, 1)),
                Wire.oneOf("12", element(9, 1)));
        begin(envelope);
        if (before.to() > before.from()) {
            visitor.envelope(advice);
        }
        if (readable) {
            visitor.envelope(segment());
            readSegments();
        } else {
            passOver(scanner.segmentAt() + 1);
        }
        end(envelope, List.of());
    }

    private String element(int element, int component) {
        return header.size() < element ? "" : header.get(element - 1).component(component);
    }

    private WireParty party(int element) {
        return new WireParty(element(element, 2).strip(), element(element, 1).stripTrailing());
    }

    private void judgeHeader() {
        reference = element(5, 1);
        String identifier = element(1, 1);
        if (SyntaxIdentifier.of(identifier).isEmpty()) {
            header(ErrorCode.SYNTAX_NOT_SUPPORTED, 1, 1, identifier, Phrase.SYNTAX_IDENTIFIERS.say());
        }
        if (!Wire.oneOf("1234", element(1, 2))) {
            header(ErrorCode.SYNTAX_NOT_SUPPORTED, 1, 2, element(1, 2), Phrase.SYNTAX_VERSIONS.say());
        }
        if (!unb.announced()) {
            header(ErrorCode.DELIMITERS_NOT_ANNOUNCED, 0, 0, "", "");
        }
        judgeParty(2, ErrorCode.SENDER_MISSING, ErrorCode.SENDER_QUALIFIER_INVALID);
        judgeParty(3, ErrorCode.RECEIVER_MISSING, ErrorCode.RECEIVER_QUALIFIER_INVALID);
        String date = element(4, 1);
        if (!Wire.ANY_DATE.matcher(date).matches()) {
            header(ErrorCode.INTERCHANGE_DATE_INVALID, 4, 1, date, "");
        }
        if (!Wire.TIME.matcher(element(4, 2)).matches()) {
            header(ErrorCode.INTERCHANGE_TIME_INVALID, 4, 2, element(4, 2), "");
        }
        if (!referenceStands(reference)) {
            header(ErrorCode.INTERCHANGE_CONTROL_NUMBER_INVALID, 5, 0, reference, "");
        }
        if (!element(9, 1).isEmpty() && !Wire.oneOf("012", element(9, 1))) {
            header(ErrorCode.ACKNOWLEDGMENT_REQUEST_INVALID, 9, 0, element(9, 1), "");
        }
        if (!element(11, 1).isEmpty() && !Wire.oneOf("01234", element(11, 1))) {
            header(ErrorCode.USAGE_INDICATOR_INVALID, 11, 0, element(11, 1), "");
        }
        judgeCharacters();
    }

    private void judgeParty(int element, ErrorCode missing, ErrorCode qualifier) {
        String id = element(element, 1);
        if (id.isBlank() || id.length() > ID_CHARACTERS) {
            header(missing, element, 1, id, "");
        }
        if (element(element, 2).length() > QUALIFIER_CHARACTERS) {
            header(qualifier, element, 2, element(element, 2), "");
        }
    }

    /** No guide judges UNB, so what its characters are is judged here. */
    private void judgeCharacters() {
        for (int i = 1; i <= scanner.elements(); i++) {
            int start = scanner.start(i);
            int from = start & SegmentScanner.OFFSET;
            int bad = (start & SegmentScanner.BEYOND_ASCII) == 0
                    ? scanner.end(i)
                    : text.malformedAt(scanner.bytes(), from, scanner.end(i));
            for (int at = from; at < bad; at++) {
                byte b = scanner.bytes()[at];
                bad = b >= 0 && b < ' ' || b == 0x7F ? at : bad;
            }
            if (bad < scanner.end(i)) {
                String rule = text.complaint(scanner.bytes()[bad], scanner.base() + bad);
                header(ErrorCode.ENVELOPE_CHARACTER_INVALID, i, 0, scanner.element(i), rule);
            }
        }
    }

    private static boolean referenceStands(String reference) {
        return !reference.isBlank() && reference.length() <= REFERENCE_CHARACTERS;
    }

    private void header(ErrorCode code, int element, int component, String found, String rule) {
        findings.add(error(code, element, component, found, rule));
    }

    /**
     * A package carries an object of any bytes from behind UNO to UNP (ISO 9735-8). Nobody here takes it, so the
     * interchange is refused, but what stands behind it is read as what it is.
     */
    @Override
    boolean passesObject(int tag) {
        if (inPackage && tag == UNP) {
            inPackage = false;
            visitor.envelope(segment());
            return true;
        }
        if (tag != UNO || set != null) {
            return false;
        }
        Segment uno = segment();
        visitor.envelope(uno);
        packages++;
        String length = uno.component(4, 1);
        findings.add(error(ErrorCode.PACKAGE_NOT_SUPPORTED, 0, "", uno.element(1)));
        inPackage = Wire.digits(length, 1, LENGTH_DIGITS) && scanner.pass(Long.parseLong(length));
        if (!inPackage) {
            findings.add(error(ErrorCode.OBJECT_LENGTH_WRONG, 4, 1, length, ""));
        }
        return true;
    }

    @Override
    OpenGroup openGroup() {
        List<Segment.Element> ung = scanner.view();
        if (ungrouped) {
            findings.add(error(ErrorCode.GROUPS_AND_MESSAGES_MIXED, 0, "", ""));
        }
        grouped = true;
        Segment segment = new Segment("UNG", 0, scanner.range(), ung);
        String controlNumber = segment.element(5);
        String identifier = segment.element(1).isBlank() ? "?" : segment.element(1);
        OpenGroup opened = new OpenGroup(
                Standard.EDIFACT,
                identifier,
                new WireParty(segment.component(2, 2), segment.element(2)),
                new WireParty(segment.component(3, 2), segment.element(3)),
                controlNumber,
                segment.component(7, 1) + segment.component(7, 2),
                scanner.segmentFrom(),
                groupFindings());
        if (!referenceStands(controlNumber) || !groupReferences.take(controlNumber)) {
            opened.add(error(ErrorCode.GROUP_CONTROL_NUMBER_INVALID, 5, controlNumber, ""));
        }
        if (!Wire.MESSAGE_TYPE.matcher(segment.element(1)).matches()) {
            opened.add(error(ErrorCode.GROUP_NOT_SUPPORTED, 1, segment.element(1), Phrase.UNG_FORM.say()));
        }
        return opened;
    }

    @Override
    OpenGroup groupWithoutHeader() {
        if (grouped) {
            findings.add(error(ErrorCode.GROUPS_AND_MESSAGES_MIXED, 0, "", ""));
        }
        ungrouped = true;
        WireParty none = new WireParty("", "");
        return new OpenGroup(Standard.EDIFACT, "", none, none, "", "", scanner.segmentFrom(), groupFindings());
    }

    @Override
    TransactionSetJudge openSet(OpenGroup inGroup) {
        Segment unh = new Segment("UNH", 1, scanner.range(), scanner.view());
        String type = unh.component(2, 1);
        String version = (unh.component(2, 2) + unh.component(2, 3)).replace(" ", "");
        boolean agencyKnown = unh.component(2, 4).equals("UN") || type.equals(ACKNOWLEDGMENT);
        Optional<Guide> guide = agencyKnown ? guide(version, type) : Optional.empty();
        TransactionSetJudge opened = judge(guide.orElse(null), type);
        ByteRange here = scanner.range();
        if (!Wire.MESSAGE_TYPE.matcher(type).matches()) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_IDENTIFIER_INVALID,
                    "UNH",
                    2,
                    1,
                    Wire.shortened(type),
                    Phrase.MESSAGE_TYPE_FORM.say(),
                    here);
        } else if (!inGroup.identifier().isEmpty() && !inGroup.identifier().equals(type)) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_IDENTIFIER_INVALID,
                    "UNH",
                    2,
                    1,
                    Wire.shortened(type),
                    Phrase.GROUP_HOLDS_OTHER_MESSAGES.say(Wire.shortened(inGroup.identifier())),
                    here);
        } else if (guide.isEmpty()) {
            String identifier = String.join(":", type, unh.component(2, 2), unh.component(2, 3), unh.component(2, 4));
            opened.fault(
                    ErrorCode.TRANSACTION_SET_NOT_SUPPORTED,
                    "UNH",
                    2,
                    1,
                    Wire.shortened(identifier),
                    messagesRead(),
                    here);
        } else if (unh.component(2, 3).contains(" ")) {
            opened.fault(ErrorCode.MESSAGE_RELEASE_PADDED, "UNH", 2, 3, Wire.shortened(unh.component(2, 3)), "", here);
        }
        judgeReference(inGroup, opened);
        return opened;
    }

    private void judgeReference(OpenGroup inGroup, TransactionSetJudge opened) {
        String number = opened.controlNumber();
        if (!referenceStands(number)) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_CONTROL_NUMBER_INVALID,
                    "UNH",
                    1,
                    Wire.shortened(number),
                    Phrase.REFERENCE_FORM.say(REFERENCE_CHARACTERS),
                    scanner.range());
        } else if (!inGroup.takeNumber(number)) {
            opened.fault(
                    ErrorCode.TRANSACTION_SET_CONTROL_NUMBER_INVALID,
                    "UNH",
                    1,
                    number,
                    Phrase.MESSAGE_REFERENCE_TAKEN.say(),
                    scanner.range());
        }
    }

    private String messagesRead() {
        List<String> messages = guides.all().stream()
                .filter(guide ->
                        guide.standard() == Standard.EDIFACT && !guide.type().equals(ACKNOWLEDGMENT))
                .map(guide -> "%s:%s:%s:UN"
                        .formatted(
                                guide.type(),
                                guide.version().substring(0, 1),
                                guide.version().substring(1)))
                .toList();
        return messages.isEmpty()
                ? Phrase.NO_GUIDE_FOR_EDIFACT.say()
                : Phrase.SEND_ONE_OF.say(String.join(", ", messages));
    }

    @Override
    String judgeGroupTrailer(OpenGroup open) {
        String declared = scanner.element(1);
        if (!Wire.digits(declared, 1, 6) || Integer.parseInt(declared) != open.sets()) {
            open.add(error(ErrorCode.TRANSACTION_SET_COUNT_WRONG, 1, declared, Integer.toString(open.sets())));
        }
        Segment une = new Segment("UNE", 0, scanner.range(), scanner.view());
        if (!une.element(2).equals(open.controlNumber())) {
            open.add(error(ErrorCode.GROUP_CONTROL_NUMBERS_DIFFER, 2, une.element(2), open.controlNumber()));
        }
        return declared;
    }

    @Override
    void judgeTrailer() {
        String declared = scanner.element(1);
        int came = grouped ? groups : sets + packages;
        if (!Wire.digits(declared, 1, 6) || Integer.parseInt(declared) != came) {
            Phrase what = grouped ? Phrase.GROUPS : Phrase.MESSAGES;
            findings.add(error(ErrorCode.GROUP_COUNT_WRONG, 1, declared, what.say(came)));
        }
        Segment unz = new Segment("UNZ", 0, scanner.range(), scanner.view());
        if (!unz.element(2).equals(reference)) {
            findings.add(error(ErrorCode.INTERCHANGE_CONTROL_NUMBERS_DIFFER, 2, unz.element(2), reference));
        }
        if (came == 0) {
            findings.add(error(ErrorCode.INTERCHANGE_EMPTY, 0, "", ""));
        }
        if (!scanner.terminated()) {
            findings.add(error(ErrorCode.FINAL_TERMINATOR_MISSING, 0, "", ""));
        }
    }

    @Override
    void outside(int tag) {
        misplaced(Phrase.BETWEEN_UNB_AND_UNZ.say());
    }
}
