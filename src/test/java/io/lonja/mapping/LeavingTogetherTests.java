package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Departures;
import io.lonja.document.DocumentRegister;
import io.lonja.document.OutgoingDocuments;
import io.lonja.edi.AcknowledgmentState;
import io.lonja.edi.AwaitedAcknowledgments;
import io.lonja.edi.InterchangeReader;
import io.lonja.intake.Intake;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.ReceiptOutcomes;
import io.lonja.intake.Transmission;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** When documents leave, and which of them in one interchange. */
@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class LeavingTogetherTests {

    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final PartyId SUPPLIER = new PartyId("valle-foods");

    @TempDir
    private Path config;

    private final TestDatabase.Vendor vendor;
    private Workbench hub;
    private int number;

    LeavingTogetherTests(TestDatabase.Vendor vendor) {
        this.vendor = vendor;
    }

    @BeforeEach
    void aMemberThatOrders() throws IOException {
        Shipped.linkedInto(config);
        profile(
                MEMBER,
                "member",
                "HOTELMIRAMAR",
                "{ document: purchase-order, direction: inbound, guide: x12-004010-850, route: partner }");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private void start(String guide, String terms) throws IOException {
        profile(
                SUPPLIER,
                "supplier",
                "VALLEFOODS",
                "{ document: purchase-order, direction: outbound, guide: %s, acknowledge: expect-within-24h, %s }\n  - { document: order-response, direction: inbound, guide: x12-004010-855 }"
                        .formatted(guide, terms));
        hub = new Workbench(vendor.fresh(), "intake", "partner", "edi", "mapping", "document", "delivery")
                .setting("lonja.config", config.toString())
                .with("receiptOutcomes", ReceiptOutcomes.class, () -> receipt -> false)
                .with("departures", Departures.class, () -> (channel, departure) -> new Carried.Failed("no way", true))
                .start();
    }

    @Test
    void whatIsDueLeavesAtTheNextCutOff() throws IOException {
        start("x12-004010-850", "cut_offs: [\"11:00\", \"17:30\"], time_zone: Europe/Madrid");
        itIs("2026-11-21T10:00:01Z");
        orders("PO-1");
        assertThat(written()).isEmpty();
        itIs("2026-11-21T16:29:59Z");
        orders("PO-2");
        assertThat(written()).isEmpty();
        itIs("2026-11-21T16:30:00Z");
        List<EntryId> left = written();
        assertThat(left).hasSize(2);
        assertThat(text(left.get(0))).contains("BEG*00*SA*PO-1*");
        assertThat(text(left.get(1))).contains("BEG*00*SA*PO-2*");

        hub.clock.advance(Duration.ofSeconds(1));
        orders("PO-3");
        assertThat(written()).isEmpty();
        hub.rebuild();
        assertThat(written()).as("what waits, waits after a rebuild too").isEmpty();
        itIs("2026-11-22T10:00:00Z");
        assertThat(written()).hasSize(1);
        assertThat(written()).isEmpty();
    }

    @Test
    void documentsThatLeaveTogetherStandInOneGroup() throws IOException {
        start("x12-004010-850", "together: 2");
        EntryId first = orders("PO-1");
        orders("PO-2");
        EntryId third = orders("PO-3");
        List<EntryId> left = written();
        assertThat(left).hasSize(2);
        assertThat(text(left.get(0)))
                .containsSubsequence(
                        "GS*PO*",
                        "ST*850*0001~BEG*00*SA*PO-1*",
                        "*0001~ST*850*0002~BEG*00*SA*PO-2*",
                        "*0002~GE*2*1~IEA*1*000000001~");
        assertThat(text(left.get(1))).contains("ST*850*0001~BEG*00*SA*PO-3*", "IEA*1*000000002~");
        assertThat(sent(first)).contains(left.get(0));
        assertThat(sent(third)).contains(left.get(1));
        hub.rebuild();
        assertThat(written()).as("each is known to be written").isEmpty();
        assertThat(sent(first)).contains(left.get(0));
    }

    @Test
    void eachDocumentHasTheVerdictThatA997GivesItsSet() throws IOException {
        start("x12-004010-850", "together: 50");
        orders("PO-1");
        orders("PO-2");
        orders("PO-3");
        EntryId left = written().get(0);
        acknowledged(
                "FA",
                "997",
                "AK1*PO*1~AK2*850*0001~AK5*A~AK2*850*0002~AK3*PO1*3~AK4*4**5*12.50~AK5*R*5~AK2*850*0003~AK5*A~AK9*P*3*3*2~");
        AwaitedAcknowledgments awaited = hub.get(AwaitedAcknowledgments.class);
        assertThat(awaited.of(left, "PO-1").map(AcknowledgmentState::verdict)).contains("accepted");
        assertThat(awaited.of(left, "PO-2").map(AcknowledgmentState::verdict)).contains("rejected");
        assertThat(awaited.of(left, "PO-3").map(AcknowledgmentState::verdict)).contains("accepted");
        AcknowledgmentState whole = awaited.of(List.of(left)).get(left);
        assertThat(whole.verdict()).isEqualTo("partly-accepted");
        assertThat(whole.status()).isEqualTo("received");
        assertThat(whole.reasons())
                .isEqualTo("PO-2: transaction set 0002, segment 3 PO1, element 4, code 5 (element too long)");
        assertThat(awaited.list(null, "received", 0, 10)).containsExactly(whole);
        assertThat(hub.openCauses()).containsExactly("acknowledgment-rejected:" + left + ":0002");
    }

    @Test
    void theSameAlarmIsNotOpenedForEachDocumentThatIsOverdue() throws IOException {
        start("x12-004010-850", "together: 50");
        orders("PO-1");
        orders("PO-2");
        EntryId left = written().get(0);
        hub.clock.advance(Duration.ofHours(25));
        hub.get(AwaitedAcknowledgments.class).lookAtTheClock(any -> false);
        hub.get(AwaitedAcknowledgments.class).lookAtTheClock(any -> false);
        assertThat(hub.openCauses()).containsExactly("acknowledgment-overdue:" + left);
        acknowledged("FA", "997", "AK1*PO*1~AK9*A*2*2*2~");
        assertThat(hub.openCauses()).isEmpty();
        assertThat(hub.get(AwaitedAcknowledgments.class).of(left, "PO-2").map(AcknowledgmentState::verdict))
                .contains("accepted");
    }

    @Test
    void anAdviceIsAboutTheDocumentThatItNames() throws IOException {
        start("edifact-d96a-orders", "together: 50");
        orders("PO-1");
        orders("PO-2");
        EntryId left = written().get(0);
        assertThat(text(left))
                .containsSubsequence("UNH+1-1+ORDERS", "BGM+220+PO-1+", "UNH+1-2+ORDERS", "BGM+220+PO-2+", "UNZ+2+1'");
        acknowledged("AG", "824", "BGN*11*A-1*20261121~OTI*TR*PO*PO-2~TED*024*price~");
        assertThat(hub.get(AwaitedAcknowledgments.class).advised(List.of(left)))
                .as("an 824 is about what was sent in X12")
                .isEmpty();
        message("APERAK", "BGM+313+A-2+9+27'RFF+ACW:1-2'ERC+024::ZZZ'");
        AcknowledgmentState advised =
                hub.get(AwaitedAcknowledgments.class).advised(List.of(left)).get(left);
        assertThat(advised.verdict()).isEqualTo("partly-accepted");
        assertThat(advised.reasons()).isEqualTo("PO-2: 024");
        assertThat(hub.openCauses()).contains("sent-document-refused:" + left + ":1-2");
        message("CONTRL", "UCI+1+LONJA:ZZ+VALLEFOODS:14+7'");
        assertThat(hub.get(AwaitedAcknowledgments.class).of(left, "PO-2").map(AcknowledgmentState::verdict))
                .contains("accepted");
    }

    @Test
    void aDocumentThatCannotBeWrittenKeepsNoOtherBack() throws IOException {
        start("edifact-d96a-orders", "together: 50");
        orders("PO-1");
        orders("PO-2", "7Q");
        orders("PO-3");
        assertThat(written())
                .singleElement()
                .satisfies(left ->
                        assertThat(text(left)).contains("PO-1+", "PO-3+").doesNotContain("PO-2+"));
        assertThat(hub.openCauses()).singleElement().asString().startsWith("outgoing-unwritable:forward-");
        assertThat(written()).as("it stays due").isEmpty();
    }

    private void itIs(String time) {
        hub.clock.advance(Duration.between(hub.clock.instant(), Instant.parse(time)));
    }

    private EntryId orders(String order) {
        return orders(order, "CA");
    }

    private EntryId orders(String order, String unit) {
        return received(
                MEMBER,
                new String(
                                SetText.interchange("BEG*00*SA*%s**20261121~\nPO1*1*10*%s*12.50**VN*A-100~\nCTT*1~\n"
                                        .formatted(order, unit)),
                                StandardCharsets.ISO_8859_1)
                        .replace("000000905", String.format("%09d", 500 + ++number)));
    }

    private void acknowledged(String group, String set, String content) {
        int own = ++number;
        long segments = content.chars().filter(each -> each == '~').count() + 2;
        received(
                SUPPLIER,
                "ISA*00*          *00*          *ZZ*VALLEFOODS     *ZZ*LONJA          *261121*1000*U*00401*%1$09d*0*P*>~GS*%2$s*VALLEFOODS*LONJA*20261121*1000*%1$d*X*004010~ST*%3$s*0001~%4$sSE*%5$d*0001~GE*1*%1$d~IEA*1*%1$09d~"
                        .formatted(own, group, set, content, segments));
    }

    private void message(String type, String content) {
        int own = ++number;
        long segments = content.chars().filter(each -> each == '\'').count() + 2;
        received(
                SUPPLIER,
                "UNB+UNOC:3+VALLEFOODS:14+LONJA:ZZ+261121:1000+%1$d'UNH+1+%2$s:D:%3$s:UN'%4$sUNT+%5$d+1'UNZ+1+%1$d'"
                        .formatted(own, type, type.equals("CONTRL") ? "3" : "96A", content, segments));
    }

    private EntryId received(PartyId partner, String interchange) {
        IntakeResult result = hub.get(Intake.class)
                .accept(new Transmission(
                        partner, "https", "m-" + ++number, null, interchange.getBytes(StandardCharsets.ISO_8859_1)));
        EntryId receipt = ((IntakeResult.Received) result).receipt().id();
        hub.get(InterchangeReader.class).read(receipt);
        hub.get(Mapper.class).map(receipt);
        hub.get(Appliers.class).catchUpAll();
        return receipt;
    }

    private List<EntryId> written() {
        return hub.get(OutgoingInterchanges.class).writeDue();
    }

    private Optional<EntryId> sent(EntryId receipt) {
        return hub
                .get(OutgoingDocuments.class)
                .becauseOf(hub.get(DocumentRegister.class).of(receipt).get(0))
                .stream()
                .findFirst()
                .map(OutgoingDocuments.Sent::evidence);
    }

    private String text(EntryId id) {
        return new String(hub.get(Archive.class).payload(id), StandardCharsets.UTF_8);
    }

    private void profile(PartyId id, String role, String name, String agreements) throws IOException {
        Path folder = Files.createDirectories(config.resolve("partners").resolve(id.value()));
        Files.writeString(folder.resolve("partner.yaml"), """
                name: %s
                roles: [%s]
                identities: { x12: "ZZ/%s", edifact: "14/%s", duns: "%s" }
                channels: { https: {} }
                agreements:
                  - %s
                """.formatted(
                        id, role, name, name, role.equals("member") ? "123456789" : "987654321", agreements));
    }
}
