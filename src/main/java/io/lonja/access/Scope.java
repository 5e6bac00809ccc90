package io.lonja.access;

import java.util.Optional;

/** What a token allows, by the names of the API. */
public enum Scope {
    INTERCHANGES_WRITE("interchanges:write"),
    INTERCHANGES_READ("interchanges:read"),
    ACCOUNTS_READ("accounts:read"),
    OPPORTUNITIES_READ("opportunities:read"),
    GROUP_ORDERS_READ("group-orders:read"),
    PLEDGES_WRITE("pledges:write"),
    OFFERS_WRITE("offers:write"),
    COMMISSIONS_READ("commissions:read"),
    LEDGER_READ("ledger:read"),
    PARTNERS_READ("partners:read"),
    /** Everything, for clients that act for the hub itself; a client of a partner cannot have it. */
    OPERATOR("operator");

    private final String wireName;

    Scope(String wireName) {
        this.wireName = wireName;
    }

    /** {@code ledger:read}. */
    public String wireName() {
        return wireName;
    }

    /** The scope with this name, if there is one. */
    public static Optional<Scope> named(String wireName) {
        for (Scope scope : values()) {
            if (scope.wireName.equals(wireName)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
