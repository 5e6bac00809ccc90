package io.lonja.edi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of an X12 acknowledgment, from ISA on, with delimiters that occur in no data; what would contain one is
 * left out.
 */
final class AcknowledgmentSegments {

    private final char element;
    private final char component;
    private final char terminator;
    /** 0 in versions that have none. */
    private final char repetition;

    private final String version;
    private final StringBuilder out = new StringBuilder();
    private int segments;

    AcknowledgmentSegments(Delimiters of, String version) {
        element = usable(of.element()) ? of.element() : '*';
        terminator = usable(of.terminator()) && of.terminator() != element
                ? of.terminator()
                : other("~'!", element, element);
        component = usable(of.component()) && of.component() != element && of.component() != terminator
                ? of.component()
                : other(">:^|", element, terminator);
        repetition = version.compareTo(Isa.REPETITIONS_SINCE) < 0 ? 0 : repetition(of.repetition());
        this.version = version;
    }

    private char repetition(char wanted) {
        return usable(wanted) && !separates(wanted)
                ? wanted
                : (char) "^!|%;"
                        .chars()
                        .filter(c -> !separates((char) c))
                        .findFirst()
                        .orElse('^');
    }

    private boolean separates(char c) {
        return c == element || c == component || c == terminator || c == repetition && c != 0;
    }

    /** A visible ASCII character, neither letter nor digit: what every reader can take. */
    private static boolean usable(char c) {
        return c > ' ' && c < 0x7F && !Wire.alphanumeric((byte) c) && "-.".indexOf(c) < 0;
    }

    private static char other(String candidates, char taken, char alsoTaken) {
        return (char) candidates
                .chars()
                .filter(c -> c != taken && c != alsoTaken)
                .findFirst()
                .orElse('~');
    }

    char component() {
        return component;
    }

    int segments() {
        return segments;
    }

    /** Whether it can be repeated in an answer: plain visible characters without a delimiter. */
    boolean harmless(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F && !separates((char) c));
    }

    String clean(String text, int charactersMax) {
        StringBuilder clean = new StringBuilder();
        text.chars().limit(charactersMax).forEach(c -> clean.append(harmless(Character.toString(c)) ? (char) c : ' '));
        return clean.toString().stripTrailing();
    }

    String or(String text, int charactersMax, String otherwise) {
        return !text.isBlank() && text.length() <= charactersMax && harmless(text) ? text : otherwise;
    }

    void isa(List<String> sender, List<String> receiver, String date, String time, String number, String usage) {
        String none = " ".repeat(10);
        segment(List.of(
                "ISA",
                "00",
                none,
                "00",
                none,
                sender.get(0),
                sender.get(1),
                receiver.get(0),
                receiver.get(1),
                date,
                time,
                repetition == 0 ? "U" : Character.toString(repetition),
                version,
                number,
                "0",
                usage,
                Character.toString(component)));
    }

    void segment(String... parts) {
        segment(List.of(parts));
    }

    void segment(String tag, List<String> elements) {
        List<String> parts = new ArrayList<>();
        parts.add(tag);
        parts.addAll(elements);
        segment(parts);
    }

    private void segment(List<String> parts) {
        int last = parts.size();
        while (last > 1 && parts.get(last - 1).isEmpty()) {
            last--;
        }
        out.append(String.join(Character.toString(element), parts.subList(0, last)))
                .append(terminator);
        segments++;
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
