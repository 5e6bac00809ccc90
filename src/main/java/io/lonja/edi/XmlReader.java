package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one payload that is an XML document, as an interchange of one transaction set that nobody acknowledges: XML has no
 * envelope. Its elements become loops and segments, as far as the guide knows them:
 *
 * <ul>
 *   <li>an element with elements is a {@link Loop} of its name; it opens with a segment without elements, whose id is the
 *       path ({@code Invoice/InvoiceLine[2]}) and whose bytes are the whole element
 *   <li>an element with text is a {@link Segment}, whose id is the path, with one element: the text without the blanks
 *       around it, and as second component what qualifies it ({@code schemeID}, {@code unitCode}, {@code currencyID} or
 *       {@code listID})
 * </ul>
 *
 * <p>Read by the JDK's own parser, which is given characters and never told where to fetch any: a document type is refused
 * before it begins, and there is nothing that an entity could name.
 */
final class XmlReader {

    /** The attributes of UBL's basic components that say whose code, which unit or which currency it is. */
    private static final List<String> QUALIFIERS = List.of("schemeID", "unitCode", "currencyID", "listID");

    private static final String VERSION = "2.1";
    private static final Delimiters NONE = new Delimiters((char) 0, (char) 0, (char) 0, (char) 0);

    private final Guides guides;
    private final Set<GuideId> agreed;
    private final ReadingVisitor visitor;
    private final Deque<XmlElement> open = new ArrayDeque<>();
    private int passedOver;
    private boolean lastWasEmpty;
    private int elements;

    /** @param agreed guides that go before others that know the same document */
    XmlReader(Guides guides, Set<GuideId> agreed, ReadingVisitor visitor) {
        this.guides = guides;
        this.agreed = agreed;
        this.visitor = visitor;
    }

    /** Whether this is meant as XML: a {@code <} is the first thing in it, and then what may follow one. */
    static boolean begins(byte[] payload, int length) {
        int at = 0;
        if (length >= 3 && (payload[0] & 0xFF) == 0xEF && (payload[1] & 0xFF) == 0xBB && (payload[2] & 0xFF) == 0xBF) {
            at = 3;
        } else if (length >= 2 && ((payload[0] & 0xFF) == 0xFE || (payload[0] & 0xFF) == 0xFF)) {
            at = 2;
        }
        boolean open = false;
        for (; at < length; at++) {
            int c = payload[at] & 0xFF;
            if (open && c != 0) {
                return c == '?' || c == '!' || c == '_' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            }
            if (c == '<') {
                open = true;
            } else if (c != 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return false;
            }
        }
        return false;
    }

    void read(byte[] payload) {
        if (payload.length > XmlLimits.BYTES_MAX) {
            visitor.outside(tooLarge());
            return;
        }
        try {
            document(XmlText.of(payload), payload.length);
        } catch (XmlFault fault) {
            visitor.outside(fault.error());
        }
    }

    static SyntaxError tooLarge() {
        return XmlFault.at(ErrorCode.XML_TOO_LARGE, "", Phrase.BYTES.say(XmlLimits.BYTES_MAX), new ByteRange(0, 0))
                .error();
    }

    private void document(XmlText source, long length) throws XmlFault {
        prolog(source);
        XmlJudge judge = new XmlJudge();
        XmlGuide guide = null;
        Loop content = null;
        XmlTags tags = new XmlTags(source);
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(source.text()));
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        step(tags, reader, false);
                        if (open.isEmpty() && passedOver == 0) {
                            guide = root(reader, source, tags, judge);
                        } else {
                            start(reader, source, tags, judge);
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        ends(tags, reader);
                        if (passedOver > 0) {
                            passedOver--;
                        } else {
                            Node node = open.pop().end(source, tags.to(), judge);
                            if (open.isEmpty()) {
                                content = (Loop) Objects.requireNonNull(node, "The root is never left out");
                            } else if (node != null) {
                                open.element().add(node);
                            }
                        }
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (passedOver == 0 && !open.isEmpty()) {
                            open.element().text(reader.getText(), XmlLimits.TEXT_CHARACTERS_MAX);
                        }
                    }
                    default -> {
                        // Comments and processing instructions say nothing about trade; entities were refused.
                    }
                }
            }
            tags.next();
        } catch (XMLStreamException e) {
            throw malformed(e, source);
        }
        tell(Objects.requireNonNull(guide), Objects.requireNonNull(content), judge, new ByteRange(0, length));
    }

    /** A document type would be looked at by the parser before its first element, so it is looked for before that. */
    private static void prolog(XmlText source) throws XmlFault {
        new XmlTags(source).next();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are forbidden");
        });
        return factory;
    }

    private static void step(XmlTags tags, XMLStreamReader reader, boolean ends) throws XmlFault {
        String prefix = reader.getPrefix();
        String name = prefix == null || prefix.isEmpty() ? reader.getLocalName() : prefix + ":" + reader.getLocalName();
        if (!tags.next() || !tags.names(name, ends)) {
            throw new IllegalStateException("The tag of %s is not where it was looked for".formatted(name));
        }
    }

    /** An element without content has one tag for its beginning and its end. */
    private void ends(XmlTags tags, XMLStreamReader reader) throws XmlFault {
        if (!lastWasEmpty) {
            step(tags, reader, true);
        }
        lastWasEmpty = false;
    }

    private XmlGuide root(XMLStreamReader reader, XmlText source, XmlTags tags, XmlJudge judge) throws XmlFault {
        String namespace = Objects.requireNonNullElse(reader.getNamespaceURI(), "");
        String name = reader.getLocalName();
        Collection<XmlGuide> known = guides.ofXml(agreed);
        XmlGuide guide = known.stream()
                .filter(each -> each.document(namespace, name).isPresent())
                .findFirst()
                .orElse(null);
        if (guide == null) {
            String those = known.stream()
                    .flatMap(each -> each.names().stream())
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw XmlFault.at(
                    ErrorCode.XML_DOCUMENT_NOT_SUPPORTED,
                    Wire.shortened(namespace.isEmpty() ? name : "{" + namespace + "}" + name),
                    those.isEmpty() ? Phrase.XML_NO_GUIDE.say() : Phrase.SEND_ONE_OF.say(those),
                    source.bytes(tags.from(), tags.to()));
        }
        XmlUse use = guide.document(namespace, name).orElseThrow().root();
        count(source, tags);
        judge.begins(name);
        open.push(new XmlElement(use, name, 1, source.byteAt(tags.from()), ""));
        lastWasEmpty = tags.empty();
        return guide;
    }

    private void start(XMLStreamReader reader, XmlText source, XmlTags tags, XmlJudge judge) throws XmlFault {
        count(source, tags);
        lastWasEmpty = tags.empty();
        if (passedOver > 0) {
            passedOver++;
            return;
        }
        XmlElement parent = open.element();
        XmlUse use = parent.child(reader.getLocalName(), reader.getNamespaceURI());
        if (use == null) {
            passedOver = 1;
            return;
        }
        ByteRange bytes = source.bytes(tags.from(), tags.to());
        String path = parent.path(use, bytes, elements, judge);
        open.push(new XmlElement(use, path, elements, bytes.from(), qualifier(reader, use)));
    }

    private static String qualifier(XMLStreamReader reader, XmlUse use) {
        if (!use.attribute().isEmpty()) {
            return stripped(reader.getAttributeValue(null, use.attribute()));
        }
        return QUALIFIERS.stream()
                .map(name -> stripped(reader.getAttributeValue(null, name)))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String stripped(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private void count(XmlText source, XmlTags tags) throws XmlFault {
        elements++;
        boolean deep = open.size() + passedOver >= XmlLimits.DEPTH_MAX;
        if (deep || elements > XmlLimits.ELEMENTS_MAX) {
            throw XmlFault.at(
                    ErrorCode.XML_TOO_LARGE,
                    "",
                    deep ? Phrase.XML_LEVELS.say(XmlLimits.DEPTH_MAX) : Phrase.XML_ELEMENTS.say(XmlLimits.ELEMENTS_MAX),
                    source.bytes(tags.from(), tags.to()));
        }
    }

    private static XmlFault malformed(XMLStreamException e, XmlText source) {
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
        int column = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNumber());
        String message = String.valueOf(e.getMessage());
        String reason = message.substring(message.lastIndexOf("Message:") + 1)
                .replaceFirst("^essage:", "")
                .strip()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("\\.$", "");
        int at = offset(source.text(), line, column);
        return XmlFault.at(
                ErrorCode.XML_NOT_WELL_FORMED,
                "",
                Phrase.XML_AT_LINE.say(line, column, Wire.shortened(reason)),
                source.bytes(at, at));
    }

    /** The character at this line and column, both counted from 1; the end of the text where there is no such line. */
    private static int offset(String text, int line, int column) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            int feed = text.indexOf('\n', at);
            if (feed < 0) {
                return text.length();
            }
            at = feed + 1;
        }
        return Math.min(text.length(), at + column - 1);
    }

    private void tell(XmlGuide guide, Loop content, XmlJudge judge, ByteRange bytes) {
        Verdict verdict = judge.verdict();
        String number = XmlElement.text(content, "ID");
        WireParty receiver = XmlElement.endpoint(content, "AccountingCustomerParty");
        WireParty sender = XmlElement.endpoint(content, "AccountingSupplierParty");
        Envelope envelope = new Envelope(
                Standard.UBL,
                sender,
                receiver,
                number,
                VERSION,
                XmlElement.text(content, "IssueDate"),
                "",
                false,
                false);
        Interchange interchange = new Interchange(envelope, NONE, List.of(), List.of(), List.of(), bytes);
        FunctionalGroup group = new FunctionalGroup("", "", "", "", VERSION, "", List.of(), List.of(), bytes);
        visitor.beginInterchange(interchange);
        visitor.beginGroup(group);
        visitor.transactionSet(
                new TransactionSet(content.name(), number, guide.id(), content, verdict, range(content, bytes)));
        visitor.endGroup(group);
        visitor.endInterchange(interchange);
    }

    /** The root element, without what stands around it. */
    private static ByteRange range(Loop content, ByteRange whole) {
        return content.nodes().get(0) instanceof Segment opening ? opening.bytes() : whole;
    }
}
