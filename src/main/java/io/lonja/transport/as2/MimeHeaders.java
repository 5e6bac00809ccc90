package io.lonja.transport.as2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Header fields in the order they came; names compare without case, folded values are one line. */
record MimeHeaders(List<Field> fields) {

    private static final int BYTES_MAX = 64 * 1024;
    private static final int FIELDS_MAX = 200;

    /** {@code Content-Type: application/edi-x12}. */
    record Field(String name, String value) {}

    MimeHeaders {
        fields = List.copyOf(fields);
    }

    static MimeHeaders of(String... namesAndValues) {
        List<Field> fields = new ArrayList<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            fields.add(new Field(namesAndValues[at], namesAndValues[at + 1]));
        }
        return new MimeHeaders(fields);
    }

    Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /** Headers and where the body begins. */
    record Parsed(MimeHeaders headers, int bodyFrom) {}

    /**
     * Reads fields up to the first empty line. A line that is no field is passed over: what garbage looks like must
     * not be told from outside.
     *
     * @throws Refusal when no empty line ends them, or they are beyond any limit
     */
    static Parsed parse(Bytes entity) throws Refusal {
        List<Field> fields = new ArrayList<>();
        int at = entity.from();
        while (at < entity.until()) {
            if (at - entity.from() > BYTES_MAX || fields.size() > FIELDS_MAX) {
                throw Refusal.malformed("The headers of an entity are longer than any header is");
            }
            int newline = entity.indexOf((byte) '\n', at);
            if (newline == entity.until()) {
                break;
            }
            if (newline - at > BYTES_MAX) {
                throw Refusal.malformed("The headers of an entity are longer than any header is");
            }
            int end = newline > at && entity.at(newline - 1) == '\r' ? newline - 1 : newline;
            if (end == at) {
                return new Parsed(new MimeHeaders(fields), newline + 1);
            }
            add(entity.text(at, end), fields);
            at = newline + 1;
        }
        throw Refusal.malformed("No empty line ends the headers of an entity");
    }

    private static void add(String line, List<Field> fields) {
        if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            if (!fields.isEmpty()) {
                Field folded = fields.remove(fields.size() - 1);
                fields.add(new Field(folded.name(), (folded.value() + " " + line.strip()).strip()));
            }
            return;
        }
        int colon = line.indexOf(':');
        if (colon > 0) {
            fields.add(new Field(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
    }
}
