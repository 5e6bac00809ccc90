package io.lonja.edi;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles one {@code elements.xml}; all its faults are collected, each with its line. Below {@code <elements>} stand
 * {@code <parts>}, whose children can be the content of several elements, and the documents, each under the name of its
 * root element. An element of the document is written as an element here:
 *
 * <pre>{@code
 * <IssueDate title="BT-2, issue date" min="1" type="date"/>
 * <InvoiceLine title="BG-25" min="1" max="n" part="line"/>
 * }</pre>
 */
final class XmlGuideReader {

    static final String NAMESPACE = "urn:lonja:elements:1";

    private static final int TEXT_CHARACTERS_MAX = 10_000;
    private static final int NESTED_PARTS_MAX = 12;

    private final String file;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Markup> parts = new HashMap<>();

    XmlGuideReader(String file) {
        this.file = file;
    }

    List<String> faults() {
        return faults;
    }

    /** The guide, or empty when there is any fault. */
    Optional<XmlGuide> read(byte[] xml, GuideId id) {
        Markup root;
        try {
            root = Markup.parse(new ByteArrayInputStream(xml), NAMESPACE);
        } catch (Markup.FaultyException e) {
            fault(e.line(), "This is not well-formed XML: " + e.getMessage());
            return Optional.empty();
        }
        if (!root.name().equals("elements")) {
            fault(root.line(), "A guide for XML begins with <elements xmlns=\"%s\">.".formatted(NAMESPACE));
            return Optional.empty();
        }
        root.children("parts").forEach(all -> all.children().forEach(part -> parts.put(part.name(), part)));
        List<XmlGuide.Document> documents = new ArrayList<>();
        for (Markup child : root.children()) {
            if (!child.name().equals("parts")) {
                String namespace = child.attribute("namespace", "");
                if (namespace.isEmpty()) {
                    fault(child.line(), "%s has no namespace.".formatted(child.name()));
                }
                documents.add(new XmlGuide.Document(namespace, use(child, 0)));
            }
        }
        if (documents.isEmpty()) {
            fault(root.line(), "The guide has no document; name one by its element.");
        }
        return faults.isEmpty() ? Optional.of(new XmlGuide(id, documents)) : Optional.empty();
    }

    private XmlUse use(Markup element, int depth) {
        String part = element.attribute("part", "");
        Markup content = part.isEmpty() ? element : parts.get(part);
        if (content == null || depth > NESTED_PARTS_MAX) {
            fault(element.line(), "There is no part %s, or it holds itself.".formatted(part));
            content = element;
        }
        List<XmlUse> children = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Markup child : content.children()) {
            if (!names.add(child.name())) {
                fault(child.line(), "%s stands twice in %s.".formatted(child.name(), element.name()));
            }
            if (depth <= NESTED_PARTS_MAX) {
                children.add(use(child, depth + 1));
            }
        }
        String max = element.attribute("max", "1");
        String codes = element.attribute("codes", "").strip();
        return new XmlUse(
                element.name(),
                element.attribute("title", ""),
                number(element, "min", element.attribute("min", "0")),
                max.equals("n") ? Integer.MAX_VALUE : number(element, "max", max),
                type(element),
                number(element, "length", element.attribute("length", Integer.toString(TEXT_CHARACTERS_MAX))),
                codes.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(codes.split("\\s+"))),
                element.attribute("attribute", ""),
                List.copyOf(children));
    }

    private XmlUse.Type type(Markup element) {
        String type = element.attribute("type", "text");
        try {
            return XmlUse.Type.valueOf(type.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            fault(
                    element.line(),
                    "%s has the type %s; use text, date, decimal, amount, foreign-amount or boolean."
                            .formatted(element.name(), type));
            return XmlUse.Type.TEXT;
        }
    }

    private int number(Markup element, String name, String written) {
        if (written.matches("[0-9]{1,5}")) {
            return Integer.parseInt(written);
        }
        fault(element.line(), "%s has the %s %s; it is a whole number.".formatted(element.name(), name, written));
        return 0;
    }

    private void fault(int line, String sentence) {
        faults.add("%s:%d: %s".formatted(file, line, sentence));
    }
}
