package io.lonja.mapping;

import io.lonja.archive.ByteRange;
import io.lonja.edi.Loop;
import io.lonja.edi.Node;
import io.lonja.edi.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smooks.api.ExecutionContext;
import org.smooks.api.TypedKey;
import org.smooks.api.resource.reader.SmooksXMLReader;
import org.xml.sax.ContentHandler;
import org.xml.sax.DTDHandler;
import org.xml.sax.EntityResolver;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Shows Smooks a transaction set that was parsed and judged already, as the elements that the package comment
 * describes. Smooks pools readers, so nothing of one document may stay in it.
 */
public final class TransactionSetReader implements SmooksXMLReader {

    /** Where the execution context holds the tree to read. */
    static final TypedKey<Loop> CONTENT = TypedKey.of("io.lonja.mapping.content");
    /** What of it is shown, under which names; where this is absent, all of it. */
    static final TypedKey<Selection> SELECTION = TypedKey.of("io.lonja.mapping.selection");

    static final String ROOT = "transaction-set";
    /** Before the name of a loop. */
    static final String LOOP = "loop-";

    static final Pattern TAG = Pattern.compile("[A-Z][A-Za-z0-9]{1,63}");
    private static final String[] ELEMENT_NAMES = names();
    /** What can be asked of a loop, by the segment that opens it. */
    private static final Set<String> OF_LOOPS = Set.of(SegmentAttribute.AT, SegmentAttribute.NAME, SegmentAttribute.IN);

    private @Nullable ExecutionContext context;
    private @Nullable ContentHandler handler;
    private @Nullable DTDHandler dtdHandler;
    private @Nullable EntityResolver entityResolver;
    private @Nullable ErrorHandler errorHandler;

    @Override
    public void setExecutionContext(ExecutionContext executionContext) {
        this.context = executionContext;
    }

    @Override
    public void parse(InputSource ignored) throws SAXException {
        ExecutionContext current = Objects.requireNonNull(context, "Smooks sets the context before it reads");
        ContentHandler events = Objects.requireNonNull(handler, "Smooks sets the handler before it reads");
        Loop content = Objects.requireNonNull(current.get(CONTENT), "The mapping hands the tree over");
        try {
            events.startDocument();
            AttributesImpl attributes = new AttributesImpl();
            Selection selection = current.get(SELECTION);
            if (selection == null) {
                loop(ROOT, content, events, attributes);
            } else {
                events.startElement("", ROOT, ROOT, attributes);
                selected(selection.root(), content, events, attributes);
                events.endElement("", ROOT, ROOT);
            }
            events.endDocument();
        } finally {
            context = null;
        }
    }

    private static void selected(Selection.Level level, Loop loop, ContentHandler events, AttributesImpl attributes)
            throws SAXException {
        List<Selection.Selected> open = openLoop(level, loop, events, attributes);
        for (Node node : loop.nodes()) {
            if (node instanceof Loop inner && !isLevelOf(inner, loop)) {
                selected(level.loop(inner.name()), inner, events, attributes);
            } else if (node instanceof Segment segment) {
                selected(level.segment(segment.name()), 0, segment, events, attributes);
            }
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            String element = open.get(i).element();
            events.endElement("", element, element);
        }
        for (Node node : loop.nodes()) {
            if (node instanceof Loop inner && isLevelOf(inner, loop)) {
                selected(level, inner, events, attributes);
            }
        }
    }

    /** A loop in a loop of its own name is a level: it is shown behind the one that it stands in. */
    private static boolean isLevelOf(Loop inner, Loop outer) {
        return inner.name().equals(outer.name());
    }

    /** Of a loop only its place can be asked for, and no code. */
    private static List<Selection.Selected> openLoop(
            Selection.Level level, Loop loop, ContentHandler events, AttributesImpl attributes) throws SAXException {
        List<Selection.Selected> open = new ArrayList<>(level.here().size());
        for (Selection.Selected each : level.here()) {
            attributes.clear();
            Segment first = first(loop);
            String at =
                    first == null ? null : at(first, new ByteRange(first.bytes().from(), end(loop, first)));
            for (SegmentAttribute asked : each.asked()) {
                String said = !OF_LOOPS.contains(asked.name()) || first == null
                        ? null
                        : asked.name().equals(SegmentAttribute.AT)
                                ? at
                                : asked.text().apply(first);
                if (said != null) {
                    add(attributes, asked.name(), said);
                }
            }
            SegmentAttribute tested = each.tested();
            if (tested == null
                    || (tested.name().equals(SegmentAttribute.AT)
                            && Objects.equals(at, each.selector().last().code()))) {
                open.add(each);
                events.startElement("", each.element(), each.element(), attributes);
            }
        }
        return open;
    }

    /** One in the other, so that all are open together as the one element would be. */
    private static void selected(
            List<Selection.Selected> ways, int from, Segment segment, ContentHandler events, AttributesImpl attributes)
            throws SAXException {
        if (from == ways.size()) {
            return;
        }
        Selection.Selected way = ways.get(from);
        SegmentAttribute tested = way.tested();
        boolean selected = tested == null
                || Objects.equals(
                        tested.text().apply(segment), way.selector().last().code());
        if (selected) {
            attributes.clear();
            for (SegmentAttribute asked : way.asked()) {
                String text = asked.text().apply(segment);
                if (text != null) {
                    add(attributes, asked.name(), text);
                }
            }
            events.startElement("", way.element(), way.element(), attributes);
        }
        selected(ways, from + 1, segment, events, attributes);
        if (selected) {
            events.endElement("", way.element(), way.element());
        }
    }

    private static void loop(String element, Loop loop, ContentHandler events, AttributesImpl attributes)
            throws SAXException {
        attributes.clear();
        Segment first = first(loop);
        if (first != null) {
            add(
                    attributes,
                    SegmentAttribute.AT,
                    at(first, new ByteRange(first.bytes().from(), end(loop, first))));
            names(first, attributes);
        }
        events.startElement("", element, element, attributes);
        for (Node node : loop.nodes()) {
            if (node instanceof Loop inner && !isLevelOf(inner, loop)) {
                loop(LOOP + inner.name(), inner, events, attributes);
            } else if (node instanceof Segment segment
                    && TAG.matcher(segment.name()).matches()) {
                segment(segment, events, attributes);
            }
        }
        events.endElement("", element, element);
        for (Node node : loop.nodes()) {
            if (node instanceof Loop inner && isLevelOf(inner, loop)) {
                loop(element, inner, events, attributes);
            }
        }
    }

    private static void segment(Segment segment, ContentHandler events, AttributesImpl attributes) throws SAXException {
        attributes.clear();
        add(attributes, SegmentAttribute.AT, at(segment, segment.bytes()));
        for (int i = 0; i < segment.elements().size(); i++) {
            Segment.Element element = segment.elements().get(i);
            String name = i < ELEMENT_NAMES.length ? ELEMENT_NAMES[i] : "e" + (i + 1);
            for (int r = 0; r < element.repetitions().size(); r++) {
                components(element.repetitions().get(r), r == 0 ? name : name + "r" + (r + 1), attributes);
            }
        }
        add(attributes, SegmentAttribute.ELEMENTS, SegmentAttribute.elements(segment));
        String composites = SegmentAttribute.composites(segment);
        if (composites != null) {
            add(attributes, SegmentAttribute.COMPOSITES, composites);
        }
        names(segment, attributes);
        events.startElement("", segment.name(), segment.name(), attributes);
        events.endElement("", segment.name(), segment.name());
    }

    private static void names(Segment segment, AttributesImpl attributes) {
        for (String name : List.of(SegmentAttribute.NAME, SegmentAttribute.IN)) {
            String text = SegmentAttribute.named(name).text().apply(segment);
            if (text != null) {
                add(attributes, name, text);
            }
        }
    }

    private static void components(List<String> components, String name, AttributesImpl attributes) {
        for (int c = 0; c < components.size(); c++) {
            if (!components.get(c).isEmpty()) {
                add(attributes, c == 0 ? name : name + "_" + (c + 1), components.get(c));
            }
        }
    }

    static String at(Segment segment, ByteRange bytes) {
        return segment.id() + ' ' + segment.position() + ' ' + bytes.from() + ' ' + bytes.to();
    }

    private static @Nullable Segment first(Loop loop) {
        for (Node node : loop.nodes()) {
            if (node instanceof Segment segment) {
                return segment;
            }
            Segment inner = first((Loop) node);
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    private static long end(Loop loop, Segment first) {
        long end = first.bytes().to();
        for (Node node : loop.nodes()) {
            if (node instanceof Segment segment) {
                end = Math.max(end, segment.bytes().to());
            } else if (!isLevelOf((Loop) node, loop)) {
                end = Math.max(end, end((Loop) node, first));
            }
        }
        return end;
    }

    private static void add(AttributesImpl attributes, String name, String value) {
        attributes.addAttribute("", name, name, "CDATA", value);
    }

    private static String[] names() {
        String[] names = new String[40];
        for (int i = 0; i < names.length; i++) {
            names[i] = "e" + (i + 1);
        }
        return names;
    }

    @Override
    public void parse(String systemId) throws SAXException {
        throw new SAXException("A transaction set is read from memory, not from " + systemId);
    }

    @Override
    public boolean getFeature(String name) {
        return false;
    }

    @Override
    public void setFeature(String name, boolean value) {
        // Smooks switches namespace features on; elements here have none.
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return null;
    }

    @Override
    public void setProperty(String name, @Nullable Object value) {
        // Smooks offers a lexical handler; there are no comments or entities to tell it of.
    }

    @Override
    public void setEntityResolver(@Nullable EntityResolver resolver) {
        this.entityResolver = resolver;
    }

    @Override
    public @Nullable EntityResolver getEntityResolver() {
        return entityResolver;
    }

    @Override
    public void setDTDHandler(@Nullable DTDHandler handler) {
        this.dtdHandler = handler;
    }

    @Override
    public @Nullable DTDHandler getDTDHandler() {
        return dtdHandler;
    }

    @Override
    public void setContentHandler(@Nullable ContentHandler handler) {
        this.handler = handler;
    }

    @Override
    public @Nullable ContentHandler getContentHandler() {
        return handler;
    }

    @Override
    public void setErrorHandler(@Nullable ErrorHandler handler) {
        this.errorHandler = handler;
    }

    @Override
    public @Nullable ErrorHandler getErrorHandler() {
        return errorHandler;
    }
}
