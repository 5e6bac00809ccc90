package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element that began and did not end yet. */
final class XmlElement {

    private static final String BASIC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private static final String AGGREGATE = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";

    private final XmlUse use;
    private final String path;
    private final int position;
    private final long from;
    private final String qualifier;
    private final int[] counts;
    private final List<Node> nodes = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int furthest;

    /**
     * @param position among all elements of the document, counted from 1
     * @param from its first byte
     * @param qualifier what its text is a code, quantity or amount of; empty where it does not say
     */
    XmlElement(XmlUse use, String path, int position, long from, String qualifier) {
        this.use = use;
        this.path = path;
        this.position = position;
        this.from = from;
        this.qualifier = qualifier;
        this.counts = new int[use.children().size()];
    }

    /** What the guide says about this child; null where it does not know it. */
    @Nullable
    XmlUse child(String name, @Nullable String namespace) {
        int index = use.indexOf(name);
        if (index < 0) {
            return null;
        }
        XmlUse child = use.children().get(index);
        return (child.aggregate() ? AGGREGATE : BASIC).equals(namespace) ? child : null;
    }

    /** The path of a child that begins here; whether it may stand here is judged by the way. */
    String path(XmlUse child, ByteRange bytes, int childPosition, XmlJudge judge) {
        int index = use.indexOf(child.name());
        int count = ++counts[index];
        String plain = path + "/" + child.name();
        String indexed = child.aggregate() && child.max() > 1 ? plain + "[" + count + "]" : plain;
        if (count > child.max()) {
            judge.tooOften(child, indexed, childPosition, bytes);
        }
        if (index < furthest) {
            judge.outOfOrder(child, use.children().get(furthest), indexed, childPosition, bytes);
        }
        furthest = Math.max(furthest, index);
        return indexed;
    }

    void text(String more, int charactersMax) {
        if (text.length() <= charactersMax) {
            text.append(more);
        }
    }

    void add(Node node) {
        nodes.add(node);
    }

    /** What it is, now that it ended at this character; null where it says nothing. */
    @Nullable
    Node end(XmlText source, int to, XmlJudge judge) {
        ByteRange bytes = new ByteRange(from, source.byteAt(to));
        if (use.aggregate()) {
            for (int i = 0; i < counts.length; i++) {
                XmlUse child = use.children().get(i);
                if (counts[i] < child.min()) {
                    judge.missing(child, path + "/" + child.name(), position, bytes);
                }
            }
            List<Node> all = new ArrayList<>(nodes.size() + 1);
            all.add(new Segment(path, position, bytes, List.of()));
            all.addAll(nodes);
            return new Loop(use.name(), List.copyOf(all));
        }
        String said = text.toString().strip();
        judge.text(use, said, qualifier, path, position, bytes);
        return said.isEmpty()
                ? null
                : new Segment(
                        path,
                        position,
                        bytes,
                        List.of(new Segment.Element(
                                List.of(qualifier.isEmpty() ? List.of(said) : List.of(said, qualifier)))));
    }

    /** The text of a child of this name; empty where there is none. */
    static String text(Loop loop, String name) {
        return loop.nodes().stream()
                .filter(node ->
                        node instanceof Segment segment && segment.name().equals(name))
                .map(node -> ((Segment) node).element(1))
                .findFirst()
                .orElse("");
    }

    /** Under which name in a network a party of the document is reached; an empty one where it says none. */
    static WireParty endpoint(Loop document, String role) {
        return document.segments()
                .filter(segment -> segment.id().endsWith("/" + role + "/Party/EndpointID"))
                .findFirst()
                .map(segment -> new WireParty(segment.component(1, 2), segment.element(1)))
                .orElse(new WireParty("", ""));
    }
}
