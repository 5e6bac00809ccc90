package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Payload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the hub writes is opened by OpenSSL, which shares no code with it, and what OpenSSL writes is opened here. */
class OpenSslIT {

    private static final byte[] INVOICE =
            "ISA*00*~ST*810*0001~SE*2*0001~".repeat(40).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @BeforeAll
    static void installed() {
        OpenSsl.assumeInstalled();
    }

    @ParameterizedTest
    @CsvSource({
        "sha256, rsa, aes128-cbc, rsa, binary, true, rsa",
        "sha384, rsa, aes192-cbc, rsa, base64, true, rsa",
        "sha512, rsa, aes256-cbc, rsa, binary, false, rsa",
        "sha256, rsa-pss, aes256-cbc, rsa-oaep, binary, true, rsa",
        "sha512, rsa-pss, aes128-cbc, rsa-oaep, base64, false, rsa",
        "sha256, rsa, aes128-gcm, rsa, binary, true, rsa",
        "sha256, rsa, aes256-gcm, rsa-oaep, base64, true, rsa",
        "sha1, rsa, 3des, rsa, binary, false, rsa",
        "md5, rsa, aes128-cbc, rsa, binary, false, rsa",
        "sha256, rsa, aes128-cbc, rsa, binary, true, ec",
        "sha384, rsa-pss, aes256-cbc, rsa, base64, false, ec",
    })
    void readsWhatWeWrite(
            String sign,
            String signature,
            String encrypt,
            String transport,
            String encoding,
            boolean protection,
            String key)
            throws Exception {
        Keys ours = key.equals("ec") ? Keys.ec("ours-ec") : Keys.rsa("ours");
        Keys theirs = Keys.rsa("theirs");
        MessageWriter.Written written = new MessageWriter(
                        MessageFormat.of(MessageWriterTests.format(
                                sign, signature, encrypt, transport, "false", encoding, "rfc5751", protection)),
                        ours.asOwn(),
                        theirs.certificate())
                .write(Payload.of(INVOICE), "application/edi-x12", "invoice.edi", Workspace.inMemory());
        keep("message.der", written.body().bytes());
        keep("theirs.pem", KeyFiles.pem("PRIVATE KEY", theirs.key().getEncoded()));
        Files.writeString(folder.resolve("ours.pem"), ours.pem());

        openssl(
                "cms",
                "-decrypt",
                "-inform",
                "DER",
                "-in",
                "message.der",
                "-inkey",
                "theirs.pem",
                "-out",
                "signed.eml");
        byte[] signed = Files.readAllBytes(folder.resolve("signed.eml"));
        List<Bytes> parts =
                Multipart.split(MimeEntity.parse(Bytes.of(signed)), 2).parts();
        keep("content.bin", parts.get(0).toArray());
        keep(
                "signature.p7s",
                MimeEntity.parse(parts.get(1)).content(Workspace.inMemory()).toArray());
        openssl(
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "signature.p7s",
                "-content",
                "content.bin",
                "-certfile",
                "ours.pem",
                "-nointern",
                "-noverify",
                "-out",
                "verified.bin");
        MimeEntity document = MimeEntity.parse(Bytes.of(Files.readAllBytes(folder.resolve("verified.bin"))));
        assertThat(document.content(Workspace.inMemory()).toArray()).isEqualTo(INVOICE);
    }

    @ParameterizedTest
    @CsvSource({"sha256, -aes128", "sha512, -aes256", "sha384, -aes-128-gcm", "sha256, -aes-256-gcm"})
    void writesWhatWeRead(String digest, String cipher) throws Exception {
        Keys ours = Keys.rsa("ours");
        Keys theirs = Keys.rsa("theirs");
        Wire document = Wire.document("application/edi-x12", INVOICE);
        keep("content.bin", document.bytes());
        keep("theirs.key.pem", KeyFiles.pem("PRIVATE KEY", theirs.key().getEncoded()));
        Files.writeString(folder.resolve("theirs.pem"), theirs.pem());
        Files.writeString(folder.resolve("ours.pem"), ours.pem());
        openssl(
                "cms",
                "-sign",
                "-binary",
                "-md",
                digest,
                "-in",
                "content.bin",
                "-signer",
                "theirs.pem",
                "-inkey",
                "theirs.key.pem",
                "-outform",
                "DER",
                "-out",
                "signature.p7s");
        Wire signed =
                Wire.multipart(digest, document.bytes(), Files.readAllBytes(folder.resolve("signature.p7s")), "\r\n");
        keep("signed.eml", signed.bytes());
        openssl(
                "cms",
                "-encrypt",
                "-binary",
                cipher,
                "-in",
                "signed.eml",
                "-outform",
                "DER",
                "-out",
                "message.der",
                "ours.pem");
        Wire message =
                new Wire("Content-Type: application/pkcs7-mime\r\n", Files.readAllBytes(folder.resolve("message.der")));
        assertThat(Acquaintance.open(message, Acquaintance.STRICT))
                .isInstanceOfSatisfying(
                        Opened.Accepted.class,
                        accepted -> assertThat(accepted.payload().toArray()).isEqualTo(INVOICE));
    }

    @Test
    void opensASealedKeyWithItsPassphrase() throws Exception {
        var safe = io.lonja.archive.KeySafe.in(io.lonja.archive.DataFolder.at(folder), "correct horse battery", null);
        safe.keep(folder.resolve("key.pem"), Keys.rsa("ours").key());
        openssl("pkey", "-in", "key.pem", "-passin", "pass:correct horse battery", "-noout");
        assertThat(OpenSsl.run(folder, "openssl", "pkey", "-in", "key.pem", "-passin", "pass:wrong", "-noout")
                        .exit())
                .isNotZero();
    }

    private void openssl(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        OpenSsl.Ran ran = OpenSsl.run(folder, command);
        assertThat(ran.exit()).as(ran.output()).isZero();
    }

    private void keep(String file, byte[] content) throws Exception {
        Files.write(folder.resolve(file), content);
    }
}
