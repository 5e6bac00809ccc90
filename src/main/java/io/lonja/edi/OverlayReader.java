package io.lonja.edi;

import io.lonja.edi.Guide.ElementType;
import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.LoopUse;
import io.lonja.edi.Guide.Rule;
import io.lonja.edi.Guide.SegmentType;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one {@code overlay.xml}: its base guide with what is agreed differently, which may ask for more and allow less;
 * only codes may be added. All its faults are collected, each with its line.
 */
final class OverlayReader {

    private final GuideReader in;

    OverlayReader(String file) {
        this.in = new GuideReader(file);
    }

    List<String> faults() {
        return in.faults();
    }

    /**
     * The overlaid guide, or empty when there is any fault.
     *
     * @param base by the name of the folder
     * @param guide the base; null where it is not there, or has faults of its own
     * @param there whether there is such a base at all
     */
    Optional<Guide> read(byte[] xml, GuideId id, GuideId base, @Nullable Guide guide, boolean there) {
        Markup overlay;
        try {
            overlay = Markup.parse(new ByteArrayInputStream(xml));
        } catch (Markup.FaultyException e) {
            in.fault(e.line(), "This is not well-formed XML: " + e.getMessage());
            return Optional.empty();
        }
        if (!overlay.name().equals("overlay")) {
            in.fault(overlay.line(), "An overlay begins with <overlay xmlns=\"%s\">.".formatted(Markup.NAMESPACE));
            return Optional.empty();
        }
        String named = in.required(overlay, "base");
        if (!named.isEmpty() && !named.equals(base.value())) {
            in.fault(
                    overlay.line(),
                    "The folder says that this lies on %s, but its base is %s; a base is a guide with a structure.xml and no overlay."
                            .formatted(base, named));
        } else if (!there) {
            in.fault(overlay.line(), "There is no guide %s that this could lie on.".formatted(base));
        }
        if (guide == null || !in.faults().isEmpty()) {
            return Optional.empty();
        }
        LoopUse root = loop(overlay, guide.root(), guide, true);
        List<SegmentType> segments = new ArrayList<>(guide.segmentTypes());
        for (Markup change : overlay.children("segmentType")) {
            String tag = in.required(change, "name");
            int index = guide.indexOf(Guide.tagKey(tag));
            if (index < 0 || tag.isEmpty()) {
                in.fault(change.line(), "%s has no segment %s.".formatted(base, tag));
            } else {
                segments.set(index, segment(change, segments.get(index)));
            }
        }
        return in.faults().isEmpty() ? Optional.of(guide.overlaid(id, root, segments)) : Optional.empty();
    }

    private LoopUse loop(Markup changes, LoopUse loop, Guide guide, boolean root) {
        int[] min = loop.min().clone();
        int[] max = loop.max().clone();
        @Nullable LoopUse[] loops = loop.loops().clone();
        for (Markup change : changes.children()) {
            boolean inner = change.name().equals("loop");
            if (!inner && !change.name().equals("segment")) {
                if (!root
                        || !change.name().equals("segmentType")
                                && !change.name().equals("description")) {
                    in.fault(
                            change.line(),
                            "<%s> is not read in an overlay at this place; known are segment, loop and, outside of loops, segmentType."
                                    .formatted(change.name()));
                }
                continue;
            }
            String name = in.required(change, inner ? "code" : "type");
            int[] members = IntStream.range(root ? 0 : 1, loop.members().length)
                    .filter(member -> named(loop, member, guide, name, inner))
                    .toArray();
            if (members.length != 1) {
                in.fault(
                        change.line(),
                        members.length == 0
                                ? "%s has no %s %s in %s.".formatted(guide.id(), change.name(), name, loop.name())
                                : "%s has %d uses of %s in %s, and nothing says which is meant; name it where it stands alone."
                                        .formatted(guide.id(), members.length, name, loop.name()));
                continue;
            }
            int member = members[0];
            min[member] = in.number(change, "minOccurs", loop.min()[member]);
            max[member] = in.number(change, "maxOccurs", loop.max()[member]);
            occurs(change, name, min[member], max[member], loop.min()[member], loop.max()[member]);
            LoopUse opened = loops[member];
            if (inner && opened != null) {
                loops[member] = loop(change, opened, guide, false);
            }
        }
        return new LoopUse(
                loop.name(), loop.members(), min, max, loops, loop.qualifiers(), loop.places(), loop.hierarchy());
    }

    private static boolean named(LoopUse loop, int member, Guide guide, String name, boolean inner) {
        LoopUse opened = loop.loops()[member];
        return inner
                ? opened != null && name.equals(GuideReader.LOOP_PREFIX + opened.name())
                : opened == null && guide.segment(loop.members()[member]).tag().equals(name);
    }

    private void occurs(Markup change, String name, int min, int max, int baseMin, int baseMax) {
        if (max > baseMax) {
            in.fault(
                    change.line(),
                    "maxOccurs %d of %s is more than the %d of the base guide; an overlay allows less, not more."
                            .formatted(max, name, baseMax));
        }
        if (min < baseMin) {
            in.fault(
                    change.line(),
                    "minOccurs %d of %s is less than the %d of the base guide; an overlay asks for more, not less."
                            .formatted(min, name, baseMin));
        }
        if (max < min) {
            in.fault(change.line(), "maxOccurs %d of %s is less than minOccurs %d.".formatted(max, name, min));
        }
    }

    private SegmentType segment(Markup changes, SegmentType segment) {
        ElementUse[] uses = segment.elements().clone();
        List<Rule> rules = new ArrayList<>(Arrays.asList(segment.rules()));
        for (Markup change : changes.children()) {
            switch (change.name()) {
                case "element" -> element(change, segment.tag(), uses);
                case "syntax" -> in.rule(change, segment.tag(), uses.length).ifPresent(rules::add);
                case "description" -> {}
                default ->
                    in.fault(
                            change.line(),
                            "<%s> is not read in a segmentType of an overlay; known are element and syntax."
                                    .formatted(change.name()));
            }
        }
        return new SegmentType(segment.tag(), segment.title(), uses, rules.toArray(Rule[]::new));
    }

    private void element(Markup change, String tag, ElementUse[] uses) {
        String position = in.required(change, "position");
        Matcher place = GuideReader.POSITION.matcher(position);
        int element = place.matches() ? Integer.parseInt(place.group(1)) : 0;
        if (element < 1 || element > uses.length) {
            in.fault(change.line(), "%s has no element %s; write 3, or 1.2 for a component.".formatted(tag, position));
            return;
        }
        ElementUse use = uses[element - 1];
        if (place.group(2) == null) {
            uses[element - 1] = use(change, SyntaxError.place(tag, element, 0), use);
            return;
        }
        int component = Integer.parseInt(place.group(2));
        @Nullable ElementUse @Nullable [] components = use.components();
        if (components == null || component > components.length) {
            in.fault(change.line(), "%s has no component %d.".formatted(SyntaxError.place(tag, element, 0), component));
            return;
        }
        @Nullable ElementUse[] changed = components.clone();
        changed[component - 1] = use(
                change, SyntaxError.place(tag, element, component), Objects.requireNonNull(components[component - 1]));
        uses[element - 1] = new ElementUse(use.title(), use.min(), use.max(), null, changed, use.rules());
    }

    private ElementUse use(Markup change, String place, ElementUse use) {
        int min = in.number(change, "minOccurs", use.min());
        int max = in.number(change, "maxOccurs", use.max());
        occurs(change, place, min, max, use.min(), use.max());
        @Nullable ElementUse @Nullable [] components = use.components();
        ElementType type = use.type();
        List<Rule> rules = new ArrayList<>(Arrays.asList(use.rules()));
        for (Markup child : change.children()) {
            if (components != null && child.name().equals("syntax")) {
                in.rule(child, place, components.length).ifPresent(rules::add);
            } else if (type == null
                    || !child.name().equals("enumeration") && !child.name().equals("description")) {
                in.fault(
                        child.line(),
                        "<%s> says nothing about %s: a composite has syntax, an element and a component have enumeration."
                                .formatted(child.name(), place));
            }
        }
        if (type == null
                && Stream.of("minLength", "maxLength")
                        .anyMatch(it -> !change.attribute(it, "").isEmpty())) {
            in.fault(change.line(), "%s is a composite; its components have lengths.".formatted(place));
        }
        return new ElementUse(
                use.title(),
                min,
                max,
                type == null ? null : type(change, place, type),
                components,
                rules.toArray(Rule[]::new));
    }

    private ElementType type(Markup change, String place, ElementType type) {
        int min = in.number(change, "minLength", type.minLength());
        int max = in.number(change, "maxLength", type.maxLength());
        if (max > type.maxLength() || min < type.minLength()) {
            in.fault(
                    change.line(),
                    "%s has lengths from %d to %d, which is wider than %d to %d in the base guide."
                            .formatted(place, min, max, type.minLength(), type.maxLength()));
        }
        if (max < min) {
            in.fault(change.line(), "maxLength %d of %s is less than minLength %d.".formatted(max, place, min));
        }
        @Nullable Set<String> codes = type.codes();
        for (Markup enumeration : change.children("enumeration")) {
            codes = codes(enumeration, place, type, codes);
        }
        return new ElementType(type.title(), type.reference(), type.base(), type.scale(), min, max, codes);
    }

    private @Nullable Set<String> codes(
            Markup enumeration, String place, ElementType type, @Nullable Set<String> before) {
        String mode = enumeration.attribute("codes", "only");
        boolean added = mode.equals("added");
        if (!added && !mode.equals("only")) {
            in.fault(enumeration.line(), "codes is only (no others) or added (these besides).");
        }
        if (added && before == null) {
            in.fault(enumeration.line(), "%s takes any code already; there is nothing to add to.".formatted(place));
        }
        Set<String> codes = new LinkedHashSet<>(added && before != null ? before : Set.of());
        for (Markup value : enumeration.children("value")) {
            String code = value.text();
            if (!added && before != null && !before.contains(code)) {
                in.fault(
                        value.line(),
                        "%s has no code %s in the base guide; add it by <enumeration codes=\"added\">."
                                .formatted(place, code));
            }
            if (code.length() < type.minLength() || code.length() > type.maxLength()) {
                in.fault(
                        value.line(),
                        "The code %s of %s is not of its length, %d to %d."
                                .formatted(code, place, type.minLength(), type.maxLength()));
            }
            codes.add(code);
        }
        if (codes.isEmpty()) {
            in.fault(enumeration.line(), "%s is left without any code; do not use it instead.".formatted(place));
        }
        return codes;
    }
}
