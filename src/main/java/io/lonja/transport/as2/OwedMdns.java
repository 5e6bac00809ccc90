package io.lonja.transport.as2;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.partner.As2Channel;
import io.lonja.partner.TradingPartner;
import io.lonja.party.PartyId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Asynchronous MDNs from the request on: who may have one where, and that it is owed from then on. */
final class OwedMdns {

    private static final int WAITING_MAX = 1_000;
    private static final int UNPROVED_PER_DAY_MAX = 100;

    private final Archive archive;
    private final Appliers appliers;
    private final Deliveries deliveries;
    private final Consumer<EntryId> wake;
    private final Clock clock;
    /** When somebody who did not prove to be this partner was answered; forgotten at a restart. */
    private final Map<PartyId, Deque<Instant>> unproved = new HashMap<>();

    /** @param wake lets somebody look after the lane of a delivery */
    OwedMdns(Archive archive, Appliers appliers, Deliveries deliveries, Consumer<EntryId> wake, Clock clock) {
        this.archive = archive;
        this.appliers = appliers;
        this.deliveries = deliveries;
        this.wake = wake;
        this.clock = clock;
    }

    /** Why nothing is sent to that address, for the partner; empty when it may be asked for. */
    Optional<String> refusal(TradingPartner partner, String wanted) {
        Optional<MdnAddress> address = MdnAddress.of(wanted);
        if (address.isEmpty()) {
            return Optional.of(
                    "Receipt-Delivery-Option must be one plain address, such as https://as2.example.com/mdn, and"
                            + " nothing was taken; send it again so.");
        }
        As2Channel channel = partner.channels().as2();
        return channel != null && address.get().listedIn(channel.mdnHosts())
                ? Optional.empty()
                : Optional.of("Asynchronous MDNs go only to hosts that were agreed on, and this one is not; nothing was"
                        + " taken. Agree on it, or send it again without Receipt-Delivery-Option and the MDN comes in"
                        + " this answer.");
    }

    /** Whether so many wait to be brought to this partner that no more are promised now. */
    boolean tooManyFor(PartyId partner) {
        return deliveries.open(partner, As2Evidence.MDN) >= WAITING_MAX;
    }

    /** Whether somebody who only says to be this partner may be answered once more today; counts it. */
    synchronized boolean answersUnproved(PartyId claimed) {
        Deque<Instant> today = unproved.computeIfAbsent(claimed, it -> new ArrayDeque<>());
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        while (!today.isEmpty() && !today.getFirst().isAfter(yesterday)) {
            today.removeFirst();
        }
        return today.size() < UNPROVED_PER_DAY_MAX && today.add(clock.instant());
    }

    /** The MDN as something owed to the partner at that address. */
    static Draft owed(Draft mdn, PartyId to, String address) {
        Map<String, String> attributes = new TreeMap<>(mdn.attributes());
        attributes.put(Entry.DELIVER_TO, to.value());
        attributes.put(Entry.DELIVER_AS, As2Evidence.MDN);
        attributes.put(Entry.DELIVER_BY, As2Evidence.MDN);
        attributes.put(As2Evidence.MDN_URL, address);
        return Draft.of(mdn.type(), attributes, mdn.payload());
    }

    /** Makes the MDN durable as owed, and lets it leave. */
    void owe(Draft owed) {
        leave(archive.append(owed).id());
    }

    /** Lets an MDN leave that is durable as owed. */
    void leave(EntryId owed) {
        appliers.catchUp(Effect.Lane.RECEIPTS, owed);
        wake.accept(owed);
    }

    /** Whether this very MDN is on its way to that address and was not brought yet. */
    boolean underWay(Entry mdn, String address) {
        return address.equals(mdn.attributes().get(As2Evidence.MDN_URL))
                && deliveries.find(mdn.id()).filter(Delivery::open).isPresent();
    }
}
