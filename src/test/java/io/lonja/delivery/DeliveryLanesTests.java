package io.lonja.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who waits for whom on the way out, and who does not. */
@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class DeliveryLanesTests {

    private static final EntryType OWED = EntryType.evidence("acknowledgment-sent");
    private static final long SECONDS_MAX = 20;

    @TempDir
    private Path config;

    private final TestDatabase.Vendor vendor;
    private final LinkedBlockingQueue<EntryId> carried = new LinkedBlockingQueue<>();
    private volatile Function<Departure, Carried> partner = departure -> new Carried.Confirmed("its word");
    private Workbench hub;

    DeliveryLanesTests(TestDatabase.Vendor vendor) {
        this.vendor = vendor;
    }

    @BeforeEach
    void twoPartnersOnSftpAndOneOnHttps() throws IOException {
        profile("alfa", "sftp: { server: { authorized_keys: key.pub } }");
        profile("beta", "sftp: { server: { authorized_keys: key.pub } }");
        profile("gama", "https: { client: gama }");
        hub = start(8);
    }

    /** @param atOnce to how many partners the hub sends at the same time */
    private Workbench start(int atOnce) {
        return new Workbench(vendor.fresh(), "delivery", "partner")
                .setting("lonja.config", config.toString())
                .setting("lonja.delivery.lanes", Integer.toString(atOnce))
                .with("departures", Departures.class, () -> (channel, departure) -> {
                    carried.add(departure.owed().id());
                    return partner.apply(departure);
                })
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void bringWhatIsOwedInItsOrder() {
        EntryId first = owe("alfa");
        EntryId second = owe("alfa");
        lanes().wake(first);
        until(() -> status(second).equals("confirmed"));
        assertThat(status(first)).isEqualTo("confirmed");
        assertThat(carried).containsExactly(first, second);
    }

    @Test
    void leaveToHttpsWhatIsFetchedThere() {
        EntryId fetched = owe("gama");
        EntryId brought = owe("alfa");
        lanes().wakeAll();
        until(() -> status(brought).equals("confirmed"));
        assertThat(status(fetched)).isEqualTo("pending");
        assertThat(carried).containsExactly(brought);
    }

    @Test
    void waitLongerAfterEveryFailureAndTellAPersonOncePerPartner() {
        partner = departure -> new Carried.Failed("the line is dead.", true);
        EntryId first = owe("alfa");
        EntryId second = owe("alfa");
        for (long pause : List.of(10L, 20L, 40L, 80L)) {
            int before = carried.size();
            lanes().wakeAll();
            until(() -> carried.size() == before + 1);
            settle();
            hub.clock.advance(Duration.ofSeconds(pause - 1));
            lanes().wakeAll();
            settle();
            assertThat(carried).hasSize(before + 1).doesNotContain(second);
            hub.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(hub.openCauses()).containsExactly("delivery-failing:alfa");
        assertThat(status(first)).isEqualTo("pending");

        partner = departure -> new Carried.Confirmed("its word");
        lanes().wakeAll();
        until(() -> status(second).equals("confirmed"));
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void giveUpWhatThePartnerRefusedAndGoOn() {
        EntryId refused = owe("alfa");
        EntryId next = owe("alfa");
        partner = departure -> departure.owed().id().equals(refused)
                ? new Carried.Failed("processed/error: decryption-failed", false)
                : new Carried.Confirmed("its word");
        lanes().wake(refused);
        until(() -> status(next).equals("confirmed"));
        assertThat(deliveries().find(refused).orElseThrow())
                .isInstanceOfSatisfying(
                        Delivery.Abandoned.class,
                        abandoned -> assertThat(abandoned.reason()).isEqualTo("processed/error: decryption-failed"));
        assertThat(hub.openCauses()).containsExactly("delivery-refused:" + refused);
    }

    @Test
    void countNothingAsConfirmedThatOnlyLeft() {
        partner = departure -> new Carried.HandedOver("/outbox/997-1.edi");
        EntryId id = owe("alfa");
        lanes().wake(id);
        until(() -> status(id).equals("sent"));
        lanes().wakeAll();
        settle();
        assertThat(carried).containsExactly(id);

        hub.clock.advance(Duration.ofHours(25));
        deliveries().attend(id);
        assertThat(status(id)).isEqualTo("overdue");
        deliveries().confirmed(id, "the partner read it to the end");
        assertThat(status(id)).isEqualTo("confirmed");
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void holdUpNoOtherPartnerWhileOneDoesNotAnswer() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        partner = departure -> {
            if (departure.to().id().value().equals("alfa")) {
                await(answer);
            }
            return new Carried.Confirmed("its word");
        };
        EntryId slow = owe("alfa");
        EntryId quick = owe("beta");
        lanes().wake(slow);
        until(() -> !carried.isEmpty());
        lanes().wake(quick);
        until(() -> status(quick).equals("confirmed"));
        assertThat(status(slow)).isEqualTo("pending");
        answer.countDown();
        until(() -> status(slow).equals("confirmed"));
    }

    @Test
    void holdUpNobodyHoweverManyPartnersDoNotAnswer() throws Exception {
        hub.close();
        hub = start(1);
        CountDownLatch answer = new CountDownLatch(1);
        partner = departure -> {
            if (!departure.to().id().value().equals("alfa")) {
                return new Carried.Confirmed("its word");
            }
            if (departure.attempt() > 1) {
                await(answer);
            }
            return new Carried.Failed("It did not answer within 120 s.", true);
        };
        EntryId dead = owe("alfa");
        lanes().wake(dead);
        until(() -> carried.size() == 1);
        settle();
        hub.clock.advance(Duration.ofMinutes(1));
        lanes().wakeAll();
        until(() -> carried.size() == 2);
        EntryId quick = owe("beta");
        lanes().wake(quick);
        until(() -> status(quick).equals("confirmed"));
        assertThat(answer.getCount()).isEqualTo(1);
        answer.countDown();
        settle();
    }

    @Test
    void waitAsLongAsTheTransportSaysAndFactsOfBeforeKeepTheirPauses() {
        partner = departure -> new Carried.Failed("HTTP 429", true, Duration.ofMinutes(5));
        EntryId id = owe("alfa");
        lanes().wake(id);
        until(() -> carried.size() == 1);
        settle();
        hub.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        hub.rebuild();
        lanes().wakeAll();
        settle();
        assertThat(carried).hasSize(1);
        hub.clock.advance(Duration.ofSeconds(1));
        lanes().wakeAll();
        until(() -> carried.size() == 2);
        settle();

        EntryId old = owe("beta");
        hub.get(Archive.class)
                .append(Draft.of(
                        DeliveryAttempt.TYPE,
                        Map.of(),
                        "{\"attempt\":1,\"delivery\":%s,\"failure\":\"no way\"}"
                                .formatted(old)
                                .getBytes(StandardCharsets.UTF_8)));
        hub.get(Appliers.class).catchUp(Effect.Lane.RECEIPTS);
        lanes().wakeAll();
        settle();
        assertThat(carried).doesNotContain(old);
        hub.clock.advance(Duration.ofSeconds(10));
        lanes().wakeAll();
        until(() -> carried.contains(old));
    }

    /** @param max as the transport says; without one five times */
    @ParameterizedTest
    @CsvSource({", 5", "2, 2", "1, 1"})
    void bringAgainWhatNobodyProvedInTimeAndTellAPersonOnce(@Nullable Integer max, int times) {
        Function<Departure, Carried> away =
                departure -> new Carried.HandedOver("away", Duration.ofHours(2), Duration.ofMinutes(5), max);
        partner = away;
        EntryId id = owe("alfa");
        lanes().wake(id);
        until(() -> status(id).equals("sent"));
        settle();
        assertThat(deliveries().late(10)).isEmpty();
        for (int departures = 1; departures <= times; departures++) {
            assertThat(carried).hasSize(departures);
            hub.clock.advance(Duration.ofHours(2));
            deliveries().late(10).forEach(deliveries()::attend);
            assertThat(hub.openCauses()).containsExactly("delivery-unproved:" + id);
            EntryId next = owe("alfa");
            partner = departure -> new Carried.Confirmed("its word");
            lanes().wakeAll();
            until(() -> status(next).equals("confirmed"));
            settle();
            carried.remove(next);
            partner = away;
            hub.clock.advance(Duration.ofMinutes(5));
            hub.rebuild();
            lanes().wakeAll();
            settle();
        }
        assertThat(carried).as("it leaves so often and no more").hasSize(times);
        assertThat(hub.openCauses()).containsExactly("delivery-unproved:" + id);
        deliveries().confirmed(id, "a late MDN");
        assertThat(hub.openCauses()).isEmpty();
        lanes().wakeAll();
        settle();
        assertThat(carried).hasSize(times);
    }

    @Test
    void doNotLetMessagesWaitForDocumentsNorForEachOther() {
        partner = departure -> departure.owed().by() == null || departure.attempt() == 1 && carried.size() < 3
                ? new Carried.Failed("the line is dead.", true)
                : new Carried.Confirmed("its word");
        EntryId document = owe("alfa");
        lanes().wake(document);
        settle();
        EntryId dead = owe("alfa", "mdn");
        lanes().wake(dead);
        settle();
        EntryId fetched = owe("gama", "mdn");
        EntryId alive = owe("alfa", "mdn");
        lanes().wakeAll();
        until(() -> status(alive).equals("confirmed") && status(fetched).equals("confirmed"));
        assertThat(status(document)).isEqualTo("pending");
        assertThat(status(dead)).isEqualTo("pending");
        assertThat(deliveries().list(new PartyId("alfa"), null, 0, 10))
                .extracting(delivery -> delivery.owed().id())
                .containsExactly(document);
        assertThat(deliveries().open(new PartyId("alfa"), "mdn")).isEqualTo(1);
    }

    @Test
    void areTheSameAfterARebuild() {
        partner = departure -> departure.to().id().value().equals("alfa")
                ? new Carried.Failed("the line is dead.", true)
                : new Carried.HandedOver("/outbox");
        EntryId failed = owe("alfa");
        EntryId left = owe("beta");
        lanes().wakeAll();
        until(() -> status(left).equals("sent"));
        until(() -> hub.archived(DeliveryAttempt.TYPE).size() == 2);
        settle();
        List<Delivery> before = deliveries().list(null, null, 0, 10);
        hub.rebuild();
        assertThat(deliveries().list(null, null, 0, 10)).isEqualTo(before);
        lanes().wakeAll();
        settle();
        assertThat(carried).containsExactlyInAnyOrder(failed, left);
    }

    /** Until no lane is worked on. */
    private void settle() {
        until(() -> lanes().idle());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private void profile(String id, String channel) throws IOException {
        Path folder = Files.createDirectories(config.resolve("partners").resolve(id));
        Files.createDirectories(config.resolve("schemas"));
        Files.writeString(
                folder.resolve("key.pub"),
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n");
        Files.writeString(folder.resolve("partner.yaml"), """
                name: %s
                roles: [member]
                identities: { x12: "ZZ/%s" }
                channels:
                  %s
                """.formatted(id, id, channel));
    }

    private EntryId owe(String to) {
        return owe(Map.of(Entry.DELIVER_TO, to, Entry.DELIVER_AS, "997"));
    }

    private EntryId owe(String to, String by) {
        return owe(Map.of(Entry.DELIVER_TO, to, Entry.DELIVER_AS, by, Entry.DELIVER_BY, by));
    }

    private EntryId owe(Map<String, String> attributes) {
        EntryId id = hub.get(Archive.class)
                .append(Draft.of(OWED, attributes, new byte[] {'I', 'S', 'A'}))
                .id();
        hub.get(Appliers.class).catchUp(Effect.Lane.RECEIPTS, id);
        return id;
    }

    private DeliveryLanes lanes() {
        return hub.get(DeliveryLanes.class);
    }

    private Deliveries deliveries() {
        return hub.get(Deliveries.class);
    }

    private String status(EntryId id) {
        return deliveries().find(id).orElseThrow().status();
    }
}
