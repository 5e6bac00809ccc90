package io.lonja.intake;

import io.lonja.archive.Sha256;
import io.lonja.party.PartyId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody at the door who was not let in: a stranger, or bytes that did not prove whose they are.
 *
 * @param claimed the partner whose name was borne, or null for a name that nobody has
 * @param channel {@code as2}
 * @param headers what the transport knows of the request, values at most 1,000 characters
 * @param digest of the bytes, which are not kept
 * @param because the sentence for our people
 */
public record TurnedAway(
        @Nullable PartyId claimed, String channel, Map<String, String> headers, Sha256 digest, String because) {

    public TurnedAway {
        headers = Map.copyOf(headers);
    }
}
