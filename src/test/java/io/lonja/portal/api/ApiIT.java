package io.lonja.portal.api;

import static io.lonja.portal.api.Browserless.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.acceptance.RunningHub;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.InclusionProof;
import io.lonja.archive.Sha256;
import io.lonja.archive.TreeHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningHub hub = RunningHub.shared();

    private Browserless anonymous;
    private Browserless operator;

    @BeforeEach
    void meetTheOperator() throws Exception {
        anonymous = Browserless.anonymous(hub.http());
        operator = Browserless.operator(hub);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secrets/operator.json", "keys/token-signing.pem", "keys/https-key.pem"})
    void whatIsSecretIsReadableByItsOwnerAlone(String file) throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(hub.home().resolve(file))))
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
        byte[] order = Orders.faulty(controlNumber);
        HttpResponse<byte[]> answer = lucia.send("POST", "/interchanges", order, "Content-Type", contentType);
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode receipt = json(answer);
        assertThat(receipt.get("sha256").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(order)));
        assertThat(receipt.get("treeHead").asText()).matches("[0-9]+:[0-9a-f]{64}");
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(it -> assertThat(URI.create(it).getPath())
                        .isEqualTo("/api/v1/interchanges/" + receipt.get("id").asText()));
    }

    @Test
    void aRepeatedInterchangeGetsTheFirstReceipt() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        HttpResponse<byte[]> first =
                lucia.send("POST", "/interchanges", Orders.faulty(201), "Idempotency-Key", "o-201");
        HttpResponse<byte[]> sameKey =
                lucia.send("POST", "/interchanges", Orders.faulty(201), "Idempotency-Key", "o-201");
        HttpResponse<byte[]> noKey = lucia.send("POST", "/interchanges", Orders.faulty(201));
        HttpResponse<byte[]> otherBody =
                lucia.send("POST", "/interchanges", Orders.faulty(202), "Idempotency-Key", "o-201");
        assertThat(sameKey.statusCode()).isEqualTo(202);
        assertThat(sameKey.body()).isEqualTo(first.body());
        assertThat(noKey.statusCode()).isEqualTo(200);
        assertThat(noKey.body()).isEqualTo(first.body());
        assertThat(otherBody.statusCode()).isEqualTo(422);
    }

    @Test
    void takesABodyWhoseLengthIsNotAnnounced() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        HttpResponse<byte[]> answer = lucia.chunked("/interchanges", Orders.faulty(203));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(lucia.get("/interchanges/" + json(answer).get("id").asText() + "/payload")
                        .body())
                .isEqualTo(Orders.faulty(203));
    }

    @Test
    void refusesABodyThatIsEmptyOrTooLargeAndASenderThatIsNobody() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        assertThat(lucia.send("POST", "/interchanges", new byte[0]).statusCode())
                .isEqualTo(422);
        byte[] oneTooMany = new byte[(1 << 20) + 1];
        for (HttpResponse<byte[]> tooLarge :
                List.of(lucia.send("POST", "/interchanges", oneTooMany), lucia.chunked("/interchanges", oneTooMany))) {
            assertThat(tooLarge.statusCode()).isEqualTo(413);
            assertThat(json(tooLarge).get("type").asText()).isEqualTo("urn:lonja:problem:body-too-large");
            assertThat(json(tooLarge).get("detail").asText()).contains("1048576 bytes");
        }
        assertThat(operator.send("POST", "/interchanges", Orders.faulty(301)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void answersOverTlsWithTheCertificateItNames() throws Exception {
        var certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(Files.newInputStream(hub.home().resolve("keys/https-certificate.pem")));
        assertThat(hub.fingerprint().replace(":", "").toLowerCase(Locale.ROOT))
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
                        HttpRequest.newBuilder(hub.https().resolve("/api/v1/openapi.yaml"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("openapi: 3.1");
    }

    @ParameterizedTest
    @CsvSource({"/actuator/health/readiness, 200", "/actuator/prometheus, 200", "/actuator/env, 404"})
    void managementShowsHealthAndMetricsOnly(String path, int status) throws Exception {
        assertThat(Browserless.anonymous(hub.management())
                        .send("GET", "/" + path, new byte[0])
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void anotherPartysInterchangeIsNotThere() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        Browserless hotel = operator.member("hotel-miramar");
        String id = json(lucia.send("POST", "/interchanges", Orders.faulty(401)))
                .get("id")
                .asText();
        assertThat(lucia.get("/interchanges/" + id + "/payload").body()).isEqualTo(Orders.faulty(401));
        assertThat(operator.get("/interchanges/" + id).statusCode()).isEqualTo(200);
        for (String part : new String[] {"", "/payload", "/evidence"}) {
            assertThat(hotel.get("/interchanges/" + id + part).statusCode()).isEqualTo(404);
        }
        assertThat(ids(hotel.get("/interchanges"))).doesNotContain(id);
        assertThat(hotel.get("/interchanges?partner=casa-lucia").statusCode()).isEqualTo(404);
        assertThat(hotel.get("/partners/casa-lucia").statusCode()).isEqualTo(404);
    }

    @Test
    void findsInterchangesByWhatIsKnownOfThem() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        JsonNode first = json(lucia.send("POST", "/interchanges", Orders.faulty(501), "Idempotency-Key", "o-501"));
        JsonNode second = json(lucia.send("POST", "/interchanges", Orders.faulty(502), "Idempotency-Key", "o-502"));
        String one = first.get("id").asText();
        String other = second.get("id").asText();
        await().atMost(PATIENCE)
                .until(() -> ids(lucia.get("/interchanges?status=refused")).containsAll(List.of(one, other)));

        assertThat(ids(lucia.get("/interchanges?messageId=o-501"))).containsExactly(one);
        assertThat(ids(lucia.get("/interchanges?controlNumber=000000502"))).containsExactly(other);
        assertThat(ids(lucia.get("/interchanges?messageId=o-501&status=applied")))
                .isEmpty();
        assertThat(ids(operator.get("/interchanges?partner=casa-lucia&messageId=o-501")))
                .containsExactly(one);
        assertThat(ids(operator.get("/interchanges?partner=valle-foods"))).doesNotContain(one, other);
        String time = second.get("receivedAt").asText();
        assertThat(ids(lucia.get("/interchanges?since=" + time)))
                .contains(other)
                .doesNotContain(one);
        assertThat(ids(lucia.get("/interchanges?until=" + time))).contains(one).doesNotContain(other);
    }

    @Test
    void listsInterchangesPageByPageNewestFirst() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        for (int controlNumber = 511; controlNumber <= 513; controlNumber++) {
            lucia.send("POST", "/interchanges", Orders.faulty(controlNumber));
        }
        List<String> whole = ids(lucia.get("/interchanges?limit=500"));
        List<String> pages = new ArrayList<>();
        String after = "";
        do {
            HttpResponse<byte[]> page = lucia.get("/interchanges?limit=2" + after);
            pages.addAll(ids(page));
            after = json(page).has("next") ? "&after=" + json(page).get("next").asText() : "";
        } while (!after.isEmpty());
        assertThat(pages).isEqualTo(whole).hasSizeGreaterThan(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=lost", "since=yesterday", "until=2026-11-21", "partner=UPPER", "limit=x"})
    void refusesAFilterThatCannotBeMeant(String filter) throws Exception {
        HttpResponse<byte[]> answer = operator.get("/interchanges?" + filter);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("detail").asText()).startsWith(filter.replaceAll("=.*", ""));
    }

    /** The zip alone must do: payload, header and path, and the tree head that the hub has. */
    @Test
    void theEvidenceOfAnInterchangeLeadsToTheTreeHead() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        String id = json(lucia.send("POST", "/interchanges", Orders.faulty(601)))
                .get("id")
                .asText();
        await().atMost(PATIENCE)
                .until(() -> !json(lucia.get("/interchanges/" + id))
                        .get("acknowledgments")
                        .isEmpty());
        JsonNode acknowledgment =
                json(lucia.get("/interchanges/" + id)).get("acknowledgments").get(0);
        String delivery = acknowledgment.get("id").asText();

        Map<String, byte[]> files =
                unzipped(lucia.get("/interchanges/" + id + "/evidence").body());
        assertThat(files)
                .containsOnlyKeys(
                        "payload.edi", "acknowledgments/997-%s.edi".formatted(delivery), "proof.json", "SHA256SUMS");
        assertThat(files.get("payload.edi")).isEqualTo(Orders.faulty(601));
        assertThat(files.get("acknowledgments/997-%s.edi".formatted(delivery)))
                .isEqualTo(lucia.get("/deliveries/" + delivery + "/payload").body());

        JsonNode proof = CanonicalJson.mapper().readTree(files.get("proof.json"));
        TreeHead head = new TreeHead(
                proof.at("/treeHead/size").asLong(),
                Sha256.fromHex(proof.at("/treeHead/root").asText()));
        assertThat(head).isEqualTo(hub.context().getBean(Archive.class).treeHead(head.size()));
        assertThat(proof.get("entries")).hasSize(2);
        for (JsonNode entry : proof.get("entries")) {
            Entry header = header(entry.get("header"));
            assertThat(header.payloadDigest())
                    .isEqualTo(Sha256.of(files.get(entry.get("file").asText())));
            List<Sha256> path = new ArrayList<>();
            entry.get("path").forEach(hash -> path.add(Sha256.fromHex(hash.asText())));
            InclusionProof inclusion = new InclusionProof(header.id(), head.size(), path);
            assertThat(inclusion.leadsTo(head, header)).isTrue();
            assertThat(inclusion.leadsTo(new TreeHead(head.size(), Sha256.of(new byte[0])), header))
                    .isFalse();
        }
    }

    private static Entry header(JsonNode header) {
        SortedMap<String, String> attributes = new TreeMap<>();
        header.get("attributes")
                .properties()
                .forEach(it -> attributes.put(it.getKey(), it.getValue().asText()));
        return new Entry(
                new EntryId(header.get("sequence").asLong()),
                new EntryType(
                        EntryType.Kind.valueOf(header.get("kind").asText()),
                        header.get("type").asText()),
                Instant.parse(header.get("arrivedAt").asText()),
                attributes,
                Sha256.fromHex(header.get("payloadDigest").asText()),
                header.get("payloadLength").asLong());
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream content = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry file = content.getNextEntry(); file != null; file = content.getNextEntry()) {
                files.put(file.getName(), content.readAllBytes());
            }
        }
        return files;
    }

    private static List<String> ids(HttpResponse<byte[]> page) throws IOException {
        assertThat(page.statusCode()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        json(page).get("items").forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }
}
