package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.OURS_BEFORE;
import static io.lonja.transport.as2.Acquaintance.STRICT;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.Acquaintance.THEIRS_EC;
import static io.lonja.transport.as2.Acquaintance.THEIRS_NEXT;
import static io.lonja.transport.as2.Acquaintance.THEIRS_P384;
import static io.lonja.transport.as2.Acquaintance.THEIRS_P521;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.acceptance.RunningHub;
import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.force.HubProcess;
import io.lonja.transport.as2.As2Peer.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every legal and illegal shape at the real door: status, disposition, MIC, and what it leaves in the archive. */
class As2DoorIT {

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static As2Peer acme;
    private static As2Peer bodega;

    @BeforeAll
    static void start() throws Exception {
        Path config = HubProcess.configuration(
                folder.resolve("config"),
                Map.of(
                        "acme", profile("ACME", "theirs-next", "theirs-ec", "theirs-p384", "theirs-p521"),
                        "bodega", profile("BODEGA")));
        for (Keys each : List.of(THEIRS_NEXT, THEIRS_EC, THEIRS_P384, THEIRS_P521)) {
            certificate(config, "acme", each.name(), each);
        }
        certificate(config, "acme", "own", THEIRS);
        certificate(config, "bodega", "own", Keys.rsa("bodega"));
        // The pairs of an operator, lying open; the hub seals them and uses them all.
        Path keys = Files.createDirectories(folder.resolve("home/keys"));
        for (Keys own : List.of(OURS, OURS_BEFORE)) {
            String name = own == OURS ? "as2-lonja" : "as2-lonja-before";
            Files.write(
                    keys.resolve(name + ".key.pem"),
                    KeyFiles.pem("PRIVATE KEY", own.key().getEncoded()));
            Files.writeString(keys.resolve(name + ".certificate.pem"), own.pem());
            Files.writeString(keys.resolve(name + ".sign-from"), own == OURS ? "2026-02-01" : "2026-01-01");
        }
        hub = RunningHub.start(
                folder.resolve("home"),
                "--lonja.config=" + config,
                "--lonja.partners.also=",
                "--lonja.intake.content-max=4MB");
        acme = new As2Peer("ACME", THEIRS, hub.http(), keys);
        bodega = new As2Peer("BODEGA", Keys.rsa("bodega"), hub.http(), keys);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    static Stream<MessageOpenerTests.Legal> legal() {
        return MessageOpenerTests.legal().filter(it -> it.payload().length > 0);
    }

    @ParameterizedTest
    @MethodSource
    void legal(MessageOpenerTests.Legal it) {
        String id = id();
        Reply reply = acme.send(it.message(), acme.headers(id));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.disposition()).isEqualTo("processed");
        assertThat(reply.signed()).isTrue();
        assertThat(reply.originalMessageId()).isEqualTo(id);
        assertThat(reply.mic()).startsWith(Wire.mic(it.digest(), it.covered()) + ", ");
        List<Entry> kept = about(id);
        assertThat(kept)
                .extracting(entry -> entry.type().name())
                .containsExactly("as2-received", "interchange-received", "mdn-sent");
        Archive archive = hub.context().getBean(Archive.class);
        assertThat(archive.payload(kept.get(0).id())).isEqualTo(it.message().body());
        assertThat(archive.payload(kept.get(1).id())).isEqualTo(it.payload());
        assertThat(archive.payload(kept.get(2).id())).isEqualTo(reply.body());
    }

    @Test
    void anEmptyDocumentIsOpenedAndNotTaken() {
        Wire nothing = Wire.document("application/edi-x12", new byte[0]);
        Reply reply = acme.send(nothing.signed(THEIRS).encrypted(OURS));
        assertThat(reply.disposition()).isEqualTo("processed/error: unexpected-processing-error");
    }

    /** Weak certificates do not get into a profile, so a message signed by one is a stranger's here. */
    static Stream<MessageOpenerRefusalTests.Illegal> illegal() {
        return MessageOpenerRefusalTests.illegal()
                .filter(it -> it.relationship() == STRICT && !it.name().equals("signed with a short key"));
    }

    @ParameterizedTest
    @MethodSource
    void illegal(MessageOpenerRefusalTests.Illegal it) {
        String id = id();
        Reply reply = acme.send(it.message(), acme.headers(id));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.disposition()).isEqualTo(it.disposition().onTheWire());
        assertThat(reply.signed()).isTrue();
        assertThat(reply.mic()).isEmpty();
        assertThat(about(id)).singleElement().satisfies(entry -> {
            assertThat(entry.type().name()).isEqualTo("transmission-turned-away");
            assertThat(entry.payloadLength()).isZero();
        });
    }

    @Test
    void aBadMessageBetweenGoodOnesOnOneConnectionChangesNothing() throws Exception {
        Keys us = acme.hubCertificate();
        Wire document = Acquaintance.DOCUMENT;
        Wire good = document.signed(THEIRS).encrypted(us);
        List<Wire> messages = List.of(
                good,
                document.signedThenChanged(THEIRS).encrypted(us),
                good,
                good.body(body -> new byte[0]),
                document.encrypted(us),
                good);
        try (Socket socket = new Socket(hub.http().getHost(), hub.http().getPort())) {
            socket.setSoTimeout(30_000);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            List<String> dispositions = new ArrayList<>();
            for (Wire message : messages) {
                write(socket.getOutputStream(), message);
                dispositions.add(answer(in).replaceAll("(?s).*MDN-sent-automatically; ([^\r\n]*).*", "$1"));
            }
            assertThat(dispositions)
                    .containsExactly(
                            "processed",
                            "processed/error: integrity-check-failed",
                            "processed",
                            "processed/error: decryption-failed",
                            "processed/error: insufficient-message-security",
                            "processed");
        }
    }

    /** Each by its own keys at the same time; the MDN of one never answers the other. */
    @Test
    void twoPartnersSideBySideGetEachItsOwnSignedMdn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int number = 0; number < 120; number++) {
                As2Peer peer = number % 2 == 0 ? acme : bodega;
                As2Peer impostor =
                        new As2Peer(peer.name(), peer == acme ? bodega.keys() : THEIRS, hub.http(), peer.hubKeys());
                boolean genuine = number % 6 != 5;
                byte[] payload = "ISA*%s*%d".formatted(peer.name(), number).getBytes(StandardCharsets.US_ASCII);
                answers.add(threads.submit(() -> {
                    String id = id();
                    Wire message = (genuine ? peer : impostor).sealed(payload);
                    Reply reply = peer.send(message, peer.headers(id));
                    return "%s %s %s"
                            .formatted(
                                    reply.disposition(),
                                    reply.signed(),
                                    reply.originalMessageId().equals(id));
                }));
            }
            for (int number = 0; number < answers.size(); number++) {
                assertThat(answers.get(number).get())
                        .isEqualTo(
                                number % 6 != 5
                                        ? "processed true true"
                                        : "processed/error: authentication-failed true true");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void write(OutputStream out, Wire message) throws IOException {
        StringBuilder head = new StringBuilder("POST /as2 HTTP/1.1\r\nHost: hub\r\n");
        Map<String, String> headers = new LinkedHashMap<>(acme.headers(id()));
        headers.put("Content-Length", String.valueOf(message.body().length));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(message.headers()).append("\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(message.body());
        out.flush();
    }

    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The connection ended after " + head);
            }
            head.write(next);
        }
        String headers = head.toString(StandardCharsets.ISO_8859_1);
        assertThat(headers).startsWith("HTTP/1.1 200");
        int length = Integer.parseInt(headers.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static String id() {
        return "<%s@door>".formatted(UUID.randomUUID());
    }

    private static List<Entry> about(String messageId) {
        return hub.context().getBean(Archive.class).entriesAfter(0, 100_000).stream()
                .filter(entry -> messageId.equals(entry.attributes()
                        .get(entry.type().name().equals("mdn-sent") ? "original-message-id" : "message-id")))
                .filter(entry -> !entry.type().name().equals("mdn-sent")
                        || "processed".equals(entry.attributes().get("disposition")))
                .toList();
    }

    private static String profile(String as2, String... alsoSigns) {
        StringBuilder more = new StringBuilder();
        for (String file : alsoSigns) {
            more.append("      - { file: certificates/%s.pem, use: [sign], from: 2020-01-01, until: 2099-12-31 }\n"
                    .formatted(file));
        }
        return """
                name: %s
                roles: [member]
                identities: { as2: '%s', x12: "ZZ/%1$s" }
                channels:
                  as2:
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                %sagreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                """.formatted(as2, as2, more);
    }

    private static void certificate(Path config, String partner, String file, Keys keys) throws Exception {
        Path path = config.resolve("partners").resolve(partner).resolve("certificates/%s.pem".formatted(file));
        Files.createDirectories(path.getParent());
        Files.writeString(path, keys.pem());
    }
}
