package io.lonja.consortium;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryId;
import io.lonja.archive.Outcome;
import io.lonja.catalogue.CatalogueDecisions;
import io.lonja.catalogue.CatalogueItem;
import io.lonja.catalogue.ItemCode;
import io.lonja.catalogue.ItemId;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Departures;
import io.lonja.document.DocumentRegister;
import io.lonja.document.DocumentRelease;
import io.lonja.document.OutgoingDocuments;
import io.lonja.document.RegisteredDocument;
import io.lonja.edi.InterchangeReader;
import io.lonja.edi.SecondOpinion;
import io.lonja.intake.Intake;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.ReceiptOutcomes;
import io.lonja.intake.Transmission;
import io.lonja.mapping.Mapper;
import io.lonja.mapping.OutgoingInterchanges;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group order in X12: members' orders in, one order with SDQ out, the supplier's response and invoice in, members' invoices out. */
class GroupOrderOnTheWireTests {

    private static final SecondOpinion STAEDI = new SecondOpinion(Path.of("schemas"));
    private static final PartyId LUCIA = new PartyId("casa-lucia");
    private static final PartyId HOTEL = new PartyId("hotel-miramar");
    private static final PartyId VALLE = new PartyId("valle-foods");
    private static final PartyId COMPRAS = new PartyId("lonja-compras");
    private static final ItemId OIL = new ItemId("oil");
    private static final ConsortiumId FOOD = new ConsortiumId("food");
    private static final String ORDERS_IN =
            "{ document: purchase-order, direction: inbound, guide: x12-004010-850, route: consortium }";

    @TempDir
    private Path config;

    private Workbench hub;

    @BeforeEach
    void partners() throws IOException {
        Shipped.linkedInto(config);
        profile("casa-lucia", "member", "CASALUCIA", ORDERS_IN);
        profile(
                "hotel-miramar",
                "member",
                "HOTELMIRAMAR",
                ORDERS_IN,
                "{ document: order-change, direction: inbound, guide: x12-004010-860 }",
                "{ document: invoice, direction: outbound, guide: x12-004010-810 }");
        profile("lonja-compras", "operator", "LONJACOMPRAS");
        profile(
                "valle-foods",
                "supplier",
                "VALLEFOODS",
                "{ document: purchase-order, direction: outbound, guide: x12-004010-850 }",
                "{ document: order-response, direction: inbound, guide: x12-004010-855 }",
                "{ document: order-response, direction: inbound, guide: edifact-d96a-ordrsp }",
                "{ document: invoice, direction: inbound, guide: x12-004010-810 }");
        hub = new Workbench(
                        TestDatabase.h2(),
                        "intake",
                        "partner",
                        "edi",
                        "mapping",
                        "document",
                        "delivery",
                        "catalogue",
                        "consortium")
                .setting("lonja.config", config.toString())
                .with("receiptOutcomes", ReceiptOutcomes.class, () -> receipt -> false)
                .with("departures", Departures.class, () -> (channel, departure) -> new Carried.Failed("no way", true))
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void ordersBecomeOneOrderWithSdqAndItsInvoiceBecomesAnInvoiceForEachMember() {
        EntryId groupOrder = opened();
        EntryId fromLucia = received(
                LUCIA,
                "PO",
                "CASALUCIA",
                "LONJACOMPRAS",
                501,
                "ST*850*0001~BEG*00*SA*LU-1**20261121~CUR*BY*EUR~PO1*1*8*CA*1**BP*LU-OIL~CTT*1~SE*6*0001~");
        received(
                HOTEL,
                "PO",
                "HOTELMIRAMAR",
                "VALLEFOODS",
                502,
                "ST*850*0001~BEG*00*SA*HM-1**20261121~CUR*BY*EUR~PO1*1*7*CA*1**VN*OIL-5L~CTT*1~SE*6*0001~");
        hub.clock.advance(Duration.ofHours(2));
        hub.start(); // The hub was down when the deadline passed.
        hub.get(GroupOrderDeadlines.class).run(through -> Optional.empty());

        String order = text(writtenNow());
        assertThat(order)
                .contains("*ZZ*VALLEFOODS     *")
                .contains("BEG*00*SA*GO" + groupOrder + "**20261121~")
                .contains("N1*BY*Food Together*ZZ*LONJACOMPRAS~")
                .contains("PO1*1*11*CA*36.50**")
                .containsPattern("SDQ\\*CA\\*92\\*(LUCIA\\*4\\*MIRAMAR\\*7|MIRAMAR\\*7\\*LUCIA\\*4)~");
        assertThat(hub.get(OutgoingDocuments.class)
                        .becauseOf(hub.get(DocumentRegister.class).of(fromLucia).get(0)))
                .singleElement()
                .satisfies(sent -> assertThat(sent.number()).isEqualTo("GO" + groupOrder));

        received(
                VALLE,
                "PR",
                "VALLEFOODS",
                "LONJACOMPRAS",
                503,
                "ST*855*0001~BAK*00*AD*GO%s*20261121****VR-1*20261122~PO1*1*11*CA*36.50**VN*OIL-5L~SDQ*CA*92*LUCIA*5*MIRAMAR*6~ACK*IA*11*CA~CTT*1~SE*7*0001~"
                        .formatted(groupOrder));
        GroupOrder ordered = hub.get(GroupOrders.class).find(groupOrder).orElseThrow();
        assertThat(ordered.state()).isEqualTo(GroupOrder.State.ORDERED);
        assertThat(ResponseView.confirmed(hub.get(GroupResponses.class).of(groupOrder), ordered, null))
                .extracting(part -> part.get("member") + " " + part.get("quantity"))
                .containsExactly("casa-lucia 5", "hotel-miramar 6");

        received(
                VALLE,
                "IN",
                "VALLEFOODS",
                "LONJACOMPRAS",
                504,
                "ST*810*0001~BIG*20261122*VF-1**GO%s~CUR*SE*EUR~N1*BY*Food Together*ZZ*LONJACOMPRAS~IT1*1*11*CA*36.5**VN*OIL-5L~SDQ*CA*92*LUCIA*4*MIRAMAR*7~TDS*40150~CTT*1~SE*9*0001~"
                        .formatted(groupOrder));
        assertThat(text(writtenNow()))
                .contains("*ZZ*HOTELMIRAMAR   *")
                .contains("**HM-1*")
                .contains("IT1*1*7*CA*36.5**")
                .contains("TDS*25550~");
        assertThat(hub.openCauses()).isEmpty();
    }

    /** Whichever of the two standards a supplier answers in; the answer that came last holds. */
    @Test
    void anOrdrspAnswersTheGroupOrderAsAn855Does() {
        EntryId groupOrder = opened();
        received(
                HOTEL,
                "PO",
                "HOTELMIRAMAR",
                "VALLEFOODS",
                502,
                "ST*850*0001~BEG*00*SA*HM-1**20261121~CUR*BY*EUR~PO1*1*12*CA*1**VN*OIL-5L~CTT*1~SE*6*0001~");
        hub.clock.advance(Duration.ofHours(2));
        hub.get(GroupOrderDeadlines.class).run(through -> Optional.empty());
        writtenNow();
        GroupResponses responses = hub.get(GroupResponses.class);
        taken(
                VALLE,
                503,
                x12(
                        "PR",
                        "VALLEFOODS",
                        "LONJACOMPRAS",
                        503,
                        "ST*855*0001~BAK*00*AC*GO%s*20261121****VR-1*20261122~PO1*1*12*CA*36.50**VN*OIL-5L~ACK*IQ*8*CA*067*20261216~ACK*IB*4*CA~CTT*1~SE*7*0001~"
                                .formatted(groupOrder)));
        GroupOrder ordered = hub.get(GroupOrders.class).find(groupOrder).orElseThrow();
        List<Map<String, @Nullable Object>> by855 =
                withoutSource(ResponseView.confirmed(responses.of(groupOrder), ordered, null));
        assertThat(by855)
                .singleElement()
                .satisfies(part -> assertThat(part)
                        .containsEntry("member", "hotel-miramar")
                        .containsEntry("quantity", "8"));
        String cause = "group-response:" + groupOrder;
        assertThat(hub.openCauses()).containsExactly(cause);

        taken(
                VALLE,
                504,
                ("UNB+UNOC:3+VALLEFOODS:ZZ+LONJACOMPRAS:ZZ+261122:0932+504'UNH+1+ORDRSP:D:96A:UN:EAN005'BGM+231+VR-2+4'DTM+137:20261122:102'"
                                + "RFF+ON:GO%s'DTM+171:20261121:102'LIN+1+3'PIA+5+OIL-5L:SA'QTY+21:12:CA'QTY+113:8:CA'QTY+83:4:CA'DTM+67:20261216:102'PRI+AAA:36.50'"
                                + "UNS+S'CNT+2:1'UNT+15+1'UNZ+1+504'")
                        .formatted(groupOrder)
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(responses.of(groupOrder))
                .extracting(response -> response.because().number())
                .containsExactly("VR-2", "VR-1");
        assertThat(withoutSource(ResponseView.confirmed(responses.of(groupOrder), ordered, null)))
                .isEqualTo(by855);
        assertThat(hub.openCauses()).containsExactly(cause);
    }

    /** What one changes of what all asked for together has no effect, and somebody is told what to do. */
    @Test
    void aChangeOfAPooledOrderIsHeldUntilItIsSettled() {
        EntryId groupOrder = opened();
        received(
                HOTEL,
                "PO",
                "HOTELMIRAMAR",
                "VALLEFOODS",
                502,
                "ST*850*0001~BEG*00*SA*HM-1**20261121~CUR*BY*EUR~PO1*1*12*CA*1**VN*OIL-5L~CTT*1~SE*6*0001~");
        EntryId change = taken(HOTEL, 503, change(503, "HM-1"));
        RegisteredDocument held = hub.get(DocumentRegister.class).of(change).get(0);
        assertThat(held.state()).isEqualTo(RegisteredDocument.State.HELD);
        assertThat(held.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(PooledChanges.CODE);
            assertThat(problem.sentence())
                    .contains("changes order HM-1, which is in group order %s (open)".formatted(groupOrder))
                    .contains("release document " + held.id());
        });
        assertThat(hub.openCauses()).containsExactly("change-of-pooled-order:" + held.id());
        assertThat(hub.get(GroupOrders.class).demands(groupOrder, Optional.of(HOTEL)))
                .extracting(Demand::quantity)
                .containsExactly(new BigDecimal("12"));

        Outcome released = hub.get(Commands.class)
                .execute(
                        new DocumentRelease(held.id(), "Agreed with the hotel").command("operator", null),
                        Effect.Lane.BOOKS);
        assertThat(released.status()).isEqualTo(200);
        assertThat(hub.get(DocumentRegister.class).of(change).get(0).state())
                .isEqualTo(RegisteredDocument.State.BOOKED);
        assertThat(hub.openCauses()).isEmpty();

        EntryId early = taken(HOTEL, 504, change(504, "HM-2"));
        assertThat(hub.get(DocumentRegister.class).of(early).get(0).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence()).contains("order HM-2, which is to be pooled"));
    }

    private static byte[] change(int number, String order) {
        return x12(
                "PC",
                "HOTELMIRAMAR",
                "VALLEFOODS",
                number,
                "ST*860*0001~BCH*04*SA*%s**1*20261121*****20261122~CUR*BY*EUR~POC*1*QD*4**CA***VN*OIL-5L~CTT*1~SE*6*0001~"
                        .formatted(order));
    }

    private static List<Map<String, @Nullable Object>> withoutSource(List<Map<String, @Nullable Object>> parts) {
        parts.forEach(part -> part.remove("because"));
        return parts;
    }

    private EntryId opened() {
        decide(CatalogueDecisions.say(
                "operator",
                null,
                new CatalogueItem(
                        OIL,
                        "Olive oil",
                        "EA",
                        List.of(
                                new ItemCode(VALLE, "OIL-5L", "CA", new BigDecimal("12")),
                                new ItemCode(LUCIA, "LU-OIL", "CA", new BigDecimal("6"))))));
        decide(ConsortiumDecisions.say(
                "operator",
                null,
                new Consortium(
                        FOOD,
                        "Food Together",
                        COMPRAS,
                        List.of(new Consortium.Member(LUCIA, "LUCIA"), new Consortium.Member(HOTEL, "MIRAMAR")))));
        EntryId agreement = decide(ConsortiumDecisions.agree(
                "operator",
                null,
                new ConsortiumDecisions.NewAgreement(
                        FOOD,
                        VALLE,
                        Currency.getInstance("EUR"),
                        LocalDate.parse("2026-01-01"),
                        null,
                        List.of(new ConsortiumDecisions.NewOffer(
                                OIL,
                                null,
                                null,
                                List.of(new SupplyAgreement.PriceTier(10, new BigDecimal("36.50"))))))));
        return decide(ConsortiumDecisions.open(
                "operator",
                null,
                new ConsortiumDecisions.NewGroupOrder(
                        FOOD, agreement, hub.clock.instant().plus(Duration.ofHours(1)), null)));
    }

    private EntryId decide(Command command) {
        Outcome outcome = hub.get(Commands.class).execute(command, Effect.Lane.BOOKS);
        assertThat(outcome.status())
                .as(new String(outcome.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return outcome.entry();
    }

    private EntryId received(PartyId partner, String group, String from, String to, int number, String set) {
        EntryId receipt = taken(partner, number, x12(group, from, to, number, set));
        assertThat(hub.openCauses()).isEmpty();
        return receipt;
    }

    private static byte[] x12(String group, String from, String to, int number, String set) {
        String envelope = "ISA*00*          *00*          *ZZ*%-15s*ZZ*%-15s*261121*0932*U*00401*%3$09d*0*P*>~"
                + "GS*%4$s*%1$s*%2$s*20261121*0932*%3$d*X*004010~%5$sGE*1*%3$d~IEA*1*%3$09d~";
        return envelope.formatted(from, to, number, group, set).getBytes(StandardCharsets.US_ASCII);
    }

    private EntryId taken(PartyId partner, int number, byte[] bytes) {
        IntakeResult result =
                hub.get(Intake.class).accept(new Transmission(partner, "https", "m-" + number, null, bytes));
        EntryId receipt = ((IntakeResult.Received) result).receipt().id();
        hub.get(InterchangeReader.class).read(receipt);
        hub.get(Mapper.class).map(receipt);
        hub.get(Appliers.class).catchUpAll();
        return receipt;
    }

    private EntryId writtenNow() {
        List<EntryId> written = hub.get(OutgoingInterchanges.class).writeDue();
        assertThat(hub.openCauses()).isEmpty();
        assertThat(written).hasSize(1);
        return written.get(0);
    }

    private String text(EntryId id) {
        byte[] written = hub.get(Archive.class).payload(id);
        assertThat(STAEDI.errors(written)).isEmpty();
        return new String(written, StandardCharsets.UTF_8);
    }

    private void profile(String id, String role, String name, String... agreements) throws IOException {
        Path folder = Files.createDirectories(config.resolve("partners").resolve(id));
        Files.writeString(folder.resolve("partner.yaml"), """
                name: %s
                roles: [%s]
                identities: { x12: "ZZ/%s", edifact: "ZZ/%s" }
                channels: { https: {} }
                %s
                """.formatted(
                        id,
                        role,
                        name,
                        name,
                        agreements.length == 0 ? "" : "agreements:\n  - " + String.join("\n  - ", agreements)));
    }
}
