package io.lonja.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

class StartUpTests {

    private static final EntryType NOTED = EntryType.fact("noted");

    private final Workbench hub = new Workbench(TestDatabase.h2());
    private boolean failing = true;

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void startsWithStandingBooksAndSaysSoInReadinessUntilTheyGoOn() {
        start(Effect.Lane.BOOKS);
        new StartUp.CatchUp(hub.get(Appliers.class)).start();
        Lanes lanes = new Lanes(hub.get(Appliers.class));
        assertThat(lanes.health().getStatus()).isEqualTo(Lanes.STANDING);
        assertThat(lanes.health().getDetails().get("BOOKS")).asString().contains("entry 1", "no room for it");
        assertThat(hub.openCauses()).containsExactly("lane-stands:books");
        assertThat(hub.get(Appliers.class).appliedThrough(Effect.Lane.RECEIPTS)).isEqualTo(1);
        failing = false;
        hub.get(Appliers.class).catchUpAll();
        assertThat(lanes.health().getStatus()).isEqualTo(Status.UP);
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void startsWithStandingTracking() {
        start(Effect.Lane.TRACKING);
        new StartUp.CatchUp(hub.get(Appliers.class)).start();
        assertThat(hub.openCauses()).containsExactly("lane-stands:tracking");
    }

    @Test
    void doesNotStartWithoutKnowingWhatWasReceived() {
        start(Effect.Lane.RECEIPTS);
        StartUp.CatchUp catchUp = new StartUp.CatchUp(hub.get(Appliers.class));
        assertThatThrownBy(catchUp::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The hub does not start")
                .hasMessageContaining("entry 1");
        assertThat(catchUp.isRunning()).isFalse();
    }

    private void start(Effect.Lane lane) {
        hub.with("failing", Effect.class, () -> new FailingEffect(lane)).start();
        hub.get(Archive.class).append(Draft.of(NOTED, Map.of(), new byte[] {1}));
    }

    private final class FailingEffect implements Effect {

        private final Lane lane;

        FailingEffect(Lane lane) {
            this.lane = lane;
        }

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public int step() {
            return 1;
        }

        @Override
        public boolean concerns(EntryType type) {
            return type.equals(NOTED);
        }

        @Override
        public void apply(Entry entry, byte[] payload) {
            if (failing) {
                throw new IllegalArgumentException("no room for it");
            }
        }
    }
}
