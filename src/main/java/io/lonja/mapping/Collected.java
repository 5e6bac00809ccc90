package io.lonja.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Smooks collects of one thing. A text stands under its name; of things that repeat, each is added to the list
 * under theirs: a guide's mapping wires them straight to what they belong to.
 */
public final class Collected extends HashMap<String, Object> {

    private static final long serialVersionUID = 1;

    @Override
    @SuppressWarnings("unchecked") // Only this method puts things here, and always into such a list.
    public @Nullable Object put(String name, Object value) {
        if (value instanceof Collected thing) {
            ((List<Object>) computeIfAbsent(name, first -> new ArrayList<>(4))).add(thing);
            return null;
        }
        return super.put(name, value);
    }
}
