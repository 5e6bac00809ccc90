package io.lonja.intake;

import io.lonja.archive.Draft;
import io.lonja.archive.Payload;
import io.lonja.party.PartyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes at the door, their sender known, nothing durable yet.
 *
 * @param channel {@code https}, {@code as2}, {@code sftp}
 * @param messageId the sender's own name for this transmission ({@code Idempotency-Key}, AS2 Message-ID), or null
 * @param contentType as the sender declared it, or null; a label, never a decision
 * @param fileName the sender's name for it, or null; a label, never a path
 * @param content the bytes exactly as they came, all wrapping taken off
 * @param wrapping evidence of how the content was wrapped; becomes durable with the receipt, right before it
 * @param answer what the sender will be told when the content is new; becomes durable with the receipt, right after it
 */
public record Transmission(
        PartyId from,
        String channel,
        @Nullable String messageId,
        @Nullable String contentType,
        @Nullable String fileName,
        Payload content,
        List<Draft> wrapping,
        List<Draft> answer) {

    public Transmission {
        wrapping = List.copyOf(wrapping);
        answer = List.copyOf(answer);
    }

    /** Bytes that came as they are, over a channel that answers with the receipt alone. */
    public Transmission(
            PartyId from, String channel, @Nullable String messageId, @Nullable String contentType, Payload content) {
        this(from, channel, messageId, contentType, null, content, List.of(), List.of());
    }

    /** The same with few bytes. */
    public Transmission(
            PartyId from, String channel, @Nullable String messageId, @Nullable String contentType, byte[] content) {
        this(from, channel, messageId, contentType, Payload.of(content));
    }
}
