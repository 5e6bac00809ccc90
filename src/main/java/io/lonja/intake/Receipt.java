package io.lonja.intake;

import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import io.lonja.archive.TreeHead;
import io.lonja.party.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Proof of arrival: the bytes are durable under this place in the archive.
 *
 * @param digest of the payload
 * @param treeHead of the archive right after this entry
 */
public record Receipt(
        EntryId id,
        PartyId from,
        String channel,
        @Nullable String messageId,
        Sha256 digest,
        Instant receivedAt,
        TreeHead treeHead) {

    /** The evidence that a receipt stands for: the payload as received. Attributes are the constants below. */
    public static final EntryType RECEIVED = EntryType.evidence("interchange-received");

    public static final String PARTNER = "partner";
    public static final String CHANNEL = "channel";
    public static final String MESSAGE_ID = "message-id";
    public static final String CONTENT_TYPE = "content-type";
}
