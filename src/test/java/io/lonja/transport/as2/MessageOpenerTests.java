package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.DOCUMENT;
import static io.lonja.transport.as2.Acquaintance.LAX;
import static io.lonja.transport.as2.Acquaintance.ORDER;
import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.OURS_BEFORE;
import static io.lonja.transport.as2.Acquaintance.STRANGER;
import static io.lonja.transport.as2.Acquaintance.STRICT;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.Acquaintance.THEIRS_EC;
import static io.lonja.transport.as2.Acquaintance.THEIRS_NEXT;
import static io.lonja.transport.as2.Acquaintance.THEIRS_P384;
import static io.lonja.transport.as2.Acquaintance.THEIRS_P521;
import static io.lonja.transport.as2.Acquaintance.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.transport.as2.Opened.Accepted;
import io.lonja.transport.as2.Opened.Refused;
import java.nio.charset.StandardCharsets;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every legal shape of a message opens to the same payload and the MIC that its sender expects. */
class MessageOpenerTests {

    /** @param covered what the MIC must be over */
    record Legal(String name, Wire message, byte[] payload, String digest, byte[] covered) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Legal> legal() {
        List<Legal> cases = new ArrayList<>();
        cases.add(legal("AES-128, SHA-256", DOCUMENT, DOCUMENT.signed(THEIRS).encrypted(OURS)));
        cases.add(legal("AES-192", DOCUMENT, DOCUMENT.signed(THEIRS).encrypted(CMSAlgorithm.AES192_CBC, OURS)));
        cases.add(legal("AES-256", DOCUMENT, DOCUMENT.signed(THEIRS).encrypted(CMSAlgorithm.AES256_CBC, OURS)));
        for (var gcm : List.of(CMSAlgorithm.AES128_GCM, CMSAlgorithm.AES192_GCM, CMSAlgorithm.AES256_GCM)) {
            cases.add(legal(
                    "authenticated by GCM " + gcm,
                    DOCUMENT,
                    DOCUMENT.signed(THEIRS).authEncrypted(gcm, OURS)));
        }
        for (String hash : List.of("SHA-1", "SHA-256", "SHA-512")) {
            OAEPParameterSpec oaep =
                    new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
            cases.add(legal(
                    "key transport by OAEP " + hash,
                    DOCUMENT,
                    DOCUMENT.signed(THEIRS).encryptedByOaep(oaep, OURS)));
        }
        cases.add(legal(
                "our key of before the roll-over",
                DOCUMENT,
                DOCUMENT.signed(THEIRS).encrypted(OURS_BEFORE)));
        cases.add(legal(
                "another recipient first", DOCUMENT, DOCUMENT.signed(THEIRS).encrypted(STRANGER, OURS)));
        cases.add(legal(
                "another recipient last", DOCUMENT, DOCUMENT.signed(THEIRS).encrypted(OURS, STRANGER)));
        cases.add(legal(
                "recipient by key identifier", DOCUMENT, DOCUMENT.signed(THEIRS).encryptedForKeyIdentifier(OURS)));
        cases.add(legal(
                "the next certificate signs",
                DOCUMENT,
                DOCUMENT.signed(THEIRS_NEXT).encrypted(OURS)));
        cases.add(legal(
                "two signers, both theirs",
                DOCUMENT,
                DOCUMENT.signed(THEIRS, THEIRS_NEXT).encrypted(OURS)));
        cases.add(legal("ECDSA", DOCUMENT, DOCUMENT.signed(THEIRS_EC).encrypted(OURS)));
        cases.add(legal("ECDSA on P-384", DOCUMENT, DOCUMENT.signed(THEIRS_P384).encrypted(OURS)));
        cases.add(legal("ECDSA on P-521", DOCUMENT, DOCUMENT.signed(THEIRS_P521).encrypted(OURS)));
        cases.add(legal(
                "RSA-PSS",
                DOCUMENT,
                DOCUMENT.signed("sha-256", "SHA256andMGF1", THEIRS).encrypted(OURS)));
        cases.add(legal(
                "no signed attributes",
                DOCUMENT,
                DOCUMENT.signedDirectly(THEIRS).encrypted(OURS)));
        for (String name : List.of("sha256", "SHA-256", "sha-256", "\"SHA256\"", "rsa-sha256", "nonsense")) {
            cases.add(legal(
                    "micalg " + name,
                    DOCUMENT,
                    DOCUMENT.signed(name, "SHA256", THEIRS).encrypted(OURS)));
        }
        for (String bits : List.of("384", "512")) {
            cases.add(new Legal(
                    "SHA-" + bits,
                    DOCUMENT.signed("sha" + bits, "SHA" + bits, THEIRS).encrypted(OURS),
                    ORDER,
                    "SHA-" + bits,
                    DOCUMENT.bytes()));
        }
        for (int columns : List.of(76, 64, 0)) {
            Wire document = DOCUMENT.base64(columns);
            cases.add(legal(
                    "document in base64/" + columns,
                    document,
                    document.signed(THEIRS).encrypted(OURS)));
        }
        Wire quoted = DOCUMENT.quotedPrintable();
        cases.add(legal(
                "document in quoted-printable", quoted, quoted.signed(THEIRS).encrypted(OURS)));
        for (String encoding : List.of("binary", "8bit", "7bit", "BINARY")) {
            Wire document = DOCUMENT.header("Content-Transfer-Encoding: " + encoding);
            cases.add(legal(
                    "transfer encoding " + encoding,
                    document,
                    document.signed(THEIRS).encrypted(OURS)));
        }
        Wire folded = Wire.document("application/edi-x12;\r\n\tname=\"order;1.edi\"", ORDER)
                .header("CONTENT-disposition: attachment;\r\n filename=order.edi");
        cases.add(legal(
                "folded and odd-cased headers", folded, folded.signed(THEIRS).encrypted(OURS)));
        cases.add(legal(
                "folded header of the multipart",
                DOCUMENT,
                DOCUMENT.signed(THEIRS)
                        .headers(text -> text.replace("; ", ";\r\n\t").replace("Content-Type", "content-TYPE"))
                        .encrypted(OURS)));
        cases.add(legal(
                "preamble",
                DOCUMENT,
                DOCUMENT.signed(THEIRS)
                        .body(body -> Wire.join(Wire.ascii("This is a signed message.\r\n\r\n"), body))
                        .encrypted(OURS)));
        cases.add(legal(
                "epilogue",
                DOCUMENT,
                DOCUMENT.signed(THEIRS)
                        .body(body -> Wire.join(body, Wire.ascii("\r\nThis was a signed message.\r\n")))
                        .encrypted(OURS)));
        cases.add(legal(
                "no line end after the closing delimiter",
                DOCUMENT,
                DOCUMENT.signed(THEIRS)
                        .body(body -> Arrays.copyOf(body, body.length - 2))
                        .encrypted(OURS)));
        cases.add(legal(
                "multipart with bare line feeds",
                DOCUMENT,
                Wire.multipart(
                                "sha-256",
                                DOCUMENT.bytes(),
                                Wire.signature(DOCUMENT.bytes(), "SHA256", true, THEIRS),
                                "\n")
                        .encrypted(OURS)));
        cases.add(legal(
                "envelope in base64",
                DOCUMENT,
                DOCUMENT.signed(THEIRS).encrypted(OURS).base64(76)));
        cases.add(legal(
                "smime-type in upper case",
                DOCUMENT,
                DOCUMENT.signed(THEIRS)
                        .encrypted(OURS)
                        .headers(text -> text.replace("enveloped-data", "Enveloped-Data"))));
        cases.add(legal(
                "no smime-type, old name",
                DOCUMENT,
                DOCUMENT.signed(THEIRS).encrypted(OURS).headers(text -> "Content-Type: application/x-pkcs7-mime\r\n")));
        Wire compressed = DOCUMENT.compressed();
        cases.add(new Legal(
                "compressed, then signed",
                compressed.signed(THEIRS).encrypted(OURS),
                ORDER,
                "SHA-256",
                compressed.bytes()));
        Wire compressedBase64 = DOCUMENT.compressed().base64(76);
        cases.add(new Legal(
                "compressed in base64, then signed",
                compressedBase64.signed(THEIRS).encrypted(OURS),
                ORDER,
                "SHA-256",
                compressedBase64.bytes()));
        cases.add(legal(
                "signed, then compressed",
                DOCUMENT,
                DOCUMENT.signed(THEIRS).compressed().encrypted(OURS)));
        cases.add(new Legal(
                "compressed, signed, compressed",
                compressed.signed(THEIRS).compressed().encrypted(OURS),
                ORDER,
                "SHA-256",
                compressed.bytes()));
        for (String type : List.of(
                "application/xml",
                "text/plain",
                "application/octet-stream",
                "application/edifact",
                "text/plain; charset=utf-8")) {
            Wire document = Wire.document(type, "ÄÖÜ <é/>".getBytes(StandardCharsets.UTF_8));
            cases.add(new Legal(
                    "document of type " + type,
                    document.signed(THEIRS).encrypted(OURS),
                    document.body(),
                    "SHA-256",
                    document.bytes()));
        }
        byte[] every = new byte[512];
        for (int at = 0; at < every.length; at++) {
            every[at] = (byte) at;
        }
        for (byte[] payload : List.of(
                every,
                new byte[0],
                "UNB+A\nUNZ\n".getBytes(StandardCharsets.US_ASCII),
                "UNB+A\rUNZ\r".getBytes(StandardCharsets.US_ASCII),
                "ends with a line end\r\n".getBytes(StandardCharsets.US_ASCII),
                "\r\n--not a delimiter\r\n------=_Part_7\r\n".getBytes(StandardCharsets.US_ASCII))) {
            Wire document = Wire.document("application/edi-consent", payload);
            cases.add(new Legal(
                    "payload of %d bytes".formatted(payload.length),
                    document.signed(THEIRS).encrypted(OURS),
                    payload,
                    "SHA-256",
                    document.bytes()));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource
    void legal(Legal it) {
        Opened opened = open(it.message(), STRICT);
        assertThat(opened).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.payload().toArray()).isEqualTo(it.payload());
            assertThat(accepted.mic().base64()).isEqualTo(Wire.mic(it.digest(), it.covered()));
            assertThat(accepted.signed()).isTrue();
            assertThat(accepted.encrypted()).isTrue();
        });
    }

    /** Weaker messages that a profile may allow; what the MIC covers then (RFC 4130, 7.3.1; RFC 5402, 4). */
    static Stream<Legal> allowedByProfile() {
        return Stream.of(
                new Legal("plain: without headers", DOCUMENT, ORDER, "SHA-256", ORDER),
                new Legal("signed only", DOCUMENT.signed(THEIRS), ORDER, "SHA-256", DOCUMENT.bytes()),
                new Legal("encrypted only: with headers", DOCUMENT.encrypted(OURS), ORDER, "SHA-256", DOCUMENT.bytes()),
                new Legal(
                        "compressed only: expanded, with headers",
                        DOCUMENT.compressed(),
                        ORDER,
                        "SHA-256",
                        DOCUMENT.bytes()),
                new Legal(
                        "compressed and encrypted",
                        DOCUMENT.compressed().encrypted(OURS),
                        ORDER,
                        "SHA-256",
                        DOCUMENT.bytes()));
    }

    @ParameterizedTest
    @MethodSource
    void allowedByProfile(Legal it) {
        assertThat(open(it.message(), LAX)).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.payload().toArray()).isEqualTo(it.payload());
            assertThat(accepted.mic()).isEqualTo(new Mic(Wire.mic(it.digest(), it.covered()), "sha-256"));
        });
        assertThat(open(it.message(), STRICT))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.disposition()).isEqualTo(Disposition.INSUFFICIENT_MESSAGE_SECURITY));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 255, 256, 4095, 4096, 4097, 8191, 8192, 8193, 65_535, 65_536, 70_001})
    void opensEverySizeAroundTheBuffers(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        Wire document = Wire.document("application/octet-stream", payload);
        for (Wire message : List.of(
                document.signed(THEIRS).encrypted(OURS),
                document.compressed().signed(THEIRS).encrypted(OURS),
                document.base64(76).signed(THEIRS).authEncrypted(CMSAlgorithm.AES128_GCM, OURS))) {
            assertThat(open(message, STRICT))
                    .isInstanceOfSatisfying(
                            Accepted.class,
                            accepted -> assertThat(accepted.payload().toArray()).isEqualTo(payload));
        }
    }

    /** No size makes a delimiter, a block or a buffer end where it is overlooked. */
    @Test
    void opensEverySizeInOddStepsAndAroundTheBuffers() {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 1; size <= 20_000; size += 61) {
            sizes.add(size);
        }
        for (int buffer : new int[] {4_096, 8_192, 16_384}) {
            for (int size = buffer - 20; size <= buffer + 20; size++) {
                sizes.add(size);
            }
        }
        byte[] text = "UNB+UNOA:1+\r\n--x\r\n".repeat(1_200).getBytes(StandardCharsets.US_ASCII);
        for (int size : sizes) {
            byte[] payload = Arrays.copyOf(text, size);
            Wire document = Wire.document("application/edifact", payload);
            assertThat(open(document.signed(THEIRS).encrypted(OURS), STRICT))
                    .as("%d bytes", size)
                    .isInstanceOfSatisfying(Accepted.class, accepted -> {
                        assertThat(accepted.payload().toArray()).isEqualTo(payload);
                        assertThat(accepted.mic().base64()).isEqualTo(Wire.mic("SHA-256", document.bytes()));
                    });
        }
    }

    private static Legal legal(String name, Wire document, Wire message) {
        return new Legal(name, message, ORDER, "SHA-256", document.bytes());
    }
}
