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
import java.util.List;
import java.util.Map;
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
    private Turns turns;
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
        turns = new Turns(hub.get(Receipts.class), attempts);
        sweep = new Sweep(
                hub.get(Receipts.class),
                hub.get(Deliveries.class),
                hub.get(DeliveryLanes.class),
                hub.get(Appliers.class)::catchUpAll,
                () -> {},
                attempts,
                turns,
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
    void wakesOneForEachSenderOfAnEarlierProcessHoweverMuchIsWaiting() {
        List<EntryId> receipts = receive("hotel-miramar", 10_000);
        EntryId other = receive("aceites-del-sur", 2).get(0);
        sweep.takeStock();
        sweep.run();
        sweep.run();
        assertThat(takeAll()).containsExactly(receipts.get(0), other);
    }

    @Test
    void wakesEachSenderWhoseWakeUpWasLostHoweverMuchOthersHaveInTheQueue() {
        EntryId others = receive("aceites-del-sur", 1).get(0);
        EntryId lost = receive("hotel-miramar", 1).get(0);
        sweep.takeStock();
        queue.convertAndSend(Sweep.RECEIVED, others.toString());
        sweep.run();
        sweep.run();
        assertThat(takeAll()).containsExactly(others, others, lost);
    }

    @Test
    void wakesNobodyForASenderThatIsAttendedToAndSoonWhenItIsNot() {
        List<EntryId> receipts = receive("hotel-miramar", 2);
        sweep.takeStock();
        assertThat(turns.take(receipts.get(1))).isEqualTo(receipts.get(0));
        hub.clock.advance(Duration.ofMinutes(1));
        sweep.run();
        assertThat(takeAll()).isEmpty();
        finish(receipts.get(0));
        turns.done(receipts.get(0));
        sweep.run();
        assertThat(takeAll()).containsExactly(receipts.get(1));
    }

    @Test
    void givesANewReceiptTheTimeThatItsOwnWakeUpTakes() {
        sweep.takeStock();
        hub.clock.advance(Duration.ofHours(1));
        List<EntryId> receipts = receive("hotel-miramar", 1);
        sweep.run();
        assertThat(takeAll()).isEmpty();
        hub.clock.advance(Sweep.GRACE);
        sweep.run();
        assertThat(takeAll()).isEqualTo(receipts);
    }

    @Test
    void triesAgainWhatFailedEvenWhileOthersQueue() {
        EntryId queued = receive("aceites-del-sur", 1).get(0);
        EntryId failing = receive("hotel-miramar", 1).get(0);
        sweep.takeStock();
        turns.take(failing);
        turns.failed(failing, new IllegalStateException("no"));
        queue.convertAndSend(Sweep.RECEIVED, queued.toString());
        sweep.run();
        hub.clock.advance(Attempts.PAUSE_FIRST);
        sweep.run();
        assertThat(takeAll()).containsExactly(queued, queued, failing);
    }

    private List<EntryId> receive(String sender, int count) {
        List<Draft> drafts = new ArrayList<>();
        for (int receipt = 0; receipt < count; receipt++) {
            Map<String, String> attributes = Map.of(Receipt.PARTNER, sender, Receipt.CHANNEL, "https");
            drafts.add(Draft.of(Receipt.RECEIVED, attributes, new byte[] {1}));
        }
        return append(drafts);
    }

    private void finish(EntryId receipt) {
        append(List.of(Draft.of(Receipt.FINISHED, Map.of(Entry.ABOUT, receipt.toString()), new byte[0])));
    }

    private List<EntryId> append(List<Draft> drafts) {
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
