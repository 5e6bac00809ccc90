package io.lonja.partner;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What we call something, and what a partner calls it.
 *
 * @param ours as documents have it everywhere else in the hub
 * @param theirs as it stands on the wire between the partner and us
 * @param from the first day of documents that it is for; null for since ever
 * @param until the last day; null for for ever
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CodeRow(
        String ours,
        String theirs,
        @Nullable LocalDate from,
        @Nullable LocalDate until) {

    boolean holds(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
    }

    LocalDate begins() {
        return from == null ? LocalDate.MIN : from;
    }

    LocalDate ends() {
        return until == null ? LocalDate.MAX : until;
    }
}
