package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.DOCUMENT;
import static io.lonja.transport.as2.Acquaintance.OLD;
import static io.lonja.transport.as2.Acquaintance.ORDER;
import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.STRICT;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.Acquaintance.THEIRS_EC;
import static io.lonja.transport.as2.Acquaintance.THEIRS_SHORT;
import static io.lonja.transport.as2.Acquaintance.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.partner.As2Channel.Legacy;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is weak is taken from a partner whose profile allows exactly that, and from nobody else. */
class OldPartnersTests {

    /** @param needed what the profile must allow */
    record Old(String name, Set<Legacy> needed, String digest, Wire message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Old> old() {
        return Stream.of(
                old("sha1", "SHA1", THEIRS, Legacy.SHA1),
                old("sha-1", "SHA1", THEIRS, Legacy.SHA1),
                old("SHA-1", "SHA1", THEIRS, Legacy.SHA1),
                old("rsa-sha1", "SHA1", THEIRS, Legacy.SHA1),
                old("sha1", "SHA1", THEIRS_EC, Legacy.SHA1),
                old("sha1", "SHA1andMGF1", THEIRS, Legacy.SHA1),
                old("md5", "MD5", THEIRS, Legacy.MD5),
                old("rsa-md5", "MD5", THEIRS, Legacy.MD5),
                old("sha-256", "SHA256", THEIRS_SHORT, Legacy.RSA1024),
                old("sha1", "SHA1", THEIRS_SHORT, Legacy.SHA1, Legacy.RSA1024),
                new Old(
                        "3des",
                        Set.of(Legacy.TRIPLE_DES),
                        "SHA-256",
                        DOCUMENT.signed(THEIRS).encrypted(CMSAlgorithm.DES_EDE3_CBC, OURS)),
                new Old(
                        "everything",
                        EnumSet.of(Legacy.TRIPLE_DES, Legacy.RSA1024, Legacy.MD5),
                        "MD5",
                        DOCUMENT.signed("md5", "MD5", THEIRS_SHORT).encrypted(CMSAlgorithm.DES_EDE3_CBC, OURS)));
    }

    @ParameterizedTest
    @MethodSource
    void old(Old it) {
        assertThat(open(it.message(), allowing(it.needed())))
                .isInstanceOfSatisfying(Opened.Accepted.class, accepted -> {
                    assertThat(accepted.payload().toArray()).isEqualTo(ORDER);
                    assertThat(accepted.mic().base64()).isEqualTo(Wire.mic(it.digest(), DOCUMENT.bytes()));
                });
        for (Legacy missing : it.needed()) {
            Set<Legacy> others = EnumSet.allOf(Legacy.class);
            others.remove(missing);
            assertThat(open(it.message(), allowing(others)))
                    .as("without %s", missing)
                    .isInstanceOfSatisfying(
                            Opened.Refused.class,
                            refused -> assertThat(refused.disposition())
                                    .isEqualTo(Disposition.INSUFFICIENT_MESSAGE_SECURITY));
        }
    }

    @Test
    void getTheMdnThatTheyCanReadOnlyWhenTheyMay() {
        MimeHeaders asks = MimeHeaders.of(
                "Disposition-Notification-To",
                "a@b",
                "Disposition-Notification-Options",
                "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, rsa-md5, SHA1");
        assertThat(ReceiptRequest.of(asks).digest()).isEqualTo(Digest.SHA256);
        assertThat(ReceiptRequest.of(asks, Set.of(Legacy.SHA1)).algorithm()).isEqualTo("SHA1");
        assertThat(ReceiptRequest.of(asks, Set.of(Legacy.MD5)).digest()).isEqualTo(Digest.MD5);
    }

    /** As for AES: a captured message, any last block changed, 1 in 256 paddings right. */
    @Test
    void tellNothingAboutThePaddingOfTripleDes() {
        Random random = new Random(4712);
        Wire genuine = DOCUMENT.signed(THEIRS).encrypted(CMSAlgorithm.DES_EDE3_CBC, OURS);
        for (int attempt = 0; attempt < 400; attempt++) {
            byte[] changed = genuine.body().clone();
            int last = changed.length - 1 - 8;
            changed[last] = (byte) attempt;
            changed[last - 1 - random.nextInt(6)] ^= (byte) (1 + random.nextInt(255));
            assertThat(open(new Wire(genuine.headers(), changed), OLD))
                    .isInstanceOfSatisfying(
                            Opened.Refused.class,
                            refused -> assertThat(refused.disposition()).isEqualTo(Disposition.DECRYPTION_FAILED));
        }
    }

    private static Old old(String micalg, String digest, Keys signer, Legacy... needed) {
        return new Old(
                "%s as %s by %s".formatted(digest, micalg, signer.name()),
                EnumSet.copyOf(Set.of(needed)),
                digest.startsWith("SHA") ? "SHA-" + digest.substring(3).replace("andMGF1", "") : digest,
                DOCUMENT.signed(micalg, digest, signer).encrypted(OURS));
    }

    private static Relationship allowing(Set<Legacy> allowed) {
        return new Relationship(true, true, allowed, STRICT.signers(), STRICT.ownKeys(), 4_000_000);
    }
}
