package io.lonja.portal.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as {@code application/problem+json} (RFC 9457).
 *
 * @param type stable: {@code urn:lonja:problem:period-closed}
 * @param title the type in words, the same for every problem of it
 * @param status HTTP status
 * @param detail a sentence: what, where, what to do next
 * @param errors everything that is wrong, where there are several things or places
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(String type, String title, int status, String detail, List<Fault> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String name, String detail, List<Fault> errors) {
        return new Problem("urn:lonja:problem:" + name, name.replace('-', ' '), status, detail, errors);
    }

    /**
     * One thing that is wrong.
     *
     * @param pointer where in the request's JSON (RFC 6901), or the name of a query parameter or header
     * @param detail a sentence
     */
    record Fault(@Nullable String pointer, String detail) {}
}
