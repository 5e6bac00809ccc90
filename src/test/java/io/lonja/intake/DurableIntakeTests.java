package io.lonja.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Payload;
import io.lonja.archive.Sha256;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class DurableIntakeTests {

    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final PartyId OTHER = new PartyId("casa-lucia");

    private final Workbench hub;

    DurableIntakeTests(TestDatabase.Vendor vendor) {
        hub = new Workbench(vendor.fresh(), "intake")
                .with("receiptOutcomes", ReceiptOutcomes.class, () -> receipt -> false)
                .setting("lonja.intake.content-max", "1KB")
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void givesTheFirstReceiptAgainForTheSameMessageAlsoAfterARestartAndARebuild() {
        Receipt first = received(accept(MEMBER, "message-1", "order"));
        assertThat(accept(MEMBER, "message-1", "order")).isEqualTo(new IntakeResult.AlreadyReceived(first, true));
        hub.start();
        assertThat(accept(MEMBER, "message-1", "order")).isEqualTo(new IntakeResult.AlreadyReceived(first, true));
        hub.rebuild();
        assertThat(accept(MEMBER, "message-1", "order")).isEqualTo(new IntakeResult.AlreadyReceived(first, true));
        assertThat(hub.archived(Receipt.RECEIVED)).hasSize(1);
    }

    @Test
    void knowsAMessageWithoutIdByItsContent() {
        Receipt first = received(accept(MEMBER, null, "order"));
        assertThat(accept(MEMBER, null, "order")).isEqualTo(new IntakeResult.AlreadyReceived(first, false));
        assertThat(accept(OTHER, null, "order")).isInstanceOf(IntakeResult.Received.class);
        assertThat(accept(MEMBER, "message-1", "order")).isInstanceOf(IntakeResult.Received.class);
    }

    @Test
    void refusesAMessageIdWithOtherContentAndKeepsOnlyItsDigest() {
        Receipt first = received(accept(MEMBER, "message-1", "order"));
        assertThat(accept(MEMBER, "message-1", "another order")).isEqualTo(new IntakeResult.MessageIdReused(first));
        assertThat(accept(MEMBER, "message-1", "a third order")).isEqualTo(new IntakeResult.MessageIdReused(first));
        assertThat(hub.archived(Receipt.REFUSED)).hasSize(2).allSatisfy(refusal -> {
            assertThat(refusal.payloadLength()).isZero();
            assertThat(refusal.attributes())
                    .containsEntry(Entry.ABOUT, first.id().toString())
                    .containsKey(Receipt.REFUSED_DIGEST);
        });
        assertThat(hub.openCauses()).containsExactly("message-id-reused:hotel-miramar:message-1");
        assertThat(accept(OTHER, "message-1", "another order")).isInstanceOf(IntakeResult.Received.class);
    }

    @Test
    void keepsNoMoreRefusalsADayThanAPersonWouldRead() {
        accept(MEMBER, "message-1", "order");
        accept(MEMBER, "message-1", "other");
        archiveAgain(new EntryId(2), 995);
        for (int refusal = 0; refusal < 9; refusal++) {
            accept(MEMBER, "message-1", "other " + refusal);
        }
        long size = hub.get(Archive.class).size();
        assertThat(size).isEqualTo(1_001);
        hub.clock.advance(Duration.ofHours(25));
        accept(MEMBER, "message-1", "the next day");
        assertThat(hub.get(Archive.class).size()).isEqualTo(size + 1);
    }

    @Test
    void makesWrappingReceiptAndAnswerDurableNextToEachOtherAndOnlyOnce() {
        Transmission wrapped = new Transmission(
                MEMBER,
                "as2",
                "<message-1>",
                null,
                "order.edi",
                Payload.of("order".getBytes(StandardCharsets.UTF_8)),
                List.of(Draft.of(EntryType.evidence("wire"), Map.of(), new byte[] {1})),
                List.of(Draft.of(EntryType.evidence("answer"), Map.of(), new byte[] {2})));
        Receipt receipt = received(hub.get(Intake.class).accept(wrapped));
        Archive archive = hub.get(Archive.class);
        assertThat(receipt.id()).isEqualTo(new EntryId(2));
        assertThat(archive.entriesAfter(0, 9).stream().map(entry -> entry.type().name()))
                .containsExactly("wire", "interchange-received", "answer");
        assertThat(hub.get(Intake.class).accept(wrapped)).isEqualTo(new IntakeResult.AlreadyReceived(receipt, true));
        assertThat(archive.size()).isEqualTo(3);
    }

    @Test
    void keepsOfWhoeverWasTurnedAwayHeadersAndDigestUnderAQuotaAndSaysWhenItWasAPartnersName() {
        int strangersKept = 1_000;
        hub.get(Intake.class).turnedAway(attempt(null));
        archiveAgain(new EntryId(1), 995);
        for (int attempt = 0; attempt < 9; attempt++) {
            hub.get(Intake.class).turnedAway(attempt(null));
        }
        assertThat(hub.get(Archive.class).size()).isEqualTo(strangersKept);
        assertThat(hub.openCauses()).isEmpty();
        hub.get(Intake.class).turnedAway(attempt(MEMBER));
        assertThat(hub.openCauses()).containsExactly("turned-away:as2:hotel-miramar");
        Entry kept = hub.get(Archive.class).entry(new EntryId(strangersKept + 1));
        assertThat(kept.type()).isEqualTo(Receipt.TURNED_AWAY);
        assertThat(kept.payloadLength()).isZero();
        assertThat(kept.attributes())
                .containsEntry("as2-from", "ACME")
                .containsEntry(Receipt.PARTNER, "hotel-miramar")
                .containsEntry(Receipt.REFUSED_DIGEST, Sha256.of(new byte[0]).hex());
        hub.get(Intake.class).accept(new Transmission(MEMBER, "as2", "<1>", null, new byte[] {1}));
        assertThat(hub.openCauses()).isEmpty();
    }

    /** As if the same had happened so many times more. */
    private void archiveAgain(EntryId entry, int times) {
        Archive archive = hub.get(Archive.class);
        Entry first = archive.entry(entry);
        archive.append(Collections.nCopies(times, Draft.of(first.type(), first.attributes(), new byte[0])));
        hub.get(Appliers.class).catchUpAll();
    }

    private static TurnedAway attempt(@Nullable PartyId claimed) {
        return new TurnedAway(
                claimed, "as2", Map.of("as2-from", "ACME"), Sha256.of(new byte[0]), "the signature is unknown");
    }

    @Test
    void refusesWhatIsTooLargeEmptyOrTooLongNamedAndKeepsNothing() {
        assertThat(accept(MEMBER, "message-1", "x".repeat(1_025)))
                .isInstanceOfSatisfying(IntakeResult.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(IntakeResult.Reason.TOO_LARGE);
                    assertThat(refused.sentence()).contains("1024");
                });
        assertThat(accept(MEMBER, "message-1", ""))
                .isInstanceOfSatisfying(
                        IntakeResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(IntakeResult.Reason.EMPTY));
        assertThat(accept(MEMBER, "m".repeat(256), "order"))
                .isInstanceOfSatisfying(
                        IntakeResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(IntakeResult.Reason.MESSAGE_ID_TOO_LONG));
        assertThat(hub.get(Archive.class).size()).isZero();
        assertThat(accept(MEMBER, "message-1", "x".repeat(1_024))).isInstanceOf(IntakeResult.Received.class);
    }

    @Test
    void listsWhatIsUnfinishedAndOldEnoughInPages() {
        Receipt first = received(accept(MEMBER, "message-1", "order"));
        Receipt second = received(accept(MEMBER, "message-2", "order"));
        hub.clock.advance(Duration.ofMinutes(1));
        Receipt young = received(accept(MEMBER, "message-3", "order"));
        Receipts receipts = hub.get(Receipts.class);
        assertThat(unfinishedAfter(receipts, 0, hub.clock.instant(), 2)).containsExactly(first.id(), second.id());
        assertThat(unfinishedAfter(receipts, second.id().sequence(), hub.clock.instant(), 2))
                .containsExactly(young.id());
        assertThat(unfinishedAfter(receipts, 0, hub.clock.instant().minusSeconds(5), 9))
                .containsExactly(first.id(), second.id());
        assertThat(receipts.firstUnfinished(first.id().sequence())).contains(first.id());
        assertThat(receipts.firstUnfinished(0)).isEmpty();
        assertThat(receipts.unfinishedFrom(MEMBER, first.id().sequence(), 1)).containsExactly(second.id());
        assertThat(receipts.unfinishedFrom(new PartyId("nobody"), 0, 1)).isEmpty();
        assertThat(receipts.sender(young.id())).contains(MEMBER);
        assertThat(receipts.sender(new EntryId(99))).isEmpty();
        assertThat(receipts.unfinished(young.id())).isTrue();
        assertThat(receipts.unfinished(new EntryId(99))).isFalse();
        assertThat(receipts.countThrough(second.id())).isEqualTo(2);
    }

    private static List<EntryId> unfinishedAfter(Receipts receipts, long sequence, Instant until, int limit) {
        return receipts.unfinishedAfter(sequence, until, limit).stream()
                .map(Receipts.Unfinished::receipt)
                .toList();
    }

    private IntakeResult accept(PartyId from, @Nullable String messageId, String content) {
        return hub.get(Intake.class)
                .accept(new Transmission(
                        from, "https", messageId, "application/EDI-X12", content.getBytes(StandardCharsets.UTF_8)));
    }

    private static Receipt received(IntakeResult result) {
        assertThat(result).isInstanceOf(IntakeResult.Received.class);
        return ((IntakeResult.Received) result).receipt();
    }
}
