package io.lonja.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Departures;
import io.lonja.document.MappedInterchange;
import io.lonja.edi.HeldDocuments;
import io.lonja.edi.InterchangeReader;
import io.lonja.edi.ReadingAgreements;
import io.lonja.edi.Standard;
import io.lonja.edi.WireParty;
import io.lonja.intake.Intake;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.Transmission;
import io.lonja.party.PartyId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class InterchangesTests {

    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final PartyId OTHER = new PartyId("casa-lucia");

    private final Workbench hub;

    InterchangesTests(TestDatabase.Vendor vendor) {
        hub = new Workbench(vendor.fresh(), "intake", "edi", "document", "delivery", "partner", "tracking")
                .with("departures", Departures.class, () -> (channel, departure) -> new Carried.Failed("no way", true))
                .with("held", HeldDocuments.class, () -> (receipt, controlNumber) -> false)
                .with(
                        "agreements",
                        ReadingAgreements.class,
                        () -> partner -> ReadingAgreements.Terms.usual(
                                Map.of(Standard.X12, Set.of(new WireParty("ZZ", "HOTELMIRAMAR")))))
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void findsReceiptsByPartnerStateNumberMessageAndTime() {
        Instant start = hub.clock.instant();
        EntryId first = receive(MEMBER, "message-1", order(101));
        process(first);
        hub.clock.advance(Duration.ofHours(1));
        EntryId second = receive(OTHER, "message-2", order(102));
        EntryId third = receive(MEMBER, "message-3", "no interchange");
        process(third);
        assertThat(found(InterchangeQuery.ALL)).containsExactly(third, second, first);
        assertThat(found(query(MEMBER, null, null, null, null, null))).containsExactly(third, first);
        assertThat(found(query(null, "received", null, null, null, null))).containsExactly(second);
        assertThat(found(query(null, "refused", null, null, null, null))).containsExactly(third);
        assertThat(found(query(null, null, "000000101", null, null, null))).containsExactly(first);
        assertThat(found(query(null, null, "0001", null, null, null))).containsExactly(first);
        assertThat(found(query(null, null, null, "message-2", null, null))).containsExactly(second);
        assertThat(found(query(null, null, null, null, start.plusSeconds(1), null)))
                .containsExactly(third, second);
        assertThat(found(query(null, null, null, null, null, start.plusSeconds(1))))
                .containsExactly(first);
        assertThat(interchanges().search(InterchangeQuery.ALL, third, 1))
                .extracting(TrackedInterchange::id)
                .containsExactly(second.toString());
    }

    @Test
    void countsEveryReceiptInExactlyOneState() {
        process(receive(MEMBER, "message-1", order(101)));
        process(receive(MEMBER, "message-2", order(101)));
        process(receive(MEMBER, "message-3", order(101).replace("HM-1001", "HM-1002")));
        process(receive(MEMBER, "message-4", "no interchange"));
        read(receive(MEMBER, "message-5", order(102)));
        receive(MEMBER, "message-6", order(103));
        Conservation expected = new Conservation(6, 1, 1, 1, 1, 2);
        assertThat(interchanges().conservation()).isEqualTo(expected);
        assertThat(expected.difference()).isZero();
        hub.rebuild();
        assertThat(interchanges().conservation()).isEqualTo(expected);
    }

    @Test
    void showsWhereTheReceiptsAreToWhoeverWatches() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        hub.get(ConservationGauges.class).bindTo(registry);
        assertThat(gauge(registry, "lonja.receipts.received", null)).isZero();
        process(receive(MEMBER, "message-1", order(101)));
        receive(MEMBER, "message-2", order(102));
        interchanges().conservation();
        hub.clock.advance(ConservationGauges.COUNTED_AGAIN_AFTER);
        assertThat(gauge(registry, "lonja.receipts.received", null)).isEqualTo(2);
        assertThat(gauge(registry, "lonja.receipts.difference", null)).isZero();
        assertThat(gauge(registry, "lonja.receipts", "applied")).isEqualTo(1);
        assertThat(gauge(registry, "lonja.receipts", "in-flight")).isEqualTo(1);
        assertThat(gauge(registry, "lonja.receipts", "refused")).isZero();
        assertThat(gauge(registry, "lonja.receipts", "held")).isZero();
        assertThat(gauge(registry, "lonja.receipts", "duplicate")).isZero();
    }

    private static long gauge(SimpleMeterRegistry registry, String name, @Nullable String state) {
        return Math.round(
                (state == null ? registry.get(name) : registry.get(name).tag("state", state))
                        .gauge()
                        .value());
    }

    private List<EntryId> found(InterchangeQuery query) {
        interchanges().conservation();
        return interchanges().search(query, null, 10).stream()
                .map(tracked -> new EntryId(Long.parseLong(tracked.id())))
                .toList();
    }

    private static InterchangeQuery query(
            @Nullable PartyId partner,
            @Nullable String status,
            @Nullable String controlNumber,
            @Nullable String messageId,
            @Nullable Instant since,
            @Nullable Instant until) {
        return new InterchangeQuery(partner, status, controlNumber, messageId, since, until);
    }

    private Interchanges interchanges() {
        return hub.get(Interchanges.class);
    }

    private EntryId receive(PartyId from, String messageId, String content) {
        IntakeResult result = hub.get(Intake.class)
                .accept(new Transmission(
                        from, "https", messageId, null, content.getBytes(StandardCharsets.ISO_8859_1)));
        return ((IntakeResult.Received) result).receipt().id();
    }

    private void read(EntryId receipt) {
        hub.get(InterchangeReader.class).read(receipt);
    }

    /** Reads it and ends its way with a mapping that made no document. */
    private void process(EntryId receipt) {
        read(receipt);
        hub.get(Archive.class)
                .append(Draft.of(
                        MappedInterchange.MAPPED,
                        Map.of("partner", "any", Entry.ABOUT, receipt.toString()),
                        CanonicalJson.of(new MappedInterchange(receipt, "test", List.of()))));
    }

    private static String order(int controlNumber) {
        try {
            return Files.readString(
                            Path.of("src/test/resources/acceptance/x12-850-order.edi"), StandardCharsets.ISO_8859_1)
                    .replace("000000101", "%09d".formatted(controlNumber));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
