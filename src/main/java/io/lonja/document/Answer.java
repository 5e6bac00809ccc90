package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a supplier answers to an order as a whole. */
public enum Answer {
    ACCEPTED("accepted"),
    /** What changes, the lines say. A line that they do not name stands as ordered. */
    ACCEPTED_WITH_CHANGES("accepted-with-changes"),
    /** Whatever the lines say, nothing of the order is confirmed. */
    REJECTED("rejected");

    private final String wireName;

    Answer(String wireName) {
        this.wireName = wireName;
    }

    /** {@code accepted-with-changes}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The answer with this name. Throws {@link IllegalArgumentException} for any other. */
    @JsonCreator
    public static Answer of(String wireName) {
        for (Answer answer : values()) {
            if (answer.wireName.equals(wireName)) {
                return answer;
            }
        }
        throw new IllegalArgumentException("Not an answer to an order: " + wireName);
    }
}
