package io.lonja.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.Alarms;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.DeliveryLanes;
import io.lonja.delivery.Departures;
import io.lonja.intake.Receipt;
import io.lonja.intake.ReceiptOutcomes;
import io.lonja.intake.Receipts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.core.JmsTemplate;

/** Over the real broker. */
class SweepTests {

    @TempDir
    Path folder;

    private final Workbench hub = new Workbench(TestDatabase.h2(), "intake", "delivery", "partner")
            .with("departures", Departures.class, () -> (channel, departure) -> new Carried.Failed("no way", true))
            .with("receiptOutcomes", ReceiptOutcomes.class, () -> receipt -> false)
            .start();
    private Broker broker;
    private CachingConnectionFactory connections;
    private JmsTemplate queue;
    private Attempts attempts;
    private Sweep sweep;

    @BeforeEach
    void start() {
        broker = new Broker(folder);
        ActiveMQJMSConnectionFactory artemis = new ActiveMQJMSConnectionFactory(broker.url());
        artemis.setConsumerWindowSize(0);
        connections = new CachingConnectionFactory(artemis);
        queue = new JmsTemplate(connections);
        queue.setExplicitQosEnabled(true);
        queue.setDeliveryPersistent(false); // Ten thousand syncs of a journal would tell nothing here.
        queue.setReceiveTimeout(JmsTemplate.RECEIVE_TIMEOUT_NO_WAIT);
        attempts = new Attempts(hub.get(Receipts.class), hub.get(Alarms.class), hub.get(OpenAlarms.class), hub.clock);
        sweep = new Sweep(
                hub.get(Receipts.class),
                hub.get(Deliveries.class),
                hub.get(DeliveryLanes.class),
                hub.get(Appliers.class)::catchUpAll,
                () -> {},
                attempts,
                queue,
                hub.clock);
    }

    @AfterEach
    void stop() throws Exception {
        connections.destroy();
        broker.close();
        hub.close();
    }

    @Test
    void worksOffTenThousandReceiptsOfAnEarlierProcessInWavesAndWakesNobodyTwice() {
        receive(10_000);
        sweep.takeStock();
        Set<EntryId> woken = new HashSet<>();
        boolean more;
        do {
            more = sweep.run();
            List<EntryId> wave = takeAll();
            assertThat(wave).hasSizeLessThanOrEqualTo(Sweep.WAKE_UPS_MAX);
            assertThat(woken.addAll(wave) || wave.isEmpty()).isTrue();
            finish(wave);
            wave.forEach(attempts::done);
        } while (more);
        assertThat(woken).hasSize(10_000);
        assertThat(hub.get(Receipts.class).unfinishedAfter(0, hub.clock.instant(), 1))
                .isEmpty();
    }

    @Test
    void leavesToTheQueueWhatIsQueuedAndWakesWhatLostItsPlaceThere() {
        List<EntryId> receipts = receive(3);
        sweep.takeStock();
        queue.convertAndSend(Sweep.RECEIVED, receipts.get(1).toString());
        queue.convertAndSend(Sweep.RECEIVED, receipts.get(2).toString());
        sweep.run();
        sweep.run();
        assertThat(takeAll()).containsExactly(receipts.get(1), receipts.get(2), receipts.get(0));
    }

    @Test
    void wakesNobodyForWhatIsWorkedOn() {
        List<EntryId> receipts = receive(2);
        sweep.takeStock();
        attempts.begin(receipts.get(0));
        sweep.run();
        assertThat(takeAll()).containsExactly(receipts.get(1));
        attempts.begin(receipts.get(1));
        hub.clock.advance(Duration.ofMinutes(1));
        sweep.run();
        assertThat(takeAll()).isEmpty();
    }

    @Test
    void givesANewReceiptTheTimeThatItsOwnWakeUpTakes() {
        sweep.takeStock();
        hub.clock.advance(Duration.ofHours(1));
        List<EntryId> receipts = receive(1);
        sweep.run();
        assertThat(takeAll()).isEmpty();
        hub.clock.advance(Sweep.GRACE);
        sweep.run();
        assertThat(takeAll()).isEqualTo(receipts);
    }

    @Test
    void triesAgainWhatFailedEvenWhileOthersQueue() {
        EntryId queued = receive(1).get(0);
        EntryId failing = receive(1).get(0);
        sweep.takeStock();
        attempts.begin(failing);
        attempts.failed(failing, new IllegalStateException("no"));
        queue.convertAndSend(Sweep.RECEIVED, queued.toString());
        sweep.run();
        hub.clock.advance(Attempts.PAUSE_FIRST);
        sweep.run();
        assertThat(takeAll()).containsExactly(queued, failing);
    }

    private List<EntryId> receive(int count) {
        List<Draft> drafts = new ArrayList<>();
        for (int receipt = 0; receipt < count; receipt++) {
            Map<String, String> attributes = Map.of(Receipt.PARTNER, "hotel-miramar", Receipt.CHANNEL, "https");
            drafts.add(Draft.of(Receipt.RECEIVED, attributes, new byte[] {1}));
        }
        return append(drafts);
    }

    private void finish(List<EntryId> receipts) {
        append(receipts.stream()
                .map(receipt -> Draft.of(Receipt.FINISHED, Map.of(Entry.ABOUT, receipt.toString()), new byte[0]))
                .toList());
    }

    private List<EntryId> append(List<Draft> drafts) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        List<EntryId> ids =
                hub.get(Archive.class).append(drafts).stream().map(Entry::id).toList();
        hub.get(Appliers.class).catchUpAll();
        return ids;
    }

    private List<EntryId> takeAll() {
        List<EntryId> taken = new ArrayList<>();
        Object text = queue.receiveAndConvert(Sweep.RECEIVED);
        while (text != null) {
            taken.add(new EntryId(Long.parseLong((String) text)));
            text = queue.receiveAndConvert(Sweep.RECEIVED);
        }
        return taken;
    }
}
