package io.lonja.archive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A list of texts among the attributes of an entry. A value there is short, so the list goes on in further attributes: {@code
 * documents}, {@code documents-2}, {@code documents-3} …, each a JSON array.
 */
public final class AttributeList {

    /** Brackets and commas fit beside it in what a value may hold. */
    private static final int CHARACTERS_MAX = 1_900;

    private AttributeList() {}

    /**
     * The attributes that say these texts; none for no text.
     *
     * @throws IllegalArgumentException when a text alone is longer than {@value #CHARACTERS_MAX} characters of JSON
     */
    public static SortedMap<String, String> of(String name, List<String> texts) {
        SortedMap<String, String> attributes = new TreeMap<>();
        List<String> stretch = new ArrayList<>();
        int characters = 0;
        for (String text : texts) {
            int own = json(text).length() + 1;
            if (own > CHARACTERS_MAX) {
                throw new IllegalArgumentException("A text of attribute %s is longer than it can hold".formatted(name));
            }
            if (characters + own > CHARACTERS_MAX) {
                attributes.put(name(name, attributes.size()), json(stretch));
                stretch.clear();
                characters = 0;
            }
            stretch.add(text);
            characters += own;
        }
        if (!stretch.isEmpty()) {
            attributes.put(name(name, attributes.size()), json(stretch));
        }
        return attributes;
    }

    /** The texts in order; none where there is no such attribute. */
    public static List<String> in(Map<String, String> attributes, String name) {
        List<String> texts = new ArrayList<>();
        for (int stretch = 0; attributes.containsKey(name(name, stretch)); stretch++) {
            byte[] json =
                    Objects.requireNonNull(attributes.get(name(name, stretch))).getBytes(StandardCharsets.UTF_8);
            texts.addAll(List.of(CanonicalJson.read(json, String[].class)));
        }
        return texts;
    }

    private static String name(String name, int stretch) {
        return stretch == 0 ? name : name + "-" + (stretch + 1);
    }

    private static String json(Object value) {
        return new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
    }
}
