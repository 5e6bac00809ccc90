package io.lonja.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of an item inside the hub: {@code olive-oil-5l}. */
public record ItemId(@JsonValue String value) implements Comparable<ItemId> {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,47}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ItemId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "An item id has 1 to 48 lower-case letters, digits and hyphens, not \"%s\".".formatted(value));
        }
    }

    @Override
    public int compareTo(ItemId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
