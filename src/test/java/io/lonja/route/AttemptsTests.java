package io.lonja.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.Alarm;
import io.lonja.alarm.Alarms;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.intake.Intake;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.Receipt;
import io.lonja.intake.ReceiptOutcomes;
import io.lonja.intake.Receipts;
import io.lonja.intake.Transmission;
import io.lonja.party.PartyId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptsTests {

    private static final IllegalStateException FAILURE = new IllegalStateException("the disk is slow");

    private final Workbench hub = new Workbench(TestDatabase.h2(), "intake")
            .with("receiptOutcomes", ReceiptOutcomes.class, () -> receipt -> false)
            .start();
    private final EntryId receipt = receipt("message-1");
    private Attempts attempts = attempts();

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void waitTwiceAsLongAfterEveryFailureUpToALimit() {
        Duration pause = Attempts.PAUSE_FIRST;
        for (int failure = 0; failure < 12; failure++) {
            attempts.failed(receipt, FAILURE);
            hub.clock.advance(pause.minusMillis(1));
            assertThat(attempts.claim(receipt)).isFalse();
            hub.clock.advance(Duration.ofMillis(1));
            assertThat(attempts.claim(receipt)).isTrue();
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(Attempts.PAUSE_LONGEST) > 0 ? Attempts.PAUSE_LONGEST : pause;
        }
    }

    @Test
    void openOneAlarmPerReceiptAndCloseItOnce() {
        attempts.failed(receipt, FAILURE);
        attempts.failed(receipt, FAILURE);
        attempts.failed(receipt("message-2"), FAILURE);
        assertThat(hub.openCauses()).hasSize(2).contains("receipt-unprocessed:" + receipt);
        attempts.done(receipt);
        assertThat(hub.openCauses()).hasSize(1).doesNotContain("receipt-unprocessed:" + receipt);
        assertThat(hub.get(OpenAlarms.class).history(null, 10)).hasSize(2);
    }

    @Test
    void sayWhatFailedAndWhenItIsTriedAgain() {
        attempts.failed(receipt, FAILURE);
        assertThat(hub.get(OpenAlarms.class).list(1))
                .extracting(Alarm::sentence)
                .singleElement()
                .asString()
                .contains("Receipt " + receipt, "the disk is slow", "2026-11-21T10:00:05Z", "nothing is lost");
    }

    @Test
    void dropWhatNamesNoReceipt() {
        attempts.failed(null, FAILURE);
        attempts.begin(new EntryId(999));
        attempts.failed(new EntryId(999), FAILURE);
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void wakeNobodyForWhatIsWorkedOn() {
        attempts.begin(receipt);
        hub.clock.advance(Attempts.WORK_MAX.minusSeconds(1));
        assertThat(attempts.claim(receipt)).isFalse();
        hub.clock.advance(Duration.ofSeconds(2));
        assertThat(attempts.claim(receipt)).isTrue();
        assertThat(attempts.claim(receipt)).isFalse();
    }

    @Test
    void takeOverTheAlarmsOfAnEarlierProcess() {
        EntryId finished = receipt("message-2");
        attempts.failed(receipt, FAILURE);
        attempts.failed(finished, FAILURE);
        Entry fact = hub.get(Archive.class)
                .append(Draft.of(Receipt.FINISHED, Map.of(Entry.ABOUT, finished.toString()), new byte[0]));
        hub.get(Appliers.class).catchUp(Effect.Lane.RECEIPTS, fact.id());
        attempts = attempts();
        attempts.takeOver();
        assertThat(hub.openCauses()).containsExactly("receipt-unprocessed:" + receipt);
        assertThat(attempts.claim(receipt)).isTrue();
        attempts.done(receipt);
        assertThat(hub.openCauses()).isEmpty();
    }

    private Attempts attempts() {
        return new Attempts(hub.get(Receipts.class), hub.get(Alarms.class), hub.get(OpenAlarms.class), hub.clock);
    }

    private EntryId receipt(String messageId) {
        IntakeResult result = hub.get(Intake.class)
                .accept(new Transmission(new PartyId("hotel-miramar"), "https", messageId, null, new byte[] {1}));
        return ((IntakeResult.Received) result).receipt().id();
    }
}
