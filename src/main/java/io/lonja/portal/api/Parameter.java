package io.lonja.portal.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a caller wrote into the query, and says what was expected where it cannot. */
final class Parameter {

    private Parameter() {}

    /** @param reader throws {@link IllegalArgumentException} for what it cannot read */
    static <T> T of(String name, String value, Function<String, T> reader, String expected) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw ProblemException.badParameter(name, "%s must be %s.".formatted(name, expected));
        }
    }

    /** An instant like {@code 2026-11-21T09:32:00Z}; null when absent. */
    static @Nullable Instant instant(String name, @Nullable String value) {
        return value == null ? null : of(name, value, Instant::parse, "an instant like 2026-11-21T09:32:00Z");
    }

    /** A client that acts for no party and did not ask for the operator's scope. */
    static ProblemException nothingToSee() {
        return new ProblemException(
                403, "no-party", "This client acts for no party; ask for a token with the scope operator.");
    }
}
