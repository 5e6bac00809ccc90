package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.lonja.archive.DataFolder;
import io.lonja.archive.KeySafe;
import io.lonja.archive.Payload;
import io.lonja.delivery.Carried;
import io.lonja.partner.As2Channel.Basic;
import io.lonja.partner.As2Channel.Journey;
import io.lonja.partner.As2Channel.MdnMode;
import io.lonja.partner.Secrets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways to a partner's web server, each over a real socket. */
class As2LinesIT {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final byte[] MESSAGE =
            "a message of a few bytes".repeat(1_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path home;

    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;

    private record Arrived(String uri, MimeHeaders headers, byte[] body) {

        String header(String name) {
            return headers.first(name).orElse("");
        }
    }

    @BeforeEach
    void plainServer() throws IOException {
        server = listening(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10));
        Files.createDirectories(home.resolve("secrets"));
        Files.createDirectories(home.resolve("keys"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aMessageSaysItsLengthUnlessTheProfileWantsChunks() throws Exception {
        post(journey(http(), false, null, null, null, null));
        assertThat(next().header("Content-Length")).isEqualTo(Integer.toString(MESSAGE.length));
        post(journey(http(), true, null, null, null, null));
        Arrived chunked = next();
        assertThat(chunked.header("Content-Length")).isEmpty();
        assertThat(chunked.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(chunked.body()).isEqualTo(MESSAGE);
        assertThat(chunked.header("Content-Type")).isEqualTo("application/pkcs7-mime");
        assertThat(chunked.header("Accept-Encoding")).isEmpty();
        assertThat(chunked.header("Authorization")).isEmpty();
    }

    @Test
    void aPasswordIsReadFromItsFileOrItsVariableAndNeverShown() throws Exception {
        Files.writeString(home.resolve("secrets/acme-basic"), "s:e cret\n");
        Journey fromFile = journey(http(), false, new Basic("lonja", "acme-basic"), null, null, null);
        post(fromFile);
        assertThat(next().header("Authorization")).isEqualTo("Basic " + base64("lonja:s:e cret"));
        post(journey(http(), false, new Basic("lonja", "ACME_BASIC"), null, null, null));
        assertThat(next().header("Authorization")).isEqualTo("Basic " + base64("lonja:of the environment"));
        assertThat(lines().forMessages(fromFile).toString()).doesNotContain("cret", "Basic");
        Journey without = journey(http(), false, new Basic("lonja", "none"), null, null, null);
        assertThatThrownBy(() -> lines().forMessages(without))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("There is no secret none");
        assertThatThrownBy(() ->
                        lines().forMessages(journey(http(), false, new Basic("lonja", "../keys/x"), null, null, null)))
                .hasMessageContaining("There is no secret");
    }

    @Test
    void aProxyIsToldTheWholeAddressAndLooksTheNameUp() throws Exception {
        post(journey("http://as2.nowhere.invalid/as2", false, null, null, null, hostAndPort(server)));
        Arrived message = next();
        assertThat(message.uri()).isEqualTo("http://as2.nowhere.invalid/as2");
        assertThat(message.header("Host")).isEqualTo("as2.nowhere.invalid");
        assertThat(message.body()).isEqualTo(MESSAGE);
    }

    @Test
    void aServerOverTlsIsTrustedByThePinnedCertificateAlone() throws Exception {
        HttpServer tls = listening(tls(Keys.rsa("localhost"), null));
        try {
            String url = "https://localhost:%d/as2".formatted(tls.getAddress().getPort());
            assertThat(post(journey(
                            url, false, null, null, Keys.rsa("localhost").pem(), null)))
                    .isInstanceOf(As2Connection.Outcome.Answered.class);
            assertThat(next().body()).isEqualTo(MESSAGE);
            assertThat(post(journey(url, false, null, null, null, null)))
                    .isInstanceOf(As2Connection.Outcome.Silent.class);
            assertThat(post(journey(url, false, null, null, Keys.rsa("another").pem(), null)))
                    .isInstanceOf(As2Connection.Outcome.Silent.class);
            String otherName =
                    "https://127.0.0.1:%d/as2".formatted(tls.getAddress().getPort());
            assertThat(post(journey(
                            otherName, false, null, null, Keys.rsa("localhost").pem(), null)))
                    .isInstanceOf(As2Connection.Outcome.Silent.class);
            assertThat(arrived).isEmpty();
        } finally {
            tls.stop(0);
        }
    }

    @Test
    void aServerThatWantsToKnowUsIsShownOurCertificate() throws Exception {
        HttpServer tls = listening(tls(Keys.rsa("localhost"), Keys.rsa("our-tls")));
        try {
            String url = "https://localhost:%d/as2".formatted(tls.getAddress().getPort());
            String trust = Keys.rsa("localhost").pem();
            pair("acme-tls", Keys.rsa("our-tls"));
            pair("other-tls", Keys.rsa("other-tls"));
            assertThat(post(journey(url, false, null, "acme-tls", trust, null)))
                    .isInstanceOfSatisfying(
                            As2Connection.Outcome.Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(200));
            assertThat(next().body()).isEqualTo(MESSAGE);
            assertThat(post(journey(url, false, null, "other-tls", trust, null)))
                    .isInstanceOf(As2Connection.Outcome.Silent.class);
            assertThat(post(journey(url, false, null, null, trust, null)))
                    .isInstanceOf(As2Connection.Outcome.Silent.class);
            assertThat(arrived).isEmpty();
            assertThatThrownBy(() -> lines().forMessages(journey(url, false, null, "none", trust, null)))
                    .hasMessageContaining("none.key.pem");
        } finally {
            tls.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, '', false, 300",
        "401, '', false, 300",
        "404, '', false, 300",
        "408, '', true, 300",
        "409, '', false, 300",
        "425, '', true, 300",
        "429, '', true, 300",
        "429, 30, true, 30",
        "429, 0, true, 1",
        "429, 999999, true, 3600",
        "429, soon, true, 300",
        "503, 'Fri, 27 Nov 2026 10:02:00 GMT', true, 120",
        "503, 'Fri, 27 Nov 2026 09:00:00 GMT', true, 1",
        "500, 30, true, 300",
        "502, '', true, 300"
    })
    void anAnswerSaysWhetherAndWhenToTryAgain(int status, String retryAfter, boolean again, long pauseSeconds) {
        answers.put("status", Integer.toString(status));
        answers.put("Retry-After", retryAfter);
        Line line = lines().forMessages(journey(http(), false, null, null, null, null));
        As2Connection connection = connection(Duration.ofSeconds(10));
        As2Connection.Outcome.Answered answered =
                (As2Connection.Outcome.Answered) connection.post(line, Map.of(), Payload.of(MESSAGE));
        assertThat(connection.failed(line, answered, Duration.ofMinutes(5)))
                .isEqualTo(new Carried.Failed(
                        "%s answered HTTP %d.".formatted(http(), status), again, Duration.ofSeconds(pauseSeconds)));
    }

    @Test
    void aServerThatTakesTheMessageAndSaysNothingIsLeftAfterAWhile() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Line line = lines().forMessages(journey(
                    "http://127.0.0.1:%d/as2".formatted(silent.getLocalPort()), false, null, null, null, null));
            assertThat(connection(Duration.ofMillis(300)).post(line, Map.of(), Payload.of(MESSAGE)))
                    .isInstanceOfSatisfying(
                            As2Connection.Outcome.Silent.class,
                            outcome -> assertThat(outcome.because()).startsWith(line.toString()));
        }
    }

    private As2Connection.Outcome post(Journey journey) {
        return connection(Duration.ofSeconds(10))
                .post(
                        lines().forMessages(journey),
                        Map.of("content-type", "application/pkcs7-mime", "as2-from", "LONJA"),
                        Payload.of(MESSAGE));
    }

    private static As2Connection connection(Duration answerWithin) {
        return new As2Connection(answerWithin, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Lines lines() {
        return new Lines(
                new Secrets(home.resolve("secrets"), Map.of("ACME_BASIC", "of the environment")),
                KeySafe.in(DataFolder.at(home)));
    }

    private static Journey journey(
            String url,
            boolean chunked,
            @Nullable Basic basic,
            @Nullable String clientCertificate,
            @Nullable String trust,
            @Nullable String proxy) {
        return new Journey(
                url,
                MdnMode.SYNC_SIGNED,
                Journey.MDN_WITHIN,
                List.of(Duration.ofMinutes(5)),
                Journey.ATTEMPTS,
                chunked,
                basic,
                clientCertificate,
                trust,
                proxy);
    }

    private String http() {
        return "http://%s/as2".formatted(hostAndPort(server));
    }

    private static String hostAndPort(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private Arrived next() throws InterruptedException {
        Arrived next = arrived.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private HttpServer listening(HttpServer listening) {
        listening.createContext("/", this::answer);
        listening.start();
        return listening;
    }

    private void answer(HttpExchange exchange) throws IOException {
        arrived.add(new Arrived(
                exchange.getRequestURI().toString(),
                new MimeHeaders(exchange.getRequestHeaders().entrySet().stream()
                        .flatMap(field ->
                                field.getValue().stream().map(value -> new MimeHeaders.Field(field.getKey(), value)))
                        .toList()),
                exchange.getRequestBody().readAllBytes()));
        String retryAfter = answers.getOrDefault("Retry-After", "");
        if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        exchange.sendResponseHeaders(Integer.parseInt(answers.getOrDefault("status", "200")), -1);
        exchange.close();
    }

    /** @param clients whom it lets in; null for everybody */
    private static HttpsServer tls(Keys own, @Nullable Keys clients) throws Exception {
        char[] password = "of a test".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", own.key(), password, new Certificate[] {own.certificate()});
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", (clients == null ? own : clients).certificate());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(clients != null);
                parameters.setSSLParameters(wanted);
            }
        });
        return server;
    }

    private void pair(String name, Keys keys) throws IOException {
        Files.writeString(
                home.resolve("keys").resolve(name + ".key.pem"),
                "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                        .formatted(Base64.getMimeEncoder()
                                .encodeToString(keys.key().getEncoded())));
        Files.writeString(home.resolve("keys").resolve(name + ".certificate.pem"), keys.pem());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
