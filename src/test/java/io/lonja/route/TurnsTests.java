package io.lonja.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.Alarms;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.intake.Receipt;
import io.lonja.intake.ReceiptOutcomes;
import io.lonja.intake.Receipts;
import io.lonja.party.PartyId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TurnsTests {

    private static final IllegalStateException FAILURE = new IllegalStateException("the disk is slow");
    private static final String HOTEL = "hotel-miramar";

    private final Workbench hub = new Workbench(TestDatabase.h2(), "intake")
            .with("receiptOutcomes", ReceiptOutcomes.class, () -> receipt -> false)
            .start();
    private final Attempts attempts =
            new Attempts(hub.get(Receipts.class), hub.get(Alarms.class), hub.get(OpenAlarms.class), hub.clock);
    private final Turns turns = new Turns(hub.get(Receipts.class), attempts);
    private final EntryId first = receipt(HOTEL);
    private final EntryId second = receipt(HOTEL);
    private final EntryId third = receipt(HOTEL);

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void beginWithTheFirstThatWaitsWhicheverAWakeUpNames() {
        assertThat(turns.take(third)).isEqualTo(first);
        assertThat(turns.take(first)).isNull();
        assertThat(turns.take(second)).isNull();
        assertThat(turns.free(new PartyId(HOTEL))).isFalse();
    }

    @Test
    void goFromOneToTheNextUntilNothingWaits() {
        turns.take(first);
        finish(first);
        assertThat(turns.next(first)).isEqualTo(second);
        assertThat(turns.take(second)).isEqualTo(second);
        finish(second);
        assertThat(turns.take(first)).isEqualTo(third);
        finish(third);
        assertThat(turns.next(third)).isNull();
        assertThat(turns.take(third)).isNull();
        assertThat(turns.free(new PartyId(HOTEL))).isTrue();
    }

    @Test
    void letNobodyWaitForAnotherSender() {
        EntryId other = receipt("aceites-del-sur");
        assertThat(turns.take(first)).isEqualTo(first);
        assertThat(turns.take(other)).isEqualTo(other);
    }

    @Test
    void letThosePassThatStandBehindAReceiptThatFailed() {
        turns.take(first);
        turns.failed(first, FAILURE);
        assertThat(turns.next(first)).isEqualTo(second);
        assertThat(turns.take(second)).isEqualTo(second);
        assertThat(turns.take(first)).isNull();
        assertThat(attempts.claim(first)).isFalse();
        hub.clock.advance(Attempts.PAUSE_FIRST);
        assertThat(attempts.claim(first)).isTrue();
        finish(second);
        assertThat(turns.take(first)).as("its next attempt").isEqualTo(first);
        finish(first);
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void endTheAlarmOfWhatWentThroughWithoutThem() {
        turns.take(first);
        turns.failed(first, FAILURE);
        assertThat(hub.openCauses()).hasSize(1);
        archiveFinished(first);
        turns.take(first);
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void takeAWakeUpThatNamesNoReceiptSoThatItsReaderSaysSo() {
        EntryId nothing = new EntryId(999);
        assertThat(turns.take(nothing)).isEqualTo(nothing);
        turns.failed(nothing, FAILURE);
        assertThat(turns.next(nothing)).isNull();
        turns.failed(null, FAILURE);
        assertThat(turns.next(null)).isNull();
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void forgetAWakeUpThatIsSpent() {
        turns.take(first);
        assertThat(attempts.claim(second)).isTrue();
        assertThat(turns.take(second)).isNull();
        hub.clock.advance(Duration.ofSeconds(1));
        assertThat(attempts.claim(second)).isTrue();
    }

    @Test
    void freeTheSenderWhenTheDatabaseIsGoneInBetween() {
        assertThat(turns.take(first)).isEqualTo(first);
        finish(first);
        hub.get(JdbcClient.class).sql("ALTER TABLE alarm RENAME TO away").update();
        turns.take(second);
        assertThatThrownBy(() -> turns.failed(second, FAILURE)).isNotNull();
        assertThat(turns.free(new PartyId(HOTEL))).isTrue();
        hub.get(JdbcClient.class).sql("ALTER TABLE receipt RENAME TO lost").update();
        assertThatThrownBy(() -> turns.take(third)).isNotNull();
        assertThat(turns.free(new PartyId(HOTEL))).isTrue();
        hub.get(JdbcClient.class).sql("ALTER TABLE lost RENAME TO receipt").update();
        hub.get(JdbcClient.class).sql("ALTER TABLE away RENAME TO alarm").update();
        hub.clock.advance(Attempts.PAUSE_FIRST);
        assertThat(attempts.claim(second)).isTrue();
    }

    private EntryId receipt(String sender) {
        return append(
                Draft.of(Receipt.RECEIVED, Map.of(Receipt.PARTNER, sender, Receipt.CHANNEL, "https"), new byte[] {1}));
    }

    private void finish(EntryId receipt) {
        archiveFinished(receipt);
        turns.done(receipt);
    }

    private void archiveFinished(EntryId receipt) {
        append(Draft.of(Receipt.FINISHED, Map.of(Entry.ABOUT, receipt.toString()), new byte[0]));
    }

    private EntryId append(Draft draft) {
        Entry entry = hub.get(Archive.class).append(draft);
        hub.get(Appliers.class).catchUp(Effect.Lane.RECEIPTS, entry.id());
        return entry.id();
    }
}
