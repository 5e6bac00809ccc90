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
import java.nio.file.Files;
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

/** What partners hear over HTTPS when their agreements are stricter than usual. */
class AnswersByAgreementIT {

    private static final String PARTNER = """
            name: %1$s
            roles: [%2$s]
            identities: { x12: "ZZ/%1$s", duns: "%4$s" }
            channels: { https: {} }
            currency: EUR
            agreements: [ %3$s ]
            """;
    private static final String STRICT =
            "{ document: purchase-order, direction: inbound, guide: x12-004010-850, interchange: kept, on_syntax_error: interchange }";

    private static final String OVERLAID =
            "{ document: purchase-order, direction: inbound, guide: x12-004010-850-casa }";

    private static final String SUPPLIER = "987654321";

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static ApiClient operator;
    private static ApiClient hotel;
    private static String hotelToken;
    private static HttpClient https;

    @BeforeAll
    static void start() throws Exception {
        Path config = HubProcess.configuration(
                folder.resolve("config"),
                Map.of(
                        "hotel", PARTNER.formatted("HOTEL", "member", STRICT, "123456789"),
                        "casa", PARTNER.formatted("CASA", "member", OVERLAID, "222222222"),
                        "valle", PARTNER.formatted("VALLE", "supplier", "", SUPPLIER)));
        Files.writeString(
                Files.createDirectories(config.resolve("schemas/x12-004010-850-casa"))
                        .resolve("overlay.xml"),
                """
                <overlay xmlns="http://xlate.io/EDISchema/v4" base="x12-004010-850">
                  <segmentType name="BEG"><element position="3" maxLength="5"/></segmentType>
                </overlay>
                """);
        hub = RunningHub.start(folder.resolve("home"), "--lonja.config=" + config, "--lonja.partners.also=");
        operator = ApiClient.operator(hub.http(), hub.home());
        JsonNode client = operator.post("/clients", "client-hotel", "{\"party\":\"hotel\"}");
        hotel = ApiClient.login(
                hub.http(),
                client.get("clientId").asText(),
                client.get("clientSecret").asText());
        hotelToken = token(client);
        https = HubCertificate.client(hub.fingerprint());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void oneBadOrderRefusesTheOtherAndTheMendedInterchangeCountsUnderTheSameNumber() throws Exception {
        JsonNode refused =
                settled(send("bad", interchange(701, order("S-1", SUPPLIER), order("", SUPPLIER))), "refused");
        assertThat(refused.at("/transactionSets").findValuesAsText("verdict")).containsExactly("refused", "refused");
        assertThat(answer(refused)).contains("AK2*850*0001~AK5*R~", "AK9*R*2*2*0~");

        JsonNode mended =
                settled(send("mended", interchange(701, order("S-1", SUPPLIER), order("S-2", SUPPLIER))), "applied");
        assertThat(answer(mended)).contains("AK9*A*2*2*2~");
    }

    @Test
    void oneHeldOrderHoldsTheOther() throws Exception {
        JsonNode held =
                settled(send("held", interchange(702, order("K-1", SUPPLIER), order("K-2", "555555555"))), "held");
        assertThat(answer(held)).contains("AK9*A*2*2*2~");
        assertThat(held.at("/transactionSets/0/errors").findValuesAsText("code"))
                .containsExactly("held-with-interchange");
        assertThat(operator.get("/alarms").get("items").findValuesAsText("cause"))
                .contains("document-held:hotel:purchase-order:K-2")
                .doesNotContain("document-held:hotel:purchase-order:K-1");
    }

    @Test
    void whatTheHubOwesIsListedUntilItCameToThePartner() throws Exception {
        JsonNode read = settled(send("owed", interchange(703, order("A-1", SUPPLIER))), "applied");
        String id = read.get("id").asText();
        String delivery = read.at("/acknowledgments/0/id").asText();
        assertThat(acknowledged(hotel, "expected", id)).singleElement().satisfies(owed -> {
            assertThat(owed.get("owedBy").asText()).isEqualTo("hub");
            assertThat(owed.get("type").asText()).isEqualTo("997");
            assertThat(owed.get("delivery").asText()).isEqualTo(delivery);
            assertThat(owed.get("partner").asText()).isEqualTo("hotel");
        });
        hotel.post("/deliveries/%s/received".formatted(delivery), "got-" + delivery, "");
        assertThat(acknowledged(hotel, "expected", id)).isEmpty();
        assertThat(acknowledged(operator, "received", id)).hasSize(1);
        assertThat(operator.get("/acknowledgments?limit=1").get("items")).hasSize(1);
        assertThat(operator.all("/acknowledgments")).hasSizeGreaterThanOrEqualTo(1);
    }

    @Test
    void aDryRunJudgesByTheOverlayOfItsCaller() throws Exception {
        String casaToken = token(operator.post("/clients", "client-casa", "{\"party\":\"casa\"}"));
        String edi = interchange(704, order("DRY-704", SUPPLIER));
        String judged = posted(casaToken, "/api/v1/interchanges?dry_run=true", "dry-1", edi, 200);
        assertThat(judged)
                .contains("BEG03 (Purchase Order Number) in segment 2 is longer than 5 characters")
                .contains("So it is agreed in x12-004010-850-casa.");
        assertThat(new ObjectMapper().readTree(judged).get("documents")).isEmpty();
        JsonNode plain =
                new ObjectMapper().readTree(posted(hotelToken, "/api/v1/interchanges?dry_run=true", "dry-2", edi, 200));
        assertThat(plain.get("documents")).hasSize(1);
    }

    private static String token(JsonNode client) throws Exception {
        return ApiClient.token(
                hub.http(),
                client.get("clientId").asText(),
                client.get("clientSecret").asText());
    }

    private static List<JsonNode> acknowledged(ApiClient caller, String status, String interchange) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        caller.all("/acknowledgments?status=" + status).forEach(item -> {
            if (item.path("interchange").asText().equals(interchange)) {
                found.add(item);
            }
        });
        return found;
    }

    /** The supplier is named by its D-U-N-S. */
    private static String order(String number, String supplier) {
        return "BEG*00*SA*%s**20261121~N1*SU*Supplier*1*%s~PO1*1*10*CA*12.50**VN*A-100~CTT*1~"
                .formatted(number, supplier);
    }

    private static String interchange(int number, String... orders) {
        StringBuilder sets = new StringBuilder();
        for (int i = 0; i < orders.length; i++) {
            sets.append("ST*850*%04d~%sSE*6*%04d~".formatted(i + 1, orders[i], i + 1));
        }
        return "ISA*00*          *00*          *ZZ*HOTEL          *ZZ*LONJA          *261121*0900*U*00401*%09d*0*P*>~GS*PO*HOTEL*LONJA*20261121*0900*%d*X*004010~%sGE*%d*%d~IEA*1*%09d~"
                .formatted(number, number, sets, orders.length, number, number);
    }

    private static String send(String key, String edi) throws Exception {
        return new ObjectMapper()
                .readTree(posted(hotelToken, "/api/v1/interchanges", key, edi, 202))
                .get("id")
                .asText();
    }

    private static String posted(String token, String path, String key, String edi, int status) throws Exception {
        HttpResponse<String> answer = https.send(
                HttpRequest.newBuilder(hub.https().resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/EDI-X12")
                        .POST(HttpRequest.BodyPublishers.ofString(edi))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private static JsonNode settled(String receipt, String status) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> hotel.get("/interchanges/" + receipt),
                        found -> found.get("status").asText().equals(status));
    }

    /** The first acknowledgment. */
    private static String answer(JsonNode interchange) throws Exception {
        return new String(
                hotel.bytes("/deliveries/%s/payload"
                        .formatted(interchange.at("/acknowledgments/0/id").asText())),
                StandardCharsets.ISO_8859_1);
    }
}
