package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a buyer says of its order as a whole when it changes it (BCH01, BGM03). */
public enum Change {
    /** What the lines say; a line that they do not name stands as ordered. */
    CHANGED("changed"),
    /** Nothing is ordered any more, whatever the lines say. */
    CANCELLED("cancelled"),
    /** The lines are all that is ordered from now on. */
    REPLACED("replaced");

    private final String wireName;

    Change(String wireName) {
        this.wireName = wireName;
    }

    /** {@code cancelled}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The change with this name. Throws {@link IllegalArgumentException} for any other. */
    @JsonCreator
    public static Change of(String wireName) {
        for (Change change : values()) {
            if (change.wireName.equals(wireName)) {
                return change;
            }
        }
        throw new IllegalArgumentException("Not a change of an order: " + wireName);
    }
}
