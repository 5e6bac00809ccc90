package io.lonja.archive;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
        try (CanonicalGenerator generator = new CanonicalGenerator(FactMapper.WRITER)) {
            FactMapper.WRITER.writeValue(generator, record);
            return utf8(generator.json());
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException("No JSON can tell this: %s".formatted(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory does not fail", e);
        }
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
        return utf8(json);
    }

    private static byte[] utf8(StringBuilder json) {
        try {
            char[] text = new char[json.length()]; // The encoder is several times faster with an array.
            json.getChars(0, text.length, text, 0);
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
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
        json.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : sorted(map).entrySet()) {
            if (!(member.getKey() instanceof String name)) {
                throw new IllegalArgumentException("Names in JSON are texts, not " + member.getKey());
            }
            appendText(json.append(separator), name);
            append(json.append(':'), member.getValue());
            separator = ",";
        }
        json.append('}');
    }

    /** String compares by UTF-16 code units, as RFC 8785 asks. */
    private static Map<?, ?> sorted(Map<?, ?> map) {
        if (map.size() < 2 || map instanceof SortedMap<?, ?> known && known.comparator() == null) {
            return map;
        }
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("Names in JSON are texts, not " + name);
            }
            sorted.put(text, value);
        });
        return sorted;
    }

    static void appendText(StringBuilder json, String text) {
        json.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                json.append(text, from, i);
                from = i + 1;
                appendEscaped(json, c);
            }
        }
        json.append(text, from, text.length());
        json.append('"');
    }

    private static void appendEscaped(StringBuilder json, char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\b' -> json.append("\\b");
            case '\t' -> json.append("\\t");
            case '\n' -> json.append("\\n");
            case '\f' -> json.append("\\f");
            case '\r' -> json.append("\\r");
            default ->
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        }
    }

    static long exact(long number) {
        if (number < -EXACT_IN_EVERY_READER || number > EXACT_IN_EVERY_READER) {
            throw new IllegalArgumentException(
                    "%d is too large for a JSON number that every reader keeps; write it as text".formatted(number));
        }
        return number;
    }
}
