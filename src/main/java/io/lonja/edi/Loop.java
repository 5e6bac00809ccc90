package io.lonja.edi;

import java.util.List;
import java.util.stream.Stream;

/**
 * One repetition of a loop of the guide.
 *
 * @param name the guide's loop code: {@code PO1}
 * @param nodes its segments and inner loops, in wire order; the first is the segment that opened it
 */
public record Loop(String name, List<Node> nodes) implements Node {

    /** All segments in it, those of inner loops too, in wire order. */
    public Stream<Segment> segments() {
        return nodes.stream()
                .flatMap(node -> node instanceof Loop inner ? inner.segments() : Stream.of((Segment) node));
    }
}
