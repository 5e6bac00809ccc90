package io.lonja.access;

import io.lonja.party.PartyId;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls the API.
 *
 * @param clientId of the OAuth 2.0 client credentials
 * @param party whom the client acts for; empty for the hub's own operator
 * @param scopes granted to the token: {@code ledger:read}
 */
public record Caller(String clientId, Optional<PartyId> party, Set<String> scopes) {

    public boolean isOperator() {
        return party.isEmpty() && scopes.contains("operator");
    }

    /** Whether the token carries the scope; the operator's carries all. */
    public boolean may(Scope scope) {
        return isOperator() || scopes.contains(scope.wireName());
    }

    /** A party sees its own, the operator sees all; for everyone else a thing that is there answers 404. */
    public boolean maySee(PartyId owner) {
        return isOperator() || party.filter(owner::equals).isPresent();
    }
}
