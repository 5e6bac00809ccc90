package io.lonja.transport.as2;

import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Payload;
import io.lonja.archive.Spool;
import io.lonja.intake.Intake;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.IntakeResult.AlreadyReceived;
import io.lonja.intake.IntakeResult.MessageIdReused;
import io.lonja.intake.IntakeResult.Received;
import io.lonja.intake.IntakeResult.Refused;
import io.lonja.intake.Receipt;
import io.lonja.intake.Transmission;
import io.lonja.intake.TurnedAway;
import io.lonja.partner.TradingPartner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of one message and what its sender is told. Message, receipt and MDN become durable together,
 * and only then the MDN leaves; whoever did not prove who it is leaves no more than headers and a digest.
 */
final class As2Reception {

    private static final int NAME_CHARACTERS_MAX = 128;
    private static final int MESSAGE_ID_CHARACTERS_MAX = 255;
    private static final int AGAIN_AFTER_SECONDS = 300;

    private final Relationships relationships;
    private final OwnKeys ownKeys;
    private final Intake intake;
    private final Archive archive;
    private final Spool spool;
    private final Function<Transmission, IntakeResult> as2Inbound;
    private final OwedMdns owedMdns;
    private final MdnReception mdns;
    private final OpenerCounters counters;

    /** @param as2Inbound the seam behind this door */
    As2Reception(
            Relationships relationships,
            OwnKeys ownKeys,
            Intake intake,
            Archive archive,
            Spool spool,
            Function<Transmission, IntakeResult> as2Inbound,
            OwedMdns owedMdns,
            MdnReception mdns,
            OpenerCounters counters) {
        this.relationships = relationships;
        this.ownKeys = ownKeys;
        this.intake = intake;
        this.archive = archive;
        this.spool = spool;
        this.as2Inbound = as2Inbound;
        this.owedMdns = owedMdns;
        this.mdns = mdns;
        this.counters = counters;
    }

    /** A message on its way through this door. */
    private record Arrival(
            MimeHeaders headers,
            Payload body,
            String remote,
            String from,
            String to,
            String messageId,
            ReceiptRequest request) {

        /** The sender is known, and with it what it may ask for. */
        Arrival of(Relationship relationship) {
            return new Arrival(
                    headers, body, remote, from, to, messageId, ReceiptRequest.of(headers, relationship.allowed()));
        }
    }

    /** @throws io.lonja.archive.ArchiveUnavailableException when nothing can be made durable, so nothing may be said */
    Answer receive(MimeHeaders headers, Payload body, String remote) {
        return body.length() <= MdnReception.BYTES_MAX && MdnReader.recognises(headers, body.bytes())
                ? mdns.receive(headers, body.bytes(), remote)
                : message(headers, body, remote);
    }

    private Answer message(MimeHeaders headers, Payload body, String remote) {
        String from = HeaderValue.unquoted(headers.first("AS2-From").orElse(""));
        String to = HeaderValue.unquoted(headers.first("AS2-To").orElse(""));
        String messageId = headers.first("Message-ID").orElse("").strip();
        Arrival arrival = new Arrival(headers, body, remote, from, to, messageId, ReceiptRequest.of(headers));
        Optional<String> fault = fault(arrival);
        if (fault.isPresent()) {
            return Answer.sentence(400, fault.get());
        }
        TradingPartner partner = relationships.bearing(from).orElse(null);
        Relationship relationship =
                partner == null ? null : relationships.between(partner, to).orElse(null);
        Optional<Answer> nowhere = nowhere(arrival, partner);
        if (nowhere.isPresent()) {
            return nowhere.get();
        }
        if (partner == null || relationship == null) {
            return refused(
                    arrival,
                    partner,
                    Disposition.UNKNOWN_TRADING_RELATIONSHIP,
                    "nobody here has AS2-From %s and AS2-To %s".formatted(from, to));
        }
        Arrival known = arrival.of(relationship);
        try (Workspace workspace = new Workspace(spool, counters)) {
            Opened opened = MessageOpener.open(
                    headers, workspace.of(body), relationship, known.request().algorithm(), workspace);
            if (opened instanceof Opened.Accepted accepted) {
                return accepted(known, partner, accepted, workspace);
            }
            Opened.Refused refused = (Opened.Refused) opened;
            return refused(known, partner, refused.disposition(), refused.because());
        }
    }

    /** The answer to whoever wants an MDN where none is sent; empty when it can be promised, or comes in the answer. */
    private Optional<Answer> nowhere(Arrival arrival, @Nullable TradingPartner partner) {
        String address = arrival.request().address();
        if (address == null) {
            return Optional.empty();
        }
        if (partner == null) {
            turnedAway(arrival, null, "an asynchronous MDN was asked for by nobody we know");
            return Optional.of(Answer.sentence(403, Disposition.UNKNOWN_TRADING_RELATIONSHIP.sentence()));
        }
        Optional<String> refusal = owedMdns.refusal(partner, address);
        if (refusal.isPresent()) {
            turnedAway(
                    arrival,
                    partner,
                    "an asynchronous MDN was asked for at %s, which its profile does not list"
                            .formatted(As2Evidence.shown(address)));
            return Optional.of(Answer.sentence(400, refusal.get()));
        }
        return owedMdns.tooManyFor(partner.id())
                ? Optional.of(Answer.again(
                        "Too many MDNs wait to be brought to you, and nothing was taken; send it again later.",
                        AGAIN_AFTER_SECONDS))
                : Optional.empty();
    }

    private static Optional<String> fault(Arrival arrival) {
        if (arrival.from().isEmpty()
                || arrival.to().isEmpty()
                || arrival.messageId().isEmpty()) {
            return Optional.of("This is no AS2 message: it needs AS2-From, AS2-To and Message-ID.");
        }
        if (arrival.from().length() > NAME_CHARACTERS_MAX || arrival.to().length() > NAME_CHARACTERS_MAX) {
            return Optional.of("An AS2 name has at most %d characters.".formatted(NAME_CHARACTERS_MAX));
        }
        if (arrival.messageId().length() > MESSAGE_ID_CHARACTERS_MAX) {
            return Optional.of("A Message-ID has at most %d characters.".formatted(MESSAGE_ID_CHARACTERS_MAX));
        }
        for (String once : List.of("AS2-From", "AS2-To", "Message-ID", "Content-Type", "Receipt-Delivery-Option")) {
            if (arrival.headers().fields().stream()
                            .filter(field -> field.name().equalsIgnoreCase(once))
                            .count()
                    > 1) {
                return Optional.of("The header %s came more than once.".formatted(once));
            }
        }
        return As2Evidence.tooLong(arrival.headers())
                .map(name -> "The header %s has more than %d characters."
                        .formatted(name, As2Evidence.HEADER_CHARACTERS_MAX));
    }

    private Answer accepted(Arrival arrival, TradingPartner partner, Opened.Accepted accepted, Workspace workspace) {
        String messageId = arrival.messageId();
        List<Draft> wire = As2Evidence.received(arrival.headers(), arrival.body(), partner.id(), accepted, workspace);
        Draft mdn = arrival.request().wanted()
                ? mdn(arrival, partner, Disposition.PROCESSED, Disposition.PROCESSED.sentence(), accepted.mic())
                : null;
        IntakeResult result = as2Inbound.apply(new Transmission(
                partner.id(),
                "as2",
                messageId,
                accepted.contentType(),
                accepted.fileName(),
                workspace.payload(accepted.payload()),
                wire,
                mdn == null ? List.of() : List.of(mdn)));
        if (result instanceof Received received) {
            return mdn == null ? Answer.empty() : durable(arrival, mdn, behind(received.receipt()));
        }
        if (result instanceof AlreadyReceived again) {
            return mdn == null ? Answer.empty() : answerOf(arrival, partner, again.first(), mdn);
        }
        if (result instanceof MessageIdReused) {
            return answered(
                    arrival,
                    partner,
                    Disposition.UNEXPECTED_PROCESSING_ERROR,
                    "This Message-ID was used before for other content. Nothing was taken; send it again under a Message-ID of its own.");
        }
        return answered(arrival, partner, Disposition.UNEXPECTED_PROCESSING_ERROR, ((Refused) result).sentence());
    }

    private static EntryId behind(Receipt receipt) {
        return new EntryId(receipt.id().sequence() + 1);
    }

    /** The very answer that was given the first time; where none was asked for then, this one, kept now. */
    private Answer answerOf(Arrival arrival, TradingPartner partner, Receipt first, Draft otherwise) {
        EntryId next = behind(first);
        if (next.sequence() <= archive.size()) {
            Entry entry = archive.entry(next);
            if (entry.type().equals(As2Evidence.MDN_SENT)
                    && String.valueOf(first.messageId())
                            .equals(entry.attributes().get(As2Evidence.ORIGINAL_MESSAGE_ID))) {
                return repeated(arrival, partner, entry);
            }
        }
        return durable(arrival, otherwise, archive.append(otherwise).id());
    }

    private Answer repeated(Arrival arrival, TradingPartner partner, Entry first) {
        Draft again = Draft.of(first.type(), first.attributes(), archive.payload(first.id()));
        String address = arrival.request().address();
        if (address == null) {
            return answer(again);
        }
        if (!owedMdns.underWay(first, address)) {
            owedMdns.owe(OwedMdns.owed(again, partner.id(), address));
        }
        return Answer.later();
    }

    /** The answer once its MDN is durable: the MDN itself, or that it comes. */
    private Answer durable(Arrival arrival, Draft mdn, EntryId kept) {
        if (arrival.request().address() == null) {
            return answer(mdn);
        }
        owedMdns.leave(kept);
        return Answer.later();
    }

    private Answer refused(Arrival arrival, @Nullable TradingPartner partner, Disposition disposition, String because) {
        turnedAway(arrival, partner, "%s (%s)".formatted(because, disposition.onTheWire()));
        if (arrival.request().address() != null && (partner == null || !owedMdns.answersUnproved(partner.id()))) {
            return Answer.sentence(403, disposition.sentence());
        }
        return answered(arrival, partner, disposition, disposition.sentence());
    }

    private void turnedAway(Arrival arrival, @Nullable TradingPartner partner, String because) {
        Map<String, String> known = As2Evidence.kept(arrival.headers());
        known.put("remote-address", arrival.remote());
        intake.turnedAway(new TurnedAway(
                partner == null ? null : partner.id(),
                "as2",
                known,
                arrival.body().digest(),
                because));
    }

    private Answer answered(
            Arrival arrival, @Nullable TradingPartner partner, Disposition disposition, String sentence) {
        if (!arrival.request().wanted()) {
            return Answer.sentence(403, sentence);
        }
        Draft mdn = mdn(arrival, partner, disposition, sentence, null);
        if (arrival.request().address() == null) {
            return answer(mdn);
        }
        owedMdns.owe(mdn);
        return Answer.later();
    }

    private Draft mdn(
            Arrival arrival,
            @Nullable TradingPartner partner,
            Disposition disposition,
            String sentence,
            @Nullable Mic mic) {
        MdnWriter.Written written = new MdnWriter(arrival.to(), arrival.from())
                .write(
                        new Mdn(arrival.messageId(), disposition.onTheWire(), mic),
                        sentence,
                        arrival.request().signed() ? ownKeys.signing(arrival.to()) : null,
                        arrival.request().digest());
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", written.contentType());
        headers.put("mime-version", "1.0");
        headers.put("as2-version", "1.2");
        headers.put("as2-from", MdnWriter.onTheWire(arrival.to()));
        headers.put("as2-to", MdnWriter.onTheWire(arrival.from()));
        headers.put("message-id", "<%s@lonja>".formatted(UUID.randomUUID()));
        Map<String, String> more = new TreeMap<>(Map.of(
                As2Evidence.ORIGINAL_MESSAGE_ID, arrival.messageId(),
                As2Evidence.DISPOSITION, disposition.onTheWire()));
        if (partner != null) {
            more.put(As2Evidence.PARTNER, partner.id().value());
        }
        Draft mdn = As2Evidence.of(As2Evidence.MDN_SENT, headers, written.body(), more);
        String address = arrival.request().address();
        return partner == null || address == null ? mdn : OwedMdns.owed(mdn, partner.id(), address);
    }

    private static Answer answer(Draft mdn) {
        return new Answer(
                200, As2Evidence.onTheWire(mdn.attributes()), mdn.payload().bytes());
    }
}
