package io.lonja.edi;

import io.lonja.edi.Guide.Base;
import io.lonja.edi.Guide.ElementType;
import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.LoopUse;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles one {@code structure.xml}; all its faults are collected, each with its line. */
final class GuideReader {

    /** StAEDI knows loops and segments by one set of names, so a loop's code has a prefix that its name has not. */
    private static final String LOOP_PREFIX = "L-";

    private static final Pattern LOOP_CODE = Pattern.compile(LOOP_PREFIX + "[A-Z][A-Z0-9-]{0,30}");
    private static final Pattern TAG = Pattern.compile("[A-Z][A-Z0-9]{1,2}");

    private final String file;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, ElementType> elementTypes = new HashMap<>();
    private final Map<String, ElementUse[]> compositeTypes = new HashMap<>();
    private final Map<String, SegmentType> segmentTypes = new LinkedHashMap<>();
    private final List<String> tags = new ArrayList<>();
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
        LoopUse root = loop(transaction, type);
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
        if (compositeTypes.put(name, uses) != null) {
            fault(markup.line(), "The composite type %s is defined twice.".formatted(name));
        }
        if (!markup.children("syntax").isEmpty()) {
            fault(
                    markup.line(),
                    "Rules between components (%s) are not read from a guide; state them in guide.md.".formatted(name));
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
        List<Rule> rules = new ArrayList<>();
        for (Markup child : markup.children()) {
            switch (child.name()) {
                case "syntax" -> rule(child, tag, uses.length).ifPresent(rules::add);
                case "sequence", "description" -> {}
                default -> unknown(child);
            }
        }
        SegmentType type = new SegmentType(tag, markup.attribute("title", ""), uses, rules.toArray(Rule[]::new));
        if (segmentTypes.put(tag, type) != null) {
            fault(markup.line(), "The segment type %s is defined twice.".formatted(tag));
        }
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
                        uses.add(new ElementUse(title.isEmpty() ? type.title() : title, min, max, type, null));
                    }
                } else if (child.name().equals("composite") && segment) {
                    @Nullable ElementUse @Nullable [] components = compositeTypes.get(name);
                    if (components == null) {
                        fault(child.line(), "There is no composite type %s.".formatted(name));
                    } else {
                        uses.add(new ElementUse(title, min, max, null, components));
                    }
                } else {
                    unknown(child);
                }
            }
        }
        return uses.toArray(ElementUse[]::new);
    }

    private Optional<Rule> rule(Markup markup, String tag, int elements) {
        List<Integer> positions = new ArrayList<>();
        for (Markup position : markup.children("position")) {
            int value = integer(position, position.text());
            if (value < 1 || value > elements) {
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

    private LoopUse loop(Markup owner, String name) {
        List<Markup> members = owner.children("sequence").stream()
                .flatMap(sequence -> sequence.children().stream())
                .toList();
        int count = members.size();
        int[] indexes = new int[count];
        int[] min = new int[count];
        int[] max = new int[count];
        @Nullable LoopUse[] loops = new LoopUse[count];
        for (int i = 0; i < count; i++) {
            Markup member = members.get(i);
            min[i] = number(member, "minOccurs", 0);
            max[i] = number(member, "maxOccurs", 1);
            if (max[i] < Math.max(min[i], 1)) {
                fault(member.line(), "maxOccurs %d is less than minOccurs %d or 1.".formatted(max[i], min[i]));
            }
            switch (member.name()) {
                case "segment" -> indexes[i] = segmentIndex(member);
                case "loop" -> {
                    String code = required(member, "code");
                    if (!LOOP_CODE.matcher(code).matches() || !loopNames.add(code)) {
                        fault(
                                member.line(),
                                "The loop code %s is used twice or is not L- with capital letters, digits and hyphens."
                                        .formatted(code));
                    }
                    loops[i] = loop(member, code.substring(Math.min(code.length(), LOOP_PREFIX.length())));
                    indexes[i] = loops[i].members().length == 0 ? -1 : loops[i].members()[0];
                }
                default -> unknown(member);
            }
        }
        if (count == 0) {
            fault(owner.line(), "%s has no segments.".formatted(name));
        } else if (owner.name().equals("loop") && loops[0] != null) {
            fault(owner.line(), "The loop %s does not begin with a segment.".formatted(name));
        }
        return new LoopUse(name, indexes, min, max, loops);
    }

    private int segmentIndex(Markup member) {
        String tag = required(member, "type");
        int index = tags.indexOf(tag);
        if (index < 0) {
            fault(member.line(), "There is no segment type %s.".formatted(tag));
        }
        return index;
    }

    private String required(Markup markup, String attribute) {
        String value = markup.attribute(attribute, "");
        if (value.isEmpty()) {
            fault(markup.line(), "<%s> needs the attribute %s.".formatted(markup.name(), attribute));
        }
        return value;
    }

    private int number(Markup markup, String attribute, int absent) {
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

    private void fault(int line, String sentence) {
        faults.add("%s:%d: %s".formatted(file, line, sentence));
    }
}
