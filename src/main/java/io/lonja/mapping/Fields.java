package io.lonja.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts of one thing that Smooks collected, by the names the guide's mapping gives them.
 *
 * @param values texts, lists of such maps, and what the decoder {@code Pairs} makes; empty texts count as absent
 * @param fallback where it stands when the mapping does not say
 */
record Fields(Map<?, ?> values, Place fallback) {

    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    boolean has(String name) {
        return !text(name).isEmpty();
    }

    List<Fields> list(String name) {
        if (!(values.get(name) instanceof List<?> list)) {
            return List.of();
        }
        Place here = place();
        List<Fields> things = new ArrayList<>(list.size());
        list.forEach(item -> things.add(new Fields((Map<?, ?>) item, here)));
        return things;
    }

    /** Qualifiers and values, in wire order. */
    List<List<?>> pairs(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().<List<?>>map(item -> (List<?>) item).toList()
                : List.of();
    }

    /** The texts whose names begin so, by the rest of their names. */
    SortedMap<String, String> startingWith(String prefix) {
        SortedMap<String, String> found = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name instanceof String key && key.startsWith(prefix) && has(key)) {
                found.put(key.substring(prefix.length()), text(key));
            }
        });
        return found;
    }

    Place place() {
        return place("at");
    }

    Place place(String name) {
        return has(name) ? Place.of(text(name)) : name.equals("at") ? fallback : place();
    }
}
