package io.lonja.transport.as2;

import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.intake.Intake;
import io.lonja.intake.TurnedAway;
import io.lonja.partner.As2Channel;
import io.lonja.partner.PartnerCertificate.Use;
import io.lonja.partner.TradingPartner;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes asynchronous MDNs about messages of ours (RFC 4130, section 7). One that proves something is archived before it
 * is answered; what proves nothing changes nothing and leaves headers and a digest.
 */
final class MdnReception {

    /** An MDN is small; what is larger is a message. */
    static final int BYTES_MAX = 1 << 20;

    private final Relationships relationships;
    private final SentMessages sent;
    private final Deliveries deliveries;
    private final Intake intake;
    private final Archive archive;
    private final Clock clock;

    MdnReception(
            Relationships relationships,
            SentMessages sent,
            Deliveries deliveries,
            Intake intake,
            Archive archive,
            Clock clock) {
        this.relationships = relationships;
        this.sent = sent;
        this.deliveries = deliveries;
        this.intake = intake;
        this.archive = archive;
        this.clock = clock;
    }

    /** What came, from whom it says. */
    private record Arrival(
            MimeHeaders headers,
            byte[] body,
            String remote,
            @Nullable TradingPartner partner) {}

    /** @throws io.lonja.archive.ArchiveUnavailableException when nothing can be made durable, so nothing may be said */
    Answer receive(MimeHeaders headers, byte[] body, String remote) {
        String from = HeaderValue.unquoted(headers.first("AS2-From").orElse(""));
        String to = HeaderValue.unquoted(headers.first("AS2-To").orElse(""));
        TradingPartner partner = relationships.bearing(from).orElse(null);
        Arrival arrival = new Arrival(headers, body, remote, partner);
        if (partner == null || relationships.between(partner, to).isEmpty()) {
            return nothing(arrival, 403, "There is no relationship between these AS2 names here.");
        }
        As2Channel channel = Objects.requireNonNull(partner.channels().as2());
        MdnReader.Reading reading =
                MdnReader.read(headers, body, CertificateTimes.of(channel, Use.SIGN, clock.instant()), channel.allow());
        if (!(reading instanceof MdnReader.Reading.Read read)) {
            return nothing(
                    arrival,
                    400,
                    "The MDN proves nothing: %s.".formatted(((MdnReader.Reading.Unusable) reading).because()));
        }
        String about = String.valueOf(read.mdn().originalMessageId()).strip();
        Entry message = sent.called(about, partner.id()).orElse(null);
        if (message == null || !ReceiptAsked.by(message).asynchronous()) {
            return nothing(arrival, 404, "Nobody here asked for an asynchronous MDN about this message.");
        }
        return judged(arrival, partner, read, message);
    }

    private Answer judged(Arrival arrival, TradingPartner partner, MdnReader.Reading.Read read, Entry message) {
        MdnVerdict verdict = MdnVerdict.of(read, message);
        if (verdict instanceof MdnVerdict.Nothing) {
            return nothing(arrival, 400, verdict.sentence());
        }
        EntryId delivery = new EntryId(
                Long.parseLong(Objects.requireNonNull(message.attributes().get(As2Evidence.DELIVERY))));
        Delivery state = deliveries
                .find(delivery)
                .orElseThrow(() -> new IllegalStateException("Message %s brings nothing".formatted(message.id())));
        boolean received = verdict instanceof MdnVerdict.Received;
        if (!state.open()) {
            return received == state instanceof Delivery.Confirmed
                    ? Answer.empty()
                    : nothing(arrival, 409, "Another MDN about this message, or a person, said otherwise before.");
        }
        Entry kept = archive.append(
                As2Evidence.mdnReceived(arrival.headers(), arrival.body(), partner.id(), delivery, read));
        String sentence = "%s Entry %s.".formatted(verdict.sentence(), kept.id());
        if (received) {
            deliveries.confirmed(delivery, sentence);
        } else {
            deliveries.refused(delivery, sentence);
        }
        return Answer.empty();
    }

    private Answer nothing(Arrival arrival, int status, String sentence) {
        Map<String, String> known = As2Evidence.kept(arrival.headers());
        known.put("remote-address", arrival.remote());
        intake.turnedAway(new TurnedAway(
                arrival.partner() == null ? null : arrival.partner().id(),
                "as2",
                known,
                Sha256.of(arrival.body()),
                "an MDN changed nothing: " + sentence.replaceFirst("\\.$", "")));
        return Answer.sentence(status, sentence);
    }
}
