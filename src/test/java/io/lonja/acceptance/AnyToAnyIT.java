package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citrusframework.actions.ReceiveMessageAction.Builder.receive;
import static org.citrusframework.actions.SendMessageAction.Builder.send;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.force.ApiClient;
import io.lonja.force.HubProcess;
import io.lonja.transport.SftpEndpoint;
import io.lonja.transport.as2.As2Endpoint;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.As2Receiver;
import io.lonja.transport.as2.Keys;
import io.lonja.transport.sftp.DropBoxEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.awaitility.Awaitility;
import org.citrusframework.TestActionRunner;
import org.citrusframework.annotations.CitrusResource;
import org.citrusframework.annotations.CitrusTest;
import org.citrusframework.junit.jupiter.CitrusSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hotel that speaks X12 over AS2 and a supplier that speaks EDIFACT over SFTP trade through the hub, and neither
 * notices what the other speaks; whatever one sent stands beside what the other got.
 */
@CitrusSupport
class AnyToAnyIT {

    private static final long WITHIN_MILLIS = 60_000;

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static ApiClient operator;
    private static As2Receiver hotelServer;
    private static As2Endpoint hotelIn;
    private static As2Endpoint hotelOut;
    private static DropBoxEndpoint supplier;

    @BeforeAll
    static void start() throws Exception {
        Keys hotelKeys = Keys.rsa("hotel");
        hotelServer = new As2Receiver(hotelKeys);
        Path config = HubProcess.configuration(
                folder.resolve("config"),
                Map.of(
                        "hotel", HOTEL.formatted(hotelServer.address()),
                        "olivares", OLIVARES,
                        "compras", COMPRAS,
                        "bar", BAR));
        KeyPair supplierKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        file(config, "hotel", "hotel.pem", hotelKeys.pem());
        file(config, "olivares", "olivares.pub", PublicKeyEntry.toString(supplierKey.getPublic()));
        hub = RunningHub.start(folder.resolve("home"), "--lonja.config=" + config, "--lonja.partners.also=");
        hotelServer.trust(hub.home().resolve("keys"));
        hotelOut = As2Endpoint.client(
                new As2Peer("HOTEL", hotelKeys, hub.http(), hub.home().resolve("keys")));
        hotelIn = As2Endpoint.server(hotelServer);
        SftpEndpoint sftp = hub.context().getBean(SftpEndpoint.class);
        supplier = DropBoxEndpoint.login(sftp.port(), sftp.fingerprint(), "olivares", supplierKey);
        operator = ApiClient.operator(hub.http(), hub.home());
    }

    @AfterAll
    static void stop() throws Exception {
        supplier.close();
        hub.close();
        hotelServer.close();
    }

    @Test
    @CitrusTest
    void anOrderInX12ArrivesAsOrdersAndTheInvoicComesBackAsAn810(@CitrusResource TestActionRunner partners)
            throws Exception {
        hotelSends(partners, x12("PO", "HOTEL", "OLIVARES", 501, """
                ST*850*0001~BEG*00*SA*HN-0042**20261121~CUR*BY*EUR~DTM*002*20261128~
                PO1*1*24*CA*38.50**VN*AOVE-500*IN*OIL-05~PID*F****Olive oil 12 x 500 ml~CTT*1~SE*8*0001~"""));
        hotelReceives(partners, "ST*997*", "AK1*PO*501", "AK5*A");

        supplierFetches(
                partners,
                "ORDERS:D:96A:UN",
                "BGM+220+HN-0042+9'",
                "PIA+5+AOVE-500:SA'",
                "QTY+21:24:CS'",
                "PRI+AAA:38.5",
                "DTM+2:20261128:102'");

        String order = sent("purchase-order", "HN-0042");
        assertThat(operator.get("/deliveries/" + order)
                        .at("/acknowledgment/status")
                        .asText())
                .isEqualTo("expected");
        supplierPuts(partners, "contrl-76.edi", accepts(76, order));
        acknowledged(order, "accepted", "CONTRL");

        supplierPuts(partners, "invoic-77.edi", edifact("INVOIC", 77, """
                BGM+380+OS-5501+9'
                DTM+137:20261122:102'
                RFF+ON:HN-0042'
                NAD+SU+OLIVARES::92++Olivares'
                NAD+BY+HOTEL::92++Hotel'
                CUX+2:EUR:4'
                LIN+1'
                PIA+5+AOVE-500:SA+OIL-05:IN'
                QTY+47:24:CS'
                MOA+203:924'
                PRI+AAA:38.5'
                UNS+S'
                CNT+2:1'
                MOA+77:924.00'
                """, "HOTEL"));
        supplierFetches(partners, "UCI+77+", "UCM+1+INVOIC:D:96A:UN+7'");
        hotelReceives(partners, "ST*810*", "BIG*20261122*OS-5501", "*HN-0042", "IT1*1*24*CA*38.5", "TDS*92400~");

        linked("purchase-order", "HN-0042", "olivares", "850");
        linked("invoice", "OS-5501", "hotel", "INVOIC");

        String invoice = sent("invoice", "OS-5501");
        alarmed("acknowledgment-overdue:" + invoice, "open", "hotel has not acknowledged our 810");
        hotelSends(partners, rejects(502, invoice));
        acknowledged(invoice, "rejected", "997");
        alarmed("acknowledgment-rejected:" + invoice, "open", "segment 2 BIG, element 2, code 5 (element too long)");
        alarmed("acknowledgment-overdue:" + invoice, "closed", "");
        assertThat(operator.get("/alarms").toString()).doesNotContain("acknowledgment-unmatched");
        String holder = operator.get("/deliveries/" + invoice)
                .at("/acknowledgment/interchange")
                .asText();
        assertThat(operator.get("/interchanges/" + holder).get("acknowledgments"))
                .as("an acknowledgment is not acknowledged")
                .isEmpty();
    }

    /** The delivery of what was sent because of a document. */
    private static String sent(String type, String number) throws Exception {
        String document = operator.get("/documents?type=%s&number=%s".formatted(type, number))
                .at("/items/0/id")
                .asText();
        return operator.get("/documents/" + document).at("/sent/0/delivery").asText();
    }

    /** Of the interchange in a delivery, as its receiver sees it. */
    private static String controlNumber(String delivery, String header, int element) throws Exception {
        String[] elements = new String(operator.bytes("/deliveries/%s/payload".formatted(delivery)))
                .replaceAll("(?s).*?" + header, "")
                .split("[+*~']");
        return elements[element];
    }

    private static String accepts(int number, String delivery) throws Exception {
        return edifact(
                        "CONTRL",
                        number,
                        "UCI+%s+LONJA:ZZ+OLIVARES:ZZ+7'UCM+%s+ORDERS:D:96A:UN+7'"
                                .formatted(controlNumber(delivery, "UNB", 5), controlNumber(delivery, "UNH", 1)),
                        "LONJA")
                .replace("CONTRL:D:96A", "CONTRL:D:3");
    }

    private static String rejects(int number, String delivery) throws Exception {
        return x12(
                "FA",
                "HOTEL",
                "LONJA",
                number,
                "ST*997*0001~AK1*IN*%s~AK2*810*0001~AK3*BIG*2**8~AK4*2*76*5~AK5*R*5~AK9*R*1*1*0~SE*8*0001~"
                        .formatted(controlNumber(delivery, "GS", 6)));
    }

    private static void acknowledged(String delivery, String verdict, String by) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode said = operator.get("/deliveries/" + delivery).path("acknowledgment");
            assertThat(said.path("status").asText()).isEqualTo("received");
            assertThat(said.path("verdict").asText()).isEqualTo(verdict);
            assertThat(said.path("type").asText()).isEqualTo(by);
        });
    }

    private static void alarmed(String cause, String status, String sentence) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(operator.get("/alarms").get("items"))
                        .anySatisfy(alarm -> {
                            assertThat(alarm.get("cause").asText()).isEqualTo(cause);
                            assertThat(alarm.get("status").asText()).isEqualTo(status);
                            assertThat(alarm.get("sentence").asText()).contains(sentence);
                        }));
    }

    @Test
    @CitrusTest
    void aGroupOrderGoesToASupplierOfEdifactAndItsInvoiceIsSplitByLocation(@CitrusResource TestActionRunner partners)
            throws Exception {
        String groupOrder = opened();
        hotelSends(partners, x12("PO", "HOTEL", "COMPRAS", 601, """
                ST*850*0001~BEG*00*SA*HG-1**20261121~CUR*BY*EUR~PO1*1*7*CA*20**BP*HN-OIL~CTT*1~SE*6*0001~"""));
        hotelReceives(partners, "ST*997*", "AK1*PO*601", "AK5*A");
        operator.post(
                "/group-orders/%s/pledges".formatted(groupOrder),
                "bar-pledge",
                "{\"member\":\"bar\",\"item\":\"oil\",\"quantity\":\"5\"}");
        String number = closed(groupOrder);

        supplierFetches(
                partners,
                "BGM+220+%s+9'".formatted(number),
                "QTY+21:12:CS'",
                "PRI+AAA:18.00'",
                "LOC+7+NORTE::92'QTY+11:7:CS'",
                "LOC+7+ESTE::92'QTY+11:5:CS'");
        supplierPuts(partners, "invoic-78.edi", edifact("INVOIC", 78, """
                BGM+380+OS-5502+9'
                DTM+137:20261122:102'
                RFF+ON:%s'
                NAD+SU+OLIVARES::92++Olivares'
                NAD+BY+COMPRAS::92++Compras'
                CUX+2:EUR:4'
                LIN+1'
                PIA+5+AOVE-500:SA'
                QTY+47:12:CS'
                MOA+203:216'
                PRI+AAA:18'
                UNS+S'
                CNT+2:1'
                MOA+77:216.00'
                """.formatted(number), "COMPRAS"));
        supplierFetches(partners, "UCI+78+", "UCM+1+INVOIC:D:96A:UN+7'");
        hotelReceives(partners, "ST*810*", "*HG-1*", "IT1*1*7*", "*18*", "TDS*12600~");

        JsonNode shares = operator.get("/group-orders/%s/allocation".formatted(groupOrder))
                .get("shares");
        assertThat(shares).hasSize(2);
        assertThat(shares.findValuesAsText("member")).containsExactlyInAnyOrder("bar", "hotel");
        assertThat(operator.get("/group-orders/" + groupOrder).get("state").asText())
                .isEqualTo("invoiced");
    }

    /** The original is there as it came, beside what was sent because of it. */
    private static void linked(String type, String number, String sentTo, String original) throws Exception {
        JsonNode found = operator.get("/documents?type=%s&number=%s".formatted(type, number))
                .get("items")
                .get(0);
        JsonNode document = operator.get("/documents/" + found.get("id").asText());
        assertThat(document.at("/sent/0/to").asText()).isEqualTo(sentTo);
        String received = new String(operator.bytes(
                "/interchanges/%s/payload".formatted(document.get("interchange").asText())));
        assertThat(received).contains(original).contains(number);
        String sent = new String(operator.bytes("/deliveries/%s/payload"
                .formatted(document.at("/sent/0/delivery").asText())));
        assertThat(sent).contains(number).doesNotContain(original + ":").isNotEqualTo(received);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(operator.get("/deliveries/"
                                        + document.at("/sent/0/delivery").asText())
                                .get("status")
                                .asText())
                        .isEqualTo("confirmed"));
    }

    private static String opened() throws Exception {
        operator.post("/catalogue/items", "item", """
                {"id":"oil","name":"Olive oil","baseUnit":"EA","codes":[
                  {"party":"olivares","code":"AOVE-500","unit":"CS","pack":"12"},
                  {"party":"hotel","code":"HN-OIL","unit":"CA","pack":"12"}]}""");
        operator.post("/consortia", "consortium", """
                {"id":"costa","name":"Costa","operator":"compras",
                 "members":[{"party":"hotel","location":"NORTE"},{"party":"bar","location":"ESTE"}]}""");
        String agreement = operator.post("/consortia/costa/supply-agreements", "agreement", """
                {"supplier":"olivares","currency":"EUR","validFrom":"2026-01-01",
                 "items":[{"item":"oil","tiers":[{"from":"1","price":"20.00"},{"from":"10","price":"18.00"}]}]}""")
                .get("id")
                .asText();
        return operator.post(
                        "/consortia/costa/group-orders",
                        "group-order",
                        "{\"agreement\":\"%s\",\"deadline\":\"%s\"}"
                                .formatted(agreement, Instant.now().plusSeconds(10)))
                .get("id")
                .asText();
    }

    private static String closed(String groupOrder) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> operator.get("/group-orders/" + groupOrder), order -> order.hasNonNull("order"))
                .get("order")
                .asText();
    }

    private static void hotelSends(TestActionRunner partners, String interchange) {
        partners.run(send(hotelOut).message().body(interchange));
        partners.run(receive(hotelOut)
                .message()
                .header(As2Endpoint.STATUS, "200")
                .header(As2Endpoint.DISPOSITION, "processed")
                .header(As2Endpoint.SIGNED, "true"));
    }

    private static void hotelReceives(TestActionRunner partners, String... parts) {
        partners.run(receive(hotelIn)
                .timeout(WITHIN_MILLIS)
                .message()
                .header("AS2-From", "LONJA")
                .header("AS2-To", "HOTEL")
                .validate((message, context) ->
                        assertThat(message.getPayload(String.class)).contains(parts)));
    }

    private static void supplierPuts(TestActionRunner partners, String file, String interchange) {
        partners.run(send(supplier).message().header(DropBoxEndpoint.FILE, file).body(interchange));
    }

    private static void supplierFetches(TestActionRunner partners, String... parts) {
        partners.run(receive(supplier)
                .timeout(WITHIN_MILLIS)
                .message()
                .validate((message, context) ->
                        assertThat(message.getPayload(String.class)).contains(parts)));
    }

    private static String x12(String group, String from, String to, int number, String set) {
        return ("ISA*00*          *00*          *ZZ*%-15s*ZZ*%-15s*261121*0932*U*00401*%3$09d*0*P*>~"
                        + "GS*%4$s*%1$s*%2$s*20261121*0932*%3$d*X*004010~%5$sGE*1*%3$d~IEA*1*%3$09d~")
                .formatted(from, to, number, group, set.replace("\n", ""));
    }

    private static String edifact(String type, int number, String segments, String to) {
        String body = segments.replace("\n", "");
        long count = body.chars().filter(each -> each == '\'').count() + 2;
        return "UNB+UNOC:3+OLIVARES:ZZ+%s:ZZ+261122:0900+%d++%s++1'UNH+1+%3$s:D:96A:UN'%4$sUNT+%5$d+1'UNZ+1+%2$d'"
                .formatted(to, number, type, body, count);
    }

    private static void file(Path config, String partner, String name, String content) throws Exception {
        Path certificates = Files.createDirectories(
                config.resolve("partners").resolve(partner).resolve("certificates"));
        Files.writeString(certificates.resolve(name), content);
    }

    private static final String HOTEL = """
            name: Hotel Norte
            roles: [member]
            identities: { as2: HOTEL, x12: "ZZ/HOTEL", edifact: "ZZ/HOTEL" }
            channels:
              as2:
                outbound: { url: "%s", sign: sha256, encrypt: aes128-cbc, compress: false, mdn: sync-signed }
                certificates:
                  - { file: certificates/hotel.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
            currency: EUR
            agreements:
              - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always, route: both }
              - { document: invoice, direction: outbound, guide: x12-004010-810, acknowledge: expect-within-2s }
            """;
    private static final String OLIVARES = """
            name: Olivares
            roles: [supplier]
            identities: { x12: "ZZ/OLIVARES", edifact: "ZZ/OLIVARES" }
            channels:
              sftp: { server: { authorized_keys: certificates/olivares.pub } }
            currency: EUR
            agreements:
              - { document: purchase-order, direction: outbound, guide: edifact-d96a-orders, acknowledge: expect-within-24h }
              - { document: invoice, direction: inbound, guide: edifact-d96a-invoic, acknowledge: always, route: both }
            """;
    private static final String COMPRAS = """
            name: Compras
            roles: [operator]
            identities: { x12: "ZZ/COMPRAS", edifact: "ZZ/COMPRAS" }
            channels: { https: {} }
            currency: EUR
            """;
    private static final String BAR = """
            name: Bar Este
            roles: [member]
            identities: { x12: "ZZ/BAR" }
            channels: { https: {} }
            currency: EUR
            """;
}
