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

    /**
     * Evidence that a message id came again with other bytes: no payload, only whose, under which id, and the digest of
     * what was refused.
     */
    public static final EntryType REFUSED = EntryType.evidence("interchange-refused");

    /**
     * Evidence of somebody who was not let in: no payload, the headers of the request, {@link #REFUSED_DIGEST},
     * {@link #BECAUSE}, and {@link #PARTNER} when the name of a partner was borne.
     */
    public static final EntryType TURNED_AWAY = EntryType.evidence("transmission-turned-away");

    /**
     * The fact that ends a receipt's way through the pipeline; its {@code ABOUT} attribute names the receipt. Known by
     * name only: what it says is none of intake's business.
     */
    public static final EntryType FINISHED = EntryType.fact("interchange-mapped");

    public static final String PARTNER = "partner";
    public static final String CHANNEL = "channel";
    public static final String MESSAGE_ID = "message-id";
    public static final String CONTENT_TYPE = "content-type";
    public static final String FILE_NAME = "file-name";

    /** Attribute of {@link #TURNED_AWAY}: the sentence for our people. */
    public static final String BECAUSE = "because";

    /** Attribute of {@link #REFUSED} and {@link #TURNED_AWAY}: SHA-256 of the bytes that were not kept. */
    public static final String REFUSED_DIGEST = "refused-digest";
}
