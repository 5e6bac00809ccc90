package io.lonja.delivery;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Outcome;
import io.lonja.partner.TradingPartner;
import io.lonja.party.PartyId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the hub owes: who may fetch what, who confirmed it, and what is late. */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Archive archive;
    private final Appliers appliers;
    private final Commands commands;
    private final DeliveryBook book;
    private final Clock clock;
    private final Duration overdueAfter;

    Deliveries(
            Archive archive,
            Appliers appliers,
            Commands commands,
            DeliveryBook book,
            Clock clock,
            Duration overdueAfter) {
        this.archive = archive;
        this.appliers = appliers;
        this.commands = commands;
        this.book = book;
        this.clock = clock;
        this.overdueAfter = overdueAfter;
    }

    public Optional<Delivery> find(EntryId id) {
        return book.find(id.sequence());
    }

    /**
     * Deliveries after this sequence (0 for the beginning), oldest first.
     *
     * @param to only the documents that are owed to this party; null for everybody, and whatever else is owed
     * @param status only those in this state, {@code pending}; null for all
     */
    public List<Delivery> list(@Nullable PartyId to, @Nullable String status, long after, int limit) {
        return book.list(to, status, after, limit);
    }

    /**
     * Deliveries of these kinds after this sequence (0 for the beginning), oldest first; what was abandoned is left out.
     *
     * @param to only what is owed to this party; null for everybody
     * @param status {@code expected} while it is not known to have arrived, {@code overdue} or {@code received}; null for all
     */
    public List<Delivery> list(
            @Nullable PartyId to, Set<String> kinds, @Nullable String status, long after, int limit) {
        return book.list(
                to,
                kinds,
                status == null
                        ? List.of("pending", "sent", "overdue", "confirmed")
                        : switch (status) {
                            case "expected" -> List.of("pending", "sent");
                            case "overdue" -> List.of("overdue");
                            default -> List.of("confirmed");
                        },
                after,
                limit);
    }

    /**
     * Proofs that come after what they prove left, by its sequence, oldest first; what was abandoned is left out.
     *
     * @param to only of what went to this party; null for everybody
     * @param status {@code expected}, {@code overdue} or {@code received}; null for all
     */
    public List<AwaitedProof> awaitedProofs(@Nullable PartyId to, @Nullable String status, long after, int limit) {
        List<String> open = List.of("pending", "sent", "overdue");
        if (status == null) {
            return book.awaitedProofs(to, List.of("pending", "sent", "overdue", "confirmed"), null, after, limit);
        }
        return switch (status) {
            case "expected" -> book.awaitedProofs(to, open, false, after, limit);
            case "overdue" -> book.awaitedProofs(to, open, true, after, limit);
            default -> book.awaitedProofs(to, List.of("confirmed"), null, after, limit);
        };
    }

    /** What was answered to a receipt, oldest first. */
    public List<Delivery> about(EntryId receipt) {
        return book.about(receipt);
    }

    /**
     * The bytes, for whom they are owed to; from the first time on the delivery counts as sent.
     *
     * @throws IllegalArgumentException when there is no such delivery
     */
    public byte[] fetch(EntryId id) {
        Delivery delivery = find(id).orElseThrow(() -> new IllegalArgumentException("There is no delivery " + id));
        byte[] payload = archive.payload(id);
        if (delivery instanceof Delivery.Pending) {
            append(DeliveryChange.SENT, id, null);
        }
        return payload;
    }

    /** The other side has it. 200 also when it said so before, 404 for none, 409 when it was abandoned. */
    public Outcome confirm(EntryId id, String actor, @Nullable String idempotencyKey) {
        return execute(DeliveryChange.CONFIRMED, new DeliveryChange(id.sequence(), null), actor, idempotencyKey);
    }

    /** A person gives it up. 200 also when that was so before, 404 for none, 409 when it was confirmed. */
    public Outcome abandon(EntryId id, String reason, String actor, @Nullable String idempotencyKey) {
        return execute(DeliveryChange.ABANDONED, new DeliveryChange(id.sequence(), reason), actor, idempotencyKey);
    }

    /**
     * Sees after one delivery: says that it is ready, or, when its time or that of its proof is over, makes that a fact
     * with an alarm. Does nothing for what is confirmed, abandoned or known to be overdue.
     */
    public void attend(EntryId id) {
        if (book.unprovedAt(id.sequence(), clock.instant())) {
            append(DeliveryChange.UNPROVED, id, null);
            LOG.warn("{}: no proof came in time that it arrived", id);
        }
        Delivery delivery = find(id).orElse(null);
        if (!(delivery instanceof Delivery.Pending || delivery instanceof Delivery.Sent)) {
            return;
        }
        Delivery.Owed owed = delivery.owed();
        if (!owed.since().plus(overdueAfter).isAfter(clock.instant())) {
            append(DeliveryChange.OVERDUE, id, null);
            LOG.warn("{}: {} {} is overdue, owed since {}", owed.to(), owed.kind(), id, owed.since());
        } else if (delivery instanceof Delivery.Pending) {
            LOG.info("{}: {} {} about receipt {} is ready", owed.to(), owed.kind(), id, owed.about());
        }
    }

    /**
     * A transport proved that the partner has it.
     *
     * @param by what proves it, for people
     */
    public void confirmed(EntryId id, String by) {
        append(DeliveryChange.CONFIRMED, id, by);
    }

    /**
     * The other side proved that it does not have it, or does not want it: nobody tries again, with an alarm.
     *
     * @param reason a sentence for the operator
     */
    public void refused(EntryId id, String reason) {
        append(DeliveryChange.REFUSED, id, reason);
    }

    /** How much is owed to this party by this channel of its own and not brought yet. */
    public int open(PartyId to, String by) {
        return book.open(new DeliveryLane(to, by));
    }

    /** Lanes in which something may be tried now. */
    List<DeliveryLane> lanesDue(int limit) {
        return book.lanesDue(clock.instant(), limit);
    }

    /** Whether what the lane brings next was tried before. */
    boolean triedBefore(DeliveryLane lane) {
        return book.head(lane, clock.instant())
                .filter(head -> head.attempts() > 0)
                .isPresent();
    }

    /** What the lane has to bring next, when its time has come. */
    Optional<Departure> next(DeliveryLane lane, TradingPartner to) {
        return book.head(lane, clock.instant())
                .filter(head -> head.notBefore() == null || !head.notBefore().isAfter(clock.instant()))
                .flatMap(head ->
                        find(head.id()).map(delivery -> new Departure(delivery.owed(), to, head.attempts() + 1)));
    }

    /** Makes a fact of how an attempt ended. */
    void carried(Departure departure, Carried carried) {
        EntryId id = departure.owed().id();
        if (carried instanceof Carried.Confirmed confirmed) {
            append(DeliveryChange.CONFIRMED, id, confirmed.by());
        } else if (carried instanceof Carried.HandedOver left) {
            Instant proofBy =
                    left.proofWithin() == null ? null : clock.instant().plus(left.proofWithin());
            attempted(new DeliveryAttempt(
                    id.sequence(),
                    departure.attempt(),
                    left.where(),
                    null,
                    left.pause(),
                    proofBy,
                    left.departuresMax()));
        } else if (carried instanceof Carried.Failed failed && failed.again()) {
            attempted(new DeliveryAttempt(
                    id.sequence(), departure.attempt(), null, failed.reason(), failed.pause(), null, null));
        } else if (carried instanceof Carried.Failed refused) {
            append(DeliveryChange.REFUSED, id, refused.reason());
        }
    }

    private void attempted(DeliveryAttempt attempt) {
        Entry entry = archive.append(Draft.of(DeliveryAttempt.TYPE, Map.of(), CanonicalJson.of(attempt)));
        appliers.catchUp(Effect.Lane.RECEIPTS, entry.id());
    }

    /** Deliveries whose time, or the time of whose proof, is over and that are not known to be late yet. */
    public List<EntryId> late(int limit) {
        Set<EntryId> late = new LinkedHashSet<>(book.openSince(clock.instant().minus(overdueAfter), limit));
        late.addAll(book.unproved(clock.instant(), limit));
        return List.copyOf(late);
    }

    private void append(EntryType type, EntryId id, @Nullable String reason) {
        Entry entry =
                archive.append(Draft.of(type, Map.of(), CanonicalJson.of(new DeliveryChange(id.sequence(), reason))));
        appliers.catchUp(Effect.Lane.RECEIPTS, entry.id());
    }

    private Outcome execute(EntryType type, DeliveryChange change, String actor, @Nullable String idempotencyKey) {
        return commands.execute(
                new Command(type, actor, idempotencyKey, CanonicalJson.of(change)), Effect.Lane.RECEIPTS);
    }
}
