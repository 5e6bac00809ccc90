package io.lonja.route;

import io.lonja.archive.EntryId;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.DeliveryLanes;
import io.lonja.intake.Receipts;
import io.lonja.party.PartyId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.JmsException;
import org.springframework.jms.core.JmsOperations;

/**
 * Finds what nobody was woken for: receipts whose wake-up was lost or whose processing failed, deliveries that are late,
 * and lanes that stood still.
 *
 * <p>Whoever is woken takes the first receipt of its sender, so one wake-up for a sender is enough, and one too many is spent
 * at once. So a sender whose first unfinished receipt rested for a while, and for whom nobody works, is woken once more, whether
 * or not the first wake-up is in the queue still. What failed is tried again by itself.
 */
final class Sweep {

    static final String RECEIVED = "received";
    static final String DELIVERABLE = "deliverable";

    /** The most wake-ups of one round. */
    static final int WAKE_UPS_MAX = 1_000;

    /** How old a receipt must be before its wake-up is looked for. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int PAGE = 1_000;

    private final Receipts receipts;
    private final Deliveries deliveries;
    private final DeliveryLanes lanes;
    private final Runnable apply;
    private final Runnable write;
    private final Attempts attempts;
    private final Turns turns;
    private final JmsOperations wakeUps;
    private final Clock clock;
    private volatile Instant startedAt = Instant.MIN;

    /**
     * @param apply lets everything archived take effect
     * @param write writes the documents that are due
     */
    Sweep(
            Receipts receipts,
            Deliveries deliveries,
            DeliveryLanes lanes,
            Runnable apply,
            Runnable write,
            Attempts attempts,
            Turns turns,
            JmsOperations wakeUps,
            Clock clock) {
        this.receipts = receipts;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.apply = apply;
        this.write = write;
        this.attempts = attempts;
        this.turns = turns;
        this.wakeUps = wakeUps;
        this.clock = clock;
    }

    /** At the start: what an earlier process left unfinished may be tried at once. */
    void takeStock() {
        attempts.takeOver();
        startedAt = clock.instant();
    }

    /**
     * One round. What goes wrong is told once and tried again in the next round.
     *
     * @return whether there may be more to do at once
     */
    boolean run() {
        try {
            apply.run();
            write.run();
        } catch (RuntimeException laneStands) {
            LOG.debug("A lane stands; its alarm says where", laneStands);
        }
        try {
            boolean more = wakeReaders();
            deliveries.late(PAGE).forEach(delivery -> wake(DELIVERABLE, delivery));
            lanes.wakeAll();
            return more;
        } catch (JmsException brokerGone) {
            LOG.warn("Nobody can be woken, the broker does not answer: {}", brokerGone.getMessage());
        } catch (RuntimeException databaseGone) {
            LOG.error("The sweep could not look for unfinished receipts: {}", databaseGone.getMessage());
        }
        return false;
    }

    private boolean wakeReaders() {
        Instant graceEnds = clock.instant().minus(GRACE);
        Instant until = graceEnds.isAfter(startedAt) ? graceEnds : startedAt;
        long after = 0;
        int woken = 0;
        Set<PartyId> seen = new HashSet<>();
        List<Receipts.Unfinished> page;
        do {
            page = receipts.unfinishedAfter(after, until, PAGE);
            for (Receipts.Unfinished unfinished : page) {
                EntryId receipt = unfinished.receipt();
                boolean concerned = attempts.failing(receipt) || seen.add(unfinished.from());
                if (concerned && turns.free(unfinished.from()) && attempts.claim(receipt)) {
                    wake(RECEIVED, receipt);
                    if (++woken == WAKE_UPS_MAX) {
                        return true;
                    }
                }
                after = receipt.sequence();
            }
        } while (page.size() == PAGE);
        return false;
    }

    private void wake(String queue, EntryId id) {
        wakeUps.convertAndSend(queue, id.toString());
    }
}
