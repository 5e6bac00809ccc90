package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.SPOOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Payload;
import io.lonja.archive.Sha256;
import io.lonja.archive.Spool;
import io.lonja.partner.As2Channel;
import io.lonja.partner.As2Channel.Legacy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hub sends, its own opener opens, and the MIC it expects is the one that a receiver finds. */
class MessageWriterTests {

    private static final Keys OURS = Keys.rsa("ours");
    private static final Keys OURS_EC = Keys.ec("ours-ec");
    private static final Keys THEIRS = Keys.rsa("theirs");
    private static final byte[] INVOICE =
            "ISA*00*~ST*810*0001~SE*2*0001~".repeat(40).getBytes(StandardCharsets.US_ASCII);

    record Way(As2Channel.Format format, Keys ours) {
        @Override
        public String toString() {
            return "%s %s %s %s %s %s %s%s%s %s"
                    .formatted(
                            format.sign(),
                            format.signature(),
                            format.encrypt(),
                            format.keyTransport(),
                            format.compress(),
                            format.transferEncoding(),
                            format.digestNames(),
                            format.algorithmProtection() ? "" : " unprotected",
                            format.fileName() ? "" : " nameless",
                            ours.name());
        }
    }

    static Stream<Way> everyWay() {
        List<Way> ways = new ArrayList<>();
        for (String sign : List.of("none", "sha256", "sha384", "sha512", "sha1", "md5")) {
            for (String encrypt :
                    List.of("none", "aes128-cbc", "aes192-cbc", "aes256-cbc", "aes128-gcm", "aes256-gcm", "3des")) {
                for (String compress : List.of("false", "before-sign", "after-sign")) {
                    for (String encoding : List.of("binary", "base64")) {
                        ways.add(new Way(
                                format(sign, "rsa", encrypt, "rsa", compress, encoding, "rfc5751", true), OURS));
                    }
                }
            }
        }
        for (String sign : List.of("sha256", "sha512", "sha1")) {
            for (String compress : List.of("false", "before-sign", "after-sign")) {
                for (Keys ours : List.of(OURS, OURS_EC)) {
                    ways.add(new Way(
                            format(sign, "rsa-pss", "aes256-cbc", "rsa-oaep", compress, "base64", "legacy", false),
                            ours));
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest
    @MethodSource
    void everyWay(Way way) {
        MessageWriter.Written written = written(way.format(), way.ours());
        Relationship theirView = new Relationship(
                !way.format().sign().equals("none"),
                !way.format().encrypt().equals("none"),
                Set.of(Legacy.values()),
                List.of(way.ours().certificate()),
                List.of(THEIRS.asOwn()),
                1_000_000);
        assertThat(opened(written, theirView)).isInstanceOfSatisfying(Opened.Accepted.class, accepted -> {
            assertThat(accepted.payload().toArray()).isEqualTo(INVOICE);
            assertThat(accepted.contentType()).isEqualTo("application/edi-x12");
            assertThat(accepted.mic().matches(written.mic())).isTrue();
        });
        if (!way.format().encrypt().equals("none")) {
            assertThat(text(written)).doesNotContain("ISA*00");
        }
    }

    @Test
    void namesTheFileOrDoesNot() {
        assertThat(opened(As2Channel.Format.USUAL).fileName()).isEqualTo("invoice.edi");
        assertThat(opened(format("sha256", "rsa", "none", "rsa", "false", "binary", "rfc5751", true, false))
                        .fileName())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256 rfc5751 sha256", "sha256 legacy sha256", "sha-1 rfc5751 sha1", "sha1 legacy sha1"})
    void namesTheDigestAsThePartnerKnowsIt(String line) {
        String[] it = line.split(" ");
        MessageWriter.Written written =
                written(format(it[2], "rsa", "none", "rsa", "false", "binary", it[1], true), OURS);
        assertThat(written.contentType()).contains("micalg=%s;".formatted(it[0]));
        assertThat(written.mic().name()).isEqualTo(it[0]);
    }

    @Test
    void leavesTheAttributeOutThatSterlingRefuses() throws Exception {
        assertThat(signer("rsa", true).getSignedAttributes().get(CMSAttributes.cmsAlgorithmProtect))
                .isNotNull();
        SignerInformation without = signer("rsa", false);
        assertThat(without.getSignedAttributes().get(CMSAttributes.cmsAlgorithmProtect))
                .isNull();
        assertThat(without.getSignedAttributes().get(CMSAttributes.messageDigest))
                .isNotNull();
    }

    @Test
    void signsByPssWhereThePartnerWantsIt() throws Exception {
        assertThat(signer("rsa-pss", true).getEncryptionAlgOID())
                .isEqualTo(PKCSObjectIdentifiers.id_RSASSA_PSS.getId());
    }

    @Test
    void writesOnlyAsciiLinesInsideWhereAGatewayChangesBytes() {
        String text =
                text(written(format("sha256", "rsa", "none", "rsa", "before-sign", "base64", "rfc5751", true), OURS));
        assertThat(text.replace("\r\n", "")).matches("[ -~]*");
        assertThat(text.lines().filter(line -> !line.contains(": ")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
    }

    private static SignerInformation signer(String signature, boolean protection) throws Exception {
        MessageWriter.Written written =
                written(format("sha256", signature, "none", "rsa", "false", "binary", "rfc5751", protection), OURS);
        return new CMSSignedData(opened(written).signature().cms())
                .getSignerInfos()
                .iterator()
                .next();
    }

    private static Opened.Accepted opened(As2Channel.Format format) {
        return opened(written(format, OURS));
    }

    private static Opened.Accepted opened(MessageWriter.Written written) {
        Relationship theirView = new Relationship(
                true, false, Set.of(), List.of(OURS.certificate()), List.of(THEIRS.asOwn()), 1_000_000);
        return (Opened.Accepted) opened(written, theirView);
    }

    private static MessageWriter.Written written(As2Channel.Format format, Keys ours) {
        MessageWriter writer = new MessageWriter(MessageFormat.of(format), ours.asOwn(), THEIRS.certificate());
        MessageWriter.Written inMemory = written(writer, Payload.of(INVOICE), Workspace.inMemory());
        try (Workspace files = new Workspace(SPOOL);
                Spool.Spooled invoice =
                        ((Spool.Taken.Whole) SPOOL.take(new ByteArrayInputStream(INVOICE), INVOICE.length)).spooled()) {
            MessageWriter.Written fromFiles = written(writer, invoice.payload(), files);
            assertThat(fromFiles.body().file()).isNotNull();
            assertThat(fromFiles.body().digest())
                    .isEqualTo(Sha256.of(fromFiles.body().bytes()));
            assertSame(inMemory, fromFiles, format, ours);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inMemory;
    }

    private static MessageWriter.Written written(MessageWriter writer, Payload invoice, Workspace workspace) {
        return writer.write(invoice, "application/edi-x12", "invoice.edi", workspace);
    }

    /** Whatever is not random or a time: all of it where nothing is signed or encrypted, else what is inside. */
    private static void assertSame(
            MessageWriter.Written one, MessageWriter.Written other, As2Channel.Format format, Keys ours) {
        assertThat(other.mic()).isEqualTo(one.mic());
        assertThat(withoutBoundary(other.contentType())).isEqualTo(withoutBoundary(one.contentType()));
        if (format.encrypt().equals("none") && format.sign().equals("none")) {
            assertThat(other.body().bytes()).isEqualTo(one.body().bytes());
            return;
        }
        Relationship theirView = new Relationship(
                false, false, Set.of(Legacy.values()), List.of(ours.certificate()), List.of(THEIRS.asOwn()), 1_000_000);
        Opened.Accepted first = (Opened.Accepted) opened(one, theirView);
        Opened.Accepted second = (Opened.Accepted) opened(other, theirView);
        assertThat(second.payload().toArray()).isEqualTo(first.payload().toArray());
        assertThat(second.contentType()).isEqualTo(first.contentType());
        assertThat(second.fileName()).isEqualTo(first.fileName());
        assertThat(second.mic()).isEqualTo(first.mic());
        if (!format.sign().equals("none")) {
            assertThat(second.signature().content().toArray())
                    .isEqualTo(first.signature().content().toArray());
        }
    }

    private static String withoutBoundary(String text) {
        return text.replaceAll("=_lonja-[0-9a-f-]{36}", "=");
    }

    private static Opened opened(MessageWriter.Written written, Relationship theirView) {
        return MessageOpener.open(
                MimeHeaders.of("Content-Type", written.contentType()),
                Bytes.of(written.body().bytes()),
                theirView,
                "sha256",
                Workspace.inMemory());
    }

    static As2Channel.Format format(
            String sign,
            String signature,
            String encrypt,
            String transport,
            String compress,
            String encoding,
            String names,
            boolean protection) {
        return format(sign, signature, encrypt, transport, compress, encoding, names, protection, true);
    }

    private static As2Channel.Format format(
            String sign,
            String signature,
            String encrypt,
            String transport,
            String compress,
            String encoding,
            String names,
            boolean protection,
            boolean fileName) {
        return new As2Channel.Format(
                sign, signature, encrypt, transport, compress, encoding, names, protection, fileName, null);
    }

    private static String text(MessageWriter.Written written) {
        return new String(written.body().bytes(), StandardCharsets.ISO_8859_1);
    }
}
