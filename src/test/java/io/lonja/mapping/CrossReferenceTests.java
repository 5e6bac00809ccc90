package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryId;
import io.lonja.archive.Outcome;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Departures;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentCodes;
import io.lonja.document.DocumentRegister;
import io.lonja.document.MappedInterchange;
import io.lonja.document.PricedDocument;
import io.lonja.document.RegisteredDocument;
import io.lonja.document.RegisteredDocument.State;
import io.lonja.edi.InterchangeReader;
import io.lonja.intake.Intake;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.ReceiptOutcomes;
import io.lonja.intake.Transmission;
import io.lonja.partner.ChangedFolders;
import io.lonja.party.CodeKind;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What partners call otherwise than we do, from the member's order to the supplier's. */
@ParameterizedClass
// What is asked of the database here, LeavingTogetherTests and QuotedOnTheWireTests ask of PostgreSQL too.
@EnumSource(value = TestDatabase.Vendor.class, names = "H2")
class CrossReferenceTests {

    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final String INBOUND =
            "{ document: purchase-order, direction: inbound, guide: x12-004010-850, route: both%s }";
    private static final String OUTBOUND = "{ document: purchase-order, direction: outbound, guide: %s%s }";
    private static final String ORDER = """
            BEG*00*SA*PO-1**20261121~
            PO1*1*10*CA*12.50**IN*4711~
            PO1*2*3*CA*2**IN*4712~
            CTT*2~
            """;

    @TempDir
    private Path config;

    private final TestDatabase.Vendor vendor;
    private Workbench hub;
    private int number;

    CrossReferenceTests(TestDatabase.Vendor vendor) {
        this.vendor = vendor;
    }

    @BeforeEach
    void twoPartners() throws IOException {
        Shipped.linkedInto(config);
        profile("hotel-miramar", "member", "HOTELMIRAMAR", INBOUND.formatted(""));
        profile("valle-foods", "supplier", "VALLEFOODS", OUTBOUND.formatted("x12-004010-850", ""));
        hub = new Workbench(vendor.fresh(), "intake", "partner", "edi", "mapping", "document", "delivery")
                .setting("lonja.config", config.toString())
                .with("receiptOutcomes", ReceiptOutcomes.class, () -> receipt -> false)
                .with("departures", Departures.class, () -> (channel, departure) -> new Carried.Failed("no way", true));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void whatCameIsCalledAsWeCallItAndTheFactSaysWhatStoodOnTheWire() throws IOException {
        table("hotel-miramar", "items", "gtin:8412345000013,buyer-item:4711,,");
        table("hotel-miramar", "units", "CT,CA,2026-11-21,2026-11-21");
        hub.start();
        EntryId receipt = received(ORDER);
        PricedDocument order = content(registered(receipt));
        assertThat(order.lines().get(0).items()).containsExactlyEntriesOf(Map.of("gtin", "8412345000013"));
        assertThat(order.lines().get(1).items()).containsExactlyEntriesOf(Map.of("buyer-item", "4712"));
        assertThat(order.lines())
                .allSatisfy(line -> assertThat(line.quantity().unit()).isEqualTo("CT"));
        MappedInterchange.Outcome fact = CanonicalJson.read(
                        hub.get(Archive.class)
                                .payload(hub.archived(MappedInterchange.MAPPED)
                                        .get(0)
                                        .id()),
                        MappedInterchange.class)
                .documents()
                .get(0);
        assertThat(fact.codes())
                .isEqualTo(Map.of(
                        CodeKind.ITEMS,
                        Map.of("buyer-item:4711", "gtin:8412345000013"),
                        CodeKind.UNITS,
                        Map.of("CA", "CT")));
        BusinessDocument onTheWire = Objects.requireNonNull(hub.get(Mapping.class)
                .map(SetText.set(ORDER), new MappingContext(Currency.getInstance("EUR")))
                .content());
        assertThat(DocumentCodes.replaced(onTheWire, fact.codes()))
                .as("whoever verifies a statement comes from the wire to what was concluded")
                .isEqualTo(order);

        PricedDocument later = content(registered(received(ORDER.replace("20261121", "20261122"))));
        assertThat(later.lines().get(0).quantity().unit())
                .as("the row has ended by then")
                .isEqualTo("CA");
    }

    @Test
    void whatLeavesIsCalledAsItsReceiverCallsItInBothStandards() throws IOException {
        table("hotel-miramar", "items", "gtin:8412345000013,buyer-item:4711,,", "gtin:8412345000020,buyer-item:4712,,");
        table(
                "valle-foods",
                "items",
                "gtin:8412345000013,supplier-item:A-100,,",
                "gtin:8412345000020,supplier-item:A-200,,");
        table("valle-foods", "units", "CA,PK,,");
        hub.start();
        received(ORDER);
        assertThat(text(outgoing().writeDue().get(0))).contains("PO1*1*10*PK*12.50**VN*A-100~PO1*2*3*PK*2**VN*A-200~");

        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                OUTBOUND.formatted("edifact-d96a-orders", ", codes: [items, units]"));
        hub.start();
        received(ORDER.replace("PO-1", "PO-2"));
        assertThat(text(outgoing().writeDue().get(0)))
                .contains("LIN+1'PIA+5+A-100:SA'QTY+21:10:PK'")
                .contains("LIN+2'PIA+5+A-200:SA'QTY+21:3:PK'");
    }

    @Test
    void aDemandedCodeWithoutARowKeepsADocumentDueUntilTheRowIsThere() throws IOException {
        profile("valle-foods", "supplier", "VALLEFOODS", OUTBOUND.formatted("x12-004010-850", ", codes: [items]"));
        table(
                "valle-foods",
                "items",
                "buyer-item:4711,supplier-item:A-100,,",
                "buyer-item:4712,supplier-item:A-200,,2026-11-20");
        hub.start();
        received(ORDER);
        assertThat(outgoing().writeDue()).isEmpty();
        assertThat(hub.get(OpenAlarms.class).list(10))
                .singleElement()
                .satisfies(
                        alarm -> assertThat(alarm.sentence())
                                .isEqualTo(
                                        "purchase-order PO-1 of 2026-11-21 for valle-foods cannot be sent: lines[1].items: buyer-item:4712 has no row in"
                                                + " partners/valle-foods/codes/items.csv that holds on 2026-11-21; add one with it under `ours`. It stays due and is tried again."));

        table(
                "valle-foods",
                "items",
                "buyer-item:4711,supplier-item:A-100,,",
                "buyer-item:4712,supplier-item:A-200,,2026-11-20",
                "buyer-item:4712,supplier-item:A-201,2026-11-21,");
        assertThat(outgoing().writeDue()).as("not taken up yet").isEmpty();
        takenUp();
        assertThat(text(outgoing().writeDue().get(0))).contains("**VN*A-100~", "**VN*A-201~");
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void aDemandedCodeWithoutARowHoldsADocumentUntilItIsMappedAgain() throws IOException {
        profile("hotel-miramar", "member", "HOTELMIRAMAR", INBOUND.formatted(", codes: [items]"));
        table("hotel-miramar", "items", "gtin:8412345000013,buyer-item:4711,,");
        hub.start();
        EntryId receipt = received(ORDER);
        RegisteredDocument held = registered(receipt);
        assertThat(held.state()).isEqualTo(State.HELD);
        assertThat(held.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("code-missing");
            assertThat(problem.segmentId()).isEqualTo("PO1");
            assertThat(problem.segment()).isEqualTo(4);
            assertThat(problem.sentence())
                    .isEqualTo(
                            "PO1 (segment 4): lines[1].items has buyer-item:4712, of which no code is agreed for 2026-11-21; add a row with it"
                                    + " under `theirs` to partners/hotel-miramar/codes/items.csv and replay the interchange.");
        });
        assertThat(hub.openCauses()).containsExactly("document-held:hotel-miramar:purchase-order:PO-1");

        assertThat(replay(receipt).status()).as("nothing is mended").isEqualTo(202);
        assertThat(registered(receipt).state()).isEqualTo(State.HELD);

        table("hotel-miramar", "items", "gtin:8412345000013,buyer-item:4711,,", "gtin:8412345000020,buyer-item:4712,,");
        takenUp();
        assertThat(registered(receipt).state()).as("nobody asked").isEqualTo(State.HELD);
        Outcome wanted = replay(receipt);
        assertThat(new String(wanted.body(), StandardCharsets.UTF_8))
                .contains("\"documents\":[\"%s-0\"]".formatted(receipt));
        RegisteredDocument booked = registered(receipt);
        assertThat(booked.state()).isEqualTo(State.BOOKED);
        assertThat(content(booked).lines().get(1).items()).containsEntry("gtin", "8412345000020");
        assertThat(hub.openCauses()).isEmpty();
        assertThat(outgoing().writeDue()).as("sent on once").hasSize(1);

        assertThat(replay(receipt).status()).as("nothing is held any more").isEqualTo(409);
        assertThat(outgoing().writeDue()).isEmpty();
        assertThat(registered(receipt).id()).isEqualTo(held.id());
    }

    @Test
    void aRebuildAsksTheArchiveAndNotTheTablesOfToday() throws IOException {
        profile("hotel-miramar", "member", "HOTELMIRAMAR", INBOUND.formatted(", codes: [items]"));
        table("hotel-miramar", "items", "gtin:8412345000013,buyer-item:4711,,");
        hub.start();
        EntryId receipt = received(ORDER);
        table("hotel-miramar", "items", "gtin:8412345000013,buyer-item:4711,,", "gtin:8412345000020,buyer-item:4712,,");
        takenUp();
        replay(receipt);
        RegisteredDocument before = registered(receipt);
        long size = hub.get(Archive.class).size();

        table("hotel-miramar", "items", "gtin:1,buyer-item:4711,,");
        hub.rebuild();
        assertThat(registered(receipt)).isEqualTo(before);
        assertThat(before.state()).isEqualTo(State.BOOKED);
        hub.get(DueReplays.class).mapDue();
        assertThat(hub.get(Archive.class).size()).as("nothing is due any more").isEqualTo(size);
    }

    @Test
    void whatWasWantedWhenTheHubWentDownIsDoneOnceItIsBack() throws IOException {
        profile("hotel-miramar", "member", "HOTELMIRAMAR", INBOUND.formatted(", codes: [items]"));
        table("hotel-miramar", "items", "gtin:8412345000013,buyer-item:4711,,");
        hub.start();
        EntryId receipt = received(ORDER);
        table("hotel-miramar", "items", "gtin:8412345000013,buyer-item:4711,,", "gtin:8412345000020,buyer-item:4712,,");
        want(receipt);
        hub.start();
        assertThat(registered(receipt).state()).isEqualTo(State.HELD);
        hub.get(DueReplays.class).mapDue();
        hub.get(DueReplays.class).mapDue();
        hub.get(Appliers.class).catchUpAll();
        assertThat(registered(receipt).state()).isEqualTo(State.BOOKED);
        assertThat(hub.archived(MappedInterchange.MAPPED)).hasSize(2);
    }

    @Test
    void ofSeveralDocumentsOnlyTheHeldOnesAreMappedAgain() throws IOException {
        profile("hotel-miramar", "member", "HOTELMIRAMAR", INBOUND.formatted(", codes: [items]"));
        table("hotel-miramar", "items", "gtin:8412345000013,buyer-item:4711,,");
        hub.start();
        String good = ORDER.replace("PO1*2*3*CA*2**IN*4712~\n", "").replace("CTT*2", "CTT*1");
        EntryId receipt = received(good, ORDER.replace("PO-1", "PO-2"));
        assertThat(hub.get(DocumentRegister.class).of(receipt))
                .extracting(RegisteredDocument::state)
                .containsExactly(State.BOOKED, State.HELD);
        table("hotel-miramar", "items", "gtin:7,buyer-item:4711,,", "gtin:8412345000020,buyer-item:4712,,");
        takenUp();
        replay(receipt);
        List<RegisteredDocument> after = hub.get(DocumentRegister.class).of(receipt);
        assertThat(after).extracting(RegisteredDocument::state).containsExactly(State.BOOKED, State.BOOKED);
        assertThat(content(after.get(0)).lines().get(0).items()).containsEntry("gtin", "8412345000013");
        assertThat(content(after.get(1)).lines().get(0).items()).containsEntry("gtin", "7");
        assertThat(outgoing().writeDue()).hasSize(2);
    }

    private Outcome replay(EntryId receipt) {
        Outcome outcome = want(receipt);
        hub.get(DueReplays.class).mapDue();
        hub.get(Appliers.class).catchUpAll();
        return outcome;
    }

    private Outcome want(EntryId receipt) {
        return hub.get(Commands.class)
                .execute(
                        Replays.command("operator", null, new Replays.Wanted(receipt, "the code is in the table now")),
                        Effect.Lane.BOOKS);
    }

    /** Two rounds: what rests is taken up. */
    private void takenUp() {
        hub.get(ChangedFolders.class).takeUp();
        hub.get(ChangedFolders.class).takeUp();
    }

    private OutgoingInterchanges outgoing() {
        return hub.get(OutgoingInterchanges.class);
    }

    private RegisteredDocument registered(EntryId receipt) {
        return hub.get(DocumentRegister.class).of(receipt).get(0);
    }

    private static PricedDocument content(RegisteredDocument document) {
        return (PricedDocument) Objects.requireNonNull(document.content());
    }

    private String text(EntryId id) {
        return new String(hub.get(Archive.class).payload(id), StandardCharsets.UTF_8);
    }

    private EntryId received(String... orders) {
        String one = new String(SetText.interchange(orders[0]), StandardCharsets.ISO_8859_1);
        for (int i = 1; i < orders.length; i++) {
            String other = new String(SetText.interchange(orders[i]), StandardCharsets.ISO_8859_1)
                    .replace("*0001~", String.format("*%04d~", i + 1));
            one = one.replace(
                    "GE*%d*".formatted(i),
                    other.substring(other.indexOf("ST*"), other.indexOf("GE*")) + "GE*%d*".formatted(i + 1));
        }
        byte[] bytes =
                one.replace("000000905", String.format("%09d", 500 + ++number)).getBytes(StandardCharsets.ISO_8859_1);
        EntryId receipt = ((IntakeResult.Received)
                        hub.get(Intake.class).accept(new Transmission(MEMBER, "https", "m-" + number, null, bytes)))
                .receipt()
                .id();
        hub.get(InterchangeReader.class).read(receipt);
        hub.get(Mapper.class).map(receipt);
        hub.get(Appliers.class).catchUpAll();
        return receipt;
    }

    private void table(String partner, String kind, String... rows) throws IOException {
        Path folder = Files.createDirectories(config.resolve("partners/%s/codes".formatted(partner)));
        Files.writeString(folder.resolve(kind + ".csv"), "ours,theirs,from,until\n" + String.join("\n", rows) + "\n");
    }

    private void profile(String id, String role, String name, String agreement) throws IOException {
        Path folder = Files.createDirectories(config.resolve("partners").resolve(id));
        Files.writeString(folder.resolve("partner.yaml"), """
                name: %s
                roles: [%s]
                identities: { x12: "ZZ/%s", edifact: "14/%s", duns: "%s" }
                channels: { https: {} }
                agreements:
                  - %s
                """.formatted(
                        id, role, name, name, role.equals("member") ? "123456789" : "987654321", agreement));
    }
}
