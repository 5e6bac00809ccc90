package io.lonja.edi;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parts of sentences, each with the names of what it says something about, in the order {@link #say} takes them. */
enum Phrase {
    // What errors and the tree of an interchange are made of.
    EMPTY,
    THE_SEGMENT,
    IN_SEGMENT("place", "segment"),
    BEFORE_SEGMENT("place", "segment"),
    AT_BYTE("place", "byte"),

    // How much, and how many.
    ONE,
    ONE_TIME,
    TIMES("count"),
    ONE_DIGIT,
    DIGITS("count"),
    ONE_CHARACTER,
    BYTES_DECLARED("count"),
    CHARACTERS("count"),
    BYTES("count"),
    ELEMENTS("count"),
    SEGMENTS("count"),
    MESSAGES("count"),
    GROUPS("count"),
    FUNCTIONAL_GROUPS("count"),
    TRANSACTION_SETS("count"),
    INTERCHANGES("count"),

    // What an envelope asks for.
    ISA_SEPARATORS("found", "bytes"),
    ISA_LENGTH("element", "characters", "length"),
    DELIMITER_UNFIT,
    DELIMITERS_UNFIT,
    UNA_CUT_SHORT,
    UNA_WITHOUT_UNB,
    CUT_SHORT,
    BETWEEN_ISA_AND_IEA,
    BETWEEN_UNB_AND_UNZ,
    CLOSES_NO_GROUP("trailer", "header"),
    SET_WITHOUT_GROUP("header"),
    SYNTAX_IDENTIFIERS,
    SYNTAX_VERSIONS,
    GS01_FORM,
    UNG_FORM,
    ST01_FORM,
    ST02_FORM,
    MESSAGE_TYPE_FORM,
    REFERENCE_FORM("max"),
    SET_NUMBER_TAKEN,
    MESSAGE_REFERENCE_TAKEN,
    GROUP_HOLDS_OTHERS("group", "other"),
    GROUP_HOLDS_OTHER_MESSAGES("group"),
    NAME_NOT_IN_PROFILE("partner"),
    GS08_FORM,
    NO_GUIDE_FOR_EDIFACT,
    NO_GUIDE_OF_VERSION("version"),
    NO_GUIDE_NAMED("guide"),
    HAVE_IT_INSTALLED("missing"),
    INSTALL_BESIDE("missing", "those"),
    SEND_OR_INSTALL("missing", "those"),
    SET_IN_VERSION("set", "version"),
    SEND_ONE_OF("those"),

    // What an element asks for.
    CONTROL_CHARACTERS,
    FOREIGN_LETTERS,
    BYTE_NOT_UTF_8("byte", "offset", "name"),
    BYTE_NOT_IN_SET("byte", "offset", "name"),
    WHOLE_NUMBER_FORM,
    NUMBER_FORM("mark"),
    POINT,
    COMMA,
    POINT_OR_COMMA,
    SHORT_DATE,
    LONG_DATE,
    ANY_DATE,
    PAIRED("elements"),
    ONE_NEEDED("elements"),
    ONLY_ONE("elements"),
    FIRST_ASKS_FOR_ALL("elements"),
    FIRST_ASKS_FOR_ONE("elements"),
    AND_OTHER_CODES("codes"),
    AGREED("sentence", "guide"),
    QUALIFIED("name", "element", "codes"),
    LEVEL_NUMBER_TAKEN("tag"),
    LEVEL_NUMBER_COUNTED("number"),
    LEVEL_PARENT_NEEDED("loop", "number"),
    LEVEL_PARENT_NOT_OPEN("loop", "number"),
    LEVEL_PARENT_UNKNOWN("loop", "number"),
    LEVEL_WITHOUT_PARENT,

    // What XML asks for.
    XML_NO_GUIDE,
    XML_CHARACTER_SETS,
    XML_BYTES_OF_NO_CHARACTER("offset", "name"),
    XML_AT_LINE("line", "column", "reason"),
    XML_LEVELS("count"),
    XML_ELEMENTS("count"),
    XML_LENGTH("count"),
    XML_DATE,
    XML_DECIMAL,
    XML_BOOLEAN,

    // What became of a payload, an interchange, a transaction set.
    OUTCOME("file", "outcome"),
    ACCEPTED,
    ACCEPTED_WITH_FINDINGS,
    ACCEPTED_WITH_ERRORS,
    PARTLY_REFUSED,
    REFUSED,
    READ,
    NOT_READ,

    // The tree of an interchange.
    INTERCHANGE("number", "sender", "receiver", "version", "outcome"),
    TEST_INTERCHANGE("number", "sender", "receiver", "version", "outcome"),
    GROUP("identifier", "number", "version"),
    GROUP_IS_REFUSED("identifier", "number", "version"),
    MESSAGES_WITHOUT_GROUP,
    TRANSACTION_SET("type", "number"),
    MESSAGE("type", "number"),
    XML_DOCUMENT("type", "number"),
    BY_GUIDE("set", "guide", "outcome"),
    BY_NO_GUIDE("set", "outcome"),
    GUIDES_THERE_ARE("guides"),
    NO_GUIDES,
    FINDING("code", "byte", "sentence"),
    TA1_NOTE("number", "code", "note"),
    LOOP("name"),
    SHORTENED("start", "count"),
    MORE_SEGMENTS,
    CODE("code", "byte"),
    GUIDE_SAYS("what"),
    STANDARD_SAYS("what"),
    MANDATORY("what"),
    OPTIONAL("what"),
    COMPONENTS("count"),
    ONE_OF("what", "codes"),
    REPEATS("what", "times"),
    PLACES("segment", "places"),
    PLACE_ONCE("where"),
    PLACE_MANDATORY("where", "times"),
    PLACE_OPTIONAL("where", "times"),
    PLACE_IN_SET,
    PLACE_AT_HEAD("loop", "where"),
    PLACE_IN_LOOP("loop");

    private final List<String> names;

    Phrase(String... names) {
        this.names = List.of(names);
    }

    /** {@code one time}, {@code 5 times}. */
    static String times(int count) {
        return count == 1 ? ONE_TIME.say() : TIMES.say(count);
    }

    /** Where it stands in {@code sentences.properties}: {@code phrase.one-time}. */
    String key() {
        return "phrase." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The placeholders it has. */
    List<String> names() {
        return names;
    }

    /** The phrase about these values, one for each of its names. */
    String say(Object... values) {
        if (values.length != names.size()) {
            throw new IllegalArgumentException("%s is about %s".formatted(this, names));
        }
        Map<String, String> said = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            said.put(names.get(i), values[i].toString());
        }
        return Sentences.HERE.say(key(), said);
    }
}
