package io.lonja.edi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of transaction set may hold: order, loops, elements, codes and rules, compiled into arrays from
 * {@code structure.xml} of its folder. Immutable.
 */
public final class Guide {

    private final GuideId id;
    private final Standard standard;
    private final String version;
    private final String type;
    private final LoopUse root;
    private final SegmentType[] segments;
    private final Map<Integer, Integer> indexByTag;

    Guide(GuideId id, Standard standard, String version, String type, LoopUse root, List<SegmentType> segments) {
        this.id = id;
        this.standard = standard;
        this.version = version;
        this.type = type;
        this.root = root;
        this.segments = segments.toArray(SegmentType[]::new);
        this.indexByTag = new HashMap<>();
        for (int i = 0; i < this.segments.length; i++) {
            indexByTag.put(tagKey(this.segments[i].tag()), i);
        }
    }

    /** Also the name of its folder: {@code x12-004010-850}. */
    public GuideId id() {
        return id;
    }

    public Standard standard() {
        return standard;
    }

    /** Version and release, as GS08 begins, {@code 004010}, or UNH 0052 and 0054, {@code D96A}. */
    public String version() {
        return version;
    }

    /** ST01, {@code 850}, or UNH 0065, {@code ORDERS}. */
    public String type() {
        return type;
    }

    /** The names of the loops that {@link Loop#name} can bear under this guide, outermost first. */
    public List<String> loopNames() {
        return root.loopNames().toList();
    }

    /** Every place where a segment may stand, in the order of the guide; a loop that is used twice is there twice. */
    public List<GuidePlace> places() {
        List<GuidePlace> places = new ArrayList<>();
        collect(root, new ArrayDeque<>(), places);
        return places;
    }

    private void collect(LoopUse loop, Deque<String> around, List<GuidePlace> places) {
        for (int i = 0; i < loop.members().length; i++) {
            LoopUse inner = loop.loops()[i];
            if (inner == null) {
                places.add(new GuidePlace(around, segments[loop.members()[i]]));
            } else {
                around.addLast(inner.name());
                collect(inner, around, places);
                around.removeLast();
            }
        }
    }

    LoopUse root() {
        return root;
    }

    /** The index of the segment type with this tag, -1 when the guide has none. */
    int indexOf(int tagKey) {
        Integer index = indexByTag.get(tagKey);
        return index == null ? -1 : index;
    }

    SegmentType segment(int index) {
        return segments[index];
    }

    /** Up to three characters of a tag packed into one number; 0 for anything longer. */
    static int tagKey(String tag) {
        int key = 0;
        for (int i = 0; i < tag.length(); i++) {
            key = key << 8 | tag.charAt(i);
        }
        return tag.length() > 3 ? 0 : key;
    }

    /**
     * A loop where it stands: its members in order. A member is a segment, or an inner loop known by the segment that
     * opens it.
     *
     * @param members index of the segment type of each member
     * @param loops the inner loop of each member, null where it is a plain segment
     */
    record LoopUse(
            String name,
            int[] members,
            int[] min,
            int[] max,
            @Nullable LoopUse[] loops) {

        Stream<String> loopNames() {
            return Arrays.stream(loops)
                    .flatMap(loop -> loop == null
                            ? Stream.<String>empty()
                            : Stream.concat(Stream.of(loop.name()), loop.loopNames()));
        }
    }

    record SegmentType(String tag, String title, ElementUse[] elements, Rule[] rules) {}

    /** An element or component where it stands; exactly one of {@code type} and {@code components} is there. */
    record ElementUse(
            String title,
            int min,
            int max,
            @Nullable ElementType type,
            @Nullable ElementUse @Nullable [] components) {}

    /** @param codes the codes it may have; null where any text will do */
    record ElementType(
            String title,
            String reference,
            Base base,
            int scale,
            int minLength,
            int maxLength,
            @Nullable Set<String> codes) {}

    enum Base {
        ANY,
        STRING,
        IDENTIFIER,
        NUMERIC,
        DECIMAL,
        DATE,
        TIME,
        BINARY
    }

    /** A relation between elements, by their positions counted from 1. */
    record Rule(Relation relation, int[] positions) {}

    enum Relation {
        PAIRED,
        REQUIRED,
        EXCLUSION,
        CONDITIONAL,
        LIST,
        SINGLE,
        FIRSTONLY
    }
}
