package io.lonja.edi;

import java.util.List;

/**
 * One repetition of a loop of the guide.
 *
 * @param name the guide's loop code: {@code PO1}
 * @param nodes its segments and inner loops, in wire order; the first is the segment that opened it
 */
public record Loop(String name, List<Node> nodes) implements Node {}
