package io.lonja.partner;

import io.lonja.party.Identity;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A party with channels: one folder under {@code partners/}.
 *
 * @param identities the names it bears on the wire, no two partners share one
 * @param currency of amounts whose document names none
 * @param duplicateInterchange what a repeated interchange under a new message id is told
 * @param answeredBy999 whether its X12 groups of 005010 and later are answered by a 999 instead of a 997
 * @param numbers how it numbers its interchanges
 * @param wire how EDI with it is spelled
 * @param codes what it calls otherwise than we do
 * @param version SHA-256 of the profile's canonical form, as archived when it went live
 */
public record TradingPartner(
        PartyId id,
        String name,
        Set<Role> roles,
        Set<Identity> identities,
        List<Agreement> agreements,
        Currency currency,
        DuplicatePolicy duplicateInterchange,
        boolean requestsInterchangeAcknowledgment,
        boolean answeredBy999,
        InterchangeNumbers numbers,
        WireForm wire,
        Channels channels,
        CodeTables codes,
        String version) {

    /** A partner without tables of codes. */
    public TradingPartner(
            PartyId id,
            String name,
            Set<Role> roles,
            Set<Identity> identities,
            List<Agreement> agreements,
            Currency currency,
            DuplicatePolicy duplicateInterchange,
            boolean requestsInterchangeAcknowledgment,
            boolean answeredBy999,
            InterchangeNumbers numbers,
            WireForm wire,
            Channels channels,
            String version) {
        this(
                id,
                name,
                roles,
                identities,
                agreements,
                currency,
                duplicateInterchange,
                requestsInterchangeAcknowledgment,
                answeredBy999,
                numbers,
                wire,
                channels,
                CodeTables.NONE,
                version);
    }

    /** What the sender of a repeated interchange hears; it never has an effect. */
    public enum DuplicatePolicy {
        /** TA1 with note code 025. */
        TA1,
        /** Nothing. */
        SILENCE
    }

    /** The agreement under which we send documents of this kind: {@code purchase-order}. */
    public Optional<Agreement> outbound(String document) {
        return agreements.stream()
                .filter(agreement -> agreement.direction() == Agreement.Direction.OUTBOUND
                        && agreement.document().equals(document))
                .findFirst();
    }

    /** The agreement under which documents of this kind arrive by this guide. */
    public Optional<Agreement> inbound(String guide, String document) {
        return agreements.stream()
                .filter(agreement -> agreement.direction() == Agreement.Direction.INBOUND
                        && agreement.guide().equals(guide)
                        && agreement.document().equals(document))
                .findFirst();
    }

    /** The agreement for documents that arrive under this guide. */
    public Optional<Agreement> inbound(String guide) {
        return agreements.stream()
                .filter(agreement -> agreement.direction() == Agreement.Direction.INBOUND
                        && agreement.guide().equals(guide))
                .findFirst();
    }
}
