package io.lonja.transport.as2;

import io.lonja.intake.ContentLimit;
import io.lonja.partner.As2Channel;
import io.lonja.partner.As2Channel.Requirement;
import io.lonja.partner.PartnerCertificate.Use;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.Identity;
import java.time.Clock;
import java.util.Optional;

/** Who may write to us: found by (AS2-From, AS2-To), whatever the address the message came to. */
record Relationships(
        TradingPartners partners, OwnKeys ownKeys, OurNames ourNames, Clock clock, ContentLimit contentLimit) {

    /** The partner that bears this AS2 name, live and with an AS2 channel. */
    Optional<TradingPartner> bearing(String as2From) {
        return partners.bearing(new Identity(Identity.Scheme.AS2, "", as2From))
                .filter(partner -> partner.channels().as2() != null);
    }

    /** What its messages to that name must satisfy now; empty when the partner knows no such name of ours. */
    Optional<Relationship> between(TradingPartner partner, String as2To) {
        As2Channel channel = partner.channels().as2();
        if (channel == null || !ourNames.knownTo(channel).contains(as2To)) {
            return Optional.empty();
        }
        return Optional.of(new Relationship(
                channel.require().contains(Requirement.SIGNED),
                channel.require().contains(Requirement.ENCRYPTED),
                channel.allow(),
                CertificateTimes.of(channel, Use.SIGN, clock.instant()),
                ownKeys.all(as2To),
                contentLimit.bytes()));
    }
}
