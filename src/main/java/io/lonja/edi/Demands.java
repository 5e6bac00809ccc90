package io.lonja.edi;

import io.lonja.edi.Guide.ElementType;
import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.LoopUse;
import io.lonja.edi.Guide.SegmentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the guide of a transaction set, or the standard for its envelope, says about a segment or element, in the notation
 * of the standard: {@code AN 1..22, mandatory}; {@code an..35, optional}.
 */
final class Demands {

    private static final int PLACES_SHOWN_MAX = 8;

    private final Standard standard;
    private final @Nullable Guide guide;

    /** @param guide null where there is none: then only the envelope is known */
    Demands(Standard standard, @Nullable Guide guide) {
        this.standard = standard;
        this.guide = guide;
    }

    /** The segment type with this tag, of the guide or the envelope. */
    Optional<SegmentType> segment(String tag) {
        return segment(guide, tag).or(() -> segment(EnvelopeGuides.of(standard), tag));
    }

    /** A sentence about what should have stood where the error is; empty when nothing is known. */
    Optional<String> about(SyntaxError error) {
        if (error.element() == 0) {
            return places(error).map(Phrase.GUIDE_SAYS::say);
        }
        Phrase says = segment(guide, error.segmentId()).isPresent() ? Phrase.GUIDE_SAYS : Phrase.STANDARD_SAYS;
        return segment(error.segmentId())
                .filter(type -> error.element() <= type.elements().length)
                .map(type -> use(type.elements()[error.element() - 1], error.component()))
                .map(use -> says.say(demand(use, error.code() != ErrorCode.INVALID_CODE)));
    }

    private static Optional<SegmentType> segment(@Nullable Guide guide, String tag) {
        int index = guide == null ? -1 : guide.indexOf(Guide.tagKey(tag));
        return guide == null || index < 0 ? Optional.empty() : Optional.of(guide.segment(index));
    }

    /** The component's own use where the element is a composite that has it. */
    static ElementUse use(ElementUse use, int component) {
        @Nullable ElementUse @Nullable [] components = use.components();
        if (components == null || component < 1 || component > components.length) {
            return use;
        }
        ElementUse inside = components[component - 1];
        return inside == null ? use : inside;
    }

    private String demand(ElementUse use, boolean codes) {
        ElementType type = use.type();
        String what = type == null ? Phrase.COMPONENTS.say(componentsOf(use)) : notation(type);
        String all = (use.min() > 0 ? Phrase.MANDATORY : Phrase.OPTIONAL).say(what);
        if (use.max() > 1) {
            all = Phrase.REPEATS.say(all, Phrase.times(use.max()));
        }
        return codes && type != null && type.codes() != null
                ? Phrase.ONE_OF.say(all, ElementJudge.codes(type.codes()))
                : all;
    }

    private static int componentsOf(ElementUse use) {
        @Nullable ElementUse @Nullable [] components = use.components();
        return components == null ? 1 : components.length;
    }

    private String notation(ElementType type) {
        if (standard == Standard.X12) {
            String kind = switch (type.base()) {
                case ANY, STRING -> "AN";
                case IDENTIFIER -> "ID";
                case NUMERIC -> "N" + type.scale();
                case DECIMAL -> "R";
                case DATE -> "DT";
                case TIME -> "TM";
                case BINARY -> "B";
            };
            return type.minLength() == type.maxLength()
                    ? kind + " " + type.maxLength()
                    : kind + " " + type.minLength() + ".." + type.maxLength();
        }
        String kind = switch (type.base()) {
            case ANY, STRING, IDENTIFIER, BINARY -> "an";
            case NUMERIC, DECIMAL, DATE, TIME -> "n";
        };
        if (type.minLength() == type.maxLength()) {
            return kind + type.maxLength();
        }
        return kind + (type.minLength() == 1 ? "" : type.minLength()) + ".." + type.maxLength();
    }

    private Optional<String> places(SyntaxError error) {
        Guide known = guide;
        int index = known == null ? -1 : known.indexOf(Guide.tagKey(error.segmentId()));
        if (known == null || index < 0) {
            return Optional.empty();
        }
        List<String> places = new ArrayList<>();
        places(known.root(), index, Phrase.PLACE_IN_SET.say(), places);
        List<String> shown = places.subList(0, Math.min(places.size(), PLACES_SHOWN_MAX));
        return Optional.of(Phrase.PLACES.say(
                error.segmentId(), String.join("; ", shown) + (shown.size() < places.size() ? "; ..." : "")));
    }

    private static void places(LoopUse loop, int index, String where, List<String> places) {
        for (int i = 0; i < loop.members().length; i++) {
            if (loop.members()[i] == index) {
                LoopUse opened = loop.loops()[i];
                String there = opened == null ? where : Phrase.PLACE_AT_HEAD.say(opened.name(), where);
                places.add(place(there, loop.min()[i], loop.max()[i]));
            }
            LoopUse inner = loop.loops()[i];
            if (inner != null) {
                placesInside(inner, index, places);
            }
        }
    }

    private static String place(String where, int min, int max) {
        if (min > 0) {
            return max == 1 ? Phrase.PLACE_ONCE.say(where) : Phrase.PLACE_MANDATORY.say(where, Phrase.times(max));
        }
        return Phrase.PLACE_OPTIONAL.say(where, Phrase.times(max));
    }

    /** The segment that opens the loop has its place around it, said already. */
    private static void placesInside(LoopUse loop, int index, List<String> places) {
        List<String> inside = new ArrayList<>();
        places(loop, index, Phrase.PLACE_IN_LOOP.say(loop.name()), inside);
        boolean opens = loop.members().length > 0 && loop.members()[0] == index;
        places.addAll(opens ? inside.subList(1, inside.size()) : inside);
    }
}
