package io.lonja.edi.checker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What separates in an interchange; a character for each byte.
 *
 * @param component 0 where elements have none
 * @param repetition 0 where elements cannot repeat
 * @param release 0 where there is none
 */
public record Separators(char element, char component, char repetition, char terminator, char release) {

    private static final int ISA_CHARACTERS = 106;
    private static final String REPETITIONS_SINCE = "00402";

    /**
     * As the first bytes of a regular interchange say: ISA with its 106 characters, UNA, or a UNB with the usual ones.
     *
     * @throws IllegalArgumentException when it begins with none of them
     */
    public static Separators announced(byte[] interchange) {
        String wire = new String(interchange, ISO_8859_1);
        if (wire.startsWith("ISA") && wire.length() >= ISA_CHARACTERS) {
            boolean repeats = wire.substring(84, 89).compareTo(REPETITIONS_SINCE) >= 0
                    && !Character.isLetterOrDigit(wire.charAt(82))
                    && wire.charAt(82) != ' ';
            return new Separators(
                    wire.charAt(3), wire.charAt(104), repeats ? wire.charAt(82) : 0, wire.charAt(105), (char) 0);
        }
        if (wire.startsWith("UNA") && wire.length() > 9) {
            String unb = wire.substring(9).stripLeading();
            char component = wire.charAt(3);
            char repetition = syntax(unb, component) >= '4' && wire.charAt(7) != ' ' ? wire.charAt(7) : 0;
            char release = wire.charAt(6) == ' ' ? 0 : wire.charAt(6);
            return new Separators(wire.charAt(4), component, repetition, wire.charAt(8), release);
        }
        if (wire.startsWith("UNB+")) {
            return new Separators('+', ':', syntax(wire, ':') >= '4' ? '*' : 0, '\'', '?');
        }
        throw new IllegalArgumentException("Begins neither with a regular ISA nor with UNA nor with UNB+");
    }

    /** The digit in {@code UNB+UNOC:3}; 0 where there is none. */
    private static char syntax(String unb, char component) {
        return unb.length() > 9 && unb.charAt(8) == component ? unb.charAt(9) : 0;
    }
}
