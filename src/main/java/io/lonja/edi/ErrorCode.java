package io.lonja.edi;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What can be wrong with EDI: each constant carries the codes by which acknowledgments of both standards name it and the sentence by
 * which an analyst would.
 *
 * <p>Templates know {@code {place}} (segment, element and its name), {@code {found}} (quoted, or the word empty),
 * {@code {seen}} (the same in brackets, or nothing) and {@code {rule}} (what the guide or the envelope asks for).
 */
public enum ErrorCode {
    // Outside every interchange.
    NOT_EDI(
            Codes.NONE,
            true,
            "This is neither X12 (ISA) nor EDIFACT (UNA, UNB){seen}; send the interchange itself, not a copy of it inside another format."),
    UNB_UNREADABLE(
            Codes.NONE,
            true,
            "An EDIFACT interchange begins here but {rule}; send UNB as the standard has it, after UNA where your delimiters are others than the usual."),
    ISA_UNREADABLE(
            Codes.NONE,
            true,
            "An ISA begins here but {rule}; without it neither the delimiters nor the sender are known: send all 16 elements of ISA."),
    PAYLOAD_TOO_LARGE(Codes.NONE, true, "The payload is larger than {rule}; send it in several interchanges."),
    TOO_MANY_INTERCHANGES(
            Codes.NONE,
            true,
            "The payload has more than {rule}; what comes from here on was not read: send it in a payload of its own."),
    TEXT_OUTSIDE_INTERCHANGE(
            Codes.NONE,
            false,
            "Text that belongs to no interchange was passed over{seen}; interchanges begin with ISA, UNA or UNB and end with IEA or UNZ."),
    BYTE_ORDER_MARK(
            Codes.NONE,
            false,
            "A byte-order mark stands before the first segment and was passed over; send the interchange without it."),
    LEADING_BLANKS(
            Codes.NONE,
            false,
            "Blanks or line breaks stand before the interchange and were passed over; its header should be the first thing sent."),

    // Of the interchange: TA105, or UCI 0085.
    INTERCHANGE_CONTROL_NUMBERS_DIFFER(
            Codes.note("001").edifact("28"),
            true,
            "IEA02 is {found} but ISA13 is {rule}; header and trailer must carry the same control number.",
            "UNZ02 is {found} but UNB05 is {rule}; header and trailer must carry the same control reference."),
    ELEMENT_SEPARATOR_INVALID(
            Codes.note("026"),
            true,
            "The element separator after ISA {rule}; choose a character that is neither a letter, a digit nor used otherwise."),
    COMPONENT_SEPARATOR_INVALID(
            Codes.note("027"),
            true,
            "The component separator in ISA16 {rule}; choose a character that is neither a letter, a digit nor used otherwise."),
    SEGMENT_TERMINATOR_INVALID(
            Codes.note("004"),
            true,
            "The segment terminator after ISA16 {rule}; choose a character that is neither a letter, a digit nor used otherwise."),
    SENDER_QUALIFIER_INVALID(
            Codes.note("005").edifact("12"),
            true,
            "The sender's qualifier in ISA05 is {found}; it has two letters or digits, such as 01, 14 or ZZ.",
            "The sender's qualifier in UNB02 is {found}; it has at most four characters, such as 14 or ZZ."),
    SENDER_MISSING(
            Codes.note("006").edifact("13"),
            true,
            "ISA06 is empty, so nobody is named as the sender; put your interchange identifier there.",
            "The sender in UNB02 is {found}; put your interchange identifier there, one to 35 characters."),
    SENDER_NOT_AGREED(
            Codes.note("006").edifact("23"),
            true,
            "ISA05 and ISA06 name {found}, but {rule}; send under an agreed name, or have this one added to the profile.",
            "UNB02 names {found}, but {rule}; send under an agreed name, or have this one added to the profile."),
    RECEIVER_QUALIFIER_INVALID(
            Codes.note("007").edifact("12"),
            true,
            "The receiver's qualifier in ISA07 is {found}; it has two letters or digits, such as 01, 14 or ZZ.",
            "The receiver's qualifier in UNB03 is {found}; it has at most four characters, such as 14 or ZZ."),
    RECEIVER_MISSING(
            Codes.note("008").edifact("13"),
            true,
            "ISA08 is empty, so nobody is named as the receiver; put the receiver's interchange identifier there.",
            "The receiver in UNB03 is {found}; put the receiver's interchange identifier there, one to 35 characters."),
    INTERCHANGE_DATE_INVALID(
            Codes.note("014").edifact("12"),
            false,
            "The interchange date in ISA09 is {found}; write it as YYMMDD.",
            "The interchange date in UNB04 is {found}; write it as YYMMDD, in syntax version 4 as CCYYMMDD."),
    INTERCHANGE_TIME_INVALID(
            Codes.note("015").edifact("12"),
            false,
            "The interchange time in ISA10 is {found}; write it as HHMM, from 0000 to 2359.",
            "The interchange time in UNB04 is {found}; write it as HHMM, from 0000 to 2359."),
    INTERCHANGE_STANDARD_INVALID(Codes.note("016"), false, "ISA11 is {found}; before version 00402 it is U."),
    INTERCHANGE_VERSION_INVALID(
            Codes.note("017"), true, "The interchange version in ISA12 is {found}; it has five digits, such as 00401."),
    INTERCHANGE_CONTROL_NUMBER_INVALID(
            Codes.note("018").edifact("12"),
            true,
            "The interchange control number in ISA13 is {found}; it has nine digits and is not zero.",
            "The interchange control reference in UNB05 is {found}; it has one to fourteen characters."),
    ACKNOWLEDGMENT_REQUEST_INVALID(
            Codes.note("019").edifact("12"),
            false,
            "ISA14 is {found}; it is 1 to ask for a TA1 and 0 not to.",
            "The acknowledgment request in UNB09 is {found}; it is 1 to ask for a CONTRL, or empty."),
    USAGE_INDICATOR_INVALID(
            Codes.note("020").edifact("12"),
            true,
            "The usage indicator in ISA15 is {found}, so nobody knows whether this is a test; it is P or T.",
            "The test indicator in UNB11 is {found}, so nobody knows whether this is a test; it is 1 or empty."),
    GROUP_COUNT_WRONG(
            Codes.note("021").edifact("29"),
            true,
            "IEA01 announces {found} functional groups but {rule} came; something is lost or was added on the way.",
            "UNZ01 announces {found} but {rule} came; something is lost or was added on the way."),
    INTERCHANGE_STRUCTURE_INVALID(
            Codes.note("022").edifact("33"), true, "{place} stands where it cannot stand: {rule}."),
    INTERCHANGE_TRAILER_MISSING(
            Codes.note("023").edifact("13"),
            true,
            "The interchange ends without IEA; it was cut short: send all of it again.",
            "The interchange ends without UNZ; it was cut short: send all of it again."),
    INTERCHANGE_CONTENT_INVALID(Codes.note("024").edifact("18"), true, "The interchange cannot be read on: {rule}."),
    SEGMENT_TOO_LONG(
            Codes.note("024").edifact("18"),
            true,
            "{place} is longer than {rule}; a segment terminator is probably missing."),
    TOO_MANY_SEGMENTS(
            Codes.note("024").edifact("18"), true, "The interchange has more than {rule}; send it in several."),
    TOO_MANY_TRANSACTION_SETS(
            Codes.note("024").edifact("18"),
            true,
            "The interchange cannot be read on, because its payload has more than {rule}; send it in several."),
    INTERCHANGE_TOO_LARGE(
            Codes.note("024").edifact("18"), true, "The interchange is larger than {rule}; send it in several."),
    ISA_LENGTHS_DIFFER(
            Codes.NONE,
            false,
            "{rule}; ISA is a segment of fixed lengths, padded with blanks, and was read by its separators instead."),
    FINAL_TERMINATOR_MISSING(
            Codes.NONE,
            false,
            "The last segment has no terminator; end IEA like every other segment.",
            "The last segment has no terminator; end UNZ like every other segment."),
    BLANKS_BETWEEN_SEGMENTS(
            Codes.NONE,
            false,
            "Blanks stand between segments and were passed over; segments follow each other directly or after a line break."),
    EMPTY_SEGMENT(
            Codes.NONE, false, "Two segment terminators follow each other with nothing between them; leave one out."),

    DELIMITERS_NOT_ANNOUNCED(
            Codes.NONE,
            false,
            "The delimiters are not the usual ones and no UNA tells them; they were read from where they stand: send UNA."),
    SYNTAX_NOT_SUPPORTED(
            Codes.NONE.edifact("2"), true, "The syntax in UNB01 is {found}, which is not read here; {rule}."),
    ENVELOPE_CHARACTER_INVALID(
            Codes.NONE.edifact("21"), true, "{place} has a character that cannot stand there{seen}: {rule}."),
    GROUPS_AND_MESSAGES_MIXED(
            Codes.NONE.edifact("30"),
            true,
            "Messages with and without a group around them stand in one interchange; put all of them into groups, or none."),
    INTERCHANGE_EMPTY(
            Codes.NONE.edifact("32"), true, "The interchange holds no message; send it with what it should carry."),

    // Of the functional group: AK905, or UCF 0085.
    GROUP_NOT_SUPPORTED(Codes.group("1").edifact("14"), true, "Functional groups {found} are not read here; {rule}."),
    GROUP_VERSION_NOT_SUPPORTED(Codes.group("2"), true, "Version {found} in GS08 is not read here; {rule}."),
    GROUP_TRAILER_MISSING(
            Codes.group("3").edifact("13"),
            true,
            "The functional group ends without GE; send all of it again.",
            "The group ends without UNE; send all of it again."),
    GROUP_CONTROL_NUMBERS_DIFFER(
            Codes.group("4").edifact("28"),
            true,
            "GE02 is {found} but GS06 is {rule}; header and trailer must carry the same control number.",
            "UNE02 is {found} but UNG05 is {rule}; header and trailer must carry the same reference."),
    TRANSACTION_SET_COUNT_WRONG(
            Codes.group("5").edifact("29"),
            true,
            "GE01 announces {found} transaction sets but {rule} came; something is lost or was added on the way.",
            "UNE01 announces {found} messages but {rule} came; something is lost or was added on the way."),
    GROUP_CONTROL_NUMBER_INVALID(
            Codes.group("6").edifact("12"),
            true,
            "The group control number in GS06 is {found}; it has one to nine digits and no other group of the interchange has the same.",
            "The group reference in UNG05 is {found}; it has one to fourteen characters and no other group of the interchange has the same."),
    SEGMENT_OUTSIDE_TRANSACTION_SET(
            Codes.NONE,
            false,
            "{place} stands between transaction sets and was not read; after a trailer comes the next header."),

    // Of the transaction set: AK502, or UCM 0085.
    TRANSACTION_SET_NOT_SUPPORTED(
            Codes.set("1").edifact("14"),
            true,
            "Transaction set {found} is not read here; {rule}.",
            "Message {found} is not read here; {rule}."),
    TRANSACTION_SET_TRAILER_MISSING(
            Codes.set("2").edifact("13"),
            true,
            "The transaction set ends without SE; send it again with its trailer.",
            "The message ends without UNT; send it again with its trailer."),
    TRANSACTION_SET_CONTROL_NUMBERS_DIFFER(
            Codes.set("3").edifact("28"),
            true,
            "SE02 is {found} but ST02 is {rule}; header and trailer must carry the same control number.",
            "UNT02 is {found} but UNH01 is {rule}; header and trailer must carry the same reference."),
    SEGMENT_COUNT_WRONG(
            Codes.set("4").edifact("29"),
            true,
            "SE01 announces {found} segments but {rule} came, ST and SE included; something is lost or was added on the way.",
            "UNT01 announces {found} segments but {rule} came, UNH and UNT included; something is lost or was added on the way."),
    TRANSACTION_SET_IDENTIFIER_INVALID(
            Codes.set("6").edifact("12"),
            true,
            "ST01 is {found}; {rule}.",
            "The message type in UNH02 is {found}; {rule}."),
    TRANSACTION_SET_CONTROL_NUMBER_INVALID(
            Codes.set("7").edifact("12"),
            true,
            "ST02 is {found}; {rule}.",
            "The message reference in UNH01 is {found}; {rule}."),
    MESSAGE_RELEASE_PADDED(
            Codes.NONE.edifact("12"),
            false,
            "{place} has blanks in it: {found}; the release is written without, such as 96A."),
    TOO_MANY_ERRORS(Codes.NONE, true, "Only the first {rule} errors are listed; mend them and send it again."),
    GROUP_REFUSED(
            Codes.NONE,
            true,
            "The functional group around it is refused, so this transaction set does not count; mend the group and send it again.",
            "The group around it is refused, so this message does not count; mend the group and send it again."),
    INTERCHANGE_REFUSED(
            Codes.NONE,
            true,
            "The interchange around it is refused, so this transaction set does not count; mend the interchange and send it again.",
            "The interchange around it is refused, so this message does not count; mend the interchange and send it again."),

    // Of segments: AK304, or UCS 0085.
    UNRECOGNIZED_SEGMENT(
            Codes.segment("1").edifact("15"),
            true,
            "{place}: a segment tag has two or three capital letters and digits; correct it or leave the segment out."),
    UNEXPECTED_SEGMENT(
            Codes.segment("2").edifact("15"),
            true,
            "{place} is not allowed in a transaction set; send it where it belongs."),
    MANDATORY_SEGMENT_MISSING(Codes.segment("3").edifact("13"), true, "{place} is missing; send it."),
    LOOP_OVER_MAXIMUM(
            Codes.segment("4").edifact("36"),
            true,
            "{place} opens its loop once more than the {rule} that the guide allows; leave out what is too much."),
    SEGMENT_OVER_MAXIMUM(
            Codes.segment("5").edifact("35"),
            true,
            "{place} comes once more than the {rule} that the guide allows; leave out what is too much."),
    SEGMENT_NOT_IN_SET(
            Codes.segment("6").edifact("15"),
            true,
            "{place} is no part of the guide {rule}; leave it out or agree on a wider guide."),
    SEGMENT_OUT_OF_SEQUENCE(
            Codes.segment("7").edifact("15"),
            true,
            "{place} stands in the wrong place; send the segments in the order of the guide {rule}."),

    // Of elements: AK403, or UCD 0085.
    MANDATORY_ELEMENT_MISSING(Codes.element("1").edifact("13"), true, "{place} is missing; send it."),
    CONDITIONAL_ELEMENT_MISSING(Codes.element("2").edifact("48"), true, "{place} is missing: {rule}."),
    TOO_MANY_ELEMENTS(
            Codes.element("3").edifact("16"),
            true,
            "{place} is one more than the guide knows, which ends at {rule}: {found}; leave it out."),
    TOO_MANY_COMPONENTS(
            Codes.element("3").edifact("16"),
            true,
            "{place} has more components than the {rule} of the guide: {found}; if the component separator is meant as text, choose another one, or release it in EDIFACT."),
    TOO_MANY_REPETITIONS(
            Codes.element("3").edifact("16"),
            true,
            "{place} is repeated more often than the {rule} that the guide allows: {found}; leave out what is too much."),
    ELEMENT_TOO_SHORT(
            Codes.element("4").edifact("40"),
            false,
            "{place} is shorter than {rule}: {found}; send it in full length."),
    ELEMENT_TOO_LONG(Codes.element("5").edifact("39"), true, "{place} is longer than {rule}: {found}; shorten it."),
    INVALID_CHARACTER(
            Codes.element("6").edifact("21"), true, "{place} has a character that cannot stand there{seen}: {rule}."),
    INVALID_CODE(
            Codes.element("7").edifact("12"),
            true,
            "{place} has the code {found}, which the guide does not know; use one of {rule}."),
    INVALID_DATE(Codes.element("8").edifact("12"), true, "{place} is no date: {found}; write {rule}."),
    INVALID_TIME(
            Codes.element("9").edifact("12"),
            true,
            "{place} is no time: {found}; write HHMM, HHMMSS or HHMMSS with hundredths."),
    EXCLUSION_VIOLATED(
            Codes.element("10").edifact("48"), true, "{place} cannot be sent together with its alternative: {rule}.");

    /** Segments of an EDIFACT envelope: what is said of them is said in EDIFACT's words. */
    private static final Pattern OF_EDIFACT = Pattern.compile("UN[BZGEHT]");

    private final Codes codes;
    private final boolean fatal;
    private final String template;
    private final String edifactTemplate;

    ErrorCode(Codes codes, boolean fatal, String template) {
        this(codes, fatal, template, template);
    }

    ErrorCode(Codes codes, boolean fatal, String template, String edifactTemplate) {
        this.codes = codes;
        this.fatal = fatal;
        this.template = template;
        this.edifactTemplate = edifactTemplate;
    }

    /** The name in the API and in facts, stable from release to release: {@code mandatory-element-missing}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether what it is about (element, set, group or interchange) cannot be accepted. */
    public boolean fatal() {
        return fatal;
    }

    /** AK304 of X12 004010, empty when it is no fault of a segment as a whole. */
    public String segmentCode() {
        return codes.segment();
    }

    /** AK403 of X12 004010, empty when it is no fault of an element. */
    public String elementCode() {
        return codes.element();
    }

    /** AK502 of X12 004010, empty when it is no fault of a transaction set's own envelope. */
    public String transactionSetCode() {
        return codes.set();
    }

    /** AK905 of X12 004010, empty when it is no fault of a functional group. */
    public String groupCode() {
        return codes.group();
    }

    /** TA105 of X12 004010, empty when it is no fault of an interchange, or only a leniency. */
    public String noteCode() {
        return codes.note();
    }

    /** 0085 of CONTRL, empty when it is only a leniency, or said by what else is wrong. */
    public String edifactCode() {
        return codes.edifact();
    }

    String sentence(SyntaxError error) {
        String found = error.found().isEmpty() ? "empty" : '"' + visible(error.found()) + '"';
        String words = OF_EDIFACT.matcher(error.segmentId()).matches() ? edifactTemplate : template;
        return words.replace("{place}", error.place())
                .replace("{rule}", error.expectation().rule())
                .replace("{seen}", error.found().isEmpty() ? "" : " (" + found + ")")
                .replace("{found}", found);
    }

    /** Control characters by their code: {@code <0A>}. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                visible.append("<%02X>".formatted(c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    private record Codes(String segment, String element, String set, String group, String note, String edifact) {

        static final Codes NONE = new Codes("", "", "", "", "", "");

        static Codes segment(String ak304) {
            return new Codes(ak304, "", "", "", "", "");
        }

        static Codes element(String ak403) {
            return new Codes("", ak403, "", "", "", "");
        }

        static Codes set(String ak502) {
            return new Codes("", "", ak502, "", "", "");
        }

        static Codes group(String ak905) {
            return new Codes("", "", "", ak905, "", "");
        }

        static Codes note(String ta105) {
            return new Codes("", "", "", "", ta105, "");
        }

        Codes edifact(String code0085) {
            return new Codes(segment, element, set, group, note, code0085);
        }
    }
}
