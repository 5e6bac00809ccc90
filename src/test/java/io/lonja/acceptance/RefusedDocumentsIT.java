package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.force.ApiClient;
import io.lonja.force.HubProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over HTTPS: an order that cannot take effect is refused, its sender fetches why, and the corrected one counts; and what
 * a partner refuses of ours is an alarm until it accepts it.
 */
class RefusedDocumentsIT {

    private static final String HOTEL = """
            name: Hotel
            roles: [member]
            identities: { x12: "ZZ/HOTEL", edifact: "14/8412345000013", duns: "123456789" }
            channels: { https: {} }
            currency: EUR
            agreements:
              - { document: purchase-order, direction: inbound, guide: x12-004010-850, on_problem: refuse, route: both }
              - { document: purchase-order, direction: inbound, guide: edifact-d96a-orders, on_problem: refuse }
            """;
    private static final String VALLE = """
            name: Valle
            roles: [supplier]
            identities: { x12: "ZZ/VALLE", duns: "987654321", gln: "8412345000020" }
            channels: { https: {} }
            agreements:
              - { document: purchase-order, direction: outbound, guide: x12-004010-850, acknowledge: expect-within-24h }
            """;

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static ApiClient operator;
    private static ApiClient hotel;
    private static ApiClient valle;
    private static String token;
    private static String tokenOfValle;
    private static HttpClient https;

    @BeforeAll
    static void start() throws Exception {
        Path config = HubProcess.configuration(folder.resolve("config"), Map.of("hotel", HOTEL, "valle", VALLE));
        hub = RunningHub.start(folder.resolve("home"), "--lonja.config=" + config, "--lonja.partners.also=");
        operator = ApiClient.operator(hub.http(), hub.home());
        JsonNode client = operator.post("/clients", "client-hotel", "{\"party\":\"hotel\"}");
        hotel = ApiClient.login(hub.http(), text(client, "clientId"), text(client, "clientSecret"));
        token = ApiClient.token(hub.http(), text(client, "clientId"), text(client, "clientSecret"));
        JsonNode other = operator.post("/clients", "client-valle", "{\"party\":\"valle\"}");
        valle = ApiClient.login(hub.http(), text(other, "clientId"), text(other, "clientSecret"));
        tokenOfValle = ApiClient.token(hub.http(), text(other, "clientId"), text(other, "clientSecret"));
        https = HubCertificate.client(hub.fingerprint());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void anOrderInX12ForNobodyIsAnsweredByAn824() throws Exception {
        JsonNode refused = settled(send("x12-bad", x12(801, "555555555")), "refused");
        assertThat(refused.at("/acknowledgments").findValuesAsText("type")).containsExactly("997", "824");
        assertThat(answer(refused, 0)).contains("AK5*A~");
        assertThat(answer(refused, 1))
                .contains("*ZZ*LONJA          *ZZ*HOTEL          *", "GS*AG*LONJA*HOTEL*")
                .contains("OTI*TR*PO*R-801*HOTEL*LONJA***801*0001*850*004010~TED*024*party unknown*ST*1~NTE**")
                .contains("555555555");
        assertThat(hotel.get("/documents?number=R-801").at("/items/0/status").asText())
                .isEqualTo("refused");
        String cause = "document-held:hotel:purchase-order:R-801";
        assertThat(open()).contains(cause);

        JsonNode corrected = settled(send("x12-good", x12(802, "987654321").replace("R-802", "R-801")), "applied");
        assertThat(corrected.at("/acknowledgments").findValuesAsText("type")).containsExactly("997");
        assertThat(open()).doesNotContain(cause);
    }

    @Test
    void anOrderInEdifactForNobodyIsAnsweredByAnAperak() throws Exception {
        JsonNode refused = settled(send("edifact-bad", orders(901, "8400000000000")), "refused");
        assertThat(refused.at("/acknowledgments").findValuesAsText("type")).containsExactly("CONTRL", "APERAK");
        assertThat(answer(refused, 1))
                .contains("+LONJA:ZZ+8412345000013:14+")
                .contains("RFF+ACW:M901'RFF+ON:E-901'ERC+024::ZZZ'FTX+AAO+++")
                .contains("8400000000000");
        JsonNode corrected =
                settled(send("edifact-good", orders(902, "8412345000020").replace("E-902", "E-901")), "applied");
        assertThat(corrected.at("/acknowledgments").findValuesAsText("type")).containsExactly("CONTRL");
    }

    @Test
    void thePartnerAcknowledgesTheAdviceItself() throws Exception {
        JsonNode refused = settled(send("to-acknowledge", x12(811, "555555555")), "refused");
        String advice = answer(refused, 1);
        String number = advice.substring(advice.indexOf("BGN*11*") + 7).replaceFirst("\\*.*", "");
        String functional =
                "ISA*00*          *00*          *ZZ*HOTEL          *ZZ*LONJA          *261121*0900*U*00401*000000812*0*P*>~GS*FA*HOTEL*LONJA*20261121*0900*812*X*004010~ST*997*0001~AK1*AG*%s~AK2*824*0001~AK5*A~AK9*A*1*1*1~SE*6*0001~GE*1*812~IEA*1*000000812~"
                        .formatted(number);
        String delivery = refused.at("/acknowledgments/1/id").asText();
        send("functional", functional);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> hotel.get("/deliveries/" + delivery)
                        .at("/acknowledgment/verdict")
                        .asText()
                        .equals("accepted"));
    }

    private static String text(JsonNode from, String name) {
        return from.get(name).asText();
    }

    @Test
    void whatThePartnerRefusesOfOursIsAnAlarmUntilItAcceptsIt() throws Exception {
        settled(send("to-valle", x12(831, "987654321")), "applied");
        String delivery = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            JsonNode order =
                                    operator.get("/documents?number=R-831").at("/items/0/id");
                            return operator.get("/documents/" + order.asText())
                                    .at("/sent/0/delivery")
                                    .asText();
                        },
                        found -> !found.isEmpty());
        String order = new String(valle.bytes("/deliveries/%s/payload".formatted(delivery)), StandardCharsets.UTF_8);
        String group = order.substring(order.indexOf("GS*PO*")).split("\\*")[6];

        String receipt = send(
                tokenOfValle,
                "refusal",
                advice(
                        831,
                        "OTI*TR*PO*R-831*VALLE*LONJA***%s*0001*850*004010~TED*024*item unknown*PO1*4~NTE**A-100 is not made any more.~"
                                .formatted(group)));
        JsonNode refused = advised(delivery, "rejected");
        assertThat(text(refused.get("advice"), "type")).isEqualTo("824");
        assertThat(text(refused.get("advice"), "interchange")).isEqualTo(receipt);
        String reasons = "024 item unknown, segment 4 PO1: A-100 is not made any more.";
        assertThat(text(refused.get("advice"), "reasons")).isEqualTo(reasons);
        assertThat(text(refused.get("acknowledgment"), "status"))
                .as("the 997 is still owed")
                .isEqualTo("expected");
        assertThat(valle.all("/acknowledgments"))
                .extracting(item -> "%s %s %s %s"
                        .formatted(
                                text(item, "owedBy"),
                                item.path("type").asText(),
                                text(item, "status"),
                                item.path("verdict").asText()))
                .contains("partner  expected ", "partner 824 received rejected");
        assertThat(valle.all("/acknowledgments?status=received&limit=1"))
                .anySatisfy(item -> assertThat(item.path("reasons").asText()).isEqualTo(reasons));
        String cause = "sent-document-refused:" + delivery;
        assertThat(operator.all("/alarms")).anySatisfy(alarm -> {
            assertThat(text(alarm, "cause")).isEqualTo(cause);
            assertThat(text(alarm, "sentence")).contains("valle refuses our 850 R-831, interchange ", reasons);
        });

        send(tokenOfValle, "acceptance", advice(832, "OTI*TA*PO*R-831~"));
        advised(delivery, "accepted");
        assertThat(open()).doesNotContain(cause);
    }

    private static JsonNode advised(String delivery, String verdict) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> operator.get("/deliveries/" + delivery),
                        found -> found.at("/advice/verdict").asText().equals(verdict));
    }

    private static String advice(int number, String content) {
        long segments = content.chars().filter(each -> each == '~').count() + 3;
        return "ISA*00*          *00*          *ZZ*VALLE          *ZZ*LONJA          *261121*0900*U*00401*%1$09d*0*P*>~GS*AG*VALLE*LONJA*20261121*0900*%1$d*X*004010~ST*824*0001~BGN*11*V-%1$d*20261121~%2$sSE*%3$d*0001~GE*1*%1$d~IEA*1*%1$09d~"
                .formatted(number, content, segments);
    }

    @Test
    void anAdviceThatFitsNothingIsAnAlarmAndIsAcknowledged() throws Exception {
        JsonNode read = settled(
                send(
                        "advice",
                        "ISA*00*          *00*          *ZZ*HOTEL          *ZZ*LONJA          *261121*0900*U*00401*000000821*0*P*>~GS*AG*HOTEL*LONJA*20261121*0900*821*X*004010~ST*824*0001~BGN*11*A-1*20261121~OTI*TR*IV*I-77~TED*024*price unknown~SE*5*0001~GE*1*821~IEA*1*000000821~"),
                "applied");
        assertThat(read.at("/acknowledgments").findValuesAsText("type")).containsExactly("997");
        assertThat(answer(read, 0)).contains("AK1*AG*821~AK2*824*0001~AK5*A~");
        assertThat(open()).contains("advice-unmatched:%s:0:0".formatted(text(read, "id")));
    }

    private static List<String> open() throws Exception {
        List<String> causes = new ArrayList<>();
        operator.all("/alarms").forEach(alarm -> {
            if (alarm.get("status").asText().equals("open")) {
                causes.add(alarm.get("cause").asText());
            }
        });
        return causes;
    }

    private static String x12(int number, String supplier) {
        return "ISA*00*          *00*          *ZZ*HOTEL          *ZZ*LONJA          *261121*0900*U*00401*%1$09d*0*P*>~GS*PO*HOTEL*LONJA*20261121*0900*%1$d*X*004010~ST*850*0001~BEG*00*SA*R-%1$d**20261121~N1*SU*Supplier*1*%2$s~PO1*1*10*CA*12.50**VN*A-100~CTT*1~SE*6*0001~GE*1*%1$d~IEA*1*%1$09d~"
                .formatted(number, supplier);
    }

    private static String orders(int number, String supplier) {
        return "UNB+UNOC:3+8412345000013:14+LONJA:ZZ+261121:0900+%1$d'UNH+M%1$d+ORDERS:D:96A:UN'BGM+220+E-%1$d+9'DTM+137:20261121:102'NAD+SU+%2$s::9'LIN+1'PIA+5+A-100:SA'QTY+21:10:CS'PRI+AAA:12.50'UNS+S'UNT+10+M%1$d'UNZ+1+%1$d'"
                .formatted(number, supplier);
    }

    private static String send(String key, String edi) throws Exception {
        return send(token, key, edi);
    }

    private static String send(String token, String key, String edi) throws Exception {
        HttpResponse<String> answer = https.send(
                HttpRequest.newBuilder(hub.https().resolve("/api/v1/interchanges"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(edi))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new ObjectMapper().readTree(answer.body()).get("id").asText();
    }

    private static JsonNode settled(String receipt, String status) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> hotel.get("/interchanges/" + receipt),
                        found -> found.get("status").asText().equals(status));
    }

    private static String answer(JsonNode interchange, int place) throws Exception {
        return new String(
                hotel.bytes("/deliveries/%s/payload"
                        .formatted(interchange
                                .at("/acknowledgments/%d/id".formatted(place))
                                .asText())),
                StandardCharsets.ISO_8859_1);
    }
}
