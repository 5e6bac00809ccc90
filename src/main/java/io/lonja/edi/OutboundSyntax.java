package io.lonja.edi;

import java.nio.charset.Charset;

/**
 * How an interchange is to be spelled.
 *
 * @param identifier UNB 0001, {@code UNOC}, which says the character set; empty in X12
 * @param version ISA12, {@code 00401}, or UNB 0002, {@code 3}
 * @param charset of the text
 * @param delimiters in X12 those that are taken unless the data contains one of them; in EDIFACT those that are taken,
 *     with what looks like one released
 * @param serviceStringAdvice whether UNA comes first; X12 has none
 */
public record OutboundSyntax(
        Standard standard,
        String identifier,
        String version,
        Charset charset,
        Delimiters delimiters,
        boolean serviceStringAdvice) {

    /** @throws IllegalArgumentException when an EDIFACT syntax says nothing about repetition or release that could be written */
    public OutboundSyntax {
        if (standard == Standard.EDIFACT && delimiters.release() == 0) {
            throw new IllegalArgumentException("EDIFACT is written with a release character, such as ?");
        }
    }

    /**
     * X12 with {@code * > ~} where the data allows it.
     *
     * @param version ISA12: {@code 00401}; from {@code 00402} on elements can repeat, by {@code ^}
     */
    public static OutboundSyntax x12(String version, Charset charset) {
        char repetition = version.compareTo(Isa.REPETITIONS_SINCE) >= 0 ? '^' : 0;
        return new OutboundSyntax(Standard.X12, "", version, charset, new Delimiters('*', '>', repetition, '~'), false);
    }

    /**
     * EDIFACT with the service characters everybody knows, and UNA to say so.
     *
     * @param identifier UNB 0001: {@code UNOA} to {@code UNOK}, {@code UNOW}, {@code UNOY}
     * @param version UNB 0002: 1 to 4
     * @throws IllegalArgumentException when there is no such character set or version
     */
    public static OutboundSyntax edifact(String identifier, int version) {
        if (version < 1 || version > 4) {
            throw new IllegalArgumentException("EDIFACT has syntax versions 1 to 4, not " + version);
        }
        SyntaxIdentifier level = SyntaxIdentifier.of(identifier)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is no syntax identifier of EDIFACT; use UNOA to UNOK, UNOW or UNOY".formatted(identifier)));
        Delimiters usual = Delimiters.edifact(version);
        return new OutboundSyntax(
                Standard.EDIFACT,
                identifier,
                Integer.toString(version),
                level.charset(),
                new Delimiters(
                        usual.element(),
                        usual.component(),
                        usual.repetition(),
                        usual.terminator(),
                        usual.release(),
                        '.'),
                true);
    }

    /** The same with other delimiters. */
    public OutboundSyntax with(Delimiters others) {
        return new OutboundSyntax(standard, identifier, version, charset, others, serviceStringAdvice);
    }

    /** The same without UNA, which only those need whose delimiters are not the usual ones. */
    public OutboundSyntax withoutServiceStringAdvice() {
        return new OutboundSyntax(standard, identifier, version, charset, delimiters, false);
    }
}
