package io.lonja.transport.as2;

import io.lonja.archive.Archive;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.Payload;
import io.lonja.archive.Spool;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.Departure;
import io.lonja.partner.As2Channel;
import io.lonja.partner.As2Channel.Journey;
import io.lonja.partner.As2Channel.MdnMode;
import io.lonja.partner.PartnerCertificate.Use;
import io.lonja.partner.TradingPartner;
import io.lonja.party.Identity;
import io.lonja.transport.as2.MdnReader.Reading.Read;
import io.lonja.transport.as2.MdnReader.Reading.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sends what is owed by AS2; its MDN comes on the same connection or by {@link MdnReception}, as the profile says. A message is built once and archived before
 * it leaves for the first time; every further attempt sends the same bytes under the same Message-ID, so that a
 * partner who lost only the answer does not take it twice.
 */
public final class As2Sender {

    private static final String RECEIPT_OPTIONS =
            "signed-receipt-protocol=required, pkcs7-signature; signed-receipt-micalg=required, %s";

    private final SentMessages sent;
    private final Archive archive;
    private final Spool spool;
    private final OwnKeys ownKeys;
    private final OurNames ourNames;
    private final Clock clock;
    private final As2Connection connection;
    private final Lines lines;
    private final String publicUrl;

    /** @param publicUrl where partners reach this hub's AS2 address, or blank when nobody said */
    As2Sender(
            SentMessages sent,
            Archive archive,
            Spool spool,
            OwnKeys ownKeys,
            OurNames ourNames,
            Clock clock,
            As2Connection connection,
            Lines lines,
            String publicUrl) {
        this.sent = sent;
        this.archive = archive;
        this.spool = spool;
        this.ownKeys = ownKeys;
        this.ourNames = ourNames;
        this.clock = clock;
        this.connection = connection;
        this.lines = lines;
        this.publicUrl = publicUrl;
    }

    /**
     * One attempt, at most a few minutes. {@link Carried.Confirmed} only after an MDN that proves that the partner has
     * exactly these bytes, or when the profile wants no receipt at all; {@link Carried.HandedOver} when the partner took
     * it and its MDN comes later.
     */
    public Carried carry(Departure departure) {
        TradingPartner to = departure.to();
        As2Channel channel = to.channels().as2();
        As2Channel.Outbound outbound = channel == null ? null : channel.outbound();
        if (channel == null || outbound == null) {
            return new Carried.Failed(
                    "The profile of %s has no channels.as2.outbound any more.".formatted(to.id()), true);
        }
        Journey journey = outbound.journey();
        Duration pause = journey.pauseAfter(departure.attempt());
        Entry message = sent.of(departure.owed().id()).orElse(null);
        if (message == null) {
            Optional<X509Certificate> recipient = CertificateTimes.of(channel, Use.ENCRYPT, clock.instant()).stream()
                    .findFirst();
            if (recipient.isEmpty() && !outbound.format().encrypt().equals("none")) {
                return new Carried.Failed(
                        "%s has no certificate to encrypt for that is valid today; add one to its profile."
                                .formatted(to.id()),
                        true,
                        pause);
            }
            Optional<String> from = ourNames.towards(channel);
            if (from.isEmpty()) {
                return new Carried.Failed(
                        "The profile of %s says that it knows us as %s, which is no AS2 name of this hub; add it to lonja.identity.as2-also or change channels.as2.own_name."
                                .formatted(to.id(), channel.ownNames().get(0)),
                        true,
                        pause);
            }
            if (journey.mdn().asynchronous() && publicUrl.isBlank()) {
                return new Carried.Failed(
                        "%s is to be asked for an asynchronous MDN, and nobody said where it can bring it; set lonja.as2.public-url."
                                .formatted(to.id()),
                        true,
                        pause);
            }
            message = kept(departure, from.get(), outbound, recipient);
        }
        Line line;
        try {
            line = lines.forMessages(journey);
        } catch (IllegalStateException missing) {
            return new Carried.Failed(missing.getMessage() + ".", true, pause);
        }
        As2Connection.Outcome outcome;
        try (Spool.Spooled body = archive.payload(message.id(), spool)) {
            outcome = connection.post(line, As2Evidence.onTheWire(message.attributes()), body.payload());
        }
        if (outcome instanceof As2Connection.Outcome.Silent silent) {
            return new Carried.Failed(silent.because(), true, pause);
        }
        As2Connection.Outcome.Answered answered = (As2Connection.Outcome.Answered) outcome;
        return answered.taken()
                ? taken(departure, channel, journey, message, answered)
                : connection.failed(line, answered, pause);
    }

    /** The message, built and durable. */
    private Entry kept(
            Departure departure, String from, As2Channel.Outbound outbound, Optional<X509Certificate> recipient) {
        try (Spool.Spooled document = archive.payload(departure.owed().id(), spool);
                Workspace workspace = new Workspace(spool)) {
            MessageFormat format = MessageFormat.of(outbound.format());
            MessageWriter.Written written = new MessageWriter(
                            format, ownKeys.signing(from, format), recipient.orElse(null))
                    .write(
                            document.payload(),
                            contentType(document.payload()),
                            departure.owed().id()
                                    + Delivery.Owed.fileEnding(departure.owed().kind()),
                            workspace);
            return sent.keep(draft(departure, from, outbound, format, written));
        }
    }

    private Draft draft(
            Departure departure,
            String from,
            As2Channel.Outbound outbound,
            MessageFormat format,
            MessageWriter.Written written) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("as2-version", "1.2");
        headers.put("as2-from", MdnWriter.onTheWire(from));
        headers.put("as2-to", MdnWriter.onTheWire(name(departure.to())));
        headers.put("message-id", messageId(departure));
        headers.put("mime-version", "1.0");
        headers.put("subject", "EDI");
        headers.put(
                "date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        headers.put("user-agent", "Lonja");
        headers.put("content-type", written.contentType());
        MdnMode mdn = outbound.journey().mdn();
        if (mdn != MdnMode.NONE) {
            headers.put("disposition-notification-to", "edi@lonja");
        }
        if (mdn.asynchronous()) {
            headers.put("receipt-delivery-option", publicUrl);
        }
        if (mdn.signed()) {
            headers.put(
                    "disposition-notification-options",
                    RECEIPT_OPTIONS.formatted(format.name(format.sign() == null ? Digest.SHA256 : format.sign())));
        }
        return As2Evidence.of(
                As2Evidence.SENT,
                headers,
                written.body(),
                Map.of(
                        As2Evidence.PARTNER, departure.to().id().value(),
                        As2Evidence.DELIVERY, departure.owed().id().toString(),
                        As2Evidence.MIC, written.mic().toString()));
    }

    private static String name(TradingPartner partner) {
        return partner.identities().stream()
                .filter(identity -> identity.scheme() == Identity.Scheme.AS2)
                .map(Identity::value)
                .sorted()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Partner %s has an AS2 channel and no AS2 name".formatted(partner.id())));
    }

    /** The same however often it is tried, another for another delivery, also of another hub of this name. */
    private static String messageId(Departure departure) {
        return "<%s.%d.%s@lonja>"
                .formatted(
                        departure.owed().id(),
                        departure.owed().since().toEpochMilli(),
                        departure.owed().digest().hex().substring(0, 16));
    }

    private static String contentType(Payload payload) {
        try (InputStream in = payload.open()) {
            String begin = new String(in.readNBytes(3), StandardCharsets.US_ASCII);
            if (begin.equals("ISA")) {
                return "application/edi-x12";
            }
            if (begin.startsWith("<")) {
                return "application/xml";
            }
            return begin.startsWith("UN") ? "application/edifact" : "application/octet-stream";
        } catch (IOException e) {
            throw new ArchiveUnavailableException(
                    "The disk does not give back what is to be sent: " + e.getMessage(), e);
        }
    }

    /** The partner's server took it; what that proves is another thing. */
    private Carried taken(
            Departure departure,
            As2Channel channel,
            Journey journey,
            Entry message,
            As2Connection.Outcome.Answered answered) {
        ReceiptAsked asked = ReceiptAsked.by(message);
        Duration pause = journey.pauseAfter(departure.attempt());
        if (!asked.wanted()) {
            return new Carried.Confirmed(
                    "HTTP %d of %s alone; no receipt was asked for, so nothing proves that it is kept"
                            .formatted(answered.status(), journey.url()));
        }
        MdnReader.Reading reading = MdnReader.read(
                answered.headers(),
                answered.body(),
                CertificateTimes.of(channel, Use.SIGN, clock.instant()),
                channel.allow());
        if (asked.asynchronous() && !(reading instanceof Read)) {
            return new Carried.HandedOver(
                    "sent to %s, MDN awaited until %s"
                            .formatted(journey.url(), clock.instant().plus(journey.mdnWithin())),
                    journey.mdnWithin(),
                    pause,
                    journey.attempts());
        }
        if (answered.body().length == 0) {
            return new Carried.Failed(
                    "%s answered HTTP %d without an MDN.".formatted(journey.url(), answered.status()), true, pause);
        }
        Entry kept = archive.append(As2Evidence.mdnReceived(
                answered.headers(),
                answered.body(),
                departure.to().id(),
                departure.owed().id(),
                reading));
        if (reading instanceof Unusable unusable) {
            return new Carried.Failed(
                    "The answer proves nothing: %s (entry %s).".formatted(unusable.because(), kept.id()), true, pause);
        }
        MdnVerdict verdict = MdnVerdict.of((Read) reading, message);
        String sentence = "%s Entry %s.".formatted(verdict.sentence(), kept.id());
        return verdict instanceof MdnVerdict.Received
                ? new Carried.Confirmed(sentence)
                : new Carried.Failed(sentence, verdict instanceof MdnVerdict.Nothing, pause);
    }
}
