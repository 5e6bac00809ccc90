package io.lonja.mapping;

import io.lonja.archive.ByteRange;
import io.lonja.edi.Loop;
import io.lonja.edi.Node;
import io.lonja.edi.Segment;
import java.util.List;
import java.util.Objects;
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

    static final String ROOT = "transaction-set";
    /** Before the name of a loop. */
    static final String LOOP = "loop-";

    static final char SEPARATOR = '\u001F';
    static final char COMPONENT_SEPARATOR = '\u001E';

    private static final Pattern TAG = Pattern.compile("[A-Z][A-Z0-9]{1,2}");
    private static final String[] ELEMENT_NAMES = names();

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
            loop(ROOT, content, events, new AttributesImpl());
            events.endDocument();
        } finally {
            context = null;
        }
    }

    private static void loop(String element, Loop loop, ContentHandler events, AttributesImpl attributes)
            throws SAXException {
        attributes.clear();
        Segment first = first(loop);
        if (first != null) {
            add(attributes, "at", at(first, new ByteRange(first.bytes().from(), end(loop, first))));
        }
        events.startElement("", element, element, attributes);
        for (Node node : loop.nodes()) {
            if (node instanceof Loop inner) {
                loop(LOOP + inner.name(), inner, events, attributes);
            } else if (node instanceof Segment segment
                    && TAG.matcher(segment.id()).matches()) {
                segment(segment, events, attributes);
            }
        }
        events.endElement("", element, element);
    }

    private static void segment(Segment segment, ContentHandler events, AttributesImpl attributes) throws SAXException {
        attributes.clear();
        add(attributes, "at", at(segment, segment.bytes()));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < segment.elements().size(); i++) {
            Segment.Element element = segment.elements().get(i);
            String name = i < ELEMENT_NAMES.length ? ELEMENT_NAMES[i] : "e" + (i + 1);
            for (int r = 0; r < element.repetitions().size(); r++) {
                components(element.repetitions().get(r), r == 0 ? name : name + "r" + (r + 1), attributes);
            }
            (i == 0 ? all : all.append(SEPARATOR)).append(element.component(1));
        }
        add(attributes, "elements", all.toString());
        String composites = composites(segment);
        if (!composites.isEmpty()) {
            add(attributes, "composites", composites);
        }
        events.startElement("", segment.id(), segment.id(), attributes);
        events.endElement("", segment.id(), segment.id());
    }

    /** All components of the first repetitions; empty where no element has more than one. */
    private static String composites(Segment segment) {
        StringBuilder all = new StringBuilder();
        boolean composite = false;
        for (int i = 0; i < segment.elements().size(); i++) {
            List<List<String>> repetitions = segment.elements().get(i).repetitions();
            List<String> components = repetitions.isEmpty() ? List.of() : repetitions.get(0);
            composite |= components.size() > 1;
            (i == 0 ? all : all.append(SEPARATOR)).append(String.join(String.valueOf(COMPONENT_SEPARATOR), components));
        }
        return composite ? all.toString() : "";
    }

    private static void components(List<String> components, String name, AttributesImpl attributes) {
        for (int c = 0; c < components.size(); c++) {
            if (!components.get(c).isEmpty()) {
                add(attributes, c == 0 ? name : name + "_" + (c + 1), components.get(c));
            }
        }
    }

    private static String at(Segment segment, ByteRange bytes) {
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
            end = Math.max(
                    end, node instanceof Segment segment ? segment.bytes().to() : end((Loop) node, first));
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
