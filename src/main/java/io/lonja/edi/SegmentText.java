package io.lonja.edi;

import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Segments as they are spelled one after the other; every text is tried before it is taken. */
final class SegmentText {

    private final OutboundSyntax syntax;
    private final Delimiters delimiters;
    private final CharsetEncoder encoder;
    private final StringBuilder out = new StringBuilder();
    private String transactionSet = "";
    private int position;

    SegmentText(OutboundSyntax syntax, Delimiters delimiters) {
        this.syntax = syntax;
        this.delimiters = delimiters;
        this.encoder = syntax.charset().newEncoder();
    }

    Delimiters delimiters() {
        return delimiters;
    }

    String text() {
        return out.toString();
    }

    /** Segments are counted from here. */
    void begin(String controlNumber) {
        transactionSet = controlNumber;
        position = 0;
    }

    void end() {
        transactionSet = "";
        position = 0;
    }

    /** Of the last segment, counted from 1 at ST or UNH. */
    int position() {
        return position;
    }

    void serviceStringAdvice() {
        out.append("UNA")
                .append(delimiters.component())
                .append(delimiters.element())
                .append(delimiters.decimalMark() == 0 ? '.' : delimiters.decimalMark())
                .append(delimiters.release())
                .append(delimiters.repetition() == 0 ? ' ' : delimiters.repetition())
                .append(delimiters.terminator());
    }

    /** As it stands: nothing in it is judged, nothing at its end left out. */
    void raw(String... parts) {
        out.append(String.join(Character.toString(delimiters.element()), parts)).append(delimiters.terminator());
    }

    void segment(String tag, String... elements) {
        segment(OutboundSegment.of(tag, elements));
    }

    @SafeVarargs
    final void segment(String tag, List<String>... composites) {
        segment(new OutboundSegment(
                tag,
                Arrays.stream(composites)
                        .map(components -> new Segment.Element(List.of(components)))
                        .toList()));
    }

    void segment(OutboundSegment segment) {
        position += transactionSet.isEmpty() ? 0 : 1;
        List<String> elements = new ArrayList<>();
        for (int e = 0; e < segment.elements().size(); e++) {
            elements.add(element(segment, e));
        }
        out.append(segment.tag());
        int last = used(elements);
        for (String element : elements.subList(0, last)) {
            out.append(delimiters.element()).append(element);
        }
        out.append(delimiters.terminator());
    }

    private String element(OutboundSegment segment, int index) {
        List<String> repetitions = new ArrayList<>();
        for (List<String> components : segment.elements().get(index).repetitions()) {
            List<String> texts = new ArrayList<>();
            for (String component : components) {
                texts.add(spelled(component, segment, index));
            }
            List<String> used = texts.subList(0, used(texts));
            if (used.size() > 1 && delimiters.component() == 0) {
                throw unwritable(segment, index, "has components, but no component separator is set");
            }
            repetitions.add(String.join(Character.toString(delimiters.component()), used));
        }
        List<String> used = repetitions.subList(0, used(repetitions));
        if (used.size() > 1 && delimiters.repetition() == 0) {
            throw unwritable(
                    segment, index, "repeats, which version " + syntax.version() + " of the syntax does not know");
        }
        return String.join(Character.toString(delimiters.repetition()), used);
    }

    private static int used(List<String> texts) {
        int last = texts.size();
        while (last > 0 && texts.get(last - 1).isEmpty()) {
            last--;
        }
        return last;
    }

    private String spelled(String text, OutboundSegment segment, int index) {
        StringBuilder spelled = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair ? !encoder.canEncode(text.substring(i, i + 2)) : !carries(c)) {
                throw unwritable(
                        segment,
                        index,
                        "has the character %s at place %d of its text, which %s does not carry; write it otherwise"
                                .formatted(shown(text.codePointAt(i)), i + 1, syntaxName()));
            }
            boolean separates = separates(c);
            if (separates && delimiters.release() == 0) {
                throw unwritable(segment, index, "has the delimiter %c in its text".formatted(c));
            }
            if (separates && spelled == null) {
                spelled = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (spelled != null) {
                (separates ? spelled.append(delimiters.release()) : spelled).append(c);
                if (pair) {
                    spelled.append(text.charAt(i + 1));
                }
            }
            i += pair ? 1 : 0;
        }
        return spelled == null ? text : spelled.toString();
    }

    private boolean separates(char c) {
        return c == delimiters.element()
                || c == delimiters.component()
                || c == delimiters.terminator()
                || c == delimiters.repetition()
                || c == delimiters.release();
    }

    private boolean carries(char c) {
        boolean control = c < ' ' || c >= 0x7F && c < 0xA0;
        return !control
                && encoder.canEncode(c)
                && SyntaxIdentifier.of(syntax.identifier())
                        .filter(level -> !level.allows(c))
                        .isEmpty();
    }

    private String syntaxName() {
        return syntax.identifier().isEmpty()
                ? "X12 in " + syntax.charset()
                : syntax.identifier() + " (" + syntax.charset() + ")";
    }

    private static String shown(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE
                ? "U+%04X".formatted(codePoint)
                : "%s (U+%04X)".formatted(Character.toString(codePoint), codePoint);
    }

    private UnwritableException unwritable(OutboundSegment segment, int index, String what) {
        String place = "%s%02d".formatted(segment.tag(), index + 1);
        String where = transactionSet.isEmpty()
                ? " of the envelope"
                : " in segment %d of transaction set %s".formatted(position, transactionSet);
        return new UnwritableException(
                transactionSet, position, segment.tag(), index + 1, "%s%s %s.".formatted(place, where, what));
    }
}
