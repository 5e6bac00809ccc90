package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.force.HubProcess;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.As2Peer.Reply;
import io.lonja.transport.as2.Keys;
import io.lonja.transport.as2.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partner brings orders by AS2 on a real socket: what is taken, what is refused and how, and what stays of it. */
class As2InboundIT {

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static As2Peer acme;
    private static As2Peer other;

    @BeforeAll
    static void start() throws Exception {
        Path config = HubProcess.configuration(
                folder.resolve("config"),
                Map.of("acme", profile("Acme Foods", "ACME"), "bodega", profile("Bodega", "Bodega Norte")));
        certificate(config, "acme", Keys.rsa("acme"));
        certificate(config, "bodega", Keys.rsa("bodega"));
        hub = RunningHub.start(
                folder.resolve("home"),
                "--lonja.config=" + config,
                "--lonja.partners.also=",
                "--lonja.intake.content-max=1MB");
        acme = new As2Peer("ACME", Keys.rsa("acme"), hub.http(), hub.home().resolve("keys"));
        other = new As2Peer(
                "\"Bodega Norte\"", Keys.rsa("bodega"), hub.http(), hub.home().resolve("keys"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void takesAMessageKeepsEverythingAndAnswersWithASignedMdn() {
        Wire document = Wire.document("application/edi-x12", order(1));
        Map<String, String> headers = acme.headers("<first@acme>");
        Reply reply = acme.send(document.signed(acme.keys()).encrypted(acme.hubCertificate()), headers);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.disposition()).isEqualTo("processed");
        assertThat(reply.signed()).isTrue();
        assertThat(reply.originalMessageId()).isEqualTo("<first@acme>");
        assertThat(reply.mic()).endsWith(", sha-256");
        assertThat(reply.headers())
                .containsEntry("as2-from", List.of("LONJA"))
                .containsEntry("as2-to", List.of("ACME"));

        List<Entry> kept = about("<first@acme>");
        assertThat(kept.stream().map(entry -> entry.type().name()))
                .containsExactly("as2-received", "interchange-received", "mdn-sent");
        // Between them the signature and what it is over, without the order that stands behind them.
        assertThat(kept.get(1).id().sequence()).isEqualTo(kept.get(0).id().sequence() + 3);
        Archive archive = hub.context().getBean(Archive.class);
        assertThat(archive.entry(new EntryId(kept.get(0).id().sequence() + 2))).satisfies(content -> {
            assertThat(content.type().name()).isEqualTo("as2-signed-content");
            assertThat(content.payloadLength()).isLessThan(200);
        });
        assertThat(archive.payload(kept.get(1).id())).isEqualTo(order(1));
        assertThat(archive.payload(kept.get(2).id())).isEqualTo(reply.body());
        assertThat(kept.get(0).attributes()).containsKeys("content-type", "as2-from", "as2-to", "partner");
    }

    @Test
    void answersARetryWithTheSameBytesAlsoWhenItWasEncryptedAnew() {
        Map<String, String> headers = acme.headers("<again@acme>");
        Reply first = acme.send(acme.sealed(order(2)), headers);
        Reply second = acme.send(acme.sealed(order(2)), headers);
        assertThat(second.disposition()).isEqualTo("processed");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().get("content-type"))
                .isEqualTo(first.headers().get("content-type"));
        assertThat(second.headers().get("message-id")).isEqualTo(first.headers().get("message-id"));
        assertThat(about("<again@acme>")).hasSize(3);
    }

    @Test
    void refusesAMessageIdThatCameWithOtherContent() {
        Map<String, String> headers = acme.headers("<reused@acme>");
        acme.send(acme.sealed(order(3)), headers);
        Reply second = acme.send(acme.sealed(order(4)), headers);
        assertThat(second.disposition()).isEqualTo("processed/error: unexpected-processing-error");
        assertThat(new String(second.body(), StandardCharsets.US_ASCII)).contains("used before for other content");
        assertThat(hub.context().getBean(OpenAlarms.class).list(100))
                .anyMatch(alarm -> alarm.cause().equals("message-id-reused:acme:<reused@acme>"));
    }

    @Test
    void takesTheRetryOfAMessageThatWasRefusedAtFirst() {
        Map<String, String> headers = acme.headers("<better@acme>");
        Wire document = Wire.document("application/edi-x12", order(5));
        assertThat(acme.send(document.encrypted(acme.hubCertificate()), headers).disposition())
                .isEqualTo("processed/error: insufficient-message-security");
        assertThat(acme.send(acme.sealed(order(5)), headers).disposition()).isEqualTo("processed");
    }

    @Test
    void refusesEachFaultForWhatItIsAndKeepsOnlyHeadersAndDigest() {
        Keys stranger = Keys.rsa("stranger");
        Keys us = acme.hubCertificate();
        Wire document = Wire.document("application/edi-x12", order(6));
        Map<Wire, String> faults = Map.of(
                document,
                "insufficient-message-security",
                document.signed(acme.keys()),
                "insufficient-message-security",
                document.encrypted(us),
                "insufficient-message-security",
                document.signed(stranger).encrypted(us),
                "authentication-failed",
                document.signed(acme.keys()).encrypted(stranger),
                "decryption-failed",
                document.signed(other.keys()).encrypted(us),
                "authentication-failed");
        faults.forEach((message, disposition) -> {
            String id = "<%s@faults>".formatted(message.hashCode());
            Reply reply = acme.send(message, acme.headers(id));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.disposition()).isEqualTo("processed/error: " + disposition);
            assertThat(reply.signed()).isTrue();
            assertThat(about(id)).singleElement().satisfies(entry -> {
                assertThat(entry.type().name()).isEqualTo("transmission-turned-away");
                assertThat(entry.payloadLength()).isZero();
                assertThat(entry.attributes()).containsEntry("partner", "acme").containsKey("refused-digest");
            });
        });
        assertThat(hub.context().getBean(OpenAlarms.class).list(100))
                .anyMatch(alarm -> alarm.cause().equals("turned-away:as2:acme"));
        acme.send(acme.sealed(order(7)));
        assertThat(hub.context().getBean(OpenAlarms.class).list(100))
                .noneMatch(alarm -> alarm.cause().equals("turned-away:as2:acme"));
    }

    @Test
    void knowsNobodyByAnotherName() {
        for (Map.Entry<String, String> wrong :
                Map.of("AS2-From", "acme", "AS2-To", "SOMEBODY").entrySet()) {
            Map<String, String> headers = acme.headers("<unknown-%s@acme>".formatted(wrong.getKey()));
            headers.put(wrong.getKey(), wrong.getValue());
            Reply reply = acme.send(acme.sealed(order(8)), headers);
            assertThat(reply.disposition()).isEqualTo("processed/error: unknown-trading-relationship");
            assertThat(about(headers.get("Message-ID"))).hasSize(1);
        }
    }

    @Test
    void knowsAPartnerByAQuotedName() {
        assertThat(other.send(other.sealed(order(9))).disposition()).isEqualTo("processed");
    }

    @Test
    void saysByHttpWhatNoMdnCouldSay() {
        Map<String, String> nameless = acme.headers("<nameless@acme>");
        nameless.remove("AS2-From");
        assertThat(acme.send(acme.sealed(order(10)), nameless).status()).isEqualTo(400);
        Map<String, String> later = acme.headers("<later@acme>");
        later.put("Receipt-Delivery-Option", "http://127.0.0.1:1/mdn");
        Reply refused = acme.send(acme.sealed(order(10)), later);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(new String(refused.body(), StandardCharsets.US_ASCII))
                .contains("Asynchronous MDNs go only to hosts");
        Map<String, String> silent = acme.headers("<silent@acme>");
        silent.remove("Disposition-Notification-To");
        Reply taken = acme.send(acme.sealed(order(10)), silent);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.body()).isEmpty();
        assertThat(acme.send(Wire.document("application/edi-x12", order(10)), silent)
                        .status())
                .isEqualTo(403);
        assertThat(acme.send(Wire.document("text/plain", new byte[1_100_000])).status())
                .isEqualTo(413);
    }

    @Test
    void givesAnUnsignedMdnToWhomAsksForOneAndOneToWhomAsksOnlyTheSecondTime() {
        Map<String, String> headers = acme.headers("<unsigned@acme>");
        headers.remove("Disposition-Notification-Options");
        Reply reply = acme.send(acme.sealed(order(11)), headers);
        assertThat(reply.disposition()).isEqualTo("processed");
        assertThat(reply.signed()).isFalse();

        Map<String, String> silent = acme.headers("<asked-later@acme>");
        silent.remove("Disposition-Notification-To");
        acme.send(acme.sealed(order(12)), silent);
        assertThat(acme.send(acme.sealed(order(12)), acme.headers("<asked-later@acme>"))
                        .disposition())
                .isEqualTo("processed");
    }

    @Test
    void takesABodyWhateverTheContentTypeSays() {
        for (String type :
                List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense")) {
            Wire odd = new Wire("Content-Type: " + type + "\r\n", "a=b&c=d".getBytes(StandardCharsets.US_ASCII));
            assertThat(acme.send(odd).disposition()).isEqualTo("processed/error: insufficient-message-security");
        }
    }

    @Test
    void ofTheSameMessageSentAtOnceOneIsNewAndAllGetItsMdn() throws Exception {
        Map<String, String> headers = acme.headers("<at-once@acme>");
        Wire message = acme.sealed(order(13));
        Callable<Reply> send = () -> acme.send(message, headers);
        ExecutorService partners = Executors.newFixedThreadPool(6);
        try {
            List<Future<Reply>> replies = partners.invokeAll(Collections.nCopies(12, send));
            byte[] first = replies.get(0).get().body();
            for (Future<Reply> reply : replies) {
                assertThat(reply.get().disposition()).isEqualTo("processed");
                assertThat(reply.get().body()).isEqualTo(first);
            }
        } finally {
            partners.shutdownNow();
        }
        assertThat(about("<at-once@acme>")).hasSize(3);
    }

    @Test
    void keepsItsPrivateKeyToItself() throws Exception {
        try (Stream<Path> keys = Files.list(hub.home().resolve("keys"))) {
            assertThat(keys.filter(file -> file.getFileName().toString().startsWith("as2-")))
                    .hasSize(3)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
        }
        assertThat(Files.readString(hub.home().resolve("keys/as2-lonja.key.pem")))
                .startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(Files.readString(hub.home().resolve("keys/as2-lonja.certificate.pem")))
                .startsWith("-----BEGIN CERTIFICATE-----")
                .doesNotContain("PRIVATE");
    }

    /** What the archive has under this Message-ID, in sequence. */
    private static List<Entry> about(String messageId) {
        Archive archive = hub.context().getBean(Archive.class);
        return archive.entriesAfter(0, 10_000).stream()
                .filter(entry -> messageId.equals(entry.attributes()
                        .get(entry.type().name().equals("mdn-sent") ? "original-message-id" : "message-id")))
                .toList();
    }

    private static byte[] order(int number) {
        return """
                ISA*00*          *00*          *ZZ*ACME           *ZZ*LONJA          *261122*0800*U*00401*%09d*0*P*>~
                GS*PO*ACME*LONJA*20261122*0800*%1$d*X*004010~GE*0*%1$d~IEA*1*%1$09d~""".formatted(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static String profile(String name, String as2) {
        return """
                name: %s
                roles: [member]
                identities: { as2: '%s', x12: "ZZ/%s" }
                channels:
                  as2:
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                currency: EUR
                agreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                """.formatted(name, as2, name.split(" ")[0].toUpperCase(Locale.ROOT));
    }

    private static void certificate(Path config, String partner, Keys keys) throws Exception {
        Path file = config.resolve("partners").resolve(partner).resolve("certificates/own.pem");
        Files.createDirectories(file.getParent());
        Files.writeString(file, keys.pem());
    }
}
