package io.lonja.edi;

/**
 * The characters that separate, as ISA declares them, {@code * > ~}, or UNA, {@code UNA:+.? '}.
 *
 * @param component 0 where an ISA leaves it out, elements have no components then
 * @param repetition ISA11 from version 00402 on, the fifth of UNA in syntax version 4; 0 where elements cannot repeat
 * @param release before a character that is data although it could separate; 0 in X12, which has none
 * @param decimalMark in numbers; 0 where both point and comma are read as one: EDIFACT without UNA
 */
public record Delimiters(
        char element, char component, char repetition, char terminator, char release, char decimalMark) {

    private static final char FROM_SYNTAX_4 = '*';

    /** Without a release character, and with a point in numbers: X12. */
    public Delimiters(char element, char component, char repetition, char terminator) {
        this(element, component, repetition, terminator, (char) 0, '.');
    }

    /**
     * Those of EDIFACT where no UNA says others (ISO 9735, annex on service characters).
     *
     * @param syntaxVersion UNB 0002: from 4 on elements can repeat
     */
    public static Delimiters edifact(int syntaxVersion) {
        return new Delimiters('+', ':', syntaxVersion >= 4 ? FROM_SYNTAX_4 : 0, '\'', '?', (char) 0);
    }
}
