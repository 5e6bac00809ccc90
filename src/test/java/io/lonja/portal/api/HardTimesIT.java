package io.lonja.portal.api;

import static io.lonja.portal.api.Browserless.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.acceptance.RunningHub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A hub with a certificate of its owner's, whose disk fails at times and whose database gets lost. */
class HardTimesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static final ArchiveWithBadDays ARCHIVE = new ArchiveWithBadDays();

    private static KeyStore own;
    private static RunningHub hub;
    private static Browserless operator;

    @BeforeAll
    static void start() throws Exception {
        own = ownCertificate();
        hub = start(folder.resolve("home"));
        operator = Browserless.operator(hub);
    }

    private static RunningHub start(Path home) {
        return RunningHub.start(
                home,
                context -> context.getBeanFactory().addBeanPostProcessor(ARCHIVE),
                "--lonja.https.certificate=" + folder.resolve("own.pem"),
                "--lonja.https.key=" + folder.resolve("own-key.pem"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void showsTheCertificateOfItsOwnerAndMakesNone() throws Exception {
        Certificate certificate = own.getCertificate("own");
        assertThat(hub.fingerprint().replace(":", ""))
                .isEqualToIgnoringCase(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        assertThat(hub.home().resolve("keys/https-certificate.pem")).doesNotExist();
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
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhenToTryAgainWhileNothingCanBeMadeDurable() throws Exception {
        Browserless lucia = operator.member("casa-lucia");
        String[] key = {"Idempotency-Key", "bad-day"};
        ARCHIVE.refuse(true);
        try {
            for (HttpResponse<byte[]> answer : List.of(
                    lucia.send("POST", "/interchanges", Orders.faulty(1), key),
                    operator.post("/clients", "{\"clientId\":\"unlucky\",\"party\":\"casa-lucia\"}"))) {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
                assertThat(json(answer).get("type").asText()).isEqualTo("urn:lonja:problem:archive-unavailable");
            }
            assertThat(lucia.get("/interchanges").statusCode()).isEqualTo(200);
        } finally {
            ARCHIVE.refuse(false);
        }
        assertThat(json(lucia.get("/interchanges?messageId=bad-day")).get("items"))
                .isEmpty();
        assertThat(lucia.send("POST", "/interchanges", Orders.faulty(1), key).statusCode())
                .isEqualTo(202);
        assertThat(operator.post("/clients", "{\"clientId\":\"unlucky\",\"party\":\"casa-lucia\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void knowsItsClientsAndTheirInterchangesWhenTheDatabaseIsLost() throws Exception {
        operator.post("/clients", "{\"clientId\":\"gone\",\"party\":\"casa-lucia\"}");
        operator.send("DELETE", "/clients/gone", new byte[0]);
        String first = secret(operator.post("/clients", "{\"clientId\":\"kept\",\"party\":\"casa-lucia\"}"));
        String second = secret(operator.post("/clients/kept/rotate", ""));
        Browserless kept = operator.with("kept", second);
        String id = json(kept.send("POST", "/interchanges", Orders.faulty(2)))
                .get("id")
                .asText();
        await().atMost(PATIENCE) // The last thing that happens to it by itself: its 997 lies in the drop-box.
                .until(() -> json(kept.get("/interchanges/" + id))
                        .at("/acknowledgments/0/status")
                        .asText()
                        .equals("sent"));
        JsonNode clients = json(operator.get("/clients?limit=500"));
        JsonNode interchange = json(kept.get("/interchanges/" + id));

        hub.close();
        FileSystemUtils.deleteRecursively(hub.home().resolve("database"));
        hub = start(hub.home());
        operator = Browserless.operator(hub);

        assertThat(json(operator.get("/clients?limit=500"))).isEqualTo(clients);
        assertThat(json(operator.with("kept", second).get("/interchanges/" + id)))
                .isEqualTo(interchange);
        assertThat(operator.token("kept", first, "").statusCode()).isEqualTo(401);
    }

    private static String secret(HttpResponse<byte[]> answer) throws IOException {
        return json(answer).get("clientSecret").asText();
    }

    /** As anybody would make it, with the tool that comes with Java. */
    private static KeyStore ownCertificate() throws Exception {
        Path file = folder.resolve("own.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "for-this-test",
                        "-alias",
                        "own",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=hub.example",
                        "-ext",
                        "san=dns:localhost")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance(file.toFile(), "for-this-test".toCharArray());
        write("own.pem", "CERTIFICATE", store.getCertificate("own").getEncoded());
        write(
                "own-key.pem",
                "PRIVATE KEY",
                store.getKey("own", "for-this-test".toCharArray()).getEncoded());
        return store;
    }

    private static void write(String file, String label, byte[] content) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                        .formatted(label, Base64.getMimeEncoder().encodeToString(content)));
    }
}
