package io.lonja.edi;

import io.lonja.edi.Guide.Base;
import io.lonja.edi.Guide.ElementType;
import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.Hierarchy;
import io.lonja.edi.Guide.LoopUse;
import io.lonja.edi.Guide.Qualifier;
import io.lonja.edi.Guide.Relation;
import io.lonja.edi.Guide.Rule;
import io.lonja.edi.Guide.SegmentType;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles one {@code structure.xml}; all its faults are collected, each with its line. */
final class GuideReader {

    /** StAEDI knows loops and segments by one set of names, so a loop's code has a prefix that its name has not. */
    static final String LOOP_PREFIX = "L-";

    private static final Pattern LOOP_CODE = Pattern.compile(LOOP_PREFIX + "([A-Z][A-Z0-9-]{0,30})(?:\\.[2-9])?");
    private static final Pattern TAG = Pattern.compile("[A-Z][A-Z0-9]{1,2}");

    static final Pattern POSITION = Pattern.compile("([1-9][0-9]?)(?:\\.([1-9][0-9]?))?");
    private static final Rule[] NO_RULES = {};

    private final String file;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, ElementType> elementTypes = new HashMap<>();
    private final Map<String, CompositeType> compositeTypes = new HashMap<>();
    private final Map<String, SegmentType> segmentTypes = new LinkedHashMap<>();
    private final List<String> tags = new ArrayList<>();
    private final Map<Integer, Hierarchy> hierarchies = new HashMap<>();
    private final Set<String> loopNames = new LinkedHashSet<>();

    GuideReader(String file) {
        this.file = file;
    }

    List<String> faults() {
        return faults;
    }

    /** The guide, or empty when there is any fault. */
    Optional<Guide> read(byte[] xml, GuideId id, Standard standard, String version, String type) {
        Markup schema;
        try {
            schema = Markup.parse(new ByteArrayInputStream(xml));
        } catch (Markup.FaultyException e) {
            fault(e.line(), "This is not well-formed XML: " + e.getMessage());
            return Optional.empty();
        }
        if (!schema.name().equals("schema")) {
            fault(schema.line(), "A guide begins with <schema xmlns=\"%s\">.".formatted(Markup.NAMESPACE));
            return Optional.empty();
        }
        @Nullable Markup transaction = null;
        for (Markup child : schema.children()) {
            switch (child.name()) {
                case "transaction" -> transaction = child;
                case "elementType" -> elementType(child);
                case "compositeType", "segmentType" -> {}
                default -> unknown(child);
            }
        }
        schema.children("compositeType").forEach(this::compositeType);
        schema.children("segmentType").forEach(this::segmentType);
        if (transaction == null) {
            fault(schema.line(), "The guide has no <transaction>; it lists the segments and loops in their order.");
            return Optional.empty();
        }
        segmentTypes.keySet().forEach(tags::add);
        LoopUse root = loop(transaction, type, null);
        return faults.isEmpty()
                ? Optional.of(new Guide(id, standard, version, type, root, List.copyOf(segmentTypes.values())))
                : Optional.empty();
    }

    private void elementType(Markup markup) {
        String name = required(markup, "name");
        int min = number(markup, "minLength", 1);
        int max = number(markup, "maxLength", 1);
        if (min < 1 || max < min) {
            fault(
                    markup.line(),
                    "%s has lengths from %d to %d; the first is at least 1 and at most the second."
                            .formatted(name, min, max));
        }
        Base base = Base.STRING;
        String baseName = markup.attribute("base", "string");
        try {
            base = Base.valueOf(baseName.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            fault(
                    markup.line(),
                    "%s has the base %s; use string, identifier, numeric, decimal, date, time or binary."
                            .formatted(name, baseName));
        }
        @Nullable Set<String> codes = null;
        for (Markup child : markup.children()) {
            switch (child.name()) {
                case "enumeration" -> {
                    codes = new LinkedHashSet<>();
                    for (Markup value : child.children()) {
                        if (!codes.add(value.text())) {
                            fault(value.line(), "%s lists the code %s twice.".formatted(name, value.text()));
                        }
                        if (value.text().length() < min || value.text().length() > max) {
                            fault(
                                    value.line(),
                                    "The code %s of %s is not of its length, %d to %d."
                                            .formatted(value.text(), name, min, max));
                        }
                    }
                }
                case "description" -> {}
                default -> unknown(child);
            }
        }
        ElementType type = new ElementType(
                markup.attribute("title", ""),
                markup.attribute("code", ""),
                base,
                number(markup, "scale", 0),
                min,
                max,
                codes);
        if (elementTypes.put(name, type) != null) {
            fault(markup.line(), "The element type %s is defined twice.".formatted(name));
        }
    }

    private void compositeType(Markup markup) {
        String name = required(markup, "name");
        ElementUse[] uses = uses(markup, false);
        if (compositeTypes.put(name, new CompositeType(uses, rules(markup, name, uses.length))) != null) {
            fault(markup.line(), "The composite type %s is defined twice.".formatted(name));
        }
    }

    private void segmentType(Markup markup) {
        String tag = required(markup, "name");
        if (!TAG.matcher(tag).matches()) {
            fault(
                    markup.line(),
                    "%s is no segment tag; it has two or three capital letters and digits.".formatted(tag));
        }
        ElementUse[] uses = uses(markup, true);
        SegmentType type = new SegmentType(tag, markup.attribute("title", ""), uses, rules(markup, tag, uses.length));
        if (segmentTypes.put(tag, type) != null) {
            fault(markup.line(), "The segment type %s is defined twice.".formatted(tag));
        }
    }

    private Rule[] rules(Markup owner, String name, int elements) {
        List<Rule> rules = new ArrayList<>();
        for (Markup child : owner.children()) {
            switch (child.name()) {
                case "syntax" -> rule(child, name, elements).ifPresent(rules::add);
                case "sequence", "description" -> {}
                default -> unknown(child);
            }
        }
        return rules.toArray(Rule[]::new);
    }

    private ElementUse[] uses(Markup owner, boolean segment) {
        List<ElementUse> uses = new ArrayList<>();
        for (Markup sequence : owner.children("sequence")) {
            for (Markup child : sequence.children()) {
                String name = child.attribute("type", "");
                int min = number(child, "minOccurs", 0);
                int max = number(child, "maxOccurs", 1);
                if (max < Math.max(min, 1)) {
                    fault(child.line(), "maxOccurs %d is less than minOccurs %d or 1.".formatted(max, min));
                }
                String title = child.attribute("title", "");
                if (child.name().equals("element")) {
                    ElementType type = elementTypes.get(name);
                    if (type == null) {
                        fault(child.line(), "There is no element type %s.".formatted(name));
                    } else {
                        uses.add(
                                new ElementUse(title.isEmpty() ? type.title() : title, min, max, type, null, NO_RULES));
                    }
                } else if (child.name().equals("composite") && segment) {
                    CompositeType composite = compositeTypes.get(name);
                    if (composite == null) {
                        fault(child.line(), "There is no composite type %s.".formatted(name));
                    } else {
                        uses.add(new ElementUse(title, min, max, null, composite.components(), composite.rules()));
                    }
                } else {
                    unknown(child);
                }
            }
        }
        return uses.toArray(ElementUse[]::new);
    }

    Optional<Rule> rule(Markup markup, String tag, int elements) {
        List<Integer> positions = new ArrayList<>();
        for (Markup position : markup.children("position")) {
            int value = integer(position, position.text());
            if (value < 1 || value > Math.min(elements, Rule.POSITION_MAX)) {
                fault(position.line(), "%s has no element %s.".formatted(tag, position.text()));
            }
            positions.add(value);
        }
        if (positions.size() < 2) {
            fault(markup.line(), "A rule of %s names at least two positions.".formatted(tag));
        }
        String type = required(markup, "type");
        try {
            Relation relation = Relation.valueOf(type.toUpperCase(Locale.ROOT));
            return Optional.of(new Rule(
                    relation, positions.stream().mapToInt(Integer::intValue).toArray()));
        } catch (IllegalArgumentException e) {
            fault(
                    markup.line(),
                    "%s is no relation; use paired, required, exclusion, conditional, list, single or firstonly."
                            .formatted(type));
            return Optional.empty();
        }
    }

    private LoopUse loop(Markup owner, String name, @Nullable Qualifier qualifier) {
        List<Markup> members = owner.children("sequence").stream()
                .flatMap(sequence -> sequence.children().stream())
                .toList();
        int count = members.size();
        int[] indexes = new int[count];
        int[] min = new int[count];
        int[] max = new int[count];
        @Nullable LoopUse[] loops = new LoopUse[count];
        @Nullable Qualifier[] qualifiers = new Qualifier[count];
        for (int i = 0; i < count; i++) {
            Markup member = members.get(i);
            min[i] = number(member, "minOccurs", 0);
            max[i] = number(member, "maxOccurs", 1);
            if (max[i] < Math.max(min[i], 1)) {
                fault(member.line(), "maxOccurs %d is less than minOccurs %d or 1.".formatted(max[i], min[i]));
            }
            switch (member.name()) {
                case "segment" -> {
                    indexes[i] = segmentIndex(member);
                    qualifiers[i] = qualifier(member, indexes[i]);
                }
                case "loop" -> {
                    String code = required(member, "code");
                    Matcher named = LOOP_CODE.matcher(code);
                    if (!named.matches() || !loopNames.add(code)) {
                        fault(
                                member.line(),
                                "The loop code %s is used twice or is not L- with capital letters, digits and hyphens."
                                        .formatted(code));
                    }
                    indexes[i] = opening(member);
                    qualifiers[i] = qualifier(member, indexes[i]);
                    loops[i] = loop(member, named.matches() ? named.group(1) : code, qualifiers[i]);
                }
                default -> unknown(member);
            }
        }
        if (count == 0) {
            fault(owner.line(), "%s has no segments.".formatted(name));
        } else if (owner.name().equals("loop") && loops[0] != null) {
            fault(owner.line(), "The loop %s does not begin with a segment.".formatted(name));
        }
        int[] places = places(indexes, qualifiers, members, owner.name().equals("loop"));
        if (count > 0 && qualifiers[0] == null) {
            qualifiers[0] = qualifier;
        }
        return new LoopUse(name, indexes, min, max, loops, qualifiers, places, hierarchy(owner, indexes));
    }

    /** The segment type of the first member, -1 when that is no segment; its faults are told where it is read. */
    private int opening(Markup loop) {
        return loop.children("sequence").stream()
                .flatMap(sequence -> sequence.children().stream())
                .limit(1)
                .filter(first -> first.name().equals("segment"))
                .mapToInt(first -> tags.indexOf(first.attribute("type", "")))
                .findFirst()
                .orElse(-1);
    }

    /** What the use has to say to be told apart from others of its segment; null when it has no discriminator. */
    private @Nullable Qualifier qualifier(Markup use, int segment) {
        String position = use.attribute("discriminator", "");
        List<Markup> values = use.children("enumeration").stream()
                .flatMap(enumeration -> enumeration.children("value").stream())
                .toList();
        if (position.isEmpty()) {
            if (!use.children("enumeration").isEmpty()) {
                fault(
                        use.line(),
                        "<%s> lists codes, but no discriminator says of which element.".formatted(use.name()));
            }
            return null;
        }
        Matcher place = POSITION.matcher(position);
        if (!place.matches()) {
            fault(use.line(), "%s is no position; write 3, or 1.2 for a component.".formatted(position));
            return null;
        }
        if (values.isEmpty()) {
            fault(use.line(), "A discriminator needs <enumeration> with its codes, each a <value>.");
            return null;
        }
        if (segment < 0) {
            return null;
        }
        SegmentType type = List.copyOf(segmentTypes.values()).get(segment);
        int element = Integer.parseInt(place.group(1));
        int component = place.group(2) == null ? 0 : Integer.parseInt(place.group(2));
        ElementType judged = elementType(type, element, component);
        if (judged == null) {
            fault(
                    use.line(),
                    "%s has no single element at %s; name a component of a composite as 1.2."
                            .formatted(type.tag(), position));
            return null;
        }
        Set<String> codes = new LinkedHashSet<>();
        for (Markup value : values) {
            if (!codes.add(value.text())) {
                fault(value.line(), "The code %s is listed twice.".formatted(value.text()));
            } else if (judged.codes() != null && !judged.codes().contains(value.text())) {
                fault(
                        value.line(),
                        "%s cannot be %s at %s, which has codes of its own."
                                .formatted(type.tag(), value.text(), position));
            }
        }
        return new Qualifier(element, component, codes);
    }

    private static @Nullable ElementType elementType(SegmentType type, int element, int component) {
        if (element < 1 || element > type.elements().length) {
            return null;
        }
        ElementUse use = type.elements()[element - 1];
        @Nullable ElementUse @Nullable [] components = use.components();
        if (components == null) {
            return component == 0 ? use.type() : null;
        }
        ElementUse inside = component < 1 || component > components.length ? null : components[component - 1];
        return inside == null ? null : inside.type();
    }

    /** The first member of each one's place; see {@link LoopUse#places}. */
    private int[] places(int[] indexes, @Nullable Qualifier[] qualifiers, List<Markup> members, boolean ofLoop) {
        int[] places = new int[indexes.length];
        for (int i = 0; i < places.length; i++) {
            boolean follows = i > 0 && indexes[i] >= 0 && indexes[i] == indexes[i - 1];
            if (follows && qualifiers[i - 1] != null) {
                places[i] = places[i - 1];
                Qualifier qualifier = qualifiers[i];
                for (int other = places[i]; other < i && qualifier != null; other++) {
                    toldApart(members.get(i).line(), qualifier, qualifiers[other]);
                }
            } else {
                places[i] = i;
                boolean behindTheOpening = ofLoop && i == 1;
                if (follows && !behindTheOpening && qualifiers[i] != null) {
                    fault(
                            members.get(i).line(),
                            "A use of the same segment without a discriminator stands before this one and takes all; put it behind.");
                }
            }
        }
        return places;
    }

    private void toldApart(int line, Qualifier one, @Nullable Qualifier other) {
        if (other == null || one.element() != other.element() || one.component() != other.component()) {
            fault(line, "Uses of one segment beside each other are told apart by the same element.");
        } else {
            one.codes().stream()
                    .filter(other.codes()::contains)
                    .forEach(code -> fault(
                            line,
                            "The code %s tells nothing apart: another use beside it has it too.".formatted(code)));
        }
    }

    private @Nullable Hierarchy hierarchy(Markup owner, int[] indexes) {
        String level = owner.attribute("levelIdPosition", "");
        String parent = owner.attribute("parentIdPosition", "");
        String counted = owner.attribute("levelIdCounted", "false");
        if (level.isEmpty() && parent.isEmpty()) {
            return null;
        }
        if (!counted.equals("true") && !counted.equals("false")) {
            fault(owner.line(), "levelIdCounted is true or false.");
        }
        Hierarchy hierarchy = new Hierarchy(
                number(owner, "levelIdPosition", 0), number(owner, "parentIdPosition", 0), counted.equals("true"));
        if (indexes.length == 0 || indexes[0] < 0) {
            return hierarchy;
        }
        SegmentType type = List.copyOf(segmentTypes.values()).get(indexes[0]);
        if (elementType(type, hierarchy.level(), 0) == null || elementType(type, hierarchy.parent(), 0) == null) {
            fault(
                    owner.line(),
                    "A level has both levelIdPosition and parentIdPosition, each of a single element of %s."
                            .formatted(type.tag()));
        } else if (!hierarchy.equals(hierarchies.computeIfAbsent(indexes[0], any -> hierarchy))) {
            fault(
                    owner.line(),
                    "Levels that begin with %s name themselves and their parents all in the same way."
                            .formatted(type.tag()));
        }
        return hierarchy;
    }

    private int segmentIndex(Markup member) {
        String tag = required(member, "type");
        int index = tags.indexOf(tag);
        if (index < 0) {
            fault(member.line(), "There is no segment type %s.".formatted(tag));
        }
        return index;
    }

    String required(Markup markup, String attribute) {
        String value = markup.attribute(attribute, "");
        if (value.isEmpty()) {
            fault(markup.line(), "<%s> needs the attribute %s.".formatted(markup.name(), attribute));
        }
        return value;
    }

    int number(Markup markup, String attribute, int absent) {
        String value = markup.attribute(attribute, "");
        return value.isEmpty() ? absent : integer(markup, value);
    }

    private int integer(Markup markup, String value) {
        if (value.isEmpty() || value.length() > 9 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            fault(markup.line(), "%s is no whole number.".formatted(value));
            return 1;
        }
        return Integer.parseInt(value);
    }

    private void unknown(Markup markup) {
        fault(
                markup.line(),
                "<%s> is not read in a guide at this place; known are %s."
                        .formatted(
                                markup.name(),
                                Arrays.asList(
                                        "transaction",
                                        "loop",
                                        "segment",
                                        "segmentType",
                                        "compositeType",
                                        "elementType")));
    }

    void fault(int line, String sentence) {
        faults.add("%s:%d: %s".formatted(file, line, sentence));
    }

    private record CompositeType(ElementUse[] components, Rule[] rules) {}
}
