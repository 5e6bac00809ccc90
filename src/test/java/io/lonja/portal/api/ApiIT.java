package io.lonja.portal.api;

import static io.lonja.portal.api.Browserless.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.transport.HttpsEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;

class ApiIT extends OnARunningHub {

    @LocalManagementPort
    private int managementPort;

    @Autowired
    private HttpsEndpoint https;

    private Browserless anonymous;
    private Browserless operator;

    @BeforeEach
    void meetTheOperator() throws Exception {
        anonymous = Browserless.anonymous(port);
        operator = Browserless.operator(port, HOME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secrets/operator.json", "keys/token-signing.pem", "keys/https-key.pem"})
    void whatIsSecretIsReadableByItsOwnerAlone(String file) throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(HOME.resolve(file))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /clients, 401",
        "GET, /nothing, 401",
        "POST, /interchanges, 401",
        "GET, /openapi.yaml, 200",
        "GET, //nothing, 404",
        "GET, //actuator/health, 404"
    })
    void aStrangerSeesTheContractAndNothingElse(String method, String path, int status) throws Exception {
        HttpResponse<byte[]> answer = anonymous.send(method, path, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(status);
        if (status != 200) {
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(json(answer).get("status").asInt()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /nothing           |            | 404 | not-found",
                "PUT    | /clients           |            | 405 | method-not-allowed",
                "GET    | /clients?limit=0   |            | 400 | bad-parameter",
                "GET    | /clients?limit=501 |            | 400 | bad-parameter",
                "GET    | /clients?after=%25 |            | 400 | bad-parameter",
                "POST   | /clients           | {          | 400 | malformed-json",
                "POST   | /clients           | {\"x\":1}  | 400 | malformed-json",
                "POST   | /clients           | {\"party\":\"nobody\"} | 422 | invalid-request",
                "POST   | /clients           | {\"party\":\"casa-lucia\",\"scopes\":[\"operator\"]} | 422 | invalid-request",
                "DELETE | /clients/operator  |            | 409 | last-operator",
                "DELETE | /clients/nobody    |            | 404 | not-found",
                "GET    | /interchanges/99999 |           | 404 | not-found",
                "GET    | /documents/x       |            | 404 | not-found",
                "GET    | /deliveries/0      |            | 404 | not-found",
                "GET    | /partners/nobody   |            | 404 | not-found",
                "POST   | /alarms/x/mute     | {}         | 404 | not-found",
            })
    void aRefusalIsAProblemWithASentence(String method, String path, String body, int status, String type)
            throws Exception {
        HttpResponse<byte[]> answer = operator.send(
                method,
                path,
                body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.get("type").asText()).isEqualTo("urn:lonja:problem:" + type);
        assertThat(problem.get("detail").asText()).endsWith(".").doesNotContain("Exception", "io.lonja");
    }

    @Test
    void aSecretIsShownOnceAndARepeatedRequestGetsTheSameClientWithoutIt() throws Exception {
        byte[] request = "{\"clientId\":\"lucia-shop\",\"party\":\"casa-lucia\"}".getBytes(StandardCharsets.UTF_8);
        String[] headers = {"Content-Type", "application/json", "Idempotency-Key", "shop-1"};
        HttpResponse<byte[]> first = operator.send("POST", "/clients", request, headers);
        HttpResponse<byte[]> again = operator.send("POST", "/clients", request, headers);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(json(first).get("clientSecret").asText()).hasSize(43);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(json(again).has("clientSecret")).isFalse();
        assertThat(operator.send(
                                "POST",
                                "/clients",
                                "{\"clientId\":\"other\"}".getBytes(StandardCharsets.UTF_8),
                                headers)
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void tokensEndAtOnceWhenTheirClientIsRotatedOrRevoked() throws Exception {
        JsonNode made = json(operator.post("/clients", "{\"clientId\":\"short-lived\",\"party\":\"casa-lucia\"}"));
        Browserless client =
                operator.with("short-lived", made.get("clientSecret").asText());
        assertThat(client.get("/partners").statusCode()).isEqualTo(200);
        JsonNode rotated = json(operator.post("/clients/short-lived/rotate", ""));
        assertThat(client.get("/partners").statusCode()).isEqualTo(401);
        assertThat(client.token("short-lived", made.get("clientSecret").asText(), "")
                        .statusCode())
                .isEqualTo(401);
        Browserless renewed =
                operator.with("short-lived", rotated.get("clientSecret").asText());
        assertThat(renewed.get("/partners").statusCode()).isEqualTo(200);
        assertThat(operator.send("DELETE", "/clients/short-lived", new byte[0]).statusCode())
                .isEqualTo(200);
        assertThat(renewed.get("/partners").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenCarriesWhatWasAskedForAndNeverMoreThanTheClientHas() throws Exception {
        JsonNode made = json(operator.post("/clients", "{\"clientId\":\"narrow\",\"party\":\"casa-lucia\"}"));
        String secret = made.get("clientSecret").asText();
        assertThat(anonymous.token("narrow", secret, "&scope=partners:read").body())
                .contains("\"scope\":\"partners:read\"");
        assertThat(anonymous.token("narrow", secret, "&scope=operator").statusCode())
                .isEqualTo(400);
        assertThat(anonymous.with("narrow", secret).get("/clients").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "application/EDI-X12, 101",
        "application/x-www-form-urlencoded, 102",
        "multipart/form-data, 103",
        "application/json, 104",
        "text/plain;charset=utf-16, 105"
    })
    void takesTheBytesAsTheyAreWhateverTheContentTypeSays(String contentType, int controlNumber) throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        byte[] order = order(controlNumber);
        HttpResponse<byte[]> answer = lucia.send("POST", "/interchanges", order, "Content-Type", contentType);
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode receipt = json(answer);
        assertThat(receipt.get("sha256").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(order)));
        assertThat(receipt.get("treeHead").asText()).matches("[0-9]+:[0-9a-f]{64}");
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(it -> assertThat(it)
                        .endsWith("/api/v1/interchanges/" + receipt.get("id").asText()));
    }

    @Test
    void aRepeatedInterchangeGetsTheFirstReceipt() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        HttpResponse<byte[]> first = lucia.send("POST", "/interchanges", order(201), "Idempotency-Key", "o-201");
        HttpResponse<byte[]> sameKey = lucia.send("POST", "/interchanges", order(201), "Idempotency-Key", "o-201");
        HttpResponse<byte[]> noKey = lucia.send("POST", "/interchanges", order(201));
        HttpResponse<byte[]> otherBody = lucia.send("POST", "/interchanges", order(202), "Idempotency-Key", "o-201");
        assertThat(sameKey.statusCode()).isEqualTo(202);
        assertThat(sameKey.body()).isEqualTo(first.body());
        assertThat(noKey.statusCode()).isEqualTo(200);
        assertThat(noKey.body()).isEqualTo(first.body());
        assertThat(otherBody.statusCode()).isEqualTo(422);
    }

    @Test
    void refusesABodyThatIsEmptyOrTooLargeAndASenderThatIsNobody() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        assertThat(lucia.send("POST", "/interchanges", new byte[0]).statusCode())
                .isEqualTo(422);
        HttpResponse<byte[]> tooLarge = lucia.send("POST", "/interchanges", new byte[100_000_001]);
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(json(tooLarge).get("type").asText()).isEqualTo("urn:lonja:problem:body-too-large");
        assertThat(operator.send("POST", "/interchanges", order(301)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void answersOverTlsWithTheCertificateItNames() throws Exception {
        var certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(Files.newInputStream(HOME.resolve("keys/https-certificate.pem")));
        assertThat(https.fingerprint().replace(":", "").toLowerCase(Locale.ROOT))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        KeyStore pinned = KeyStore.getInstance("PKCS12");
        pinned.load(null, null);
        pinned.setCertificateEntry("hub", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(pinned);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("https://localhost:%d/api/v1/openapi.yaml".formatted(https.port())))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("openapi: 3.1");
    }

    @ParameterizedTest
    @CsvSource({"/actuator/health/readiness, 200", "/actuator/prometheus, 200", "/actuator/env, 404"})
    void managementShowsHealthAndMetricsOnly(String path, int status) throws Exception {
        assertThat(Browserless.anonymous(managementPort)
                        .send("GET", "/" + path, new byte[0])
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void anotherPartysInterchangeIsNotThere() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        Browserless hotel = operator.member("hotel-miramar");
        String id =
                json(lucia.send("POST", "/interchanges", order(401))).get("id").asText();
        assertThat(lucia.get("/interchanges/" + id + "/payload").body()).isEqualTo(order(401));
        assertThat(operator.get("/interchanges/" + id).statusCode()).isEqualTo(200);
        for (String part : new String[] {"", "/payload", "/evidence"}) {
            assertThat(hotel.get("/interchanges/" + id + part).statusCode()).isEqualTo(404);
        }
        assertThat(json(hotel.get("/interchanges")).get("items")).isEmpty();
        assertThat(hotel.get("/partners/casa-lucia").statusCode()).isEqualTo(404);
    }
}
