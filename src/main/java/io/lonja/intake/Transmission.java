package io.lonja.intake;

import io.lonja.party.PartyId;
import org.jspecify.annotations.Nullable;

/**
 * Bytes at the door, their sender known, nothing durable yet.
 *
 * @param channel {@code https}; later {@code as2}, {@code sftp}
 * @param messageId the sender's own name for this transmission ({@code Idempotency-Key}, AS2 Message-ID), or null
 * @param contentType as the sender declared it, or null; a label, never a decision
 * @param content the bytes exactly as they came
 */
public record Transmission(
        PartyId from,
        String channel,
        @Nullable String messageId,
        @Nullable String contentType,
        byte[] content) {}
