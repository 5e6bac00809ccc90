package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.party.PartyId;

/** What a caller may see is its own. */
final class Own {

    private Own() {}

    /** The party the caller acts for. Throws 403 for a client that acts for nobody and is not the operator. */
    static PartyId party(Caller caller) {
        return caller.party()
                .orElseThrow(() -> new ProblemException(
                        403,
                        "no-party",
                        "The client %s acts for no party and is not the operator; ask for one of your own."
                                .formatted(caller.clientId())));
    }
}
