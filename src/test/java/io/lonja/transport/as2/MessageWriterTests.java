package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the hub sends, its own opener opens, and the MIC it expects is the one that a receiver finds. */
class MessageWriterTests {

    private static final Keys OURS = Keys.rsa("ours");
    private static final Keys THEIRS = Keys.rsa("theirs");
    private static final byte[] INVOICE =
            "ISA*00*~ST*810*0001~SE*2*0001~".repeat(40).getBytes(StandardCharsets.US_ASCII);

    record Way(
            @Nullable Digest sign,
            boolean compress,
            @Nullable ContentCipher encrypt) {}

    static Stream<Way> everyWay() {
        List<Way> ways = new ArrayList<>();
        for (boolean compress : new boolean[] {false, true}) {
            for (Digest sign : new Digest[] {null, Digest.SHA256, Digest.SHA384, Digest.SHA512}) {
                for (ContentCipher encrypt : new ContentCipher[] {
                    null,
                    ContentCipher.AES128_CBC,
                    ContentCipher.AES256_CBC,
                    ContentCipher.AES128_GCM,
                    ContentCipher.AES256_GCM
                }) {
                    ways.add(new Way(sign, compress, encrypt));
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest
    @MethodSource
    void everyWay(Way way) {
        MessageWriter.Written written = new MessageWriter(
                        way.sign(), OURS.asOwn(), way.compress(), way.encrypt(), THEIRS.certificate())
                .write(INVOICE, "application/edi-x12", "invoice.edi");
        Relationship theirView = new Relationship(
                way.sign() != null,
                way.encrypt() != null,
                List.of(OURS.certificate()),
                List.of(THEIRS.asOwn()),
                1_000_000);
        assertThat(MessageOpener.open(
                        MimeHeaders.of("Content-Type", written.contentType()), written.body(), theirView, "sha256"))
                .isInstanceOfSatisfying(Opened.Accepted.class, accepted -> {
                    assertThat(accepted.payload().toArray()).isEqualTo(INVOICE);
                    assertThat(accepted.contentType()).isEqualTo("application/edi-x12");
                    assertThat(accepted.mic().matches(written.mic())).isTrue();
                });
        if (way.encrypt() != null) {
            assertThat(new String(written.body(), StandardCharsets.ISO_8859_1)).doesNotContain("ISA*00");
        }
    }
}
