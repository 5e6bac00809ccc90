package io.lonja.edi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of a message guide, the same as its folder under {@code schemas/}: {@code x12-004010-850}. */
public record GuideId(@JsonValue String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuideId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a guide id: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
