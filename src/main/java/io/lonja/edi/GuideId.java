package io.lonja.edi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a message guide, the same as its folder under {@code schemas/}: {@code x12-004010-850}. */
public record GuideId(@JsonValue String value) {

    private static final int BASE_PARTS = 3;
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuideId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a guide id: " + value);
        }
    }

    /**
     * The guide that this one is an overlay of, by its name: {@code x12-004010-850} of {@code x12-004010-850-acme}; empty
     * where the name says nothing beyond standard, version and transaction set.
     */
    public Optional<GuideId> base() {
        int end = -1;
        for (int part = 0; part < BASE_PARTS; part++) {
            end = value.indexOf('-', end + 1);
            if (end < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new GuideId(value.substring(0, end)));
    }

    @Override
    public String toString() {
        return value;
    }
}
