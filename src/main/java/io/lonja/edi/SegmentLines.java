package io.lonja.edi;

import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.SegmentType;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One segment for a person: its name, its elements with theirs, and its errors with a caret under the place. */
final class SegmentLines {

    private static final int VALUE_CHARACTERS_MAX = 60;
    private static final String INDENT = "  ";

    private final Demands demands;
    private final PrintWriter out;

    SegmentLines(Demands demands, PrintWriter out) {
        this.demands = demands;
        this.out = out;
    }

    /** @param errors of this segment; what is missing before it comes first */
    void write(int depth, Segment segment, List<SyntaxError> errors) {
        List<SyntaxError> before = errors.stream().filter(SegmentLines::before).toList();
        errors(depth, before);
        SegmentType type = demands.segment(segment.id()).orElse(null);
        String position = segment.position() == 0 ? "" : segment.position() + " ";
        line(
                depth,
                position
                        + SafeText.of(shortened(segment.id()))
                        + (type == null || type.title().isEmpty() ? "" : INDENT + type.title()));
        for (int i = 1; i <= segment.elements().size(); i++) {
            element(depth + 2, segment, i, type);
        }
        for (SyntaxError error : errors) {
            if (!before(error)) {
                marked(depth + 1, segment, error);
                say(depth + 1, error);
            }
        }
    }

    private static boolean before(SyntaxError error) {
        return error.code() == ErrorCode.MANDATORY_SEGMENT_MISSING;
    }

    /** Errors that no segment can be shown for. */
    void errors(int depth, List<SyntaxError> errors) {
        errors.forEach(error -> say(depth, error));
    }

    private void element(int depth, Segment segment, int element, @Nullable SegmentType type) {
        ElementUse use = type == null || element > type.elements().length ? null : type.elements()[element - 1];
        List<List<String>> repetitions = segment.elements().get(element - 1).repetitions();
        for (int r = 0; r < repetitions.size(); r++) {
            List<String> components = repetitions.get(r);
            boolean composite = components.size() > 1 || use != null && use.components() != null;
            for (int c = 1; c <= components.size(); c++) {
                String value = components.get(c - 1);
                if (value.isBlank()) {
                    continue;
                }
                String name = name(use, composite ? c : 0);
                String reference = SafeText.of(shortened(segment.id()))
                        + (element < 10 ? "0" : "")
                        + element
                        + (composite ? "-" + c : "")
                        + (r == 0 ? "" : "#" + (r + 1));
                line(
                        depth,
                        reference
                                + INDENT
                                + (name.isEmpty() ? "" : name + ": ")
                                + SafeText.of(shortened(value.stripTrailing())));
            }
        }
    }

    private static String name(@Nullable ElementUse use, int component) {
        if (use == null) {
            return "";
        }
        ElementUse inside = Demands.use(use, component);
        return inside.title().isEmpty() ? use.title() : inside.title();
    }

    private static String shortened(String value) {
        if (value.length() <= VALUE_CHARACTERS_MAX) {
            return value;
        }
        int end = VALUE_CHARACTERS_MAX - (Character.isHighSurrogate(value.charAt(VALUE_CHARACTERS_MAX - 1)) ? 1 : 0);
        return Phrase.SHORTENED.say(value.substring(0, end), value.codePointCount(end, value.length()));
    }

    private void marked(int depth, Segment segment, SyntaxError error) {
        MarkedText shown = MarkedText.of(segment, error);
        line(depth, "| " + shown.text());
        line(depth, "| " + " ".repeat(shown.column()) + "^".repeat(shown.columns()));
    }

    private void say(int depth, SyntaxError error) {
        line(depth, "! " + error.sentence());
        Optional<String> demand = demands.about(error);
        line(
                depth,
                INDENT
                        + demand.map(said -> said + " ").orElse("")
                        + Phrase.CODE.say(error.code().wireName(), error.bytes().from()));
    }

    private void line(int depth, String words) {
        out.print(INDENT.repeat(depth) + words + "\n");
    }
}
