package io.lonja.delivery;

import io.lonja.alarm.Alarms;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves deliveries on. What comes too late for a state changes nothing, and a command is told so. */
final class DeliveryChangeEffect implements Effect {

    private static final Set<EntryType> TYPES = Set.of(
            DeliveryAttempt.TYPE,
            DeliveryChange.SENT,
            DeliveryChange.UNPROVED,
            DeliveryChange.CONFIRMED,
            DeliveryChange.OVERDUE,
            DeliveryChange.REFUSED,
            DeliveryChange.ABANDONED);

    private static final Duration PAUSE_FIRST = Duration.ofSeconds(10);
    private static final Duration PAUSE_LONGEST = Duration.ofMinutes(15);
    private static final int DOUBLINGS_MAX = 10;
    /** So many failures in a row may be a partner's restart; one more and a person should know. */
    private static final int FAILURES_UNTOLD = 3;
    /** So often something leaves whose proof does not come, where its transport says no other number. */
    private static final int DEPARTURES_MAX = 5;

    private final DeliveryBook book;
    private final Alarms alarms;
    private final Commands.Outcomes outcomes;

    DeliveryChangeEffect(DeliveryBook book, Alarms alarms, Commands.Outcomes outcomes) {
        this.book = book;
        this.alarms = alarms;
        this.outcomes = outcomes;
    }

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 31;
    }

    @Override
    public boolean concerns(EntryType type) {
        return TYPES.contains(type);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(DeliveryAttempt.TYPE)) {
            attempted(entry, CanonicalJson.read(payload, DeliveryAttempt.class));
            return;
        }
        DeliveryChange change = CanonicalJson.read(payload, DeliveryChange.class);
        Optional<Delivery> found = book.find(change.delivery());
        if (found.isEmpty()) {
            tell(entry, 404, problem("not-found", "There is no delivery %d.".formatted(change.delivery())));
            return;
        }
        Delivery delivery = found.get();
        if (entry.type().equals(DeliveryChange.SENT)) {
            if (delivery instanceof Delivery.Pending) {
                move(delivery, "sent", null, entry);
            }
        } else if (entry.type().equals(DeliveryChange.UNPROVED)) {
            unproved(delivery, entry);
        } else if (entry.type().equals(DeliveryChange.OVERDUE)) {
            overdue(delivery, entry);
        } else if (entry.type().equals(DeliveryChange.CONFIRMED)) {
            confirmed(delivery, entry);
        } else if (entry.type().equals(DeliveryChange.REFUSED)) {
            refused(delivery, change, entry);
        } else {
            abandoned(delivery, change, entry);
        }
    }

    private void attempted(Entry entry, DeliveryAttempt attempt) {
        Delivery delivery = book.find(attempt.delivery()).orElse(null);
        if (delivery == null || !delivery.open()) {
            return;
        }
        DeliveryLane lane = delivery.owed().lane();
        if (attempt.failure() == null) {
            int max = Objects.requireNonNullElse(attempt.departuresMax(), DEPARTURES_MAX);
            boolean again = attempt.proofBy() != null && book.departures(attempt.delivery()) + 1 < max;
            book.handedOver(
                    attempt, again ? Objects.requireNonNull(attempt.proofBy()).plus(pause(attempt)) : null);
            alarms.close(failing(lane), entry.arrivedAt());
            if (delivery instanceof Delivery.Pending) {
                move(delivery, "sent", null, entry);
            }
            return;
        }
        book.failed(attempt, entry.arrivedAt().plus(pause(attempt)));
        if (attempt.attempt() > FAILURES_UNTOLD) {
            alarms.open(
                    failing(lane),
                    "Nothing gets through to %s: %s %s failed %d times, the last time because: %s It is tried again; nothing is lost."
                            .formatted(
                                    lane.to(),
                                    delivery.owed().kind(),
                                    delivery.owed().id(),
                                    attempt.attempt(),
                                    attempt.failure()),
                    entry.arrivedAt());
        }
    }

    private static Duration pause(DeliveryAttempt attempt) {
        if (attempt.pause() != null) {
            return attempt.pause();
        }
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(attempt.attempt() - 1, DOUBLINGS_MAX));
        return pause.compareTo(PAUSE_LONGEST) > 0 ? PAUSE_LONGEST : pause;
    }

    private void unproved(Delivery delivery, Entry entry) {
        Delivery.Owed owed = delivery.owed();
        if (!book.unprovedAt(owed.id().sequence(), entry.arrivedAt())) {
            return; // Told before, proved, or on its way again by now.
        }
        book.unproved(owed.id().sequence());
        alarms.open(
                unprovedAlarm(delivery),
                "%s did not say in time that it has %s %s. It leaves again as it was, as often as the profile says; when nothing comes, ask %s and confirm or abandon it."
                        .formatted(owed.to(), owed.kind(), owed.id(), owed.to()),
                entry.arrivedAt());
    }

    private void refused(Delivery delivery, DeliveryChange change, Entry entry) {
        if (!delivery.open()) {
            return;
        }
        move(delivery, "abandoned", change.reason(), entry);
        closeAlarms(delivery, entry);
        alarms.open(
                "delivery-refused:" + delivery.owed().id(),
                "%s refused %s %s and it is not tried again: %s"
                        .formatted(
                                delivery.owed().to(),
                                delivery.owed().kind(),
                                delivery.owed().id(),
                                change.reason()),
                entry.arrivedAt());
    }

    private void overdue(Delivery delivery, Entry entry) {
        if (delivery instanceof Delivery.Pending || delivery instanceof Delivery.Sent) {
            move(delivery, "overdue", null, entry);
            Delivery.Owed owed = delivery.owed();
            alarms.open(
                    alarm(delivery),
                    "%s %s for %s, owed since %s, is not confirmed. Ask %s to fetch and confirm it, or abandon it with a reason."
                            .formatted(owed.kind(), owed.id(), owed.to(), owed.since(), owed.to()),
                    entry.arrivedAt());
        }
    }

    private void confirmed(Delivery delivery, Entry entry) {
        if (delivery instanceof Delivery.Abandoned) {
            tell(entry, 409, problem("delivery-abandoned", "This delivery was abandoned; it cannot be confirmed."));
            return;
        }
        if (delivery.open()) {
            move(delivery, "confirmed", null, entry);
            closeAlarms(delivery, entry);
            alarms.close(failing(delivery.owed().lane()), entry.arrivedAt());
        }
        tell(entry, 200, status(delivery, "confirmed"));
    }

    private void abandoned(Delivery delivery, DeliveryChange change, Entry entry) {
        if (delivery instanceof Delivery.Confirmed) {
            tell(entry, 409, problem("delivery-confirmed", "This delivery was confirmed; it cannot be abandoned."));
            return;
        }
        if (delivery.open()) {
            move(delivery, "abandoned", change.reason(), entry);
            closeAlarms(delivery, entry);
        }
        tell(entry, 200, status(delivery, "abandoned"));
    }

    private void move(Delivery delivery, String status, @Nullable String reason, Entry entry) {
        book.move(delivery.owed().id().sequence(), status, reason, entry.arrivedAt());
    }

    private void tell(Entry entry, int status, byte[] body) {
        if (entry.attributes().containsKey(Commands.ACTOR)) {
            outcomes.record(entry, status, body);
        }
    }

    private void closeAlarms(Delivery delivery, Entry entry) {
        alarms.close(alarm(delivery), entry.arrivedAt());
        alarms.close(unprovedAlarm(delivery), entry.arrivedAt());
    }

    private static String alarm(Delivery delivery) {
        return "delivery-overdue:" + delivery.owed().id();
    }

    private static String unprovedAlarm(Delivery delivery) {
        return "delivery-unproved:" + delivery.owed().id();
    }

    private static String failing(DeliveryLane lane) {
        return "delivery-failing:" + lane;
    }

    private static byte[] status(Delivery delivery, String status) {
        return CanonicalJson.write(Map.of("id", delivery.owed().id().toString(), "status", status));
    }

    private static byte[] problem(String type, String detail) {
        return CanonicalJson.write(Map.of("type", type, "detail", detail));
    }
}
