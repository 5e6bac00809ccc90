package io.lonja.portal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.acceptance.RunningHub;
import io.lonja.force.HubProcess;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.Keys;
import io.lonja.transport.as2.OpenSsl;
import io.lonja.transport.as2.Wire;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Years later somebody with OpenSSL and without the hub, its database or its key checks what a partner sent. */
class As2EvidenceIT {

    private static final byte[] ORDER = """
            ISA*00*          *00*          *ZZ*ACME           *ZZ*LONJA          *261122*0800*U*00401*000000001*0*P*>~
            GS*PO*ACME*LONJA*20261122*0800*1*X*004010~GE*0*1~IEA*1*000000001~""".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static Browserless operator;
    private static As2Peer acme;

    @BeforeAll
    static void start() throws Exception {
        OpenSsl.assumeInstalled();
        Path config = HubProcess.configuration(folder.resolve("config"), Map.of("acme", """
                name: Acme Foods
                roles: [member]
                identities: { as2: ACME, x12: "ZZ/ACME" }
                channels:
                  as2:
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                agreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                """));
        Path certificate = config.resolve("partners/acme/certificates/own.pem");
        Files.createDirectories(certificate.getParent());
        Files.writeString(certificate, Keys.rsa("acme").pem());
        hub = RunningHub.start(folder.resolve("home"), "--lonja.config=" + config, "--lonja.partners.also=");
        operator = Browserless.operator(hub);
        acme = new As2Peer("ACME", Keys.rsa("acme"), hub.http(), hub.home().resolve("keys"));
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void isGreenAsItIsAndRedWhenAnyByteOfAnyFileIsAnother() throws Exception {
        Path evidence = evidence(acme.sealed(ORDER), "whole");
        OpenSsl.Ran green = verify(evidence);
        assertThat(green.output())
                .contains(
                        "ok    the partner's signature over signed-content.bin, by signer.pem",
                        "ok    payload.edi is inside the signed content",
                        "ok    the MDN's signature, by hub.pem",
                        "ok    the MIC in the MDN is that of the signed content",
                        "0 faults")
                .doesNotContain("FAULT", "note");
        assertThat(green.exit()).isZero();

        for (Path file : files(evidence)) {
            byte[] right = Files.readAllBytes(file);
            for (int at : new int[] {0, right.length / 2, right.length - 1}) {
                byte[] wrong = right.clone();
                wrong[at] ^= 1;
                Files.write(file, wrong);
                assertThat(verify(evidence).exit())
                        .as("%s, byte %d", file.getFileName(), at)
                        .isNotZero();
            }
            Files.write(file, right);
        }
        assertThat(verify(evidence).exit()).isZero();
        Files.writeString(evidence.resolve("more.txt"), "x");
        assertThat(verify(evidence).output()).contains("FAULT more.txt is not in SHA256SUMS");
    }

    /** Sums that fit the forgery do not help: the signature is over something else. */
    @Test
    void isRedWhenTheContentIsForgedTogetherWithTheSums() throws Exception {
        Path evidence = evidence(acme.sealed(ORDER), "forged");
        for (String file : List.of("payload.edi", "signed-content.bin")) {
            forge(evidence, file, "20261122", "20261123");
        }
        assertThat(verify(evidence).output())
                .contains(
                        "ok    SHA-256 of payload.edi",
                        "FAULT payload.edi is the payload of an entry in proof.json",
                        "FAULT the partner's signature over signed-content.bin",
                        "ok    payload.edi is inside the signed content",
                        "FAULT the MIC in the MDN");
    }

    @Test
    void holdsForEveryShapeOfAMessage() throws Exception {
        Keys us = acme.hubCertificate();
        Wire document = Wire.document("application/edi-x12", ORDER);
        Wire base64 = document.base64(76);
        Wire related = new Wire(
                "Content-Type: multipart/related; boundary=rel\r\n",
                new String(document.bytes(), StandardCharsets.ISO_8859_1)
                        .transform(text -> "--rel\r\n" + text
                                + "\r\n--rel\r\nContent-Type: text/plain\r\n\r\nwith regards\r\n--rel--\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        Wire quoted = new Wire(
                "Content-Type: application/edi-x12\r\nContent-Transfer-Encoding: quoted-printable\r\n",
                quotedPrintable(ORDER));
        Map<String, Wire> shapes = new LinkedHashMap<>();
        shapes.put("ok    payload.edi is inside the signed content, in base64", base64.signed(acme.keys()));
        shapes.put("ok    payload.edi is inside the signed content, in quoted-printable", quoted.signed(acme.keys()));
        shapes.put("ok    payload.edi is inside the signed content\n", related.signed(acme.keys()));
        shapes.put(
                "ok    payload.edi is inside the signed content\nok    the signed part",
                document.signed(acme.keys()).compressed());
        shapes.put(
                "ok    payload.edi is inside the signed content, in binary, compressed",
                document.compressed().signed(acme.keys()));
        shapes.put(
                "ok    payload.edi is inside the signed content, in base64, compressed",
                base64.compressed().signed(acme.keys()));
        shapes.put(
                "ok    payload.edi is inside the signed content, in quoted-printable, compressed",
                quoted.compressed().base64(76).signed(acme.keys()));
        shapes.put(
                "ok    payload.edi is inside the signed content, in binary, compressed\nok",
                related.compressed().signed(acme.keys()));
        int number = 0;
        for (Map.Entry<String, Wire> shape : shapes.entrySet()) {
            Path evidence = evidence(shape.getValue().encrypted(us), "shape-" + number++);
            OpenSsl.Ran ran = verify(evidence);
            assertThat(ran.output())
                    .as(shape.getKey())
                    .contains(shape.getKey(), "0 faults")
                    .doesNotContain("note");
            assertThat(ran.exit()).isZero();
            forge(evidence, "payload.edi", "20261122", "20261123");
            assertThat(verify(evidence).output())
                    .as(shape.getKey())
                    .contains(
                            "ok    SHA-256 of payload.edi",
                            "FAULT"
                                    + shape.getKey()
                                            .lines()
                                            .findFirst()
                                            .orElseThrow()
                                            .substring("ok   ".length()));
        }
    }

    @Test
    void saysWhatItCouldNotCompareWhereGzipIsMissing() throws Exception {
        Wire document = Wire.document("application/edi-x12", ORDER);
        Path evidence =
                evidence(document.compressed().signed(acme.keys()).encrypted(acme.hubCertificate()), "without-gzip");
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of(
                "sh", "openssl", "sed", "cut", "grep", "dd", "tail", "head", "cmp", "tr", "find", "dirname", "mktemp",
                "rm", "cat", "awk", "fold")) {
            Path there = List.of("/usr/bin", "/bin").stream()
                    .map(each -> Path.of(each, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), there);
        }
        OpenSsl.Ran ran = OpenSsl.run(
                evidence,
                "env",
                "PATH=" + tools,
                "sh",
                evidence.resolve("verify.sh").toString());
        assertThat(ran.output())
                .contains(
                        "note  payload.edi is inside the signed content, compressed; gzip is not here, so the two were not"
                                + " compared",
                        "ok    the partner's signature over signed-content.bin, by signer.pem",
                        "ok    the MIC in the MDN is that of the signed content",
                        "0 faults");
        assertThat(ran.exit()).isZero();
    }

    /** In another text, with a sum that fits it. */
    private static void forge(Path evidence, String file, String from, String to) throws Exception {
        Path path = evidence.resolve(file);
        String text = Files.readString(path, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to), StandardCharsets.ISO_8859_1);
        String sums = Files.readString(evidence.resolve("SHA256SUMS"));
        Files.writeString(
                evidence.resolve("SHA256SUMS"),
                sums.replaceAll(
                        "[0-9a-f]{64}  " + file,
                        io.lonja.archive.Sha256.of(Files.readAllBytes(path)).hex() + "  " + file));
    }

    /** Every third byte as a code, lines broken softly, and bytes kept that could mean something. */
    private static byte[] quotedPrintable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (int at = 0; at < bytes.length; at++) {
            int each = bytes[at] & 0xff;
            boolean lineEnd = each == '\r' || each == '\n';
            boolean plain = lineEnd || each > ' ' && each < 127 && each != '=' && at % 3 != 0;
            text.append(plain ? String.valueOf((char) each) : "=%02X".formatted(each));
            column = each == '\n' ? 0 : column + 3;
            if (column > 60) {
                text.append("=\r\n");
                column = 0;
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Path evidence(Wire message, String name) throws Exception {
        String messageId = "<%s@acme>".formatted(UUID.randomUUID());
        assertThat(acme.send(message, acme.headers(messageId)).disposition()).isEqualTo("processed");
        String search = "/interchanges?messageId=" + java.net.URLEncoder.encode(messageId, StandardCharsets.UTF_8);
        List<String> ids = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            JsonNode page = new ObjectMapper().readTree(operator.get(search).body());
            page.get("items").forEach(each -> ids.add(each.get("id").asText()));
            return !ids.isEmpty();
        });
        HttpResponse<byte[]> zip = operator.get("/interchanges/%s/evidence".formatted(ids.get(0)));
        assertThat(zip.statusCode()).isEqualTo(200);
        Path into = folder.resolve(name);
        try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
            for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                Path path = into.resolve(file.getName());
                Files.createDirectories(path.getParent());
                Files.write(path, files.readAllBytes());
            }
        }
        return into;
    }

    private static OpenSsl.Ran verify(Path evidence) throws Exception {
        return OpenSsl.run(evidence, "sh", evidence.resolve("verify.sh").toString());
    }

    private static List<Path> files(Path evidence) throws Exception {
        try (var all = Files.walk(evidence)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
