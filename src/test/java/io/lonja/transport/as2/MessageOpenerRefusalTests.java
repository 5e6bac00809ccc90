package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.DOCUMENT;
import static io.lonja.transport.as2.Acquaintance.ORDER;
import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.STRANGER;
import static io.lonja.transport.as2.Acquaintance.STRICT;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.Acquaintance.THEIRS_NEXT;
import static io.lonja.transport.as2.Acquaintance.THEIRS_SHORT;
import static io.lonja.transport.as2.Acquaintance.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.transport.as2.Opened.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not satisfy the relationship is refused for what it is, and tells an attacker nothing. */
class MessageOpenerRefusalTests {

    record Illegal(String name, Relationship relationship, Wire message, Disposition disposition) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Illegal> illegal() {
        Wire good = DOCUMENT.signed(THEIRS).encrypted(OURS);
        Wire bomb = Wire.document("application/edi-x12", new byte[30_000_000]);
        Relationship nobodys = new Relationship(true, true, Set.of(), List.of(), STRICT.ownKeys(), 4_000_000);
        return Stream.of(
                illegal("plain", DOCUMENT, Disposition.INSUFFICIENT_MESSAGE_SECURITY),
                illegal("encrypted only", DOCUMENT.encrypted(OURS), Disposition.INSUFFICIENT_MESSAGE_SECURITY),
                illegal("signed only", DOCUMENT.signed(THEIRS), Disposition.INSUFFICIENT_MESSAGE_SECURITY),
                illegal(
                        "signed by SHA-1",
                        DOCUMENT.signed("sha1", "SHA1", THEIRS).encrypted(OURS),
                        Disposition.INSUFFICIENT_MESSAGE_SECURITY),
                illegal(
                        "signed by MD5",
                        DOCUMENT.signed("md5", "MD5", THEIRS).encrypted(OURS),
                        Disposition.INSUFFICIENT_MESSAGE_SECURITY),
                illegal(
                        "one of two signers by SHA-1 only",
                        DOCUMENT.signed("sha1", "SHA1", THEIRS, THEIRS_NEXT).encrypted(OURS),
                        Disposition.INSUFFICIENT_MESSAGE_SECURITY),
                illegal(
                        "signed with a short key",
                        DOCUMENT.signed(THEIRS_SHORT).encrypted(OURS),
                        Disposition.INSUFFICIENT_MESSAGE_SECURITY),
                illegal(
                        "triple DES",
                        DOCUMENT.signed(THEIRS).encrypted(CMSAlgorithm.DES_EDE3_CBC, OURS),
                        Disposition.INSUFFICIENT_MESSAGE_SECURITY),
                illegal(
                        "content changed after signing",
                        DOCUMENT.signedThenChanged(THEIRS).encrypted(OURS),
                        Disposition.INTEGRITY_CHECK_FAILED),
                illegal(
                        "signed by a stranger whose certificate comes along",
                        DOCUMENT.signed(STRANGER).encrypted(OURS),
                        Disposition.AUTHENTICATION_FAILED),
                illegal(
                        "signed by them and a stranger",
                        DOCUMENT.signed(THEIRS, STRANGER).encrypted(OURS),
                        Disposition.AUTHENTICATION_FAILED),
                illegal("no signer at all", DOCUMENT.signed().encrypted(OURS), Disposition.AUTHENTICATION_FAILED),
                new Illegal("no certificate of theirs is valid now", nobodys, good, Disposition.AUTHENTICATION_FAILED),
                illegal(
                        "stripped and signed again by a stranger",
                        DOCUMENT.signed(THEIRS).signed(STRANGER).encrypted(OURS),
                        Disposition.AUTHENTICATION_FAILED),
                illegal(
                        "signed under the name of another's certificate",
                        DOCUMENT.signed(new Keys("theirs", STRANGER.key(), THEIRS.certificate()))
                                .encrypted(OURS),
                        Disposition.AUTHENTICATION_FAILED),
                illegal(
                        "signature that is no CMS",
                        Wire.multipart("sha-256", DOCUMENT.bytes(), new byte[] {1, 2, 3}, "\r\n")
                                .encrypted(OURS),
                        Disposition.AUTHENTICATION_FAILED),
                illegal(
                        "encrypted for a stranger",
                        DOCUMENT.signed(THEIRS).encrypted(STRANGER),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "last block of the cipher changed",
                        good.body(body -> flipped(body, body.length - 1)),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "padding byte changed",
                        good.body(body -> flipped(body, body.length - 17)),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "cipher cut to its half",
                        good.body(body -> Arrays.copyOf(body, body.length / 2)),
                        Disposition.DECRYPTION_FAILED),
                illegal("no CMS at all", good.body(body -> ORDER), Disposition.DECRYPTION_FAILED),
                illegal("an empty envelope", good.body(body -> new byte[0]), Disposition.DECRYPTION_FAILED),
                illegal("wrapped key changed", good.body(body -> flipped(body, 300)), Disposition.DECRYPTION_FAILED),
                illegal(
                        "authenticated content changed",
                        DOCUMENT.signed(THEIRS)
                                .authEncrypted(CMSAlgorithm.AES128_GCM, OURS)
                                .body(body -> flipped(body, body.length - 30)),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "an envelope in an envelope",
                        DOCUMENT.signed(THEIRS).encrypted(OURS).encrypted(OURS),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "no entity inside the envelope",
                        new Wire("", ORDER).encrypted(OURS),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "a multipart that is not closed",
                        DOCUMENT.signed(THEIRS)
                                .body(body -> Arrays.copyOf(body, body.length - 10))
                                .encrypted(OURS),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "a multipart without boundary",
                        DOCUMENT.signed(THEIRS)
                                .headers(text -> "Content-Type: multipart/signed\r\n")
                                .encrypted(OURS),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "bytes behind the multipart",
                        DOCUMENT.signed(THEIRS)
                                .body(body -> Wire.join(body, new byte[] {7, -3}))
                                .encrypted(OURS),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "compressed content changed",
                        DOCUMENT.signed(THEIRS)
                                .compressed()
                                .body(body -> flipped(body, body.length / 2))
                                .encrypted(OURS),
                        Disposition.DECOMPRESSION_FAILED),
                illegal(
                        "compressed content that grows beyond its bounds",
                        bomb.compressed().signed(THEIRS).encrypted(OURS),
                        Disposition.DECOMPRESSION_FAILED),
                illegal(
                        "compressed twice on one side",
                        DOCUMENT.signed(THEIRS).compressed().compressed().encrypted(OURS),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "signed twice",
                        DOCUMENT.signed(THEIRS).signed(THEIRS).encrypted(OURS),
                        Disposition.UNEXPECTED_PROCESSING_ERROR),
                illegal(
                        "headers without end",
                        new Wire("", Wire.ascii("x".repeat(100_000))).encrypted(OURS),
                        Disposition.DECRYPTION_FAILED),
                illegal(
                        "broken base64 under the signature",
                        DOCUMENT.header("Content-Transfer-Encoding: base64")
                                .signed(THEIRS)
                                .encrypted(OURS),
                        Disposition.UNEXPECTED_PROCESSING_ERROR),
                illegal(
                        "unknown transfer encoding under the signature",
                        DOCUMENT.header("Content-Transfer-Encoding: x-uuencode")
                                .signed(THEIRS)
                                .encrypted(OURS),
                        Disposition.UNEXPECTED_PROCESSING_ERROR));
    }

    @ParameterizedTest
    @MethodSource
    void illegal(Illegal it) {
        assertThat(open(it.message(), it.relationship())).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.disposition()).as(refused.because()).isEqualTo(it.disposition());
            assertThat(refused.because()).isNotBlank();
        });
    }

    /** A captured message, cut after any block: whether the padding there is right must not be heard. */
    @Test
    void answersTheSameWhereverACapturedMessageIsCutAndWhateverIsPutBehindIt() {
        Random random = new Random(4711);
        Wire signed = DOCUMENT.signed(THEIRS);
        byte[] envelope = signed.encrypted(OURS).body();
        for (int attempt = 0; attempt < 400; attempt++) {
            byte[] changed = envelope.clone();
            int last = changed.length - 1 - 16;
            // Any last byte of the block before decides what the padding looks like; one in 256 is right.
            changed[last] = (byte) attempt;
            changed[last - 1 - random.nextInt(14)] ^= (byte) (1 + random.nextInt(255));
            Opened opened = open(new Wire(signed.encrypted(OURS).headers(), changed), STRICT);
            assertThat(opened)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.disposition()).isEqualTo(Disposition.DECRYPTION_FAILED));
        }
    }

    @Test
    void survivesAnythingThatIsPutIntoTheEnvelope() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        byte[] envelope = DOCUMENT.signed(THEIRS).encrypted(OURS).body();
        byte[] compressed = DOCUMENT.compressed().body();
        for (int attempt = 0; attempt < 3_000; attempt++) {
            byte[] changed = (random.nextBoolean() ? envelope : compressed).clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                changed[random.nextInt(random.nextBoolean() ? 60 : changed.length)] = (byte) random.nextInt();
            }
            Wire message = new Wire("Content-Type: application/pkcs7-mime\r\n", changed);
            assertThat(open(message, STRICT))
                    .as("seed %d, attempt %d", seed, attempt)
                    .isInstanceOf(Opened.class);
        }
        byte[] deep = new byte[200_000];
        for (int at = 0; at < deep.length; at += 2) {
            deep[at] = 0x30;
            deep[at + 1] = (byte) 0x80;
        }
        assertThat(open(new Wire("Content-Type: application/pkcs7-mime\r\n", deep), STRICT))
                .isInstanceOf(Refused.class);
    }

    private static Illegal illegal(String name, Wire message, Disposition disposition) {
        return new Illegal(name, STRICT, message, disposition);
    }

    private static byte[] flipped(byte[] body, int at) {
        body[at] ^= 0x15;
        return body;
    }
}
