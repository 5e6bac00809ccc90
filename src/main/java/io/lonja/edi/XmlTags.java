package io.lonja.edi;

import java.util.Set;

/**
 * Where the tags of an XML document stand, one after the other. It knows no more of XML than that needs: whether the text
 * is well-formed is the parser's to say, which goes through it in step. A document type, and an entity that is not one of
 * XML's own five, it refuses: nothing is ever resolved.
 */
final class XmlTags {

    private static final Set<String> ENTITIES = Set.of("lt", "gt", "amp", "apos", "quot");
    private static final String DOCTYPE = "<!DOCTYPE";

    private final XmlText source;
    private final String text;
    private int at;
    private int from;
    private int to;

    XmlTags(XmlText source) {
        this.source = source;
        this.text = source.text();
    }

    /** Moves on to the next tag, and says whether there is one. */
    boolean next() throws XmlFault {
        while (at < text.length()) {
            int open = text.indexOf('<', at);
            int end = open < 0 ? text.length() : open;
            demandOwnEntities(at, end);
            if (open < 0) {
                at = end;
                return false;
            }
            if (text.startsWith("<!--", open)) {
                at = after("-->", open + 4);
            } else if (text.startsWith("<![CDATA[", open)) {
                at = after("]]>", open + 9);
            } else if (text.startsWith("<?", open)) {
                at = after("?>", open + 2);
            } else if (text.regionMatches(true, open, DOCTYPE, 0, DOCTYPE.length())) {
                throw XmlFault.at(
                        ErrorCode.XML_DOCTYPE_REFUSED,
                        "",
                        "",
                        source.bytes(open, Math.min(text.length(), open + DOCTYPE.length())));
            } else {
                from = open;
                to = tagEnd(open + 1);
                at = to;
                return true;
            }
        }
        return false;
    }

    /** The first character of the tag. */
    int from() {
        return from;
    }

    /** The character after the tag. */
    int to() {
        return to;
    }

    /** Whether the tag is one of an element without content: {@code <Note/>}. */
    boolean empty() {
        return text.startsWith("/>", to - 2);
    }

    /** Whether the tag names this element, at its beginning or its end. */
    boolean names(String qualified, boolean ends) {
        return text.startsWith(ends && !empty() ? "</" + qualified : "<" + qualified, from);
    }

    private int after(String mark, int begin) {
        int end = text.indexOf(mark, begin);
        return end < 0 ? text.length() : end + mark.length();
    }

    private int tagEnd(int begin) throws XmlFault {
        int i = begin;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '>') {
                return i + 1;
            }
            if (c == '"' || c == '\'') {
                int close = text.indexOf(c, i + 1);
                int end = close < 0 ? text.length() : close;
                demandOwnEntities(i + 1, end);
                i = end;
            }
            i++;
        }
        return text.length();
    }

    private void demandOwnEntities(int begin, int end) throws XmlFault {
        // Looked for no further than here: to the end of the document each time would take hours for a long one.
        for (int amp = begin; amp < end; amp++) {
            if (text.charAt(amp) != '&') {
                continue;
            }
            int close = text.indexOf(';', amp);
            String name = close < 0 || close >= end ? "" : text.substring(amp + 1, close);
            if (!name.startsWith("#") && !ENTITIES.contains(name)) {
                throw XmlFault.at(
                        ErrorCode.XML_ENTITY_REFUSED,
                        Wire.shortened(name.isEmpty() ? "&" : '&' + name + ';'),
                        "",
                        source.bytes(amp, Math.min(text.length(), close < 0 ? amp + 1 : Math.min(close, end))));
            }
        }
    }
}
