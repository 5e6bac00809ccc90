package io.lonja.edi;

import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.Qualifier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A segment at one place where its guide lets it stand. Elements and their components are counted from 1. */
public final class GuidePlace {

    private final List<String> loops;
    private final Guide.SegmentType segment;
    private final @Nullable Qualifier qualifier;

    /** @param qualifier what the segment has to say to stand here, null where its tag is enough */
    GuidePlace(Collection<String> loops, Guide.SegmentType segment, @Nullable Qualifier qualifier) {
        this.loops = List.copyOf(loops);
        this.segment = segment;
        this.qualifier = qualifier;
    }

    /** The names of the loops around it, outermost first; empty for a segment of the transaction set itself. */
    public List<String> loops() {
        return loops;
    }

    /** The segment's, {@code N1}. */
    public String tag() {
        return segment.tag();
    }

    /** How many elements it may have. */
    public int elements() {
        return segment.elements().length;
    }

    /** How many components this element may have: 1 where it is no composite, 0 where there is no such element. */
    public int components(int element) {
        ElementUse use = use(element);
        if (use == null) {
            return 0;
        }
        ElementUse[] components = use.components();
        return components == null ? 1 : components.length;
    }

    /** How often this element may repeat; 0 where there is no such element. */
    public int repetitions(int element) {
        ElementUse use = use(element);
        return use == null ? 0 : use.max();
    }

    /** The codes that this component may have at this place; empty where any text will do, or there is no such component. */
    public Optional<Set<String>> codes(int element, int component) {
        ElementUse use = use(element);
        if (qualifier != null && qualifier.element() == element && Math.max(qualifier.component(), 1) == component) {
            return Optional.of(qualifier.codes());
        }
        if (use == null || component < 1 || component > components(element)) {
            return Optional.empty();
        }
        ElementUse[] components = use.components();
        Guide.ElementType type = (components == null ? use : components[component - 1]).type();
        return type == null ? Optional.empty() : Optional.ofNullable(type.codes());
    }

    private @Nullable ElementUse use(int element) {
        ElementUse[] uses = segment.elements();
        return element >= 1 && element <= uses.length ? uses[element - 1] : null;
    }
}
