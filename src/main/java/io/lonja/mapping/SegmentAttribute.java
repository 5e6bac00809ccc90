package io.lonja.mapping;

import io.lonja.edi.Segment;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a segment's element, by its name: {@code e3}, {@code e3_2}, {@code e3r2_2}, {@code elements}, {@code
 * composites}, {@code at}, {@code name}, {@code in}.
 *
 * @param text null where the segment has no such attribute
 */
record SegmentAttribute(String name, Function<Segment, @Nullable String> text) {

    static final String AT = "at";
    static final String ELEMENTS = "elements";
    static final String COMPOSITES = "composites";
    /** Of an element of XML, or a loop that is one: its name, and that of the one around it. */
    static final String NAME = "name";

    static final String IN = "in";

    static final char SEPARATOR = '\u001F';
    static final char COMPONENT_SEPARATOR = '\u001E';

    /** What is first has no number: there is no {@code e3r1} and no {@code e3_1}. */
    private static final Pattern ELEMENT =
            Pattern.compile("e([1-9][0-9]{0,2})(?:r([2-9]|[1-9][0-9]{1,3}))?(?:_([2-9]|[1-9][0-9]{1,2}))?");

    static SegmentAttribute named(String name) {
        return new SegmentAttribute(
                name,
                switch (name) {
                    case AT -> segment -> TransactionSetReader.at(segment, segment.bytes());
                    case ELEMENTS -> SegmentAttribute::elements;
                    case COMPOSITES -> SegmentAttribute::composites;
                    case NAME -> segment -> step(segment, 0);
                    case IN -> segment -> step(segment, 1);
                    default -> component(ELEMENT.matcher(name));
                });
    }

    private static Function<Segment, @Nullable String> component(Matcher name) {
        if (!name.matches()) {
            return segment -> null;
        }
        int element = index(name.group(1));
        int repetition = index(name.group(2));
        int component = index(name.group(3));
        return segment -> segment.text(element, repetition, component);
    }

    /** A name in the path of an element of XML, counted from its end; null where there is none, or it is none of XML. */
    private static @Nullable String step(Segment segment, int outwards) {
        String[] path = segment.id().split("/", -1);
        int at = path.length - 1 - outwards;
        int index = at < 0 || path.length == 1 ? -1 : path[at].indexOf('[');
        return at < 0 || path.length == 1 ? null : index < 0 ? path[at] : path[at].substring(0, index);
    }

    private static int index(@Nullable String number) {
        return number == null ? 1 : Integer.parseInt(number);
    }

    /** All first components. */
    static String elements(Segment segment) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < segment.elements().size(); i++) {
            String text = segment.text(i + 1, 1, 1);
            (i == 0 ? all : all.append(SEPARATOR)).append(text == null ? "" : text);
        }
        return all.toString();
    }

    /** All components of the first repetitions; null where no element has more than one. */
    static @Nullable String composites(Segment segment) {
        StringBuilder all = new StringBuilder();
        boolean composite = false;
        for (int i = 0; i < segment.elements().size(); i++) {
            List<List<String>> repetitions = segment.elements().get(i).repetitions();
            List<String> components = repetitions.isEmpty() ? List.of() : repetitions.get(0);
            composite |= components.size() > 1;
            (i == 0 ? all : all.append(SEPARATOR)).append(String.join(String.valueOf(COMPONENT_SEPARATOR), components));
        }
        return composite ? all.toString() : null;
    }
}
