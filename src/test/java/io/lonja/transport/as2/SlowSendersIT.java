package io.lonja.transport.as2;

import static io.lonja.transport.as2.As2Door.configuration;
import static io.lonja.transport.as2.As2Door.id;
import static io.lonja.transport.as2.As2Door.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.acceptance.RunningHub;
import io.lonja.archive.Archive;
import io.lonja.force.ApiClient;
import io.lonja.transport.as2.As2Peer.Reply;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who sends a byte now and then, of the head or of the body, is cut off while all others are served. */
class SlowSendersIT {

    private static final Duration SENT_WITHIN = Duration.ofSeconds(2);

    /** Of a machine that has other things to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int LARGE_AT_ONCE = 16;
    private static final Keys KEYS = Keys.rsa("bodega");

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static As2Peer bodega;

    private final ScheduledExecutorService time = Executors.newScheduledThreadPool(2);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void start() throws Exception {
        Path config =
                configuration(folder.resolve("config"), Map.of("bodega", profile("BODEGA")), Map.of("bodega", KEYS));
        hub = RunningHub.start(
                folder.resolve("home"),
                "--lonja.config=" + config,
                "--lonja.partners.also=",
                "--lonja.intake.sent-within=" + SENT_WITHIN.toSeconds() + "s");
        bodega = new As2Peer("BODEGA", KEYS, hub.http(), hub.home().resolve("keys"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger("io.lonja.transport")).addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        ((Logger) LoggerFactory.getLogger("io.lonja.transport")).detachAppender(log);
        time.shutdownNow();
    }

    @Test
    void ofABodyAreToldSoAndNothingIsTaken() throws Exception {
        String id = id();
        Wire message = bodega.sealed("ISA*slow".getBytes(StandardCharsets.US_ASCII));
        long before = archive().size();
        try (KeptConnection slow = new KeptConnection(bodega)) {
            slow.write(KeptConnection.head(message, bodega.headers(id)));
            Instant began = Instant.now();
            ScheduledFuture<?> drip = drip(slow, message.body());
            assertThat(bodega.send(bodega.sealed("ISA*meanwhile".getBytes(StandardCharsets.US_ASCII)))
                            .disposition())
                    .isEqualTo("processed");
            Reply reply = slow.answer();
            assertThat(Duration.between(began, Instant.now())).isBetween(SENT_WITHIN, SENT_WITHIN.plus(PATIENCE));
            drip.cancel(false);
            assertThat(reply.status()).isEqualTo(408);
            assertThat(new String(reply.body(), StandardCharsets.US_ASCII))
                    .contains("too slow; nothing was taken, send it again");
            assertThat(reply.headers().get("connection")).containsExactly("close");
        }
        assertThat(archive().entriesAfter(before, 100))
                .noneMatch(entry -> entry.attributes().containsValue(id));
        assertThat(said()).anyMatch(line -> line.matches("An AS2 message from \\S+ was answered 408: .* too slow.*"));
    }

    /** A body of unknown length takes one of the few places for large ones. */
    @Test
    void doNotKeepThePlacesOfLargeMessages() throws Exception {
        List<KeptConnection> slow = new ArrayList<>();
        byte[] chunk = Wire.ascii("1\r\nx\r\n".repeat(1_000));
        String chunked = new String(
                        KeptConnection.head(new Wire("", new byte[0]), bodega.headers(id())),
                        StandardCharsets.ISO_8859_1)
                .replace("Content-Length: 0", "Transfer-Encoding: chunked");
        try {
            for (int number = 0; number < LARGE_AT_ONCE; number++) {
                KeptConnection each = new KeptConnection(bodega);
                slow.add(each);
                each.write(Wire.ascii(chunked));
                drip(each, chunk);
            }
            assertThat(bodega.send(bodega.sealed("ISA*small".getBytes(StandardCharsets.US_ASCII)))
                            .disposition())
                    .isEqualTo("processed");
            for (KeptConnection each : slow) {
                assertThat(each.answer().status()).isEqualTo(408);
            }
            Wire message = bodega.sealed(new byte[5 << 20]);
            assertThat(bodega.send(message).disposition()).isEqualTo("processed");
        } finally {
            for (KeptConnection each : slow) {
                each.close();
            }
        }
    }

    @Test
    void ofAnInterchangeOverHttpAreToldSoToo() throws Exception {
        JsonNode client =
                ApiClient.operator(hub.http(), hub.home()).post("/clients", "client-bodega", "{\"party\":\"bodega\"}");
        String token = ApiClient.token(
                hub.http(),
                client.get("clientId").asText(),
                client.get("clientSecret").asText());
        long before = archive().size();
        try (KeptConnection slow = new KeptConnection(bodega)) {
            slow.write(Wire.ascii("""
                    POST /api/v1/interchanges HTTP/1.1\r
                    Host: hub\r
                    Authorization: Bearer %s\r
                    Content-Length: 10000\r
                    \r
                    """.formatted(token)));
            drip(slow, new byte[10_000]);
            assertThat(slow.answer().status()).isEqualTo(408);
        }
        assertThat(archive().entriesAfter(before, 100))
                .noneMatch(entry -> entry.type().name().equals("interchange-received"));
        assertThat(said()).anyMatch(line -> line.matches("bodega: an interchange was answered 408: .* too slow.*"));
    }

    @Test
    void whoFallSilentInABodyAreCutOff() throws Exception {
        String id = id();
        Wire message = bodega.sealed("ISA*silent".getBytes(StandardCharsets.US_ASCII));
        long before = archive().size();
        try (KeptConnection silent = new KeptConnection(bodega)) {
            silent.write(
                    Wire.join(KeptConnection.head(message, bodega.headers(id)), Arrays.copyOf(message.body(), 100)));
            Instant began = Instant.now();
            assertThat(silent.answer().status()).isEqualTo(408);
            assertThat(Duration.between(began, Instant.now())).isLessThan(SENT_WITHIN.plus(PATIENCE));
        }
        assertThat(archive().entriesAfter(before, 100))
                .noneMatch(entry -> entry.attributes().containsValue(id));
    }

    @Test
    void ofAHeadAreCutOff() throws Exception {
        cutOff(hub.http(), KeptConnection.head(bodega.sealed(new byte[9]), bodega.headers(id())));
    }

    @Test
    void ofAHandshakeAreCutOff() throws Exception {
        // The first record of TLS: a ClientHello that would have 500 bytes.
        cutOff(
                hub.https(),
                Wire.join(new byte[] {22, 3, 1, 1, (byte) 0xf4, 1, 0, 1, (byte) 0xf0, 3, 3}, new byte[400]));
    }

    private void cutOff(URI door, byte[] bytes) throws Exception {
        try (Socket slow = new Socket("127.0.0.1", door.getPort())) {
            slow.setSoTimeout((int) PATIENCE.toMillis());
            Instant began = Instant.now();
            int[] next = {0};
            time.scheduleAtFixedRate(
                    () -> {
                        try {
                            slow.getOutputStream().write(bytes[next[0]++]);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            assertThat(bodega.send(bodega.sealed("ISA*head".getBytes(StandardCharsets.US_ASCII)))
                            .disposition())
                    .isEqualTo("processed");
            assertThat(end(slow)).isTrue();
            assertThat(Duration.between(began, Instant.now())).isBetween(SENT_WITHIN, SENT_WITHIN.plus(PATIENCE));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(said())
                        .anyMatch(line -> line.startsWith("Connections closed") && line.contains("within 2 s: 1,")));
    }

    private static boolean end(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) { // as a reset it ends too
            return true;
        }
    }

    private ScheduledFuture<?> drip(KeptConnection connection, byte[] bytes) {
        int[] next = {0};
        return time.scheduleAtFixedRate(
                () -> {
                    try {
                        connection.write(new byte[] {bytes[next[0]++]});
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                0,
                100,
                TimeUnit.MILLISECONDS);
    }

    private List<String> said() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Archive archive() {
        return hub.context().getBean(Archive.class);
    }
}
