package io.lonja.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.party.CodeKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The codes in a document, and the same document with other codes in their place. By the names of the fields, whatever the
 * document is: {@code items} of a line, {@code codes} of a party and {@code scheme} with {@code location} of a split, {@code
 * unit} of a quantity, {@code category} of a tax.
 */
public final class DocumentCodes {

    private static final ObjectMapper JSON = CanonicalJson.mapper();
    private static final String ITEMS = "items";
    private static final String CODES = "codes";
    private static final String UNIT = "unit";
    private static final String CATEGORY = "category";
    private static final String SCHEME = "scheme";
    private static final String LOCATION = "location";
    private static final String WIRE = "wire";

    /** What stands in them has names that guides give, and is no code. */
    private static final Set<String> OTHER = Set.of("references", "dates", "stated", WIRE);

    private DocumentCodes() {}

    /**
     * Something that the document names by codes.
     *
     * @param field {@code lines[2].items}, counted from 0
     * @param codes all that name it, in the order of their schemes: {@code gtin:8412345000013, supplier-item:A-100}; for units
     *     and taxes one, {@code CA}
     * @param wire bytes of the nearest thing around it that says where it stands; null where none does
     */
    public record Named(
            CodeKind kind,
            String field,
            List<String> codes,
            @Nullable ByteRange wire) {}

    /** Everything that this document names by codes, in the order of its fields. */
    public static List<Named> in(BusinessDocument document) {
        List<Named> found = new ArrayList<>();
        find(JSON.valueToTree(document), "", null, found);
        return found;
    }

    /**
     * The same document with the values in place of the keys. A code whose scheme another one has then is kept beside it.
     *
     * @param codes by kind, each spelled as in {@link Named#codes}
     */
    public static BusinessDocument replaced(
            BusinessDocument document, Map<CodeKind, ? extends Map<String, String>> codes) {
        if (codes.values().stream().allMatch(Map::isEmpty)) {
            return document;
        }
        JsonNode tree = JSON.valueToTree(document);
        replace(tree, codes);
        return CanonicalJson.read(CanonicalJson.of(tree), BusinessDocument.class);
    }

    private static void find(JsonNode node, String field, @Nullable ByteRange around, List<Named> found) {
        if (node instanceof ArrayNode) {
            for (int i = 0; i < node.size(); i++) {
                find(node.get(i), "%s[%d]".formatted(field, i), around, found);
            }
            return;
        }
        ByteRange wire = node.path(WIRE).isObject()
                ? new ByteRange(
                        node.path(WIRE).path("from").asLong(),
                        node.path(WIRE).path("to").asLong())
                : around;
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> each = fields.next();
            String name = each.getKey();
            JsonNode value = each.getValue();
            String place = field.isEmpty() ? name : field + "." + name;
            CodeKind kind = kind(name, value, node);
            if (kind == null) {
                if (value.isContainerNode() && !OTHER.contains(name)) {
                    find(value, place, wire, found);
                }
            } else if (value.isTextual()) {
                String code = kind.hasScheme() ? node.path(SCHEME).asText() + ":" + value.asText() : value.asText();
                found.add(new Named(kind, place, List.of(code), wire));
            } else if (!value.isEmpty()) {
                List<String> codes = new ArrayList<>();
                value.fields()
                        .forEachRemaining(code ->
                                codes.add(code.getKey() + ":" + code.getValue().asText()));
                found.add(new Named(kind, place, codes, wire));
            }
        }
    }

    private static void replace(JsonNode node, Map<CodeKind, ? extends Map<String, String>> codes) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = node.path(name);
            CodeKind kind = kind(name, value, node);
            if (kind == null) {
                if (!OTHER.contains(name)) {
                    replace(value, codes);
                }
                continue;
            }
            Map<String, String> others = codes.get(kind);
            if (others == null || !(node instanceof ObjectNode object)) {
                continue;
            }
            if (value.isObject()) {
                object.set(name, JSON.valueToTree(replaced(value, others)));
            } else if (kind.hasScheme()) {
                String other = others.get(node.path(SCHEME).asText() + ":" + value.asText());
                if (other != null) {
                    object.put(SCHEME, scheme(other));
                    object.put(name, code(other));
                }
            } else {
                object.put(name, others.getOrDefault(value.asText(), value.asText()));
            }
        }
        if (node instanceof ArrayNode) {
            node.forEach(each -> replace(each, codes));
        }
    }

    private static SortedMap<String, String> replaced(JsonNode bySchemes, Map<String, String> others) {
        SortedMap<String, String> result = new TreeMap<>();
        List<Map.Entry<String, JsonNode>> asTheyAre = new ArrayList<>();
        bySchemes.fields().forEachRemaining(each -> {
            String other = others.get(each.getKey() + ":" + each.getValue().asText());
            if (other == null) {
                asTheyAre.add(each);
            } else {
                keep(result, scheme(other), code(other));
            }
        });
        asTheyAre.forEach(each -> keep(result, each.getKey(), each.getValue().asText()));
        return result;
    }

    private static void keep(SortedMap<String, String> result, String scheme, String code) {
        String free = scheme;
        for (int i = 2; result.containsKey(free) && !code.equals(result.get(free)); i++) {
            free = scheme + "-" + i;
        }
        result.put(free, code);
    }

    private static @Nullable CodeKind kind(String name, JsonNode value, JsonNode within) {
        return switch (name) {
            case ITEMS -> value.isObject() ? CodeKind.ITEMS : null;
            case CODES -> value.isObject() ? CodeKind.PARTIES : null;
            case UNIT -> value.isTextual() ? CodeKind.UNITS : null;
            case CATEGORY -> value.isTextual() ? CodeKind.TAXES : null;
            case LOCATION -> value.isTextual() && within.path(SCHEME).isTextual() ? CodeKind.PARTIES : null;
            default -> null;
        };
    }

    private static String scheme(String code) {
        return code.substring(0, code.indexOf(':'));
    }

    private static String code(String code) {
        return code.substring(code.indexOf(':') + 1);
    }
}
