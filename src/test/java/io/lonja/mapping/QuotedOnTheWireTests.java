package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Departures;
import io.lonja.document.DocumentRegister;
import io.lonja.document.RegisteredDocument;
import io.lonja.document.RegisteredDocument.State;
import io.lonja.edi.InterchangeReader;
import io.lonja.fulfilment.Fulfilment;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A member asks in X12, its suppliers answer in EDIFACT, and the order that names a quotation is linked to both. */
@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class QuotedOnTheWireTests {

    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final PartyId SUPPLIER = new PartyId("valle-foods");
    private static final PartyId OTHER = new PartyId("costa-oil");
    private static final String REQUEST = "BQT*00*RFQ-1*20261121~CUR*BY*EUR~N1*SE**1*%s~PO1*1*10*CA***VN*A-100~CTT*1~";

    @TempDir
    private Path config;

    private final TestDatabase.Vendor vendor;
    private Workbench hub;
    private int message;

    QuotedOnTheWireTests(TestDatabase.Vendor vendor) {
        this.vendor = vendor;
    }

    @BeforeEach
    void threePartners() throws IOException {
        Shipped.linkedInto(config);
        profile("hotel-miramar", "member", "HOTELMIRAMAR", "123456789", """
                  - { document: request-for-quotation, direction: inbound, guide: x12-004010-840, route: partner }
                  - { document: quotation, direction: outbound, guide: x12-004010-843 }
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, route: partner }
                """);
        String supplier = """
                  - { document: request-for-quotation, direction: outbound, guide: edifact-d96a-reqote }
                  - { document: quotation, direction: inbound, guide: edifact-d96a-quotes, route: partner }
                  - { document: purchase-order, direction: outbound, guide: edifact-d96a-orders }
                """;
        profile("valle-foods", "supplier", "VALLEFOODS", "987654321", supplier);
        profile("costa-oil", "supplier", "COSTAOIL", "555555555", supplier);
        hub = new Workbench(vendor.fresh(), "intake", "partner", "edi", "mapping", "document", "delivery", "fulfilment")
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
    void whatIsAskedQuotedAndOrderedIsSentOnAndLinkedWhicheverIsLookedAt() {
        String request = sent(MEMBER, REQUEST.formatted("987654321"));
        EntryId asked = written(SUPPLIER, "REQOTE");
        assertThat(text(asked))
                .contains("UNH+1+REQOTE:D:96A:UN'BGM+311+RFQ-1+9'DTM+137:20261121:102'CUX+2:EUR:9'")
                .contains("LIN+1'PIA+5+A-100:SA'QTY+21:10:CS'UNS+S'CNT+2:1'");

        String quotation = quoted("OF-1", "RFQ-1", "VALLEFOODS");
        assertThat(document(quotation).counterparty()).isEqualTo(MEMBER);
        assertThat(String.valueOf(document(quotation).total())).isEqualTo("125.00 EUR");
        EntryId offered = written(MEMBER, "843");
        assertThat(text(offered))
                .contains("GS*RR*LONJA*HOTELMIRAMAR*", "BQR*00*RFQ-1*20261122~CUR*SE*EUR~REF*Q1*OF-1~DTM*036*20261231~")
                .contains("PO1*1*10*CA*12.50**VN*A-100~CTT*1~");

        String order = sent(
                MEMBER,
                "BEG*00*SA*PO-1**20261123~CUR*BY*EUR~REF*Q1*OF-1~N1*SE**1*987654321~PO1*1*10*CA*12.50**VN*A-100~CTT*1~");
        assertThat(text(written(SUPPLIER, "ORDERS"))).contains("RFF+AAG:OF-1'");
        for (String any : List.of(request, quotation, order)) {
            assertThat(besides(any)).as(any).contains(request, quotation, order);
        }

        hub.rebuild();
        assertThat(besides(order)).contains(request, quotation);
    }

    @Test
    void severalSuppliersAreAskedUnderOneNumberAndEachIsLinkedToItsOwn() {
        String request = sent(MEMBER, REQUEST.formatted("987654321"));
        String toOther = sent(MEMBER, REQUEST.formatted("555555555"));
        String again = sent(MEMBER, REQUEST.formatted("555555555"));
        assertThat(document(request).counterparty()).isEqualTo(SUPPLIER);
        assertThat(document(toOther).counterparty()).isEqualTo(OTHER);
        assertThat(List.of(request, toOther))
                .allSatisfy(id -> assertThat(document(id).state()).isEqualTo(State.BOOKED));
        assertThat(document(again).state()).isEqualTo(State.REPEAT);
        assertThat(hub.get(OutgoingInterchanges.class).writeDue()).hasSize(2);

        String quotation = quoted("OF-1", "RFQ-1", "COSTAOIL");
        assertThat(besides(quotation)).contains(toOther).doesNotContain(request);
        assertThat(besides(request)).doesNotContain(quotation);
        String changed = sent(MEMBER, REQUEST.formatted("555555555").replace("*10*CA", "*12*CA"));
        assertThat(document(changed).state())
                .as("another content under its number")
                .isEqualTo(State.HELD);
    }

    private String quoted(String number, String request, String name) {
        return accepted(
                name.equals("COSTAOIL") ? OTHER : SUPPLIER,
                "UNB+UNOC:3+%s:14+HOTELMIRAMAR:14+261122:0915+31'UNH+1+QUOTES:D:96A:UN'BGM+310+%s+9'DTM+137:20261122:102'"
                                .formatted(name, number)
                        + "DTM+36:20261231:102'RFF+AAV:%s'CUX+2:EUR:9'LIN+1'PIA+5+A-100:SA'QTY+21:10:CS'PRI+AAA:12.50'"
                                .formatted(request)
                        + "UNS+S'CNT+2:1'UNT+13+1'UNZ+1+31'");
    }

    private List<String> besides(String id) {
        return hub.get(Fulfilment.class).besides(id, 10);
    }

    private RegisteredDocument document(String id) {
        return hub.get(DocumentRegister.class).find(id).orElseThrow();
    }

    private EntryId written(PartyId to, String kind) {
        List<EntryId> written = hub.get(OutgoingInterchanges.class).writeDue();
        assertThat(hub.openCauses()).isEmpty();
        assertThat(written).hasSize(1);
        assertThat(hub.get(Deliveries.class).find(written.get(0)).orElseThrow().owed())
                .satisfies(owed -> {
                    assertThat(owed.to()).isEqualTo(to);
                    assertThat(owed.kind()).isEqualTo(kind);
                });
        return written.get(0);
    }

    private String sent(PartyId partner, String segments) {
        return accepted(
                partner,
                new String(SetText.interchange(segments), StandardCharsets.ISO_8859_1)
                        .replace("*ZZ*VALLEFOODS     *", "*ZZ*LONJA          *")
                        .replace("*HOTELMIRAMAR*VALLEFOODS*", "*HOTELMIRAMAR*LONJA*")
                        .replace("000000905", String.format("%09d", 500 + message)));
    }

    private String accepted(PartyId partner, String interchange) {
        byte[] bytes = interchange.getBytes(StandardCharsets.ISO_8859_1);
        IntakeResult result =
                hub.get(Intake.class).accept(new Transmission(partner, "https", "m-" + ++message, null, bytes));
        EntryId receipt = ((IntakeResult.Received) result).receipt().id();
        hub.get(InterchangeReader.class).read(receipt);
        hub.get(Mapper.class).map(receipt);
        hub.get(Appliers.class).catchUpAll();
        return receipt + "-0";
    }

    private String text(EntryId id) {
        return new String(hub.get(Archive.class).payload(id), StandardCharsets.UTF_8);
    }

    private void profile(String id, String role, String name, String duns, String agreements) throws IOException {
        Path folder = Files.createDirectories(config.resolve("partners").resolve(id));
        Files.writeString(folder.resolve("partner.yaml"), """
                name: %s
                roles: [%s]
                identities: { x12: "ZZ/%s", edifact: "14/%s", duns: "%s" }
                channels: { https: {} }
                agreements:
                %s""".formatted(id, role, name, name, duns, agreements));
    }
}
