package io.lonja.route;

import io.lonja.archive.Appliers;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Deliveries;
import io.lonja.intake.Receipts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.JmsException;
import org.springframework.jms.core.JmsOperations;

/**
 * Finds what nobody was woken for: receipts whose wake-up was lost or whose processing failed, deliveries that are late,
 * and lanes that stood still.
 */
final class Sweep {

    static final String RECEIVED = "received";
    static final String DELIVERABLE = "deliverable";

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int PAGE = 1_000;

    private final Receipts receipts;
    private final Deliveries deliveries;
    private final Appliers appliers;
    private final Attempts attempts;
    private final JmsOperations wakeUps;

    Sweep(Receipts receipts, Deliveries deliveries, Appliers appliers, Attempts attempts, JmsOperations wakeUps) {
        this.receipts = receipts;
        this.deliveries = deliveries;
        this.appliers = appliers;
        this.attempts = attempts;
        this.wakeUps = wakeUps;
    }

    /** At the start: everything unfinished may be tried at once. */
    void takeStock() {
        long after = 0;
        List<EntryId> page;
        do {
            page = receipts.unfinishedAfter(after, PAGE);
            page.forEach(attempts::leftBehind);
            after = page.isEmpty() ? after : page.get(page.size() - 1).sequence();
        } while (page.size() == PAGE);
    }

    /** One round. What goes wrong is told once and tried again in the next round. */
    void run() {
        try {
            appliers.catchUpAll();
        } catch (RuntimeException laneStands) {
            LOG.debug("A lane stands; its alarm says where", laneStands);
        }
        try {
            wakeReaders();
            deliveries.late(PAGE).forEach(delivery -> wake(DELIVERABLE, delivery));
        } catch (JmsException brokerGone) {
            LOG.warn("Nobody can be woken, the broker does not answer: {}", brokerGone.getMessage());
        } catch (RuntimeException databaseGone) {
            LOG.error("The sweep could not look for unfinished receipts: {}", databaseGone.getMessage());
        }
    }

    private void wakeReaders() {
        long after = 0;
        List<EntryId> page;
        do {
            page = receipts.unfinishedAfter(after, PAGE);
            page.stream().filter(attempts::claim).forEach(receipt -> wake(RECEIVED, receipt));
            after = page.isEmpty() ? after : page.get(page.size() - 1).sequence();
        } while (page.size() == PAGE);
    }

    private void wake(String queue, EntryId id) {
        wakeUps.convertAndSend(queue, id.toString());
    }
}
