package io.lonja.consortium;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of a consortium inside the hub: {@code food-north}. */
public record ConsortiumId(@JsonValue String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConsortiumId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A consortium id has 1 to 64 lower-case letters, digits and hyphens, not \"%s\".".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
