package io.lonja.tracking;

import io.lonja.party.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which receipts are looked for; what is null does not restrict.
 *
 * @param partner who sent it; for a caller who sees only its own, that caller
 * @param controlNumber of an interchange or a transaction set in it, as written
 * @param since received at or after
 * @param until received before
 */
public record InterchangeQuery(
        @Nullable PartyId partner,
        @Nullable String status,
        @Nullable String controlNumber,
        @Nullable String messageId,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** Everything. */
    public static final InterchangeQuery ALL = new InterchangeQuery(null, null, null, null, null, null);
}
