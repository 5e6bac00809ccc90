package io.lonja.force;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.acceptance.RunningHub;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.DeliveryLanes;
import io.lonja.delivery.Departure;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.As2Sender;
import io.lonja.transport.as2.Keys;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenAS2 2.10.1, which knows nothing of us, sends to the hub and receives from it; both agree on the MIC. */
@Tag("force")
class OpenAs2IT {

    private static final AtomicLong NEXT = new AtomicLong(1_000_000);

    /** How each of its names sends to us. */
    private static final Map<String, String> INBOUND = new LinkedHashMap<>();

    /** How we send to each of its names. */
    private static final Map<String, String> OUTBOUND = new LinkedHashMap<>();

    static {
        both(
                "OAPLAINLY",
                "sign=SHA256 encrypt=AES128",
                "sign: sha256, encrypt: aes128-cbc, compress: false, mdn: sync-signed");
        both(
                "OASTRONG",
                "sign=SHA512 encrypt=AES256",
                "sign: sha512, encrypt: aes256-cbc, compress: false, mdn: sync-signed");
        both(
                "OAMIDDLE",
                "sign=SHA384 encrypt=AES192 content_transfer_encoding=base64",
                "sign: sha384, encrypt: aes192-cbc, compress: false, mdn: sync-signed");
        both(
                "OABEFORE",
                "sign=SHA256 encrypt=AES128 compression_type=ZLIB",
                "sign: sha256, encrypt: aes128-cbc, compress: true, mdn: sync-signed");
        both(
                "OAAFTER",
                "sign=SHA256 encrypt=AES128 compression_type=ZLIB compression_mode=compress-after-signing content_transfer_encoding=binary",
                "sign: sha256, encrypt: aes128-cbc, compress: true, mdn: sync");
        both(
                "OALATER",
                "sign=SHA256 encrypt=AES128 as2_receipt_option=MDN_ADDRESS",
                "sign: sha256, encrypt: aes128-cbc, compress: false, mdn: async-signed");
        both("OAUNSIGNED", "encrypt=AES128", "sign: none, encrypt: aes128-cbc, compress: false, mdn: sync-signed");
        both("OAOPEN", "sign=SHA256", "sign: sha256, encrypt: none, compress: false, mdn: sync-signed");
        both(
                "OALEGACY",
                "sign=SHA1 encrypt=3DES",
                "sign: sha256, encrypt: aes128-gcm, compress: false, mdn: sync-signed");
    }

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static OpenAs2Process openAs2;

    private static void both(String name, String inbound, String outbound) {
        INBOUND.put(name, inbound);
        OUTBOUND.put(name, outbound);
    }

    @BeforeAll
    static void start() throws Exception {
        Keys theirs = Keys.rsa("openas2");
        openAs2 = new OpenAs2Process(folder.resolve("openas2"));
        Map<String, String> profiles = new LinkedHashMap<>();
        OUTBOUND.forEach((name, way) -> profiles.put(name.toLowerCase(Locale.ROOT), profile(name, way)));
        Path config = HubProcess.configuration(folder.resolve("config"), profiles);
        for (String id : profiles.keySet()) {
            Path file = config.resolve("partners").resolve(id).resolve("certificates/own.pem");
            Files.createDirectories(file.getParent());
            Files.writeString(file, theirs.pem());
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        hub = RunningHub.start(
                folder.resolve("home"),
                "--lonja.config=" + config,
                "--lonja.partners.also=",
                "--server.port=" + port,
                "--lonja.as2.public-url=http://127.0.0.1:%d/as2".formatted(port));
        Keys hubCertificate = new As2Peer("", theirs, hub.http(), hub.home().resolve("keys")).hubCertificate();
        openAs2.start(theirs, hubCertificate, hub.http().resolve("/as2"), INBOUND);
    }

    @AfterAll
    static void stop() {
        openAs2.close();
        hub.close();
    }

    @ParameterizedTest
    @CsvSource({"OAPLAINLY", "OASTRONG", "OAMIDDLE", "OABEFORE", "OAAFTER", "OALATER"})
    void whatItSendsIsTakenByteForByteAndItIsContentWithOurMdn(String name) throws Exception {
        byte[] order = document(name);
        List<String> said = openAs2.send(name, order);
        assertThat(said)
                .anyMatch(line -> line.contains("received MDN [automatic-action/MDN-sent-automatically; processed]"))
                .noneMatch(line -> line.contains("ERROR"));
        assertThat(openAs2.failed(name)).isFalse();
        assertThat(payloads(name)).singleElement().isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource({
        "OAUNSIGNED, insufficient-message-security",
        "OAOPEN, insufficient-message-security",
        "OALEGACY, insufficient-message-security"
    })
    void whatIsWeakerThanAgreedIsRefusedAndItUnderstandsWhy(String name, String disposition) throws Exception {
        assertThat(openAs2.send(name, document(name))).anyMatch(line -> line.contains(disposition));
        assertThat(openAs2.failed(name)).isTrue();
        assertThat(payloads(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OAPLAINLY", "OASTRONG", "OAMIDDLE", "OABEFORE", "OAAFTER", "OAUNSIGNED", "OAOPEN"})
    void whatWeSendItTakesByteForByteAndItsMdnProvesIt(String name) throws Exception {
        byte[] document = document("to " + name);
        assertThat(carry(name, document)).isInstanceOf(Carried.Confirmed.class);
        assertThat(openAs2.received(name)).contains(document);
    }

    @Test
    void whatWeSendItConfirmsByAnMdnOfAnotherConnection() throws Exception {
        byte[] document = document("to OALATER");
        EntryId delivery = hub.context()
                .getBean(Archive.class)
                .append(Draft.of(
                        EntryType.evidence("example-sent"),
                        Map.of(Entry.DELIVER_TO, "oalater", Entry.DELIVER_AS, "810"),
                        document))
                .id();
        hub.context().getBean(Appliers.class).catchUp(Effect.Lane.RECEIPTS, delivery);
        hub.context().getBean(DeliveryLanes.class).wake(delivery);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(hub.context().getBean(Deliveries.class).find(delivery))
                                .map(Delivery::status)
                                .contains("confirmed"));
        assertThat(openAs2.received("OALATER")).contains(document);
        assertThat(hub.context().getBean(Archive.class).entriesAfter(delivery.sequence(), 1_000))
                .filteredOn(
                        entry -> delivery.toString().equals(entry.attributes().get("delivery")))
                .extracting(entry -> entry.type().name())
                .containsExactly("as2-sent", "mdn-received");
    }

    /** It files the ciphertext as if it were the document, and its MIC gives that away. */
    @Test
    void thatItCannotReadGcmIsFoundOutByItsMic() {
        assertThat(carry("OALEGACY", document("by GCM")))
                .isInstanceOfSatisfying(
                        Carried.Failed.class,
                        failed -> assertThat(failed.reason()).contains("received something else"));
    }

    private static Carried carry(String name, byte[] payload) {
        PartyId to = new PartyId(name.toLowerCase(Locale.ROOT));
        return hub.context()
                .getBean(As2Sender.class)
                .carry(new Departure(
                        new Delivery.Owed(
                                new EntryId(NEXT.incrementAndGet()),
                                to,
                                "810",
                                null,
                                Sha256.of(payload),
                                payload.length,
                                Instant.parse("2026-11-22T03:00:00Z")),
                        hub.context().getBean(TradingPartners.class).find(to).orElseThrow(),
                        payload,
                        1));
    }

    /** What the hub keeps as received from this name. */
    private static List<byte[]> payloads(String name) {
        Archive archive = hub.context().getBean(Archive.class);
        return archive.entriesAfter(0, 10_000).stream()
                .filter(entry -> entry.type().name().equals("interchange-received"))
                .filter(entry ->
                        name.toLowerCase(Locale.ROOT).equals(entry.attributes().get("partner")))
                .map(Entry::id)
                .map(archive::payload)
                .toList();
    }

    private static byte[] document(String name) {
        return "ISA*00*          *00*          *ZZ*%-15s*ZZ*LONJA          *261122*0800*U*00401*000000001*0*P*>~\r\nIEA*0*000000001~\r\n"
                .formatted(name)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String profile(String name, String way) {
        return """
                name: OpenAS2 as %s
                roles: [member]
                identities: { as2: %1$s, x12: "ZZ/%1$s" }
                channels:
                  as2:
                    inbound: { mdn_hosts: ["%s"], mdn_private: true, reason: it runs on this machine }
                    outbound: { url: "%s", %s }
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                currency: EUR
                agreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                """.formatted(name, openAs2.mdnHost(), openAs2.address(), way);
    }
}
