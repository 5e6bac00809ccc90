package io.lonja.access;

import io.lonja.archive.EntryType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts about clients. A secret is never in one, only its salted slow hash. */
final class ClientFacts {

    static final EntryType REGISTERED = EntryType.fact("client-registered");
    static final EntryType ROTATED = EntryType.fact("client-rotated");
    static final EntryType REVOKED = EntryType.fact("client-revoked");

    private ClientFacts() {}

    /**
     * A client got access.
     *
     * @param party absent for the operator
     * @param scopes sorted
     */
    record Registered(String clientId, @Nullable String party, List<String> scopes, String secretHash) {}

    /** A client got a new secret; the old one and the tokens it opened are void. */
    record Rotated(String clientId, String secretHash) {}

    /** A client lost its access. */
    record Revoked(String clientId) {}
}
