package io.lonja.edi;

import java.util.Map;
import java.util.stream.Collectors;

/** The codes by which acknowledgments give reasons, in words: X12 004010 and 005010 and the EDIFACT code list 0085. */
enum CodeList {
    /** Elements 720 and 620, AK304 to AK308 and IK304. */
    SEGMENT("""
            1 unrecognised segment
            2 unexpected segment
            3 mandatory segment missing
            4 loop occurs too often
            5 segment occurs too often
            6 segment not in this transaction set
            7 segment out of sequence
            8 segment has element errors
            I4 segment that the implementation does not use
            I6 segment missing that the implementation asks for here
            I7 loop occurs less often than the implementation asks for
            I8 segment occurs less often than the implementation asks for
            I9 segment that the implementation does not use here"""),
    /** Elements 723 and 621, AK403 and IK403. */
    ELEMENT("""
            1 mandatory element missing
            2 conditionally required element missing
            3 too many elements
            4 element too short
            5 element too long
            6 invalid character
            7 invalid code value
            8 invalid date
            9 invalid time
            10 exclusion condition violated
            12 too many repetitions
            13 too many components
            I6 code value that the implementation does not use
            I9 element missing that the implementation asks for here
            I10 element that the implementation does not use
            I11 fewer repetitions than the implementation asks for
            I12 pattern of the implementation not matched
            I13 element that the implementation does not use here"""),
    /** Elements 718 and 618, AK502 to AK506 and IK502 to IK506. */
    TRANSACTION_SET("""
            1 transaction set not supported
            2 trailer missing
            3 control numbers of header and trailer differ
            4 segment count wrong
            5 segments in error
            6 transaction set identifier missing or invalid
            7 transaction set control number missing or invalid
            18 transaction set does not belong into this functional group
            19 implementation reference invalid
            23 transaction set control number not unique
            I5 segments in error against the implementation
            I6 implementation not supported"""),
    /** Element 716, AK905 to AK909. */
    GROUP("""
            1 functional group not supported
            2 version of the group not supported
            3 trailer missing
            4 control numbers of header and trailer differ
            5 count of transaction sets wrong
            6 group control number invalid
            19 group control number not unique"""),
    /** Element I18, TA105. */
    INTERCHANGE("""
            001 control numbers of header and trailer differ
            002 standard not supported
            003 version not supported
            004 segment terminator invalid
            005 sender's qualifier invalid
            006 sender's id invalid
            007 receiver's qualifier invalid
            008 receiver's id invalid
            009 receiver unknown
            010 authorization qualifier invalid
            011 authorization information invalid
            012 security qualifier invalid
            013 security information invalid
            014 date invalid
            015 time invalid
            016 standards identifier invalid
            017 version identifier invalid
            018 control number invalid
            019 acknowledgment request invalid
            020 test indicator invalid
            021 count of groups wrong
            022 control structure invalid
            023 ended too early
            024 content invalid
            025 duplicate control number
            026 element separator invalid
            027 component separator invalid"""),
    /** Data element 0085, in all segments of a CONTRL. */
    SYNTAX_ERROR("""
            2 syntax version or level not supported
            7 addressed to somebody else
            12 invalid value
            13 missing
            14 value not supported here
            15 not supported here
            16 too many constituents
            17 no agreement
            18 unspecified error
            19 decimal notation invalid
            20 character invalid as a service character
            21 invalid character
            22 service character invalid
            23 sender unknown
            24 too old
            25 test indicator not supported
            26 duplicate
            27 security function not supported
            28 references differ
            29 count wrong
            30 groups and messages mixed
            31 more than one message type in the group
            32 lower level empty
            33 outside a message or group
            35 too many repetitions
            36 too many repetitions of a segment group
            37 invalid type of characters
            38 no digit before the decimal mark
            39 element too long
            40 element too short
            48 what goes together is incomplete""");

    private final Map<String, String> meanings;

    CodeList(String lines) {
        meanings = lines.lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> line[1]));
    }

    /** {@code 7 (invalid code value)}; a code that is not known stands alone. */
    String told(String code) {
        String meaning = meanings.get(code);
        return meaning == null ? code : "%s (%s)".formatted(code, meaning);
    }
}
