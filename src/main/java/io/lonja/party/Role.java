package io.lonja.party;

/** What a party is to the consortium. */
public enum Role {
    MEMBER,
    SUPPLIER,
    OPERATOR,
    CARRIER,
    PROSPECT
}
