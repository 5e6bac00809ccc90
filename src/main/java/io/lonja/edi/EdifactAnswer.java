package io.lonja.edi;

import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How an EDIFACT interchange is answered: back to the sender, in its syntax version and character set as far as these are
 * known. What is told again of what was received stands in that set as it stood, and a blank for what this does not carry.
 */
record EdifactAnswer(Interchange of, CharsetEncoder encoder) {

    /** Addressee of an answer to an envelope without a sender; the channel knows whom it goes to. */
    private static final String NAMELESS = "UNKNOWN";

    private static final String NO_REFERENCE = "0";
    private static final long CONTROL_NUMBERS = 1_000_000_000L;
    private static final int SYNTAX_3 = 3;
    private static final int SYNTAX_4 = 4;

    static EdifactAnswer to(Interchange of) {
        return new EdifactAnswer(of, level(of).charset().newEncoder());
    }

    /**
     * One interchange with one message.
     *
     * @param version UNH S009 after the message type, by syntax version: {@code D:3:UN}
     */
    byte[] written(
            String type, IntFunction<String> version, List<OutboundSegment> segments, long controlNumber, Instant at) {
        if (controlNumber < 1 || controlNumber >= CONTROL_NUMBERS) {
            throw new IllegalArgumentException("Not an interchange control number: " + controlNumber);
        }
        int syntax = of.envelope().version().endsWith(":" + SYNTAX_4) ? SYNTAX_4 : SYNTAX_3;
        OutboundInterchange.TransactionSet set =
                new OutboundInterchange.TransactionSet(type, ControlNumbers.onlySet(Standard.EDIFACT), segments);
        return InterchangeWriter.write(new OutboundInterchange(
                OutboundSyntax.edifact(level(of, segments), syntax),
                party(of.envelope().receiver()),
                party(of.envelope().sender()),
                Long.toString(controlNumber),
                at,
                of.envelope().test(),
                false,
                List.of(OutboundInterchange.Group.without(version.apply(syntax), List.of(set)))));
    }

    /** The sender's own character set; one that holds all of ours where nobody knows it. */
    private static SyntaxIdentifier level(Interchange of) {
        return SyntaxIdentifier.of(of.envelope().version().replaceFirst(":.*", ""))
                .orElse(SyntaxIdentifier.UNOC);
    }

    /** The same, or the next one where level A does not hold what is repeated. */
    private static String level(Interchange of, List<OutboundSegment> segments) {
        SyntaxIdentifier level = level(of);
        boolean plain = segments.stream()
                .flatMap(segment -> segment.elements().stream())
                .flatMap(element -> element.repetitions().stream())
                .flatMap(List::stream)
                .flatMapToInt(String::chars)
                .allMatch(SyntaxIdentifier.UNOA::allows);
        return (level == SyntaxIdentifier.UNOA && !plain ? SyntaxIdentifier.UNOB : level).name();
    }

    WireParty party(WireParty party) {
        String id = clean(party.value(), 35);
        return new WireParty(clean(party.qualifier(), 4), id.isEmpty() ? NAMELESS : id);
    }

    String or(String text, int charactersMax) {
        String clean = clean(text, charactersMax);
        return clean.isEmpty() ? NO_REFERENCE : clean;
    }

    String clean(String text, int charactersMax) {
        StringBuilder clean = new StringBuilder();
        text.chars().limit(charactersMax).forEach(c -> clean.append(carries((char) c) ? (char) c : ' '));
        return clean.toString().strip();
    }

    /** A sentence for a person: a letter that the set does not carry without its accent, if it carries that. */
    String sentence(String text) {
        StringBuilder spoken = new StringBuilder();
        text.codePoints().forEach(point -> {
            String letter = Character.toString(point);
            String plain = carries(letter)
                    ? letter
                    : Normalizer.normalize(letter, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
            spoken.append(carries(plain) ? plain : " ");
        });
        return spoken.toString().replaceAll(" {2,}", " ").strip();
    }

    private boolean carries(String letter) {
        return letter.length() == 1
                ? carries(letter.charAt(0))
                : letter.codePoints().noneMatch(Character::isISOControl) && encoder.canEncode(letter);
    }

    private boolean carries(char c) {
        return c >= ' ' && c < 0x7F || c >= 0xA0 && encoder.canEncode(c);
    }
}
