package io.lonja.mapping;

import io.lonja.edi.GuideId;
import io.lonja.edi.ReadingAgreements;
import io.lonja.edi.WireParty;
import io.lonja.partner.Agreement;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.Identity;
import io.lonja.party.PartyId;
import java.util.Set;
import java.util.stream.Collectors;

/** What the partner profiles say about reading and acknowledging. */
record PartnerAgreements(TradingPartners partners) implements ReadingAgreements {

    @Override
    public Terms with(String partner) {
        return partners.find(new PartyId(partner))
                .map(PartnerAgreements::terms)
                .orElseGet(() -> new Terms(Set.of(), true, false, Set.of()));
    }

    private static Terms terms(TradingPartner partner) {
        Set<WireParty> names = partner.identities().stream()
                .filter(identity ->
                        identity.scheme() == Identity.Scheme.X12 || identity.scheme() == Identity.Scheme.EDIFACT)
                .map(identity -> new WireParty(identity.qualifier(), identity.value()))
                .collect(Collectors.toUnmodifiableSet());
        return new Terms(
                names,
                partner.duplicateInterchange() == TradingPartner.DuplicatePolicy.TA1,
                false,
                guides(partner, Agreement.AcknowledgmentPolicy.NEVER).stream()
                        .filter(guide -> !guides(partner, Agreement.AcknowledgmentPolicy.ALWAYS)
                                .contains(guide))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Set<GuideId> guides(TradingPartner partner, Agreement.AcknowledgmentPolicy policy) {
        return partner.agreements().stream()
                .filter(agreement ->
                        agreement.direction() == Agreement.Direction.INBOUND && agreement.acknowledge() == policy)
                .map(agreement -> new GuideId(agreement.guide()))
                .collect(Collectors.toSet());
    }
}
