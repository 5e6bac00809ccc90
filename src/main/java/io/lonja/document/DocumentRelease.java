package io.lonja.document;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.EntryType;
import org.jspecify.annotations.Nullable;

/**
 * An operator's decision that a document counts although a {@link BookingCheck} objected to it.
 *
 * @param document its id in the register
 * @param reason 1 to {@value #REASON_MAX} characters
 */
public record DocumentRelease(String document, String reason) {

    public static final EntryType RELEASED = EntryType.fact("document-released");

    /** Of a reason, in characters. */
    public static final int REASON_MAX = 500;

    /** Throws {@link IllegalArgumentException} with a sentence when the reason is none, or too long. */
    public DocumentRelease {
        if (reason.isBlank() || reason.length() > REASON_MAX) {
            throw new IllegalArgumentException("A reason has 1 to %d characters.".formatted(REASON_MAX));
        }
    }

    public Command command(String actor, @Nullable String idempotencyKey) {
        return new Command(RELEASED, actor, idempotencyKey, CanonicalJson.of(this));
    }
}
