package io.lonja.edi;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be wrong with EDI: each constant carries the codes by which acknowledgments of both standards name it. The
 * sentence by which an analyst would stands in {@code sentences.properties}, under {@link #key}.
 */
public enum ErrorCode {
    // Outside every interchange.
    NOT_EDI(Codes.NONE, true),
    UNB_UNREADABLE(Codes.NONE, true),
    ISA_UNREADABLE(Codes.NONE, true),
    PAYLOAD_TOO_LARGE(Codes.NONE, true),
    TOO_MANY_INTERCHANGES(Codes.NONE, true),
    TEXT_OUTSIDE_INTERCHANGE(Codes.NONE, false),
    BYTE_ORDER_MARK(Codes.NONE, false),
    LEADING_BLANKS(Codes.NONE, false),

    // Of an XML document as a whole, and of its elements.
    XML_DOCTYPE_REFUSED(Codes.NONE, true),
    XML_ENTITY_REFUSED(Codes.NONE, true),
    XML_NOT_WELL_FORMED(Codes.NONE, true),
    XML_ENCODING_NOT_READ(Codes.NONE, true),
    XML_TOO_LARGE(Codes.NONE, true),
    XML_DOCUMENT_NOT_SUPPORTED(Codes.NONE, true),
    XML_ELEMENT_MISSING(Codes.NONE, true),
    XML_ELEMENT_EMPTY(Codes.NONE, true),
    XML_ELEMENT_REPEATED(Codes.NONE, true),
    XML_ELEMENT_OUT_OF_ORDER(Codes.NONE, false),
    XML_VALUE_INVALID(Codes.NONE, true),
    XML_CODE_NOT_SUPPORTED(Codes.NONE, true),
    XML_ATTRIBUTE_MISSING(Codes.NONE, true),
    XML_CURRENCY_DIFFERS(Codes.NONE, true),

    // Of the interchange: TA105, or UCI 0085.
    INTERCHANGE_CONTROL_NUMBERS_DIFFER(Codes.note("001").edifact("28"), true, Words.OF_EACH_STANDARD),
    ELEMENT_SEPARATOR_INVALID(Codes.note("026"), true),
    COMPONENT_SEPARATOR_INVALID(Codes.note("027"), true),
    SEGMENT_TERMINATOR_INVALID(Codes.note("004"), true),
    SENDER_QUALIFIER_INVALID(Codes.note("005").edifact("12"), true, Words.OF_EACH_STANDARD),
    SENDER_MISSING(Codes.note("006").edifact("13"), true, Words.OF_EACH_STANDARD),
    SENDER_NOT_AGREED(Codes.note("006").edifact("23"), true, Words.OF_EACH_STANDARD),
    RECEIVER_QUALIFIER_INVALID(Codes.note("007").edifact("12"), true, Words.OF_EACH_STANDARD),
    RECEIVER_MISSING(Codes.note("008").edifact("13"), true, Words.OF_EACH_STANDARD),
    INTERCHANGE_DATE_INVALID(Codes.note("014").edifact("12"), false, Words.OF_EACH_STANDARD),
    INTERCHANGE_TIME_INVALID(Codes.note("015").edifact("12"), false, Words.OF_EACH_STANDARD),
    INTERCHANGE_STANDARD_INVALID(Codes.note("016"), false),
    INTERCHANGE_VERSION_INVALID(Codes.note("017"), true),
    INTERCHANGE_VERSION_NOT_SUPPORTED(Codes.note("003"), true),
    INTERCHANGE_CONTROL_NUMBER_INVALID(Codes.note("018").edifact("12"), true, Words.OF_EACH_STANDARD),
    ACKNOWLEDGMENT_REQUEST_INVALID(Codes.note("019").edifact("12"), false, Words.OF_EACH_STANDARD),
    USAGE_INDICATOR_INVALID(Codes.note("020").edifact("12"), true, Words.OF_EACH_STANDARD),
    GROUP_COUNT_WRONG(Codes.note("021").edifact("29"), true, Words.OF_EACH_STANDARD),
    INTERCHANGE_STRUCTURE_INVALID(Codes.note("022").edifact("33"), true),
    INTERCHANGE_TRAILER_MISSING(Codes.note("023").edifact("13"), true, Words.OF_EACH_STANDARD),
    INTERCHANGE_CONTENT_INVALID(Codes.note("024").edifact("18"), true),
    SEGMENT_TOO_LONG(Codes.note("024").edifact("18"), true),
    TOO_MANY_SEGMENTS(Codes.note("024").edifact("18"), true),
    TOO_MANY_TRANSACTION_SETS(Codes.note("024").edifact("18"), true),
    INTERCHANGE_TOO_LARGE(Codes.note("024").edifact("18"), true),
    LENIENCY_NOT_AGREED(Codes.note("024").edifact("18"), true),
    ISA_LENGTHS_DIFFER(Codes.NONE, false),
    FINAL_TERMINATOR_MISSING(Codes.NONE, false, Words.OF_EACH_STANDARD),
    BLANKS_BETWEEN_SEGMENTS(Codes.NONE, false),
    EMPTY_SEGMENT(Codes.NONE, false),
    SMALL_LETTERS_IN_TAG(Codes.NONE, false),
    DELIMITERS_NOT_ANNOUNCED(Codes.NONE, false),
    SYNTAX_NOT_SUPPORTED(Codes.NONE.edifact("2"), true),
    ENVELOPE_CHARACTER_INVALID(Codes.NONE.edifact("21"), true),
    GROUPS_AND_MESSAGES_MIXED(Codes.NONE.edifact("30"), true),
    PACKAGE_NOT_SUPPORTED(Codes.NONE.edifact("14"), true),
    OBJECT_LENGTH_WRONG(Codes.NONE.edifact("12"), true),
    INTERCHANGE_EMPTY(Codes.NONE.edifact("32"), true),

    // Of the functional group: AK905, or UCF 0085.
    GROUP_NOT_SUPPORTED(Codes.group("1").edifact("14"), true),
    GROUP_VERSION_NOT_SUPPORTED(Codes.group("2"), true),
    GROUP_TRAILER_MISSING(Codes.group("3").edifact("13"), true, Words.OF_EACH_STANDARD),
    GROUP_CONTROL_NUMBERS_DIFFER(Codes.group("4").edifact("28"), true, Words.OF_EACH_STANDARD),
    TRANSACTION_SET_COUNT_WRONG(Codes.group("5").edifact("29"), true, Words.OF_EACH_STANDARD),
    GROUP_CONTROL_NUMBER_INVALID(Codes.group("6").edifact("12"), true, Words.OF_EACH_STANDARD),
    SEGMENT_OUTSIDE_TRANSACTION_SET(Codes.NONE, false),

    // Of the transaction set: AK502, or UCM 0085.
    TRANSACTION_SET_NOT_SUPPORTED(Codes.set("1").edifact("14"), true, Words.OF_EACH_STANDARD),
    TRANSACTION_SET_TRAILER_MISSING(Codes.set("2").edifact("13"), true, Words.OF_EACH_STANDARD),
    TRANSACTION_SET_CONTROL_NUMBERS_DIFFER(Codes.set("3").edifact("28"), true, Words.OF_EACH_STANDARD),
    SEGMENT_COUNT_WRONG(Codes.set("4").edifact("29"), true, Words.OF_EACH_STANDARD),
    TRANSACTION_SET_IDENTIFIER_INVALID(Codes.set("6").edifact("12"), true, Words.OF_EACH_STANDARD),
    TRANSACTION_SET_CONTROL_NUMBER_INVALID(Codes.set("7").edifact("12"), true, Words.OF_EACH_STANDARD),
    TRANSACTION_SET_IMPLEMENTATION_INVALID(Codes.set("19"), true),
    MESSAGE_RELEASE_PADDED(Codes.NONE.edifact("12"), false),
    TOO_MANY_ERRORS(Codes.NONE, true),
    GROUP_REFUSED(Codes.NONE, true, Words.OF_EACH_STANDARD),
    INTERCHANGE_REFUSED(Codes.NONE, true, Words.OF_EACH_STANDARD),
    SET_ASIDE(Codes.NONE, true, Words.OF_EACH_STANDARD),

    // Of segments: AK304, or UCS 0085.
    UNRECOGNIZED_SEGMENT(Codes.segment("1").edifact("15"), true),
    UNEXPECTED_SEGMENT(Codes.segment("2").edifact("15"), true),
    MANDATORY_SEGMENT_MISSING(Codes.segment("3").edifact("13"), true),
    LOOP_OVER_MAXIMUM(Codes.segment("4").edifact("36"), true),
    SEGMENT_OVER_MAXIMUM(Codes.segment("5").edifact("35"), true),
    SEGMENT_NOT_IN_SET(Codes.segment("6").edifact("15"), true),
    SEGMENT_OUT_OF_SEQUENCE(Codes.segment("7").edifact("15"), true),
    SEGMENT_NOT_USED(Codes.segment("2").edifact("15"), true),

    // Of elements: AK403, or UCD 0085.
    MANDATORY_ELEMENT_MISSING(Codes.element("1").edifact("13"), true),
    CONDITIONAL_ELEMENT_MISSING(Codes.element("2").edifact("48"), true),
    TOO_MANY_ELEMENTS(Codes.element("3").edifact("16"), true),
    TOO_MANY_COMPONENTS(Codes.element("3").later("13").edifact("16"), true),
    TOO_MANY_REPETITIONS(Codes.element("3").later("12").edifact("16"), true),
    ELEMENT_TOO_SHORT(Codes.element("4").edifact("40"), false),
    BINARY_TOO_SHORT(Codes.element("4").edifact("40"), true),
    ELEMENT_TOO_LONG(Codes.element("5").edifact("39"), true),
    INVALID_CHARACTER(Codes.element("6").edifact("21"), true),
    INVALID_CODE(Codes.element("7").edifact("12"), true),
    INVALID_DATE(Codes.element("8").edifact("12"), true),
    INVALID_TIME(Codes.element("9").edifact("12"), true),
    EXCLUSION_VIOLATED(Codes.element("10").edifact("48"), true),
    ELEMENT_NOT_USED(Codes.element("3").edifact("15"), true),
    LEVEL_NUMBER_INVALID(Codes.element("7").edifact("12"), true),
    LEVEL_PARENT_INVALID(Codes.element("7").edifact("12"), true);

    /** Segments of an EDIFACT envelope: what is said of them is said in EDIFACT's words. */
    private static final Pattern OF_EDIFACT = Pattern.compile("UN[BZGEHT]");

    private static final Set<ErrorCode> LENIENCIES = EnumSet.of(
            TEXT_OUTSIDE_INTERCHANGE,
            BYTE_ORDER_MARK,
            LEADING_BLANKS,
            ISA_LENGTHS_DIFFER,
            FINAL_TERMINATOR_MISSING,
            BLANKS_BETWEEN_SEGMENTS,
            EMPTY_SEGMENT,
            SMALL_LETTERS_IN_TAG,
            DELIMITERS_NOT_ANNOUNCED,
            SEGMENT_OUTSIDE_TRANSACTION_SET,
            MESSAGE_RELEASE_PADDED);

    private final Codes codes;
    private final boolean fatal;
    private final Words words;

    ErrorCode(Codes codes, boolean fatal) {
        this(codes, fatal, Words.OF_BOTH_STANDARDS);
    }

    ErrorCode(Codes codes, boolean fatal, Words words) {
        this.codes = codes;
        this.fatal = fatal;
        this.words = words;
    }

    /** The name in the API and in facts, stable from release to release: {@code mandatory-element-missing}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether what it is about (element, set, group or interchange) cannot be accepted. */
    public boolean fatal() {
        return fatal;
    }

    /** Whether it is about XML, whose elements have paths instead of positions. */
    boolean ofXml() {
        return name().startsWith("XML_");
    }

    /** Whether it is about envelopes and the set as a whole, not about a segment or an element in it. */
    boolean ofEnvelope() {
        return codes.segment().isEmpty() && codes.element().isEmpty();
    }

    /** Whether it is a way of spelling that is passed over with a warning, unless its sender is read strictly. */
    public boolean leniency() {
        return LENIENCIES.contains(this);
    }

    /** AK304 and IK304, empty when it is no fault of a segment as a whole. */
    public String segmentCode() {
        return codes.segment();
    }

    /** AK403 of X12 004010, empty when it is no fault of an element. */
    public String elementCode() {
        return codes.element();
    }

    /** AK403 of X12 005010 and IK403, which tell more kinds of surplus apart; empty when it is no fault of an element. */
    public String laterElementCode() {
        return codes.later().isEmpty() ? codes.element() : codes.later();
    }

    /** AK502 and IK502, empty when it is no fault of a transaction set's own envelope. */
    public String transactionSetCode() {
        return codes.set();
    }

    /** AK905, empty when it is no fault of a functional group. */
    public String groupCode() {
        return codes.group();
    }

    /** TA105, empty when it is no fault of an interchange, or only a leniency. */
    public String noteCode() {
        return codes.note();
    }

    /** 0085 of CONTRL, empty when it is only a leniency, or said by what else is wrong. */
    public String edifactCode() {
        return codes.edifact();
    }

    /**
     * Where its sentence stands: {@code error.mandatory-element-missing}. Sentences know {@code {place}} (segment, element
     * and its name), {@code {found}} (quoted, or the word empty), {@code {seen}} (the same in brackets, or nothing) and
     * {@code {rule}} (what the guide or the envelope asks for).
     *
     * @param edifact about a segment of an EDIFACT envelope, which a few sentences call by other names
     */
    String key(boolean edifact) {
        return "error." + wireName() + (edifact && words == Words.OF_EACH_STANDARD ? ".edifact" : "");
    }

    /** Holds no character that could do anything but be seen, whatever the payload holds. */
    String sentence(SyntaxError error) {
        String found = error.found().isEmpty() ? Phrase.EMPTY.say() : '"' + error.found() + '"';
        String key = key(OF_EDIFACT.matcher(error.segmentId()).matches());
        String sentence = Sentences.HERE.say(
                key,
                Map.of(
                        "place",
                        error.place(),
                        "rule",
                        error.expectation().rule(),
                        "seen",
                        error.found().isEmpty() ? "" : " (" + found + ")",
                        "found",
                        found));
        String overlay = error.expectation().overlay();
        return SafeText.of(overlay.isEmpty() ? sentence : Phrase.AGREED.say(sentence, overlay));
    }

    private enum Words {
        OF_BOTH_STANDARDS,
        OF_EACH_STANDARD
    }

    /** @param later AK403 from 005010 on, where it differs */
    private record Codes(
            String segment, String element, String later, String set, String group, String note, String edifact) {

        static final Codes NONE = new Codes("", "", "", "", "", "", "");

        static Codes segment(String ak304) {
            return new Codes(ak304, "", "", "", "", "", "");
        }

        static Codes element(String ak403) {
            return new Codes("", ak403, "", "", "", "", "");
        }

        static Codes set(String ak502) {
            return new Codes("", "", "", ak502, "", "", "");
        }

        static Codes group(String ak905) {
            return new Codes("", "", "", "", ak905, "", "");
        }

        static Codes note(String ta105) {
            return new Codes("", "", "", "", "", ta105, "");
        }

        Codes edifact(String code0085) {
            return new Codes(segment, element, later, set, group, note, code0085);
        }

        Codes later(String ak403) {
            return new Codes(segment, element, ak403, set, group, note, edifact);
        }
    }
}
