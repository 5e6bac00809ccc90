package io.lonja.mapping;

import io.lonja.archive.ByteRange;
import io.lonja.edi.GuideId;
import io.lonja.edi.Loop;
import io.lonja.edi.Node;
import io.lonja.edi.Segment;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the tree of one transaction set from its text, for tests of what comes after the parser. */
final class SetText {

    private static final Set<String> HEADER_LOOPS = Set.of("N1", "N9", "SAC", "PO1", "IT1", "CTT");
    private static final Map<String, Set<String>> INNER_LOOPS =
            Map.of("PO1", Set.of("PID", "SAC", "AMT"), "IT1", Set.of("PID", "SAC"));

    private SetText() {}

    /** Segments end with {@code ~}, elements with {@code *}, components with {@code >}; line ends are ignored. */
    static TransactionSet set(String guide, String text) {
        List<Node> top = new ArrayList<>();
        Deque<Loop> open = new ArrayDeque<>();
        int position = 0;
        long from = 0;
        for (String one : text.split("~", -1)) {
            long to = from + one.length() + 1;
            if (!one.isBlank()) {
                Segment segment = segment(
                        one.strip(),
                        ++position,
                        new ByteRange(to - 1 - one.strip().length(), to));
                place(segment, top, open);
            }
            from = to;
        }
        return new TransactionSet(
                guide.substring(guide.length() - 3),
                "0001",
                new GuideId(guide),
                new Loop("850", top),
                new Verdict.Accepted(),
                new ByteRange(0, text.length()));
    }

    private static void place(Segment segment, List<Node> top, Deque<Loop> open) {
        Loop line = open.peekFirst();
        boolean inLine = line != null && INNER_LOOPS.containsKey(line.name());
        if (inLine && INNER_LOOPS.getOrDefault(line.name(), Set.of()).contains(segment.id())) {
            line.nodes().add(new Loop(segment.id(), new ArrayList<>(List.of(segment))));
        } else if (HEADER_LOOPS.contains(segment.id())
                && !(segment.id().equals("CTT") && top.toString().contains("BIG"))) {
            open.clear();
            Loop loop = new Loop(segment.id(), new ArrayList<>(List.of(segment)));
            open.push(loop);
            top.add(loop);
        } else if (line != null && !Set.of("TDS", "SE", "CTT", "REF0").contains(segment.id())) {
            line.nodes().add(segment);
        } else {
            open.clear();
            top.add(segment);
        }
    }

    private static Segment segment(String text, int position, ByteRange bytes) {
        String[] parts = text.split("\\*", -1);
        List<Segment.Element> elements = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            elements.add(new Segment.Element(List.of(List.of(parts[i].split(">", -1)))));
        }
        return new Segment(parts[0], position, bytes, elements);
    }
}
