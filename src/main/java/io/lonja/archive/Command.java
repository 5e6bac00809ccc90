package io.lonja.archive;

import org.jspecify.annotations.Nullable;

/**
 * A decision of a person or program that changes state, after it was authorised and its shape checked.
 *
 * @param type the fact it becomes
 * @param actor who decides: the client id of the credentials
 * @param idempotencyKey the caller's {@code Idempotency-Key}, at most 255 characters, or null
 * @param body canonical JSON, the payload of the fact
 */
public record Command(
        EntryType type, String actor, @Nullable String idempotencyKey, byte[] body) {}
