package io.lonja.delivery;

import io.lonja.archive.EntryId;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane for the documents of every partner to whom we bring what we owe, oldest first, and one for whatever goes to it
 * by a channel of its own, such as MDNs. A lane whose partner does not answer waits longer every time and holds up no
 * other; among documents nothing overtakes.
 *
 * <p>The lanes are rows of the database: what one process began, another may go on with when its lease is over. How
 * often something was tried, and when it may be tried again, are facts.
 */
public final class DeliveryLanes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLanes.class);
    private static final int LANES_WOKEN_MAX = 1_000;
    private static final long STOP_SECONDS_MAX = 20;

    private final Deliveries deliveries;
    private final LaneLeases leases;
    private final TradingPartners partners;
    private final Departures departures;
    private final ExecutorService carriers;
    /** For what is no document, so that documents do not wait for it, nor it for them. */
    private final ExecutorService messengers;
    /** For what was tried before: partners that answer do not wait for any number of those that do not. */
    private final ExecutorService retriers;
    /** Lanes that somebody works on or is about to, and whether there is news for them since. */
    private final Map<DeliveryLane, Boolean> busy = new HashMap<>();

    /** @param atOnceMax how many lanes are worked on at the same time */
    DeliveryLanes(
            Deliveries deliveries, LaneLeases leases, TradingPartners partners, Departures departures, int atOnceMax) {
        this.deliveries = deliveries;
        this.leases = leases;
        this.partners = partners;
        this.departures = departures;
        this.carriers = threads("delivery-lane", atOnceMax);
        this.messengers = threads("message-lane", atOnceMax);
        this.retriers = threads("retry-lane", atOnceMax);
    }

    private static ExecutorService threads(String name, int max) {
        return Executors.newFixedThreadPool(max, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Somebody should look after the lane of this delivery; returns at once. */
    public void wake(EntryId delivery) {
        deliveries.find(delivery).map(it -> it.owed().lane()).ifPresent(this::wake);
    }

    /** Somebody should look after every lane in which something may be tried now; returns at once. */
    public void wakeAll() {
        deliveries.lanesDue(LANES_WOKEN_MAX).forEach(this::wake);
    }

    /** Whether nobody works on any lane. */
    boolean idle() {
        synchronized (busy) {
            return busy.isEmpty();
        }
    }

    private void wake(DeliveryLane lane) {
        if (channel(lane).isEmpty()) {
            return; // It fetches by HTTPS.
        }
        synchronized (busy) {
            if (busy.containsKey(lane)) {
                busy.put(lane, true);
                return;
            }
            busy.put(lane, false);
        }
        ExecutorService threads = deliveries.triedBefore(lane) ? retriers : lane.by() == null ? carriers : messengers;
        threads.execute(() -> work(lane));
    }

    private void work(DeliveryLane lane) {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            try {
                more = leases.take(lane) && carryNext(lane);
            } catch (RuntimeException e) {
                LOG.error("{}: its lane stopped, the sweep comes back to it: {}", lane, e.getMessage());
                more = false;
            }
            synchronized (busy) {
                if (!more && Boolean.TRUE.equals(busy.get(lane))) {
                    busy.put(lane, false);
                    more = true;
                } else if (!more) {
                    busy.remove(lane);
                }
            }
        }
        leases.give(lane);
    }

    /** Whether the lane may have more to do at once. */
    private boolean carryNext(DeliveryLane lane) {
        PartyId id = lane.to();
        TradingPartner partner = partners.find(id).orElse(null);
        Optional<String> channel = channel(lane);
        Departure departure = partner == null || channel.isEmpty()
                ? null
                : deliveries.next(lane, partner).orElse(null);
        if (departure == null || channel.isEmpty()) {
            return false;
        }
        Carried carried = departures.carry(channel.get(), departure);
        deliveries.carried(departure, carried);
        Delivery.Owed owed = departure.owed();
        if (carried instanceof Carried.Failed failed) {
            LOG.warn(
                    "{}: {} {} did not get through by {} (attempt {}): {}",
                    id,
                    owed.kind(),
                    owed.id(),
                    channel.get(),
                    departure.attempt(),
                    failed.reason());
            return !failed.again();
        }
        LOG.info("{}: {} {} left by {} (attempt {})", id, owed.kind(), owed.id(), channel.get(), departure.attempt());
        return true;
    }

    private Optional<String> channel(DeliveryLane lane) {
        return lane.by() != null
                ? Optional.of(lane.by())
                : partners.find(lane.to()).flatMap(known -> known.channels().outbound());
    }

    /** Lets what is under way come to its end, for a while. */
    @Override
    public void close() throws InterruptedException {
        carriers.shutdown();
        messengers.shutdown();
        retriers.shutdown();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS_MAX);
        for (ExecutorService threads : List.of(carriers, messengers, retriers)) {
            if (!threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        }
    }
}
