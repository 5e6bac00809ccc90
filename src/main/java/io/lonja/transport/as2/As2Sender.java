package io.lonja.transport.as2;

import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Departure;
import io.lonja.partner.As2Channel;
import io.lonja.partner.PartnerCertificate.Use;
import io.lonja.partner.TradingPartner;
import io.lonja.party.Identity;
import io.lonja.transport.as2.MdnReader.Reading.Read;
import io.lonja.transport.as2.MdnReader.Reading.Unusable;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is owed by AS2 and waits for the MDN on the same connection. A message is built once and archived before
 * it leaves for the first time; every further attempt sends the same bytes under the same Message-ID, so that a
 * partner who lost only the answer does not take it twice.
 */
public final class As2Sender {

    /** Worth another attempt; every other answer of this kind will be the same tomorrow. */
    private static final Set<Integer> AGAIN = Set.of(408, 425, 429);

    private static final String RECEIPT_OPTIONS =
            "signed-receipt-protocol=required, pkcs7-signature; signed-receipt-micalg=required, %s";

    private final SentMessages sent;
    private final Archive archive;
    private final OwnKeys ownKeys;
    private final String ourName;
    private final Clock clock;
    private final As2Connection connection;

    As2Sender(
            SentMessages sent,
            Archive archive,
            OwnKeys ownKeys,
            String ourName,
            Clock clock,
            As2Connection connection) {
        this.sent = sent;
        this.archive = archive;
        this.ownKeys = ownKeys;
        this.ourName = ourName;
        this.clock = clock;
        this.connection = connection;
    }

    /**
     * One attempt, at most a few minutes. {@link Carried.Confirmed} only after an MDN that proves that the partner has
     * exactly these bytes: about this message, positive, its MIC ours and, where one is asked for, its signature by a
     * certificate of the partner that is valid now.
     */
    public Carried carry(Departure departure) {
        TradingPartner to = departure.to();
        As2Channel channel = to.channels().as2();
        As2Channel.Outbound outbound = channel == null ? null : channel.outbound();
        if (channel == null || outbound == null) {
            return new Carried.Failed(
                    "The profile of %s has no channels.as2.outbound any more.".formatted(to.id()), true);
        }
        Entry message = sent.of(departure.owed().id()).orElse(null);
        if (message == null) {
            Optional<X509Certificate> recipient = CertificateTimes.of(channel, Use.ENCRYPT, clock.instant()).stream()
                    .findFirst();
            if (recipient.isEmpty() && !outbound.format().encrypt().equals("none")) {
                return new Carried.Failed(
                        "%s has no certificate to encrypt for that is valid today; add one to its profile."
                                .formatted(to.id()),
                        true);
            }
            message = sent.keep(written(departure, outbound, recipient));
        }
        As2Connection.Outcome outcome =
                connection.post(URI.create(outbound.url()), headers(message), archive.payload(message.id()));
        return outcome instanceof As2Connection.Outcome.Answered answered
                ? judged(departure, channel, outbound, message, answered)
                : new Carried.Failed(((As2Connection.Outcome.Silent) outcome).because(), true);
    }

    private Draft written(Departure departure, As2Channel.Outbound outbound, Optional<X509Certificate> recipient) {
        byte[] payload = departure.payload();
        MessageFormat format = MessageFormat.of(outbound.format());
        MessageWriter.Written written = new MessageWriter(format, ownKeys.signing(format), recipient.orElse(null))
                .write(
                        payload,
                        contentType(payload),
                        "%s.edi".formatted(departure.owed().id()));
        Map<String, String> headers = new TreeMap<>();
        headers.put("as2-version", "1.2");
        headers.put("as2-from", MdnWriter.onTheWire(ourName));
        headers.put("as2-to", MdnWriter.onTheWire(name(departure.to())));
        headers.put("message-id", messageId(departure));
        headers.put("mime-version", "1.0");
        headers.put("subject", "EDI");
        headers.put(
                "date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        headers.put("user-agent", "Lonja");
        headers.put("content-type", written.contentType());
        headers.put("disposition-notification-to", "edi@lonja");
        if (outbound.mdn().equals("sync-signed")) {
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

    private static String contentType(byte[] payload) {
        Bytes bytes = Bytes.of(payload);
        if (bytes.startsWith(new byte[] {'I', 'S', 'A'}, 0)) {
            return "application/edi-x12";
        }
        return bytes.startsWith(new byte[] {'U', 'N'}, 0) ? "application/edifact" : "application/octet-stream";
    }

    private static Map<String, String> headers(Entry message) {
        Map<String, String> headers = new TreeMap<>(message.attributes());
        headers.keySet().removeAll(List.of(As2Evidence.PARTNER, As2Evidence.DELIVERY, As2Evidence.MIC));
        return headers;
    }

    private Carried judged(
            Departure departure,
            As2Channel channel,
            As2Channel.Outbound outbound,
            Entry message,
            As2Connection.Outcome.Answered answered) {
        if (answered.status() / 100 != 2) {
            return new Carried.Failed(
                    "%s answered HTTP %d.".formatted(outbound.url(), answered.status()),
                    answered.status() / 100 == 5 || AGAIN.contains(answered.status()));
        }
        MdnReader.Reading reading = MdnReader.read(
                answered.headers(),
                answered.body(),
                CertificateTimes.of(channel, Use.SIGN, clock.instant()),
                channel.allow());
        if (answered.body().length == 0) {
            return new Carried.Failed(
                    "%s answered HTTP %d without an MDN.".formatted(outbound.url(), answered.status()), true);
        }
        Entry kept = archive.append(As2Evidence.of(
                As2Evidence.MDN_RECEIVED,
                As2Evidence.kept(answered.headers()),
                answered.body(),
                Map.of(
                        As2Evidence.PARTNER, departure.to().id().value(),
                        As2Evidence.DELIVERY, departure.owed().id().toString(),
                        As2Evidence.DISPOSITION, reading instanceof Read read ? shown(read.mdn()) : "unusable")));
        if (reading instanceof Unusable unusable) {
            return new Carried.Failed("The answer proves nothing: %s.".formatted(unusable.because()), true);
        }
        return judged((Read) reading, outbound, message, kept);
    }

    private static Carried judged(Read read, As2Channel.Outbound outbound, Entry message, Entry kept) {
        Mdn mdn = read.mdn();
        String messageId = String.valueOf(message.attributes().get("message-id"));
        if (!messageId.equals(String.valueOf(mdn.originalMessageId()).strip())) {
            return new Carried.Failed(
                    "The MDN in entry %s is about message %s and not %s."
                            .formatted(kept.id(), shown(mdn.originalMessageId()), messageId),
                    true);
        }
        if (!mdn.positive()) {
            return new Carried.Failed("The partner refused it: %s (entry %s).".formatted(shown(mdn), kept.id()), false);
        }
        if (outbound.mdn().equals("sync-signed") && read.signer() == null) {
            return new Carried.Failed(
                    "The MDN in entry %s is not signed, and a signed one was asked for.".formatted(kept.id()), true);
        }
        Mic expected = Mic.parse(String.valueOf(message.attributes().get(As2Evidence.MIC)))
                .orElseThrow(() -> new IllegalStateException("Entry %s has no MIC".formatted(message.id())));
        if (mdn.mic() == null) {
            return read.signer() == null
                    ? new Carried.Confirmed("MDN of entry %s, unsigned and without a MIC".formatted(kept.id()))
                    : new Carried.Failed("The MDN in entry %s has no MIC.".formatted(kept.id()), true);
        }
        return mdn.mic().matches(expected)
                ? new Carried.Confirmed("MDN of entry %s".formatted(kept.id()))
                : new Carried.Failed(
                        "The partner received something else: its MDN in entry %s has MIC %s and ours is %s."
                                .formatted(kept.id(), shown(mdn.mic().toString()), expected),
                        false);
    }

    private static String shown(Mdn mdn) {
        return shown(mdn.disposition());
    }

    /** What a partner wrote, as much of it as a person wants to read. */
    private static String shown(@Nullable String text) {
        String clean = String.valueOf(text).replaceAll("[^ -~]", "?");
        return clean.length() <= 200 ? clean : clean.substring(0, 200);
    }
}
