package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.Shipped;
import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.Departures;
import io.lonja.document.DocumentRegister;
import io.lonja.document.DocumentType;
import io.lonja.document.OutgoingDocuments;
import io.lonja.document.RegisteredDocument;
import io.lonja.edi.AcknowledgmentState;
import io.lonja.edi.AwaitedAcknowledgments;
import io.lonja.edi.ControlNumbers;
import io.lonja.edi.InterchangeReader;
import io.lonja.edi.SentAcknowledgment;
import io.lonja.intake.Intake;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.ReceiptOutcomes;
import io.lonja.intake.Transmission;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.FileSystemUtils;

/** What one partner sends in its guide leaves to the other in that one's own. */
@ParameterizedClass
// What is asked of the database here, LeavingTogetherTests and QuotedOnTheWireTests ask of PostgreSQL too.
@EnumSource(value = TestDatabase.Vendor.class, names = "H2")
class AnyToAnyTests {

    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final PartyId SUPPLIER = new PartyId("valle-foods");
    private static final String ORDER = """
            BEG*00*SA*PO-1**20261121~
            PO1*1*10*CA*12.50**VN*A-100~
            CTT*1~
            AMT*TT*125~
            """;

    @TempDir
    private Path config;

    private final TestDatabase.Vendor vendor;
    private Workbench hub;
    private int number;
    private int message;
    private volatile boolean databaseFails;

    AnyToAnyTests(TestDatabase.Vendor vendor) {
        this.vendor = vendor;
    }

    @BeforeEach
    void twoPartners() throws IOException {
        Shipped.linkedInto(config);
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: purchase-order, direction: inbound, guide: x12-004010-850, route: both }");
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: purchase-order, direction: outbound, guide: x12-004010-850 }");
        hub = new Workbench(vendor.fresh(), "intake", "partner", "edi", "mapping", "document", "delivery")
                .setting("lonja.config", config.toString())
                .with("receiptOutcomes", ReceiptOutcomes.class, () -> receipt -> false)
                .with("failing", Effect.class, () -> new FailingEffect())
                .with("departures", Departures.class, () -> (channel, departure) -> new Carried.Failed("no way", true))
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void anOrderIsSentOnToTheSupplierAndBothAreLinked() {
        EntryId receipt = received(MEMBER, ORDER);
        List<EntryId> written = hub.get(OutgoingInterchanges.class).writeDue();

        Delivery delivery = hub.get(Deliveries.class).find(written.get(0)).orElseThrow();
        assertThat(delivery.owed().to()).isEqualTo(SUPPLIER);
        assertThat(delivery.owed().kind()).isEqualTo("850");
        assertThat(text(written.get(0)))
                .contains("*ZZ*LONJA          *ZZ*VALLEFOODS     *")
                .contains("GS*PO*LONJA*VALLEFOODS*")
                .contains("BEG*00*SA*PO-1**20261121~")
                .contains("N1*BY*hotel-miramar*1*123456789~")
                .contains("PO1*1*10*CA*12.50**VN*A-100~");
        RegisteredDocument order = hub.get(DocumentRegister.class).of(receipt).get(0);
        assertThat(hub.get(OutgoingDocuments.class).becauseOf(order))
                .singleElement()
                .satisfies(sent -> {
                    assertThat(sent.to()).isEqualTo(SUPPLIER);
                    assertThat(sent.evidence()).isEqualTo(written.get(0));
                });
    }

    @Test
    void anOrderIsWrittenByTheOverlayAgreedAndWaitsWhereItBreaksIt() throws IOException {
        overlay();
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: purchase-order, direction: outbound, guide: x12-004010-850-acme }");
        hub.start();
        String good = ORDER.replace("PO1*1*", "CUR*BY*EUR~\nPO1*1*");
        received(MEMBER, good);
        EntryId written = hub.get(OutgoingInterchanges.class).writeDue().get(0);
        assertThat(hub.get(Deliveries.class).find(written).orElseThrow().owed().kind())
                .isEqualTo("850");
        assertThat(text(written))
                .contains("GS*PO*LONJA*VALLEFOODS*", "*X*004010~ST*850*0001~BEG*00*SA*PO-1**20261121~CUR*BY*EUR~");

        received(MEMBER, good.replace("*PO-1*", "*PO-1234567890*"));
        assertThat(hub.get(OutgoingInterchanges.class).writeDue()).isEmpty();
        assertThat(hub.openCauses()).singleElement().asString().startsWith("outgoing-unwritable:forward-");
        assertThat(hub.get(OpenAlarms.class).list(10))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.sentence())
                        .contains(
                                "what was written would not pass the guide x12-004010-850-acme: BEG03 (Purchase Order Number) in segment 2 is longer than 10 characters: \"PO-1234567890\"",
                                "So it is agreed in x12-004010-850-acme."));
        assertThat(hub.archived(ControlNumbers.SENT)).hasSize(1);
    }

    @Test
    void whatCameByAnOverlayIsTheDocumentThatItsBaseMakesOfIt() throws IOException {
        String order = ORDER.replace("PO1*1*", "CUR*BY*EUR~\nPO1*1*");
        RegisteredDocument plain =
                hub.get(DocumentRegister.class).of(received(MEMBER, order)).get(0);
        overlay();
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: purchase-order, direction: inbound, guide: x12-004010-850-acme, route: both }");
        hub.start();
        RegisteredDocument overlaid = hub.get(DocumentRegister.class)
                .of(received(MEMBER, order.replace("PO-1", "PO-2")))
                .get(0);
        assertThat(plain.guide()).isEqualTo("x12-004010-850");
        assertThat(overlaid.guide()).isEqualTo("x12-004010-850-acme");
        assertThat(CanonicalJson.of(overlaid.content()))
                .asString()
                .isEqualTo(
                        new String(CanonicalJson.of(plain.content()), StandardCharsets.UTF_8).replace("PO-1", "PO-2"));
        assertThat(hub.get(DocumentRegister.class).of(received(MEMBER, ORDER.replace("PO-1", "PO-3"))))
                .as("without the currency that the overlay asks for")
                .isEmpty();
    }

    /** A copy of the guides in the place of the link to them. */
    private void addToTheGuides() throws IOException {
        Files.delete(config.resolve("schemas"));
        FileSystemUtils.copyRecursively(Path.of("schemas"), config.resolve("schemas"));
    }

    /** Orders have short numbers and name their currency. */
    private void overlay() throws IOException {
        addToTheGuides();
        Path folder = Files.createDirectories(config.resolve("schemas/x12-004010-850-acme"));
        Files.writeString(folder.resolve("overlay.xml"), """
                <overlay xmlns="http://xlate.io/EDISchema/v4" base="x12-004010-850">
                  <segment type="CUR" minOccurs="1"/>
                  <segmentType name="BEG"><element position="3" maxLength="10"/></segmentType>
                </overlay>
                """);
    }

    @Test
    void anX12OrderLeavesAsOrdersToASupplierWhoWantsEdifact() throws IOException {
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: purchase-order, direction: outbound, guide: edifact-d96a-orders }");
        hub.start();
        received(MEMBER, ORDER);
        EntryId written = hub.get(OutgoingInterchanges.class).writeDue().get(0);
        assertThat(hub.get(Deliveries.class).find(written).orElseThrow().owed().kind())
                .isEqualTo("ORDERS");
        assertThat(text(written))
                .startsWith("UNA:+.? 'UNB+UNOC:3+LONJA:ZZ+VALLEFOODS:14+")
                .contains("UNH+1+ORDERS:D:96A:UN'BGM+220+PO-1+9'DTM+137:20261121:102'")
                .contains("NAD+BY+123456789::16++hotel-miramar'")
                .contains("LIN+1'PIA+5+A-100:SA'QTY+21:10:CS'PRI+AAA:12.50'UNS+S'MOA+79:125.00'CNT+2:1'");
    }

    /** What a supplier answers in EDIFACT reaches its buyer as the 855 that it reads, and the other way round. */
    @Test
    void anOrderResponseLeavesInTheGuideOfTheBuyer() throws IOException {
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: order-response, direction: outbound, guide: x12-004010-855 }");
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: order-response, direction: inbound, guide: edifact-d96a-ordrsp, route: partner }");
        hub.start();
        EntryId receipt = accepted(
                SUPPLIER,
                "UNB+UNOC:3+VALLEFOODS:14+HOTELMIRAMAR:14+261122:0915+31'UNH+1+ORDRSP:D:96A:UN:EAN005'"
                        + "BGM+231+VR-1+4'DTM+137:20261122:102'RFF+ON:PO-1'DTM+171:20261121:102'CUX+2:EUR:9'"
                        + "LIN+1+3'PIA+5+A-100:SA'QTY+21:10:CS'QTY+113:6:CS'QTY+83:4:CS'DTM+67:20261216:102'PRI+AAA:12.50'"
                        + "UNS+S'CNT+2:1'UNT+16+1'UNZ+1+31'");
        EntryId written = hub.get(OutgoingInterchanges.class).writeDue().get(0);
        assertThat(hub.get(Deliveries.class).find(written).orElseThrow().owed().to())
                .isEqualTo(MEMBER);
        assertThat(text(written))
                .contains("GS*PR*LONJA*HOTELMIRAMAR*", "BAK*00*AC*PO-1*20261121****VR-1*20261122~")
                .contains("PO1*1*10*CA*12.50**VN*A-100~ACK*IQ*6*CA~DTM*067*20261216~ACK*IB*4*CA~CTT*1~");
        assertThat(hub.get(DocumentRegister.class).of(receipt).get(0).content().number())
                .isEqualTo("VR-1");

        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: order-response, direction: outbound, guide: edifact-d96a-ordrsp }");
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: order-response, direction: inbound, guide: x12-004010-855, route: partner }");
        hub.start();
        received(
                SUPPLIER,
                "BAK*00*AC*PO-2*20261121****VR-2*20261122~PO1*1*10*CA*12.50**VN*A-100~ACK*IQ*6*CA*067*20261216~ACK*IB*4*CA~CTT*1~",
                text -> text.replace(
                                "*ZZ*HOTELMIRAMAR   *ZZ*VALLEFOODS     *", "*ZZ*VALLEFOODS     *ZZ*HOTELMIRAMAR   *")
                        .replace("*HOTELMIRAMAR*VALLEFOODS*", "*VALLEFOODS*HOTELMIRAMAR*"));
        assertThat(text(hub.get(OutgoingInterchanges.class).writeDue().get(0)))
                .contains("+ORDRSP:D:96A:UN'BGM+231+VR-2+4'DTM+137:20261122:102'RFF+ON:PO-2'DTM+171:20261121:102'")
                .contains("LIN+1+3'PIA+5+A-100:SA'QTY+21:10:CS'QTY+113:6:CS'QTY+83:4:CS'DTM+67:20261216:102'QVR+++QO'");
    }

    /** An 860 reaches the supplier as ORDCHG, and its ORDRSP that names the change comes back as an 865. */
    @Test
    void aChangeAndTheAnswerToItLeaveInTheGuideOfTheOtherSide() throws IOException {
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: order-change, direction: inbound, guide: x12-004010-860, route: partner }\n  - "
                        + "{ document: order-change-response, direction: outbound, guide: x12-004010-865 }");
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: order-change, direction: outbound, guide: edifact-d96a-ordchg }\n  - "
                        + "{ document: order-change-response, direction: inbound, guide: edifact-d96a-ordrsp, route: partner }");
        hub.start();
        received(
                MEMBER,
                "BCH*04*SA*PO-1**1*20261121*****20261122~POC*1*CA*12**CA*12.00**VN*A-100~POC*2*DI******VN*B-200~CTT*2~");
        EntryId change = hub.get(OutgoingInterchanges.class).writeDue().get(0);
        assertThat(hub.get(Deliveries.class).find(change).orElseThrow().owed().to())
                .isEqualTo(SUPPLIER);
        assertThat(text(change))
                .contains("+ORDCHG:D:96A:UN'BGM+230+1+4'DTM+137:20261122:102'RFF+ON:PO-1'DTM+171:20261121:102'")
                .contains("LIN+1+3'PIA+5+A-100:SA'QTY+21:12:CS'PRI+AAA:12.00'LIN+2+2'PIA+5+B-200:SA'UNS+S'CNT+2:2'");

        EntryId receipt = accepted(
                SUPPLIER,
                "UNB+UNOC:3+VALLEFOODS:14+HOTELMIRAMAR:14+261123:0915+31'UNH+1+ORDRSP:D:96A:UN:EAN005'"
                        + "BGM+231+VR-1+4'DTM+137:20261123:102'RFF+ON:PO-1'DTM+171:20261121:102'RFF+PP:1'DTM+171:20261122:102'"
                        + "CUX+2:EUR:9'LIN+2+7'PIA+5+B-200:SA'QTY+21:5:CS'UNS+S'CNT+2:1'UNT+14+1'UNZ+1+31'");
        assertThat(hub.get(DocumentRegister.class).of(receipt).get(0).type())
                .isEqualTo(DocumentType.ORDER_CHANGE_RESPONSE);
        EntryId answer = hub.get(OutgoingInterchanges.class).writeDue().get(0);
        assertThat(hub.get(Deliveries.class).find(answer).orElseThrow().owed().to())
                .isEqualTo(MEMBER);
        assertThat(text(answer))
                .contains("GS*CA*LONJA*HOTELMIRAMAR*", "BCA*00*AC*PO-1**1*20261121***VR-1*20261123*20261122~")
                .contains("POC*2*CA*5**CA***VN*B-200~ACK*IR*5*CA~CTT*1~");
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void anOrderInTheMembersCodesLeavesAsOrdersInThoseOfTheSupplier() throws IOException {
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: purchase-order, direction: inbound, guide: x12-004010-850, route: both, codes: [items] }");
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: purchase-order, direction: outbound, guide: edifact-d96a-orders, codes: [items, units] }");
        codes("hotel-miramar", "items.csv", "gtin:8412345000013,buyer-item:4711");
        codes("valle-foods", "items.csv", "gtin:8412345000013,supplier-item:A-100");
        codes("valle-foods", "units.csv", "CA,PK");
        hub.start();
        received(MEMBER, ORDER.replace("VN*A-100", "IN*4711"));
        assertThat(text(hub.get(OutgoingInterchanges.class).writeDue().get(0)))
                .contains("LIN+1'PIA+5+A-100:SA'QTY+21:10:PK'PRI+AAA:12.50'");
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void whatAMemberReceivedAndPaidLeavesToItsSupplier() throws IOException {
        profile("hotel-miramar", "member", "HOTELMIRAMAR", """
                { document: receiving-advice, direction: inbound, guide: x12-004010-861, route: partner }
                  - { document: remittance-advice, direction: inbound, guide: x12-004010-820, route: partner }""");
        profile("valle-foods", "supplier", "VALLEFOODS", """
                { document: receiving-advice, direction: outbound, guide: edifact-d96a-recadv }
                  - { document: remittance-advice, direction: outbound, guide: edifact-d96a-remadv }""");
        hub.start();
        EntryId receipt = received(MEMBER, """
                BRA*R-1*20261124*00*2~
                DTM*050*20261123~
                PRF*PO-1~
                N1*SU*Valle Foods*1*987654321~
                RCD*1*10*CA*2*CA~
                LIN**VN*A-100~
                """);
        EntryId payment = received(MEMBER, """
                BPR*I*90*C*ACH************20261202~
                TRN*1*PG-1~
                CUR*PR*EUR~
                N1*PE*Valle Foods*1*987654321~
                ENT*1~
                RMR*IV*I-1**90*100~
                ADX*-10*04~
                """);
        for (EntryId each : List.of(receipt, payment)) {
            RegisteredDocument document =
                    hub.get(DocumentRegister.class).of(each).get(0);
            assertThat(document.problems()).isEmpty();
            assertThat(document.counterparty()).isEqualTo(SUPPLIER);
        }
        List<EntryId> written = hub.get(OutgoingInterchanges.class).writeDue();
        assertThat(text(written.get(0)))
                .contains("BGM+632+R-1+9'", "QTY+48:10:CS'QTY+194:8:CS'QVR+-2:195'", "RFF+ON:PO-1'");
        assertThat(text(written.get(1)))
                .contains(
                        "BGM+481+PG-1+9'", "PAI+::30'", "DOC+380+I-1'MOA+9:100.00'MOA+12:90.00'AJT+3'MOA+165:-10.00'");
    }

    private void codes(String partner, String file, String row) throws IOException {
        Path folder = Files.createDirectories(config.resolve("partners/%s/codes".formatted(partner)));
        Files.writeString(folder.resolve(file), "ours,theirs\n" + row + "\n");
    }

    @Test
    void aSuppliersDespatchAdviceLeavesAsDesadvToTheMemberAndBothAreAcknowledged() throws IOException {
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: despatch-advice, direction: inbound, guide: x12-004010-856, route: partner }");
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: despatch-advice, direction: outbound, guide: edifact-d96a-desadv, acknowledge: expect-within-24h }");
        hub.start();
        EntryId receipt = received(
                SUPPLIER,
                """
                BSN*00*D-26-0441*20261121*0905~
                HL*1**S~
                N1*BY*Hotel Miramar*1*123456789~
                HL*2*1*O~
                PRF*PO-1***20261114~
                HL*3*2*P~
                TD1*CTN25*1~
                MAN*GM*384123450000001018~
                HL*4*3*I~
                LIN*1*VN*A-100*LT*L1*PL*2~
                SN1**10*CA~
                DTM*036*20270630~
                CTT*4~
                """,
                text -> text.replace(
                                "*ZZ*HOTELMIRAMAR   *ZZ*VALLEFOODS     *", "*ZZ*VALLEFOODS     *ZZ*LONJA          *")
                        .replace("*HOTELMIRAMAR*VALLEFOODS*", "*VALLEFOODS*LONJA*"));
        assertThat(hub.archived(SentAcknowledgment.TYPE)).singleElement().satisfies(answer -> {
            assertThat(SentAcknowledgment.of(answer).receipt()).isEqualTo(receipt.sequence());
            assertThat(text(answer.id())).contains("AK1*SH*", "AK2*856*0001~AK5*A~AK9*A*1*1*1~");
        });
        RegisteredDocument advice = hub.get(DocumentRegister.class).of(receipt).get(0);
        assertThat(advice.problems()).isEmpty();
        assertThat(advice.state()).isEqualTo(RegisteredDocument.State.BOOKED);
        assertThat(advice.counterparty()).isEqualTo(MEMBER);

        EntryId written = hub.get(OutgoingInterchanges.class).writeDue().get(0);
        assertThat(hub.get(Deliveries.class).find(written).orElseThrow().owed()).satisfies(owed -> {
            assertThat(owed.to()).isEqualTo(MEMBER);
            assertThat(owed.kind()).isEqualTo("DESADV");
        });
        assertThat(text(written))
                .contains("UNH+1+DESADV:D:96A:UN'BGM+351+D-26-0441+9'DTM+137:20261121:102'")
                .contains("RFF+ON:PO-1'DTM+171:20261114:102'")
                .contains("NAD+BY+123456789::16++Hotel Miramar'", "NAD+SU+987654321::16++valle-foods'")
                .contains("CPS+1'CPS+2+1'PAC+1++CT'PCI+33E'GIN+BJ+384123450000001018'LIN+1'")
                .contains("QTY+12:10:CS'DTM+36:20270630:102'RFF+ON:PO-1:2'CNT+2:1'");
        assertThat(acknowledgment(written).status()).isEqualTo("expected");

        accepted(
                MEMBER,
                "UNB+UNOC:3+HOTELMIRAMAR:14+LONJA:ZZ+261121:1000+900'UNH+1+CONTRL:D:3:UN'"
                        + "UCI+1+LONJA:ZZ+HOTELMIRAMAR:14+7'UCM+1+DESADV:D:96A:UN+7'UNT+4+1'UNZ+1+900'");
        assertThat(acknowledgment(written).status()).isEqualTo("received");
        assertThat(hub.openCauses()).isEmpty();
    }

    private AcknowledgmentState acknowledgment(EntryId written) {
        return Objects.requireNonNull(
                hub.get(AwaitedAcknowledgments.class).of(List.of(written)).get(written));
    }

    @Test
    void anX12OrderLeavesAsEancomToASupplierOfRetail() throws IOException {
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: purchase-order, direction: outbound, guide: edifact-d01b-orders }");
        hub.start();
        received(MEMBER, ORDER.replace("VN*A-100", "VN*A-100*UK*18412345201018"));
        EntryId written = hub.get(OutgoingInterchanges.class).writeDue().get(0);
        assertThat(hub.get(Deliveries.class).find(written).orElseThrow().owed().kind())
                .isEqualTo("ORDERS");
        assertThat(text(written))
                .contains("UNH+1+ORDERS:D:01B:UN:EAN010'BGM+220+PO-1+9'DTM+137:20261121:102'")
                .contains("NAD+BY+123456789::16++hotel-miramar'")
                .contains("LIN+1++18412345201018:SRV'PIA+5+A-100:SA'QTY+21:10:CS'PRI+AAA:12.50'")
                .contains("UNS+S'MOA+79:125.00'CNT+2:1'");
    }

    @Test
    void aSelfBilledInvoiceIsSentOnToTheSupplierInWhoseSteadItWasWritten() throws IOException {
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: invoice, direction: inbound, guide: edifact-d01b-invoic, route: both }");
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: invoice, direction: outbound, guide: edifact-d96a-invoic }");
        hub.start();
        EntryId receipt = accepted(MEMBER, """
                UNB+UNOC:3+HOTELMIRAMAR:14+LONJA:ZZ+261121:0900+906'
                UNH+1+INVOIC:D:01B:UN:EAN011'
                BGM+389+AF-1+9'
                DTM+137:20261121:102'
                NAD+SU+987654321::16'
                NAD+BY+123456789::16'
                LIN+1'
                PIA+5+A-100:SA'
                QTY+47:10:CS'
                PRI+AAA:12.50'
                TAX+7+VAT+++:::21+S'
                UNS+S'
                MOA+77:151.25'
                TAX+7+VAT+++:::21+S'
                MOA+124:26.25'
                UNT+15+1'
                UNZ+1+906'
                """);
        EntryId written = hub.get(OutgoingInterchanges.class).writeDue().get(0);
        assertThat(hub.get(Deliveries.class).find(written).orElseThrow().owed().to())
                .isEqualTo(SUPPLIER);
        assertThat(text(written))
                .contains("UNH+1+INVOIC:D:96A:UN'BGM+389+AF-1+9'")
                .contains(
                        "PRI+AAA:12.50'TAX+7+VAT+++:::21+S'UNS+S'", "MOA+176:26.25'TAX+7+VAT+++:::21+S'MOA+124:26.25'");
        assertThat(hub.get(DocumentRegister.class).of(receipt).get(0).counterparty())
                .isEqualTo(SUPPLIER);
    }

    @Test
    void whatLeavesIsSpelledAsItsReceiverWantsIt() throws IOException {
        String x12 = "{ document: purchase-order, direction: outbound, guide: x12-004010-850 }";
        String edi = "edi: { x12_delimiters: '|<^!', x12_character_set: ISO-8859-1 }";
        profile("valle-foods", "supplier", "VALLEFOODS", x12 + "\n" + edi);
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: purchase-order, direction: inbound, guide: x12-004010-850, route: partner }\n"
                        + "edi: { x12_character_set: ISO-8859-1, reading: strict }");
        hub.start();
        received(MEMBER, ORDER.replace("A-100", "Peñíscola"));
        String written = new String(
                hub.get(Archive.class)
                        .payload(hub.get(OutgoingInterchanges.class).writeDue().get(0)),
                StandardCharsets.ISO_8859_1);
        assertThat(written).startsWith("ISA|00|").contains("|P|<!GS|PO|", "PO1|1|10|CA|12.50||VN|Peñíscola!");

        String edifact = "{ document: purchase-order, direction: outbound, guide: edifact-d96a-orders }";
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                edifact + "\nedi: { edifact_syntax: 'UNOB:2', edifact_delimiters: ';|.! ~' }");
        hub.start();
        received(MEMBER, ORDER.replace("PO-1", "PO-2"));
        assertThat(text(hub.get(OutgoingInterchanges.class).writeDue().get(0)))
                .startsWith("UNA;|.! ~UNB|UNOB;2|LONJA;ZZ|VALLEFOODS;14|")
                .contains("LIN|1~PIA|5|A-100;SA~QTY|21;10;CS~");
    }

    /** With the guide of 004010 under another name: the envelopes and the acknowledgment are those of 005010. */
    @Test
    void anOrderOf005010LeavesAs005010AndIsAnsweredByA999() throws IOException {
        addToTheGuides();
        FileSystemUtils.copyRecursively(
                config.resolve("schemas/x12-004010-850"), config.resolve("schemas/x12-005010-850"));
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                "{ document: purchase-order, direction: inbound, guide: x12-005010-850, route: both }\n"
                        + "functional_acknowledgment: 999");
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: purchase-order, direction: outbound, guide: x12-005010-850 }");
        hub.start();
        EntryId receipt = received(
                MEMBER, ORDER, text -> text.replace("*U*00401*", "*^*00501*").replace("*X*004010~", "*X*005010~"));
        assertThat(hub.archived(SentAcknowledgment.TYPE)).singleElement().satisfies(answer -> {
            assertThat(SentAcknowledgment.of(answer).receipt()).isEqualTo(receipt.sequence());
            assertThat(SentAcknowledgment.of(answer).as()).isEqualTo("999");
            assertThat(text(answer.id())).contains("ST*999*0001*005010X231A1~").contains("IK5*A~AK9*A*1*1*1~");
        });
        EntryId written = hub.get(OutgoingInterchanges.class).writeDue().get(0);
        assertThat(text(written))
                .contains("*^*00501*000000001*", "*X*005010~ST*850*0001~")
                .contains("PO1*1*10*CA*12.50**VN*A-100~");
    }

    @Test
    void eachIsWrittenOnceUnderANumberOfItsOwnAlsoAfterARebuild() {
        received(MEMBER, ORDER);
        received(MEMBER, ORDER.replace("PO-1", "PO-2"));
        received(MEMBER, ORDER);
        List<EntryId> written = hub.get(OutgoingInterchanges.class).writeDue();
        assertThat(written).hasSize(2);
        assertThat(text(written.get(0))).contains("IEA*1*000000001~");
        assertThat(text(written.get(1))).contains("IEA*1*000000002~");
        assertThat(hub.get(OutgoingInterchanges.class).writeDue()).isEmpty();

        hub.rebuild();
        assertThat(hub.get(OutgoingInterchanges.class).writeDue()).isEmpty();
        received(MEMBER, ORDER.replace("PO-1", "PO-3"));
        assertThat(hub.get(OutgoingInterchanges.class).writeDue())
                .singleElement()
                .satisfies(third -> assertThat(text(third)).contains("IEA*1*000000003~"));
    }

    @Test
    void whatWasArchivedWhenTheDatabaseFailedIsNotWrittenAgain() {
        received(MEMBER, ORDER);
        databaseFails = true;
        OutgoingInterchanges outgoing = hub.get(OutgoingInterchanges.class);
        assertThatThrownBy(outgoing::writeDue).isInstanceOf(IllegalStateException.class);
        databaseFails = false;
        assertThat(outgoing.writeDue()).isEmpty();
        assertThat(hub.archived(ControlNumbers.SENT)).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenStaysDueWithAnAlarmUntilTheProfileSaysHow() throws IOException {
        profile("valle-foods", "supplier", "VALLEFOODS", "");
        hub.start();
        received(MEMBER, ORDER);
        OutgoingInterchanges outgoing = hub.get(OutgoingInterchanges.class);
        assertThat(outgoing.writeDue()).isEmpty();
        assertThat(outgoing.writeDue()).isEmpty();
        assertThat(hub.openCauses()).singleElement().asString().startsWith("outgoing-unwritable:forward-");

        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: purchase-order, direction: outbound, guide: x12-004010-850 }");
        hub.start();
        assertThat(hub.get(OutgoingInterchanges.class).writeDue()).hasSize(1);
        assertThat(hub.openCauses()).isEmpty();
    }

    /** Stands for a database that fails between the archive and the receipts lane. */
    private final class FailingEffect implements Effect {

        @Override
        public Lane lane() {
            return Lane.RECEIPTS;
        }

        @Override
        public int step() {
            return 99;
        }

        @Override
        public boolean concerns(EntryType type) {
            return type.equals(ControlNumbers.SENT);
        }

        @Override
        public void apply(Entry entry, byte[] payload) {
            if (databaseFails) {
                throw new IllegalStateException("The database fails");
            }
        }
    }

    private EntryId received(PartyId partner, String segments) {
        return received(partner, segments, text -> text);
    }

    private EntryId received(PartyId partner, String segments, UnaryOperator<String> changed) {
        return accepted(
                partner,
                changed.apply(new String(SetText.interchange(segments), StandardCharsets.ISO_8859_1))
                        .replace("000000905", String.format("%09d", 500 + ++number)));
    }

    private EntryId accepted(PartyId partner, String interchange) {
        byte[] bytes = interchange.getBytes(StandardCharsets.ISO_8859_1);
        IntakeResult result =
                hub.get(Intake.class).accept(new Transmission(partner, "https", "m-" + ++message, null, bytes));
        EntryId receipt = ((IntakeResult.Received) result).receipt().id();
        hub.get(InterchangeReader.class).read(receipt);
        hub.get(Mapper.class).map(receipt);
        hub.get(Appliers.class).catchUpAll();
        return receipt;
    }

    private String text(EntryId id) {
        return new String(hub.get(Archive.class).payload(id), StandardCharsets.UTF_8);
    }

    private void profile(String id, String role, String name, String agreement) throws IOException {
        Path folder = Files.createDirectories(config.resolve("partners").resolve(id));
        Files.writeString(folder.resolve("partner.yaml"), """
                name: %s
                roles: [%s]
                identities: { x12: "ZZ/%s", edifact: "14/%s", duns: "%s" }
                channels: { https: {} }
                %s
                """.formatted(
                        id,
                        role,
                        name,
                        name,
                        role.equals("member") ? "123456789" : "987654321",
                        agreement.isEmpty() ? "" : "agreements:\n  - " + agreement));
    }
}
