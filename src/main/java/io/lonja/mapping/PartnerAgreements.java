package io.lonja.mapping;

import io.lonja.edi.FunctionalAcknowledgment;
import io.lonja.edi.GuideId;
import io.lonja.edi.ReadingAgreements;
import io.lonja.edi.Standard;
import io.lonja.edi.WireParty;
import io.lonja.partner.Agreement;
import io.lonja.partner.Agreement.AcknowledgmentPolicy;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the partner profiles say about reading and acknowledging. */
record PartnerAgreements(TradingPartners partners) implements ReadingAgreements {

    @Override
    public Terms with(String partner) {
        return partners.find(new PartyId(partner)).map(PartnerAgreements::terms).orElseGet(() -> Terms.usual(Map.of()));
    }

    private static Terms terms(TradingPartner partner) {
        Set<GuideId> answered = guides(partner, agreement -> agreement.acknowledge() == AcknowledgmentPolicy.ALWAYS);
        Set<GuideId> unanswered = guides(partner, agreement -> agreement.acknowledge() == AcknowledgmentPolicy.NEVER);
        return new Terms(
                Map.of(Standard.X12, names(partner, Standard.X12), Standard.EDIFACT, names(partner, Standard.EDIFACT)),
                partner.duplicateInterchange() == TradingPartner.DuplicatePolicy.TA1,
                false,
                partner.answeredBy999() ? FunctionalAcknowledgment.BY_999 : FunctionalAcknowledgment.BY_997,
                Stream.concat(answered.stream(), unanswered.stream()).collect(Collectors.toUnmodifiableSet()),
                partner.wire().strict(),
                partner.wire().x12Charset(),
                unanswered.stream().filter(guide -> !answered.contains(guide)).collect(Collectors.toUnmodifiableSet()),
                answered,
                guides(partner, Agreement::refusedWhole),
                partner.numbers().takenFor(),
                partner.numbers().sequential());
    }

    private static Set<WireParty> names(TradingPartner partner, Standard standard) {
        return partner.identities().stream()
                .flatMap(identity -> EnvelopeNames.of(identity, standard).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<GuideId> guides(TradingPartner partner, Predicate<Agreement> those) {
        return partner.agreements().stream()
                .filter(agreement -> agreement.direction() == Agreement.Direction.INBOUND && those.test(agreement))
                .map(agreement -> new GuideId(agreement.guide()))
                .collect(Collectors.toSet());
    }
}
