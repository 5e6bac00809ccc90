package io.lonja.transport.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.DataFolder;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Spool;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.Departure;
import io.lonja.delivery.Departures;
import io.lonja.partner.Channels;
import io.lonja.partner.InterchangeNumbers;
import io.lonja.partner.SftpChannel;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.WireForm;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outboxes against the real delivery book. */
class DropBoxCareTests {

    private static final EntryType SENT = EntryType.evidence("acknowledgment-sent");
    private static final PartyId ACME = new PartyId("acme");
    private static final byte[] BYTES = "ISA*00".getBytes(StandardCharsets.US_ASCII);
    private static final Duration FETCHED_KEPT = Duration.ofHours(72);

    @TempDir
    Path home;

    private final Workbench hub = new Workbench(TestDatabase.h2(), "delivery", "partner")
            .with("departures", Departures.class, () -> (channel, departure) -> new Carried.Failed("no way", true))
            .start();

    private final DropBoxUnderTest.Door door = new DropBoxUnderTest.Door();
    private OutboxDeliveries owed;
    private DropBoxes boxes;
    private DropBoxCare care;

    @BeforeEach
    void open() {
        owed = new OutboxDeliveries(hub.get(Deliveries.class));
        SftpLimits limits = new SftpLimits(64, 8, Duration.ofMinutes(10), 1_000, 1_000_000);
        boxes = new DropBoxes(
                DataFolder.at(home), limits, new Taking(Spool.in(DataFolder.at(home)), door), owed::fetched, hub.clock);
        care = new DropBoxCare(
                boxes,
                owed,
                () -> List.of(partner()),
                hub.get(Alarms.class),
                hub.clock,
                FETCHED_KEPT,
                Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void handsADeliveryOverAsADurableFileAndConfirmsItOnceWhenItWasFetched() throws IOException {
        EntryId id = owe();
        assertThat(carry(id))
                .isEqualTo(new Carried.HandedOver(
                        "in the SFTP drop-box as /outbox/997-%08d.edi".formatted(id.sequence())));
        assertThat(carry(id)).isInstanceOf(Carried.HandedOver.class);
        Outbox.Waiting file = onlyFile();
        assertThat(home.resolve("sftp/acme/outbox").resolve(file.file())).hasBinaryContent(BYTES);

        owed.fetched(ACME, file);
        long entries = hub.get(Archive.class).size();
        owed.fetched(ACME, file);
        assertThat(hub.get(Deliveries.class).find(id)).get().isInstanceOf(Delivery.Confirmed.class);
        assertThat(hub.get(Archive.class).size()).isEqualTo(entries);
    }

    @Test
    void saysWhyAFileCouldNotBeWrittenAndThatItIsWorthAnotherAttempt() throws IOException {
        boxes.of(ACME);
        Files.delete(home.resolve("sftp/acme/outbox"));
        Files.writeString(home.resolve("sftp/acme/outbox"), "no folder");
        assertThat(carry(owe())).isInstanceOfSatisfying(Carried.Failed.class, failed -> {
            assertThat(failed.again()).isTrue();
            assertThat(failed.reason()).contains("outbox of acme");
        });
    }

    @Test
    void putsBackWhatLeftAndIsNotConfirmed() throws IOException {
        EntryId id = owe();
        Departure departure = departure(id);
        care.round();
        assertThat(boxes.of(ACME).outbox().all()).isEmpty();

        new SftpOutbound(boxes, hub.get(Archive.class), Spool.inMemory()).carry(departure);
        hub.get(Deliveries.class).fetch(id);
        Path outbox = home.resolve("sftp/acme/outbox");
        boxes.of(ACME).outbox().remove(onlyFile().name());
        care.round();
        assertThat(outbox.resolve(onlyFile().file())).hasBinaryContent(BYTES);

        Files.delete(outbox.resolve(onlyFile().file()));
        Files.delete(outbox);
        care.round();
        assertThat(outbox.resolve(onlyFile().file())).hasBinaryContent(BYTES);

        owed.fetched(ACME, onlyFile());
        boxes.of(ACME).outbox().remove(onlyFile().name());
        care.round();
        assertThat(boxes.of(ACME).outbox().all()).isEmpty();
    }

    @Test
    void keepsAFetchedFileForAWhileAndAnUnfetchedOneForEver() throws IOException {
        EntryId fetched = owe();
        EntryId unfetched = owe();
        carry(fetched);
        carry(unfetched);
        owed.fetched(ACME, boxes.of(ACME).outbox().all().get(0));
        hub.clock.advance(FETCHED_KEPT.minusSeconds(1));
        care.round();
        assertThat(boxes.of(ACME).outbox().all()).hasSize(2);
        hub.clock.advance(Duration.ofSeconds(1));
        care.round();
        assertThat(onlyFile().delivery()).isEqualTo(unfetched);
        hub.clock.advance(Duration.ofDays(400));
        care.round();
        assertThat(onlyFile().delivery()).isEqualTo(unfetched);
    }

    @Test
    void takesAwayWhatAPersonGaveUp() throws IOException {
        EntryId id = owe();
        carry(id);
        hub.get(Deliveries.class).abandon(id, "the partner is closed", "operator", null);
        care.round();
        assertThat(boxes.of(ACME).outbox().all()).isEmpty();
    }

    @Test
    void tellsAPersonOnceOfUploadsThatNobodyFinished() throws IOException {
        Path inbox = home.resolve("sftp/acme/inbox");
        boxes.of(ACME);
        care.round();
        Path cut = Files.writeString(inbox.resolve("order.edi,cut"), "half");
        Path whole = Files.writeString(inbox.resolve("other.part,whole"), "whole");
        Instant written = hub.clock.instant();
        Files.setLastModifiedTime(cut, FileTime.from(written));
        Files.setLastModifiedTime(whole, FileTime.from(written));
        care.round();
        assertThat(hub.openCauses()).isEmpty();
        hub.clock.advance(DropBoxCare.UNFINISHED_MAX.plusSeconds(1));
        care.round();
        care.round();
        assertThat(hub.openCauses()).containsExactly("sftp-unfinished:acme");
        Files.delete(cut);
        Files.delete(whole);
        care.round();
        assertThat(hub.openCauses()).isEmpty();
        assertThat(door.taken).isEmpty();
    }

    @Test
    void clearsWhatAnEarlierProcessLeftInTheMiddle() throws IOException {
        Path inbox = Files.createDirectories(home.resolve("sftp/acme/inbox"));
        for (String name : List.of("a.edi,open", "b.part,open", "0c1d,taking", "c.edi,cut", "d.part,whole")) {
            Files.writeString(inbox.resolve(name), "half");
        }
        assertThat(boxes.of(ACME).inbox().list()).extracting(Listed::name).containsExactly("c.edi", "d.part");
        assertThat(inbox.toFile().list()).containsExactlyInAnyOrder("c.edi,cut", "d.part,whole");
        assertThat(door.taken).isEmpty();
    }

    private Carried carry(EntryId id) {
        return new SftpOutbound(boxes, hub.get(Archive.class), Spool.inMemory()).carry(departure(id));
    }

    private Departure departure(EntryId id) {
        Delivery delivery = hub.get(Deliveries.class).find(id).orElseThrow();
        return new Departure(delivery.owed(), partner(), 1);
    }

    private Outbox.Waiting onlyFile() throws IOException {
        List<Outbox.Waiting> all = boxes.of(ACME).outbox().all();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private EntryId owe() {
        Entry entry = hub.get(Archive.class)
                .append(Draft.of(
                        SENT,
                        Map.of(Entry.DELIVER_TO, ACME.value(), Entry.DELIVER_AS, "997", Entry.ABOUT, "1"),
                        BYTES));
        hub.get(Appliers.class).catchUp(Effect.Lane.RECEIPTS, entry.id());
        return entry.id();
    }

    private static TradingPartner partner() {
        return new TradingPartner(
                ACME,
                "Acme",
                Set.of(),
                Set.of(),
                List.of(),
                Currency.getInstance("EUR"),
                TradingPartner.DuplicatePolicy.TA1,
                false,
                false,
                InterchangeNumbers.ANY,
                WireForm.USUAL,
                new Channels(null, new SftpChannel(List.of("ssh-ed25519 AAAA")), "acme"),
                "1");
    }
}
