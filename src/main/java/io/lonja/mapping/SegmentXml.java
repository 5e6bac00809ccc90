package io.lonja.mapping;

import io.lonja.edi.OutboundSegment;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Segments as the elements of a document: {@code <PO1 e1="1" e2="10"/>}; a loop's element only groups them. */
final class SegmentXml {

    static final XMLInputFactory XML = factory();

    private SegmentXml() {}

    /** @throws IllegalStateException when the template did not write such a document */
    static List<OutboundSegment> segments(String xml, String place) {
        List<OutboundSegment> segments = new ArrayList<>();
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    String name = reader.getLocalName();
                    if (!name.equals(TransactionSetReader.ROOT) && !name.startsWith(TransactionSetReader.LOOP)) {
                        segments.add(OutboundSegment.named(name, attributes(reader)));
                    }
                } else if (event == XMLStreamConstants.CHARACTERS && !reader.isWhiteSpace()) {
                    throw new IllegalStateException("%s writes text outside of a segment: %s"
                            .formatted(place, reader.getText().strip()));
                }
            }
            return segments;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("%s does not write XML: %s".formatted(place, e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("%s: %s".formatted(place, e.getMessage()), e);
        }
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (!reader.getAttributeValue(i).isEmpty()) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }
        return attributes;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
