package io.lonja.commission;

import io.lonja.party.PartyId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ledger account. It holds a balance per currency; there is none for rounding, because every split adds up.
 *
 * @param name {@code supplier:nordmar:commission-receivable}
 */
public record LedgerAccount(String name) implements Comparable<LedgerAccount> {

    private static final Pattern OF_PARTY = Pattern.compile("(?:supplier|member):([a-z0-9-]+):[a-z-]+");

    /** What the operator earned: commission, less its reversals, less what members get back. */
    public static final LedgerAccount EARNED = new LedgerAccount("operator:commission-earned");

    /** Value credited by suppliers for which no invoice is known yet. */
    public static final LedgerAccount UNMATCHED = new LedgerAccount("suspense:unmatched-credit");

    /** Commission that the supplier owes. */
    public static LedgerAccount receivable(PartyId supplier) {
        return new LedgerAccount("supplier:%s:commission-receivable".formatted(supplier));
    }

    /** The other side of {@link #UNMATCHED}, so that what is in suspense is seen by supplier. */
    public static LedgerAccount unmatchedCredit(PartyId supplier) {
        return new LedgerAccount("supplier:%s:unmatched-credit".formatted(supplier));
    }

    /** The member's part of the commission that its purchases earned. */
    public static LedgerAccount shareBack(PartyId member) {
        return new LedgerAccount("member:%s:share-back-payable".formatted(member));
    }

    /** The party whose account this is; empty for the operator's own and for suspense. */
    public Optional<PartyId> owner() {
        Matcher matcher = OF_PARTY.matcher(name);
        return matcher.matches() ? Optional.of(new PartyId(matcher.group(1))) : Optional.empty();
    }

    @Override
    public int compareTo(LedgerAccount other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
