package io.lonja.edi;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An XML element of a guide with its line. Read by the JDK's own parser, without document types and entities. */
final class Markup {

    static final String NAMESPACE = "http://xlate.io/EDISchema/v4";

    private static final int DEPTH_MAX = 64;

    private final String name;
    private final int line;
    private final Map<String, String> attributes = new HashMap<>();
    private final List<Markup> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Markup(String name, int line) {
        this.name = name;
        this.line = line;
    }

    static Markup parse(InputStream xml) throws FaultyException {
        return parse(xml, NAMESPACE);
    }

    /** All of whose elements are of this namespace. */
    static Markup parse(InputStream xml, String space) throws FaultyException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are forbidden");
        });
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(xml);
            Deque<Markup> open = new ArrayDeque<>();
            Markup root = new Markup("", 1);
            open.push(root);
            while (reader.hasNext()) {
                int event = reader.next();
                int line = Math.max(1, reader.getLocation().getLineNumber());
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw new FaultyException(line, "a guide has no document type and no entities.");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (!space.equals(reader.getNamespaceURI())) {
                        throw new FaultyException(
                                line, "<%s> is not of the namespace %s.".formatted(reader.getLocalName(), space));
                    }
                    if (open.size() > DEPTH_MAX) {
                        throw new FaultyException(line, "elements are nested deeper than %d.".formatted(DEPTH_MAX));
                    }
                    Markup child = new Markup(reader.getLocalName(), line);
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        child.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                    }
                    open.element().children.add(child);
                    open.push(child);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open.pop();
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    open.element().text.append(reader.getText());
                }
            }
            return root.children.get(0);
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
            String message = String.valueOf(e.getMessage());
            throw new FaultyException(
                    line, message.substring(message.lastIndexOf("Message:") + 1).strip());
        }
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    String attribute(String attribute, String absent) {
        return attributes.getOrDefault(attribute, absent);
    }

    List<Markup> children() {
        return children;
    }

    List<Markup> children(String named) {
        return children.stream().filter(child -> child.name.equals(named)).toList();
    }

    String text() {
        return text.toString().strip();
    }

    /** What makes a file no readable XML, and where. */
    static final class FaultyException extends Exception {

        private static final long serialVersionUID = 1;

        private final int line;

        FaultyException(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }
}
