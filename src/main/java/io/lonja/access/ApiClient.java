package io.lonja.access;

import io.lonja.party.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A program that may ask for tokens; its secret is known to itself alone.
 *
 * @param clientId its name: {@code acme-erp}
 * @param party whom it acts for; empty for the hub's own operator
 * @param scopes the most its tokens can carry
 * @param secretSince when its present secret was made
 * @param revokedAt when it lost its access; null while it has it
 */
public record ApiClient(
        String clientId,
        Optional<PartyId> party,
        SortedSet<String> scopes,
        Instant registeredAt,
        Instant secretSince,
        @Nullable Instant revokedAt) {

    public boolean isActive() {
        return revokedAt == null;
    }

    /** As the API shows it. */
    public View view() {
        return new View(
                clientId,
                party.map(PartyId::value).orElse(null),
                List.copyOf(scopes),
                isActive() ? "active" : "revoked",
                registeredAt,
                secretSince,
                revokedAt);
    }

    /**
     * A client as the API shows it.
     *
     * @param party absent for the operator
     * @param status {@code active} or {@code revoked}
     */
    public record View(
            String clientId,
            @Nullable String party,
            List<String> scopes,
            String status,
            Instant registeredAt,
            Instant secretSince,
            @Nullable Instant revokedAt) {}
}
