package io.lonja.edi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
    private final boolean overlay;
    private final Map<Integer, Integer> indexByTag;
    private final Map<Integer, List<Qualifier>> qualifiers = new HashMap<>();
    private final Map<Integer, Hierarchy> hierarchies = new HashMap<>();

    Guide(GuideId id, Standard standard, String version, String type, LoopUse root, List<SegmentType> segments) {
        this(id, standard, version, type, root, segments, false);
    }

    private Guide(
            GuideId id,
            Standard standard,
            String version,
            String type,
            LoopUse root,
            List<SegmentType> segments,
            boolean overlay) {
        this.overlay = overlay;
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
        Set<Integer> unqualified = new HashSet<>();
        collect(root, unqualified);
        qualifiers.keySet().removeAll(unqualified);
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

    /** Whether it is what was agreed with somebody on top of another guide. */
    public boolean overlay() {
        return overlay;
    }

    /** This guide with what an overlay says differently. */
    Guide overlaid(GuideId overlay, LoopUse root, List<SegmentType> segments) {
        return new Guide(overlay, standard, version, type, root, segments, true);
    }

    List<SegmentType> segmentTypes() {
        return List.of(segments);
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
                places.add(new GuidePlace(around, segments[loop.members()[i]], loop.qualifiers()[i]));
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

    /** How levels opened by segments of this type name themselves and their parents; null when they are no levels. */
    @Nullable
    Hierarchy hierarchy(int index) {
        return hierarchies.get(index);
    }

    /** The qualifiers that tell uses of this segment apart; empty when any use of it stands without one. */
    List<Qualifier> qualifiers(int index) {
        return qualifiers.getOrDefault(index, List.of());
    }

    private void collect(LoopUse loop, Set<Integer> unqualified) {
        for (int i = 0; i < loop.members().length; i++) {
            int index = loop.members()[i];
            LoopUse inner = loop.loops()[i];
            Qualifier qualifier = loop.qualifiers()[i];
            if (qualifier != null) {
                qualifiers.computeIfAbsent(index, any -> new ArrayList<>()).add(qualifier);
            } else {
                unqualified.add(index);
            }
            if (inner != null) {
                if (inner.hierarchy() != null) {
                    hierarchies.putIfAbsent(index, inner.hierarchy());
                }
                collect(inner, unqualified);
            }
        }
    }

    /**
     * A loop where it stands: its members in order. A member is a segment, or an inner loop known by the segment that
     * opens it.
     *
     * @param members index of the segment type of each member
     * @param max how often each member may come; 0 where an overlay does not use it
     * @param loops the inner loop of each member, null where it is a plain segment
     * @param qualifiers what the segment of each member has to say to be that member, null where its tag is enough; the
     *     segment that opens a loop says what makes it that loop
     * @param places the first member of each one's place: members of one tag that follow each other and are told apart
     *     by qualifiers share a place and come in any order there; the others have each their own
     * @param hierarchy null when it is no hierarchical level
     * @param sharesPlaces whether any members share a place
     */
    record LoopUse(
            String name,
            int[] members,
            int[] min,
            int[] max,
            @Nullable LoopUse[] loops,
            @Nullable Qualifier[] qualifiers,
            int[] places,
            @Nullable Hierarchy hierarchy,
            boolean sharesPlaces) {

        LoopUse(
                String name,
                int[] members,
                int[] min,
                int[] max,
                @Nullable LoopUse[] loops,
                @Nullable Qualifier[] qualifiers,
                int[] places,
                @Nullable Hierarchy hierarchy) {
            this(
                    name,
                    members,
                    min,
                    max,
                    loops,
                    qualifiers,
                    places,
                    hierarchy,
                    IntStream.range(0, places.length).anyMatch(member -> places[member] != member));
        }

        /** That of a set for which there is no guide. */
        static LoopUse unknown(String type) {
            int[] none = {};
            return new LoopUse(type, none, none, none, new LoopUse[0], new Qualifier[0], none, null);
        }

        Stream<String> loopNames() {
            return Arrays.stream(loops)
                    .flatMap(loop -> loop == null
                            ? Stream.<String>empty()
                            : Stream.concat(Stream.of(loop.name()), loop.loopNames()));
        }
    }

    /**
     * What tells uses of one segment apart.
     *
     * @param component counted from 1; 0 where the element is no composite
     */
    record Qualifier(int element, int component, Set<String> codes) {}

    /**
     * A level names itself, and the one it belongs to, in the segment that opens it (X12: HL01 and HL02).
     *
     * @param level position of the element with its own number
     * @param parent position of the element with its parent's number
     * @param counted whether the numbers are 1, 2, 3 and so on in the whole set
     */
    record Hierarchy(int level, int parent, boolean counted) {}

    record SegmentType(String tag, String title, ElementUse[] elements, Rule[] rules) {}

    /**
     * An element or component where it stands; exactly one of {@code type} and {@code components} is there.
     *
     * @param max how often it may repeat; 0 where an overlay does not use it
     * @param rules between its components; none where it has none
     */
    record ElementUse(
            String title,
            int min,
            int max,
            @Nullable ElementType type,
            @Nullable ElementUse @Nullable [] components,
            Rule[] rules) {}

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

    /**
     * A relation between elements of a segment or components of a composite.
     *
     * @param positions counted from 1, at most {@link #POSITION_MAX}
     * @param mask the same as bits, the lowest for 0
     */
    record Rule(Relation relation, int[] positions, long mask) {

        static final int POSITION_MAX = Long.SIZE - 1;

        Rule(Relation relation, int[] positions) {
            this(
                    relation,
                    positions,
                    Arrays.stream(positions)
                            .mapToLong(position -> 1L << position)
                            .reduce(0, (one, other) -> one | other));
        }
    }

    /** X12.6, 3.6.3 (P R E C L) and ISO 9735-1, dependency notes (D1 to D7). */
    enum Relation {
        /** P, D2: all or none. */
        PAIRED,
        /** R, D3: one or more. */
        REQUIRED,
        /** E, D4: one or none. */
        EXCLUSION,
        /** C, D5: if the first, then all. */
        CONDITIONAL,
        /** L, D6: if the first, then one more at least. */
        LIST,
        /** D1: one and only one. */
        SINGLE,
        /** D7: if the first, then none of the others. */
        FIRSTONLY
    }
}
