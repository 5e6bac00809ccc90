package io.lonja.edi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment to be written, as texts without any delimiter: {@code PO1*1*10*CA*12.50} is tag {@code PO1} and four elements.
 * What is empty at the end of a segment, an element or a repetition is not written.
 *
 * @param tag two or three capital letters and digits
 * @param elements in order; an element that is not sent is empty
 */
public record OutboundSegment(String tag, List<Segment.Element> elements) {

    /** No guide has more elements, components or repetitions. */
    private static final int POSITION_MAX = Limits.ELEMENTS_MAX;

    private static final Pattern TAG = Pattern.compile("[A-Z][A-Z0-9]{1,2}");
    private static final Pattern NAME =
            Pattern.compile("e([1-9][0-9]{0,2})(?:r([1-9][0-9]{0,2}))?(?:_([1-9][0-9]{0,2}))?");

    /** @throws IllegalArgumentException when the tag is none */
    public OutboundSegment {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(
                    "%s is no segment tag; it has two or three capital letters and digits".formatted(tag));
        }
        elements = List.copyOf(elements);
    }

    /** Elements without components or repetitions: {@code of("BEG", "00", "SA", "PO-1", "", "20261121")}. */
    public static OutboundSegment of(String tag, String... elements) {
        return new OutboundSegment(
                tag,
                Arrays.stream(elements)
                        .map(element -> new Segment.Element(List.of(List.of(element))))
                        .toList());
    }

    /**
     * The mirror of what a mapping sees of a segment that came in: {@code e3} is an element or its first component,
     * {@code e3_2} its second component, {@code e3r2} and {@code e3r2_2} belong to its second repetition. What is not
     * named is empty; the order of the names means nothing.
     *
     * @throws IllegalArgumentException when the tag is none, or a name is not of this form
     */
    public static OutboundSegment named(String tag, Map<String, String> texts) {
        List<List<List<String>>> elements = new ArrayList<>();
        texts.forEach((name, text) -> {
            Matcher place = NAME.matcher(name);
            if (!place.matches()) {
                throw new IllegalArgumentException(
                        "%s of %s names no element; write e3 for the third element, e3_2 for its second component, e3r2 for its second repetition"
                                .formatted(name, tag));
            }
            List<List<String>> repetitions = at(elements, position(place.group(1), name, tag), ArrayList::new);
            List<String> components = at(repetitions, position(place.group(2), name, tag), ArrayList::new);
            int component = position(place.group(3), name, tag);
            at(components, component, () -> "");
            components.set(component - 1, text);
        });
        return new OutboundSegment(
                tag,
                elements.stream()
                        .map(repetitions -> new Segment.Element(
                                repetitions.stream().map(List::copyOf).toList()))
                        .toList());
    }

    private static int position(String digits, String name, String tag) {
        int position = digits == null ? 1 : Integer.parseInt(digits);
        if (position > POSITION_MAX) {
            throw new IllegalArgumentException(
                    "%s of %s is beyond position %d, the last there is".formatted(name, tag, POSITION_MAX));
        }
        return position;
    }

    private static <T> T at(List<T> list, int position, java.util.function.Supplier<T> absent) {
        while (list.size() < position) {
            list.add(absent.get());
        }
        return list.get(position - 1);
    }
}
