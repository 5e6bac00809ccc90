package io.lonja.party;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of a party inside the hub, the same as its folder: {@code acme}. */
public record PartyId(@JsonValue String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PartyId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a party id (lower-case letters, digits, hyphens): " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
