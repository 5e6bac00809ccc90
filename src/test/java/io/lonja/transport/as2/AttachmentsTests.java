package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.LAX;
import static io.lonja.transport.as2.Acquaintance.ORDER;
import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.STRICT;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.Acquaintance.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message with several documents, and what the sender calls its files. */
class AttachmentsTests {

    private static final Wire EDI = Wire.document("application/edi-x12", ORDER)
            .header("Content-ID: <order@acme>")
            .header("Content-Disposition: attachment; filename=order.edi");
    private static final Wire PICTURE = Wire.document("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G'})
            .header("Content-ID: <picture@acme>")
            .base64(76);

    @Test
    void theFirstIsReadAndTheSignatureCoversAll() {
        Wire related = related("", EDI, PICTURE);
        assertThat(open(related.signed(THEIRS).encrypted(OURS), STRICT))
                .isInstanceOfSatisfying(Opened.Accepted.class, accepted -> {
                    assertThat(accepted.payload().toArray()).isEqualTo(ORDER);
                    assertThat(accepted.contentType()).isEqualTo("application/edi-x12");
                    assertThat(accepted.fileName()).isEqualTo("order.edi");
                    assertThat(accepted.mic().base64()).isEqualTo(Wire.mic("SHA-256", related.bytes()));
                    assertThat(accepted.signature().content().toArray()).isEqualTo(related.bytes());
                });
    }

    @Test
    void theOneThatIsNamedIsReadWhereverItStands() {
        Wire related = related("; start=\"<order@acme>\"", PICTURE, EDI);
        assertThat(open(related.compressed().signed(THEIRS).encrypted(OURS), STRICT))
                .isInstanceOfSatisfying(
                        Opened.Accepted.class,
                        accepted -> assertThat(accepted.payload().toArray()).isEqualTo(ORDER));
    }

    @Test
    void aSecondOrderIsNotPassedOverInSilence() {
        for (Wire second : new Wire[] {
            EDI, Wire.document("application/octet-stream", ORDER).base64(64)
        }) {
            Wire related = related("", EDI, second);
            assertThat(open(related.signed(THEIRS).encrypted(OURS), STRICT))
                    .isInstanceOfSatisfying(Opened.Refused.class, refused -> {
                        assertThat(refused.disposition()).isEqualTo(Disposition.SEVERAL_DOCUMENTS);
                        assertThat(refused.disposition().onTheWire())
                                .isEqualTo("processed/error: unexpected-processing-error");
                    });
            // Nobody signed it, so what was encrypted may be anything.
            assertThat(open(related.encrypted(OURS), LAX))
                    .isInstanceOfSatisfying(
                            Opened.Refused.class,
                            refused -> assertThat(refused.disposition()).isEqualTo(Disposition.DECRYPTION_FAILED));
        }
        assertThat(open(related("", PICTURE, EDI).signed(THEIRS).encrypted(OURS), STRICT))
                .isInstanceOf(Opened.Refused.class);
    }

    @Test
    void hasALimitAndARoot() {
        Wire[] many = new Wire[51];
        java.util.Arrays.fill(many, PICTURE);
        for (Wire bad :
                new Wire[] {related("", many), related("; start=\"<nobody@acme>\"", EDI, PICTURE), related("")}) {
            assertThat(open(bad.signed(THEIRS).encrypted(OURS), STRICT))
                    .isInstanceOfSatisfying(
                            Opened.Refused.class,
                            refused -> assertThat(refused.disposition())
                                    .isEqualTo(Disposition.UNEXPECTED_PROCESSING_ERROR));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "filename=order.edi|order.edi",
                "filename=\"my order; 1.edi\"|my order; 1.edi",
                "filename=../../etc/passwd|passwd",
                "filename=\"C:\\\\orders\\\\x.edi\"|x.edi",
                "filename=..|null",
                "filename=\"/\"|null",
                "filename=.profile|profile",
                "filename*=UTF-8''Bestellung%20M%C3%BCller.edi|Bestellung Müller.edi",
                "filename*=UTF-8''..%2F..%2Fx.edi; filename=y.edi|x.edi",
                "filename*=klingon''x; filename=y.edi|y.edi",
                "filename*=UTF-8''%zz; filename=y.edi|y.edi",
                "filename*=UTF-8''a%0d%0ab%e2%80%aec|abc"
            })
    void aFileNameIsALabelAndNeverAPath(String disposition, String name) {
        Wire document =
                Wire.document("application/edi-x12", ORDER).header("Content-Disposition: attachment; " + disposition);
        assertThat(open(document.signed(THEIRS).encrypted(OURS), STRICT))
                .isInstanceOfSatisfying(
                        Opened.Accepted.class,
                        accepted -> assertThat(accepted.fileName()).isEqualTo(name));
    }

    static Wire related(String parameters, Wire... parts) {
        byte[] body = "preamble\r\n".getBytes(StandardCharsets.US_ASCII);
        for (Wire part : parts) {
            body = Wire.join(body, Wire.ascii("--rel\r\n"), part.bytes(), Wire.ascii("\r\n"));
        }
        return new Wire(
                "Content-Type: multipart/related; boundary=rel; type=\"application/edi-x12\"%s\r\n"
                        .formatted(parameters),
                Wire.join(body, Wire.ascii("--rel--\r\n")));
    }
}
