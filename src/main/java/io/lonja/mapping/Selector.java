package io.lonja.mapping;

import io.lonja.edi.Guide;
import io.lonja.edi.GuidePlace;
import io.lonja.edi.XmlGuide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Smooks file selects: the end of a path of elements, perhaps with codes, perhaps with an attribute:
 * {@code loop-SG7/CUX[@e1 = '2']/@e1_2}.
 */
final class Selector {

    private static final String ANY = "*";
    private static final Pattern STEP =
            Pattern.compile("([A-Za-z*][A-Za-z0-9-]*)\\s*(?:\\[\\s*@(\\w+)\\s*=\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*])?");
    private static final Pattern ELEMENT = Pattern.compile("e(\\d{1,3})(?:r(\\d{1,4}))?(?:_(\\d{1,3}))?");
    private static final Set<String> OF_SEGMENTS = Set.of("at", "elements", "composites");
    private static final Set<String> OF_XML = Set.of("at", "name", "in");
    private static final Set<String> OF_XML_TEXT = Set.of("at", "name", "in", "e1", "e1_2", "elements", "composites");

    /** One element of the path; code is what its attribute has to be, where the selector says so. */
    record Step(
            String name,
            @Nullable String attribute,
            @Nullable String code) {

        boolean fits(String element) {
            return name.equals(ANY) || name.equals(element);
        }
    }

    private final String text;
    private final List<Step> steps;
    private final @Nullable String attribute;

    private Selector(String text, List<Step> steps, @Nullable String attribute) {
        this.text = text;
        this.steps = steps;
        this.attribute = attribute;
    }

    /** Empty where it is written in a way that only Smooks can judge. */
    static Optional<Selector> parse(String text) {
        List<Step> steps = new ArrayList<>();
        String attribute = null;
        String[] parts = text.strip().split("/(?=[^\\]]*(?:\\[|$))");
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].strip();
            Matcher step = STEP.matcher(part);
            if (i > 0 && i == parts.length - 1 && part.startsWith("@")) {
                attribute = part.substring(1);
            } else if (step.matches()) {
                steps.add(
                        new Step(step.group(1), step.group(2), step.group(3) == null ? step.group(4) : step.group(3)));
            } else {
                return Optional.empty();
            }
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(new Selector(text.strip(), steps, attribute));
    }

    /** Of its elements, the last one is selected. */
    List<Step> steps() {
        return steps;
    }

    /** Without its {@code @}; null where a whole element is selected. */
    @Nullable
    String attribute() {
        return attribute;
    }

    Step last() {
        return steps.get(steps.size() - 1);
    }

    /** Whether the end of the path of an element, and its attributes, say if it is selected: no code further up, no last {@code *}. */
    boolean isDecidedByPlace() {
        return !last().name().equals(ANY)
                && steps.subList(0, steps.size() - 1).stream().allMatch(step -> step.code() == null);
    }

    /** Why nothing that this guide accepts will ever be selected, as a sentence; empty where something can be. */
    Optional<String> fault(Guide guide) {
        List<GuidePlace> there =
                guide.places().stream().filter(place -> ends(path(place))).toList();
        if (!there.isEmpty()) {
            return ofSegments(there, guide);
        }
        if (isLoop(guide)) {
            return attribute == null || attribute.equals("at")
                    ? Optional.empty()
                    : Optional.of(
                            "The selector '%s' asks a loop for @%s; a loop has only @at.".formatted(text, attribute));
        }
        return Optional.of("The selector '%s' matches no place of the guide %s: %s."
                .formatted(text, guide.id().value(), instead(guide)));
    }

    /** The same for a guide for XML. */
    Optional<String> fault(XmlGuide guide) {
        List<XmlGuide.Place> there =
                guide.places().stream().filter(place -> ends(path(place))).toList();
        if (there.isEmpty()) {
            Set<String> places = new TreeSet<>();
            String last = last().name().replaceFirst("^" + TransactionSetReader.LOOP, "");
            guide.places().stream()
                    .filter(place -> place.name().equals(last))
                    .forEach(place -> places.add(String.join("/", path(place))));
            return Optional.of("The selector '%s' matches no place of the guide %s: %s."
                    .formatted(
                            text,
                            guide.id().value(),
                            places.isEmpty()
                                    ? "it has no element " + last
                                    : last + " stands at " + String.join(", ", places)));
        }
        boolean aggregate = there.stream().allMatch(XmlGuide.Place::aggregate);
        Set<String> has = aggregate ? OF_XML : OF_XML_TEXT;
        return asked(last()).stream()
                .filter(asked -> !has.contains(asked))
                .findFirst()
                .map(asked -> "The selector '%s' will never match under the guide %s: an element with %s has only @%s."
                        .formatted(
                                text,
                                guide.id().value(),
                                aggregate ? "elements" : "text",
                                String.join(", @", new TreeSet<>(has))));
    }

    private static List<String> path(XmlGuide.Place place) {
        List<String> path = new ArrayList<>(List.of(TransactionSetReader.ROOT));
        for (int i = 1; i < place.path().size(); i++) {
            boolean loop = i < place.path().size() - 1 || place.aggregate();
            path.add((loop ? TransactionSetReader.LOOP : "") + place.path().get(i));
        }
        return path;
    }

    private Optional<String> ofSegments(List<GuidePlace> places, Guide guide) {
        Optional<String> fault = Optional.empty();
        for (GuidePlace place : places) {
            fault = fault(place, guide);
            if (fault.isEmpty()) {
                return fault;
            }
        }
        return fault;
    }

    private Optional<String> fault(GuidePlace place, Guide guide) {
        Step last = last();
        for (String asked : asked(last)) {
            Optional<String> missing = missing(asked, place);
            if (missing.isPresent()) {
                return Optional.of("The selector '%s' will never match under the guide %s: %s."
                        .formatted(text, guide.id().value(), missing.get()));
            }
        }
        Matcher element = ELEMENT.matcher(last.attribute() == null ? "" : last.attribute());
        if (last.code() != null && element.matches()) {
            Optional<Set<String>> codes = place.codes(number(element, 1), number(element, 3));
            if (codes.isPresent() && !codes.get().contains(last.code())) {
                return Optional.of(
                        "The selector '%s' will never match: the guide %s has no code '%s' in @%s of %s, only %s."
                                .formatted(
                                        text,
                                        guide.id().value(),
                                        last.code(),
                                        last.attribute(),
                                        place.tag(),
                                        String.join(", ", new TreeSet<>(codes.get()))));
            }
        }
        return Optional.empty();
    }

    private List<String> asked(Step last) {
        List<String> asked = new ArrayList<>();
        if (last.attribute() != null) {
            asked.add(last.attribute());
        }
        if (attribute != null) {
            asked.add(attribute);
        }
        return asked;
    }

    private static Optional<String> missing(String asked, GuidePlace place) {
        if (OF_SEGMENTS.contains(asked)) {
            return Optional.empty();
        }
        Matcher element = ELEMENT.matcher(asked);
        if (!element.matches()) {
            return Optional.of(
                    "a segment has no @%s; it has @e1 and so on, @elements, @composites and @at".formatted(asked));
        }
        int position = number(element, 1);
        if (position < 1 || position > place.elements()) {
            return Optional.of("%s has %d elements, and no @%s".formatted(place.tag(), place.elements(), asked));
        }
        if (number(element, 2) > place.repetitions(position)) {
            return Optional.of("element %d of %s is there %d times at most, so there is no @%s"
                    .formatted(position, place.tag(), place.repetitions(position), asked));
        }
        return number(element, 3) > place.components(position)
                ? Optional.of("element %d of %s has %d components at most, so there is no @%s"
                        .formatted(position, place.tag(), place.components(position), asked))
                : Optional.empty();
    }

    /** What is not written is the first. */
    private static int number(Matcher element, int group) {
        return element.group(group) == null ? 1 : Integer.parseInt(element.group(group));
    }

    private boolean isLoop(Guide guide) {
        if (ends(List.of(TransactionSetReader.ROOT))) {
            return true;
        }
        return guide.places().stream().map(Selector::path).anyMatch(path -> {
            for (int end = 1; end < path.size(); end++) {
                if (ends(path.subList(0, end))) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Whether it ends like this path of elements, codes apart. */
    boolean ends(List<String> path) {
        int skipped = path.size() - steps.size();
        if (skipped < 0) {
            return false;
        }
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).fits(path.get(skipped + i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> path(GuidePlace place) {
        List<String> path = new ArrayList<>(List.of(TransactionSetReader.ROOT));
        place.loops().forEach(loop -> path.add(TransactionSetReader.LOOP + loop));
        path.add(place.tag());
        return path;
    }

    private String instead(Guide guide) {
        String last = last().name();
        if (last.startsWith(TransactionSetReader.LOOP) || last.equals(TransactionSetReader.ROOT)) {
            Set<String> loops = new TreeSet<>();
            guide.loopNames().forEach(loop -> loops.add(TransactionSetReader.LOOP + loop));
            return "its loops are " + (loops.isEmpty() ? "none" : String.join(", ", loops));
        }
        Set<String> places = new TreeSet<>();
        guide.places().stream()
                .filter(place -> place.tag().equals(last))
                .forEach(place -> places.add(String.join("/", path(place))));
        return places.isEmpty() ? "it has no segment " + last : last + " stands at " + String.join(", ", places);
    }
}
