package io.lonja.archive;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON with exactly one spelling per value (RFC 8785): names sorted by UTF-16 code units, no white space, minimal
 * escapes, UTF-8. Facts and receipts are written with it, so that equal content has equal bytes and an equal digest.
 *
 * <p>There are no fractions: a decimal is a text in plain notation ({@code "12.50"}), a whole number beyond ±(2^53 − 1)
 * is refused, because readers that follow RFC 8785 would round it.
 */
public final class CanonicalJson {

    private static final long EXACT_IN_EVERY_READER = (1L << 53) - 1;

    private CanonicalJson() {}

    /**
     * The canonical bytes of a record: components by name, absent when null; decimals, currencies and times as text.
     *
     * @throws IllegalArgumentException when it holds a float or double, a lone surrogate, or an integer that is too
     *     large
     */
    public static byte[] of(Object record) {
        return write(tree(FactMapper.SHARED.valueToTree(record)));
    }

    /**
     * The record that these bytes were written from.
     *
     * @throws IllegalArgumentException when they are not JSON, or hold a name that the record does not have
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = FactMapper.SHARED.readValue(json, type);
            if (value == null) {
                throw new IllegalArgumentException("JSON null is not a " + type.getSimpleName());
            }
            return value;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "This JSON is not a %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory does not fail", e);
        }
    }

    /** A mapper for records with the same conventions, for callers that read or show a part of a fact. */
    public static ObjectMapper mapper() {
        return FactMapper.SHARED.copy();
    }

    /**
     * The canonical bytes of a tree of {@link Map} with text keys, {@link List}, {@link String}, {@link Boolean},
     * {@link Integer}, {@link Long}, {@link BigDecimal} (written as text) and null.
     *
     * @throws IllegalArgumentException for anything else in the tree
     */
    public static byte[] write(@Nullable Object tree) {
        StringBuilder json = new StringBuilder(256);
        append(json, tree);
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A text holds half a character (a lone surrogate)", e);
        }
    }

    private static void append(StringBuilder json, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            appendObject(json, map);
        } else if (value instanceof List<?> list) {
            json.append('[');
            for (int i = 0; i < list.size(); i++) {
                append(i == 0 ? json : json.append(','), list.get(i));
            }
            json.append(']');
        } else if (value instanceof String text) {
            appendText(json, text);
        } else if (value instanceof BigDecimal decimal) {
            appendText(json, decimal.toPlainString());
        } else if (value instanceof Integer || value instanceof Long) {
            json.append(exact(((Number) value).longValue()));
        } else if (value == null || value instanceof Boolean) {
            json.append(value);
        } else {
            throw new IllegalArgumentException("Canonical JSON has no %s; write it as text"
                    .formatted(value.getClass().getSimpleName()));
        }
    }

    private static void appendObject(StringBuilder json, Map<?, ?> map) {
        TreeMap<String, Object> sorted = new TreeMap<>(); // String compares by UTF-16 code units, as RFC 8785 asks
        map.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("Names in JSON are texts, not " + name);
            }
            sorted.put(text, value);
        });
        json.append('{');
        String separator = "";
        for (Map.Entry<String, Object> member : sorted.entrySet()) {
            appendText(json.append(separator), member.getKey());
            append(json.append(':'), member.getValue());
            separator = ",";
        }
        json.append('}');
    }

    private static void appendText(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (c < 0x20) {
                        json.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static long exact(long number) {
        if (number < -EXACT_IN_EVERY_READER || number > EXACT_IN_EVERY_READER) {
            throw new IllegalArgumentException(
                    "%d is too large for a JSON number that every reader keeps; write it as text".formatted(number));
        }
        return number;
    }

    private static @Nullable Object tree(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> members = new TreeMap<>();
                node.properties().forEach(member -> members.put(member.getKey(), tree(member.getValue())));
                yield members;
            }
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>(node.size());
                node.forEach(item -> items.add(tree(item)));
                yield items;
            }
            case STRING, BINARY -> node.asText();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> {
                if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                    throw new IllegalArgumentException(
                            "%s is not a whole number; facts hold decimals as BigDecimal".formatted(node));
                }
                yield node.longValue();
            }
            case NULL -> null;
            default -> throw new IllegalArgumentException("Canonical JSON has no " + node.getNodeType());
        };
    }
}
