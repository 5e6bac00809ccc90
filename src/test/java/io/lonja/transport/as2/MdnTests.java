package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.transport.as2.MdnReader.Reading.Read;
import io.lonja.transport.as2.MdnReader.Reading.Unusable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an MDN says is written so that everybody reads it, and read however others write it. */
class MdnTests {

    private static final Keys OURS = Keys.rsa("ours");
    private static final Keys THEIRS = Keys.rsa("theirs");
    private static final Mic MIC = new Mic("w7AguNJEmhF/qIjJ6LnnJA==", "sha-256");

    @ParameterizedTest
    @EnumSource(Disposition.class)
    void isWrittenInShortAsciiLinesAndReadBackWithItsSignature(Disposition disposition) {
        MdnWriter.Written written = new MdnWriter("LONJA", "Acme \"Foods\"")
                .write(
                        new Mdn("<4711@acme>", disposition.onTheWire(), MIC),
                        disposition.sentence(),
                        OURS.asOwn(),
                        Digest.SHA256);
        String text = new String(written.body(), StandardCharsets.ISO_8859_1);
        assertThat(text.replace("\r\n", "")).matches("[ -~]*");
        assertThat(text.lines().filter(line -> !line.contains(": ")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
        assertThat(text)
                .contains("Final-Recipient: rfc822; LONJA", "MDN-sent-automatically; " + disposition.onTheWire());
        assertThat(read(written)).isInstanceOfSatisfying(Read.class, read -> {
            assertThat(read.mdn()).isEqualTo(new Mdn("<4711@acme>", disposition.onTheWire(), MIC));
            assertThat(read.mdn().positive()).isEqualTo(disposition == Disposition.PROCESSED);
            assertThat(read.signer()).isEqualTo(OURS.certificate());
        });
    }

    @Test
    void isReadWithoutASignatureTooButSaysSo() {
        MdnWriter.Written written = new MdnWriter("LONJA", "ACME")
                .write(new Mdn("<4711@acme>", "processed", MIC), "Taken.", null, Digest.SHA256);
        assertThat(read(written)).isInstanceOfSatisfying(Read.class, read -> {
            assertThat(read.signer()).isNull();
            assertThat(read.mdn().mic()).isEqualTo(MIC);
        });
    }

    @Test
    void provesNothingWhenItWasChangedOrSignedBySomebodyElse() {
        MdnWriter.Written written = new MdnWriter("LONJA", "ACME")
                .write(new Mdn("<4711@acme>", "processed", MIC), "Taken.", OURS.asOwn(), Digest.SHA512);
        byte[] changed = new String(written.body(), StandardCharsets.ISO_8859_1)
                .replace("4711", "4712")
                .getBytes(StandardCharsets.ISO_8859_1);
        MimeHeaders headers = MimeHeaders.of("Content-Type", written.contentType());
        assertThat(MdnReader.read(headers, changed, List.of(OURS.certificate())))
                .isInstanceOf(Unusable.class);
        assertThat(MdnReader.read(headers, written.body(), List.of(THEIRS.certificate())))
                .isInstanceOf(Unusable.class);
        assertThat(MdnReader.read(
                        MimeHeaders.of("Content-Type", "text/html"),
                        "<p>OK".getBytes(StandardCharsets.US_ASCII),
                        List.of()))
                .isEqualTo(new Unusable("The answer is no MDN"));
    }

    @Test
    void isReadHoweverOthersWriteIt() {
        String body = """
                preamble\r
                --b\r
                content-type: text/plain\r
                \r
                The AS2 message has been received.\r
                --b\r
                Content-Type: message/disposition-notification\r
                \r
                original-message-id: <4711@lonja>\r
                Received-content-MIC: w7AguNJEmhF/\r
                 qIjJ6LnnJA==,SHA256\r
                DISPOSITION: automatic-action/mdn-sent-automatically;processed\r
                --b--""";
        assertThat(MdnReader.read(
                        MimeHeaders.of(
                                "content-type", "Multipart/Report; Report-Type=disposition-notification; Boundary=b"),
                        body.getBytes(StandardCharsets.US_ASCII),
                        List.of()))
                .isInstanceOfSatisfying(Read.class, read -> {
                    assertThat(read.mdn().originalMessageId()).isEqualTo("<4711@lonja>");
                    assertThat(read.mdn().positive()).isTrue();
                    assertThat(read.mdn().mic())
                            .isNotNull()
                            .satisfies(mic -> assertThat(mic.matches(MIC)).isTrue());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "processed, true",
        "Processed, true",
        "processed/warning: duplicate-document, true",
        "processed/Warning: x, true",
        "processed/error: decryption-failed, false",
        "processed/Error: authentication-failed, false",
        "processed / error: x, false",
        "processed/failure: unsupported MIC-algorithms, false",
        "failed/Failure: unsupported format, false",
        "failed, false",
        "denied, false",
        "processed/anything, false",
        "'', false"
    })
    void countsAsReceivedOnlyWhenItSaysSo(String disposition, boolean positive) {
        assertThat(new Mdn("<1@a>", disposition, null).positive()).isEqualTo(positive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256", "SHA256", "Sha-256", "rsa-sha256", "sha2-256"})
    void comparesAlgorithmsByWhatTheyAreAndNotByHowTheyAreSpelled(String name) {
        assertThat(new Mic(MIC.base64(), name).matches(MIC)).isTrue();
        assertThat(new Mic(MIC.base64(), "sha-512").matches(MIC)).isFalse();
        assertThat(new Mic("AAAA", name).matches(MIC)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha1, SHA-384|true|SHA-384",
                "signed-receipt-protocol=required,\"pkcs7-signature\";signed-receipt-micalg=required,md5|true|sha-256",
                "Signed-Receipt-Protocol = optional, PKCS7-signature ; signed-receipt-micalg = optional , sha512|true|sha512",
                "signed-receipt-micalg=optional, sha256|false|sha256",
                "nonsense|false|sha-256"
            })
    void isAskedForInManySpellings(String options, boolean signed, String algorithm) {
        assertThat(ReceiptRequest.of(MimeHeaders.of(
                        "disposition-notification-to", "a@b", "Disposition-Notification-Options", options)))
                .isEqualTo(new ReceiptRequest(true, signed, null, algorithm));
        assertThat(ReceiptRequest.of(MimeHeaders.of("Receipt-Delivery-Option", "https://a.example")))
                .isEqualTo(new ReceiptRequest(false, false, null, "sha-256"));
    }

    @Test
    void neverLetsAStrangersHeaderStartALine() {
        MdnWriter.Written written = new MdnWriter("LONJA\r\nX: y", "ACME")
                .write(new Mdn("<4711>\r\nDisposition: x", "processed", null), "Taken.", null, Digest.SHA256);
        assertThat(new String(written.body(), StandardCharsets.US_ASCII).lines())
                .noneMatch(line -> line.startsWith("X:") || line.startsWith("Disposition: x"));
    }

    @ParameterizedTest
    @CsvSource({"LONJA, LONJA", "'My \"own\" \\name', '\"My \\\"own\\\" \\\\name\"'"})
    void namesAreQuotedOnlyWhereTheyMust(String name, String onTheWire) {
        assertThat(MdnWriter.onTheWire(name)).isEqualTo(onTheWire);
        assertThat(HeaderValue.unquoted(onTheWire)).isEqualTo(name);
    }

    private static MdnReader.Reading read(MdnWriter.Written written) {
        return MdnReader.read(
                MimeHeaders.of("Content-Type", written.contentType()), written.body(), List.of(OURS.certificate()));
    }
}
