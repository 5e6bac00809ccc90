package io.lonja.alarm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a person must know.
 *
 * @param id derived from the cause, the same after a rebuild
 * @param cause stable key of what is wrong: {@code document-conflict:acme:invoice:4711}
 * @param sentence what happened, where, and what to do next
 * @param closedAt null while it is open
 */
public record Alarm(
        String id,
        String cause,
        String sentence,
        Instant openedAt,
        @Nullable Instant closedAt) {}
