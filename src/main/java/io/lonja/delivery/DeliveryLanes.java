package io.lonja.delivery;

import io.lonja.archive.EntryId;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane for every partner to whom we bring what we owe, oldest first. A lane whose partner does not answer waits
 * longer every time and holds up no other; within a lane nothing overtakes.
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
    /** Lanes that somebody works on or is about to, and whether there is news for them since. */
    private final Map<PartyId, Boolean> busy = new HashMap<>();

    /** @param atOnceMax how many lanes are worked on at the same time */
    DeliveryLanes(
            Deliveries deliveries, LaneLeases leases, TradingPartners partners, Departures departures, int atOnceMax) {
        this.deliveries = deliveries;
        this.leases = leases;
        this.partners = partners;
        this.departures = departures;
        this.carriers = Executors.newFixedThreadPool(atOnceMax, task -> {
            Thread thread = new Thread(task, "delivery-lane");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Somebody should look after the lane of this delivery; returns at once. */
    public void wake(EntryId delivery) {
        deliveries.find(delivery).map(it -> it.owed().to()).ifPresent(this::wake);
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

    private void wake(PartyId partner) {
        if (channel(partner).isEmpty()) {
            return; // It fetches by HTTPS.
        }
        synchronized (busy) {
            if (busy.containsKey(partner)) {
                busy.put(partner, true);
                return;
            }
            busy.put(partner, false);
        }
        carriers.execute(() -> work(partner));
    }

    private void work(PartyId partner) {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            try {
                more = leases.take(partner) && carryNext(partner);
            } catch (RuntimeException e) {
                LOG.error("{}: its lane stopped, the sweep comes back to it: {}", partner, e.getMessage());
                more = false;
            }
            synchronized (busy) {
                if (!more && Boolean.TRUE.equals(busy.get(partner))) {
                    busy.put(partner, false);
                    more = true;
                } else if (!more) {
                    busy.remove(partner);
                }
            }
        }
        leases.give(partner);
    }

    /** Whether the lane may have more to do at once. */
    private boolean carryNext(PartyId id) {
        TradingPartner partner = partners.find(id).orElse(null);
        Optional<String> channel = channel(id);
        Departure departure = partner == null || channel.isEmpty()
                ? null
                : deliveries.next(partner).orElse(null);
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

    private Optional<String> channel(PartyId partner) {
        return partners.find(partner).flatMap(known -> known.channels().outbound());
    }

    /** Lets what is under way come to its end, for a while. */
    @Override
    public void close() throws InterruptedException {
        carriers.shutdown();
        if (!carriers.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            carriers.shutdownNow();
        }
    }
}
