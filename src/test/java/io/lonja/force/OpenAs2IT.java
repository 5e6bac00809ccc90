package io.lonja.force;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.EntryId;
import io.lonja.delivery.Carried;
import io.lonja.transport.as2.Keys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static PeeredHub hub;
    private static OpenAs2Process openAs2;

    private static void both(String name, String inbound, String outbound) {
        INBOUND.put(name, inbound);
        OUTBOUND.put(name, "outbound: { url: %s, " + outbound + " }");
    }

    @BeforeAll
    static void start() throws Exception {
        Keys theirs = Keys.rsa("openas2");
        openAs2 = new OpenAs2Process(folder.resolve("openas2"));
        Map<String, String> ways = new LinkedHashMap<>();
        OUTBOUND.forEach((name, way) -> ways.put(name, """
                inbound: { mdn_hosts: ["%s"], mdn_private: true, reason: it runs on this machine }
                """.formatted(openAs2.mdnHost()) + way));
        hub = PeeredHub.start(folder, openAs2.address(), theirs, ways);
        openAs2.start(theirs, hub.certificate(), hub.address(), INBOUND);
    }

    @AfterAll
    static void stop() {
        openAs2.close();
        hub.close();
    }

    @ParameterizedTest
    @CsvSource({"OAPLAINLY", "OASTRONG", "OAMIDDLE", "OABEFORE", "OAAFTER", "OALATER"})
    void whatItSendsIsTakenByteForByteAndItIsContentWithOurMdn(String name) throws Exception {
        byte[] order = PeeredHub.document(name);
        List<String> said = openAs2.send(name, order);
        assertThat(said)
                .anyMatch(line -> line.contains("received MDN [automatic-action/MDN-sent-automatically; processed]"))
                .noneMatch(line -> line.contains("ERROR"));
        assertThat(openAs2.failed(name)).isFalse();
        assertThat(hub.payloads(name)).singleElement().isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource({
        "OAUNSIGNED, insufficient-message-security",
        "OAOPEN, insufficient-message-security",
        "OALEGACY, insufficient-message-security"
    })
    void whatIsWeakerThanAgreedIsRefusedAndItUnderstandsWhy(String name, String disposition) throws Exception {
        assertThat(openAs2.send(name, PeeredHub.document(name))).anyMatch(line -> line.contains(disposition));
        assertThat(openAs2.failed(name)).isTrue();
        assertThat(hub.payloads(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OAPLAINLY", "OASTRONG", "OAMIDDLE", "OABEFORE", "OAAFTER", "OAUNSIGNED", "OAOPEN"})
    void whatWeSendItTakesByteForByteAndItsMdnProvesIt(String name) throws Exception {
        byte[] document = PeeredHub.document("to " + name);
        assertThat(hub.carry(name, document)).isInstanceOf(Carried.Confirmed.class);
        assertThat(openAs2.received(name)).contains(document);
    }

    @Test
    void whatWeSendItConfirmsByAnMdnOfAnotherConnection() throws Exception {
        byte[] document = PeeredHub.document("to OALATER");
        EntryId delivery = hub.owe("OALATER", document);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(hub.status(delivery)).isEqualTo("confirmed"));
        assertThat(openAs2.received("OALATER")).contains(document);
        assertThat(hub.evidence(delivery)).containsExactly("as2-sent", "mdn-received");
    }

    /** It files the ciphertext as if it were the document, and its MIC gives that away. */
    @Test
    void thatItCannotReadGcmIsFoundOutByItsMic() {
        assertThat(hub.carry("OALEGACY", PeeredHub.document("by GCM")))
                .isInstanceOfSatisfying(
                        Carried.Failed.class,
                        failed -> assertThat(failed.reason()).contains("received something else"));
    }
}
