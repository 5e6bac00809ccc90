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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class DeliveriesTests {

    private static final EntryType SENT = EntryType.evidence("acknowledgment-sent");
    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final PartyId SUPPLIER = new PartyId("valle-foods");
    private static final byte[] BYTES = {'I', 'S', 'A'};

    private final Workbench hub;

    DeliveriesTests(TestDatabase.Vendor vendor) {
        hub = new Workbench(vendor.fresh(), "delivery", "partner")
                .with("departures", Departures.class, () -> (channel, departure) -> new Carried.Failed("no way", true))
                .setting("lonja.delivery.overdue-after", "24h")
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void isPendingUntilFetchedAndSentUntilConfirmed() {
        EntryId id = owe(MEMBER, 7);
        assertThat(status(id)).isEqualTo("pending");
        assertThat(deliveries().fetch(id)).isEqualTo(BYTES);
        assertThat(status(id)).isEqualTo("sent");
        deliveries().fetch(id);
        assertThat(hub.archived(DeliveryChange.SENT)).hasSize(1);
        assertThat(confirm(id, "key-1")).isEqualTo(200);
        assertThat(status(id)).isEqualTo("confirmed");
    }

    @Test
    void aFileEndsAsWhatIsInIt() {
        assertThat(List.of("Invoice", "CreditNote", "INVOIC", "810", "TA1", "mdn"))
                .extracting(Delivery.Owed::fileEnding)
                .containsExactly(".xml", ".xml", ".edi", ".edi", ".edi", ".edi");
    }

    @Test
    void mayBeConfirmedTwiceAndWithoutFetching() {
        EntryId id = owe(MEMBER, 7);
        assertThat(confirm(id, null)).isEqualTo(200);
        assertThat(confirm(id, null)).isEqualTo(200);
        assertThat(confirm(new EntryId(99), null)).isEqualTo(404);
    }

    @Test
    void isAFactWithAnAlarmOnceWhenOverdue() {
        EntryId id = owe(MEMBER, 7);
        hub.clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(deliveries().late(10)).isEmpty();
        deliveries().attend(id);
        assertThat(status(id)).isEqualTo("pending");
        hub.clock.advance(Duration.ofSeconds(1));
        assertThat(deliveries().late(10)).containsExactly(id);
        deliveries().attend(id);
        deliveries().attend(id);
        assertThat(status(id)).isEqualTo("overdue");
        assertThat(deliveries().late(10)).isEmpty();
        assertThat(hub.archived(DeliveryChange.OVERDUE)).hasSize(1);
        assertThat(hub.openCauses()).containsExactly("delivery-overdue:" + id);
    }

    @Test
    void endsTheAlarmWhenConfirmedLate() {
        EntryId id = overdue();
        assertThat(confirm(id, null)).isEqualTo(200);
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void endsTheAlarmWhenAPersonGivesItUpAndThenStaysSo() {
        EntryId id = overdue();
        assertThat(deliveries().abandon(id, "they closed", "clerk", null).status())
                .isEqualTo(200);
        assertThat(deliveries().find(id).orElseThrow())
                .isInstanceOfSatisfying(
                        Delivery.Abandoned.class,
                        abandoned -> assertThat(abandoned.reason()).isEqualTo("they closed"));
        assertThat(hub.openCauses()).isEmpty();
        assertThat(confirm(id, null)).isEqualTo(409);
    }

    @Test
    void cannotBeGivenUpOnceConfirmed() {
        EntryId id = owe(MEMBER, 7);
        confirm(id, null);
        assertThat(deliveries().abandon(id, "by mistake", "clerk", null).status())
                .isEqualTo(409);
        assertThat(status(id)).isEqualTo("confirmed");
    }

    @Test
    void isListedByPartyStateAndReceiptOldestFirst() {
        EntryId first = owe(MEMBER, 7);
        EntryId second = owe(MEMBER, 8);
        EntryId other = owe(SUPPLIER, 9);
        deliveries().fetch(second);
        assertThat(ids(deliveries().list(null, null, 0, 10))).containsExactly(first, second, other);
        assertThat(ids(deliveries().list(MEMBER, null, 0, 10))).containsExactly(first, second);
        assertThat(ids(deliveries().list(MEMBER, "sent", 0, 10))).containsExactly(second);
        assertThat(ids(deliveries().list(null, null, first.sequence(), 1))).containsExactly(second);
        assertThat(ids(deliveries().about(new EntryId(9)))).containsExactly(other);
    }

    @Test
    void isTheSameAfterARebuild() {
        EntryId late = overdue();
        EntryId fetched = owe(MEMBER, 8);
        deliveries().fetch(fetched);
        List<Delivery> before = deliveries().list(null, null, 0, 10);
        hub.rebuild();
        assertThat(deliveries().list(null, null, 0, 10)).isEqualTo(before);
        assertThat(hub.openCauses()).containsExactly("delivery-overdue:" + late);
    }

    private EntryId overdue() {
        EntryId id = owe(MEMBER, 7);
        hub.clock.advance(Duration.ofHours(25));
        deliveries().attend(id);
        return id;
    }

    private EntryId owe(PartyId to, long about) {
        EntryId id = hub.get(Archive.class)
                .append(Draft.of(
                        SENT,
                        Map.of(
                                Entry.DELIVER_TO,
                                to.value(),
                                Entry.DELIVER_AS,
                                "997",
                                Entry.ABOUT,
                                Long.toString(about)),
                        BYTES))
                .id();
        hub.get(Appliers.class).catchUp(Effect.Lane.RECEIPTS, id);
        return id;
    }

    private int confirm(EntryId id, @Nullable String key) {
        return deliveries().confirm(id, "hotel-miramar", key).status();
    }

    private String status(EntryId id) {
        return deliveries().find(id).orElseThrow().status();
    }

    private Deliveries deliveries() {
        return hub.get(Deliveries.class);
    }

    private static List<EntryId> ids(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.owed().id()).toList();
    }
}
