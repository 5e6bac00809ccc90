package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.DOCUMENT;
import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.STRANGER;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.Acquaintance.THEIRS_EC;
import static io.lonja.transport.as2.Acquaintance.THEIRS_NEXT;
import static io.lonja.transport.as2.Acquaintance.THEIRS_P384;
import static io.lonja.transport.as2.As2Door.ACME;
import static io.lonja.transport.as2.As2Door.about;
import static io.lonja.transport.as2.As2Door.archive;
import static io.lonja.transport.as2.As2Door.id;
import static io.lonja.transport.as2.As2Door.signer;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.transport.as2.As2Peer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is just within each limit of the door is taken, and one more is refused with nothing kept. */
class As2LimitsIT {

    private static final int CONTENT_BYTES_MAX = 4 << 20;
    private static final String PROCESSED = "processed";

    /** @param says the disposition, or for other than 200 words of the sentence; a case that is taken says processed */
    record Case(String name, Wire message, Map<String, String> headers, int status, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> limits() {
        Wire four = DOCUMENT.compressed().signed(THEIRS).compressed();
        Wire five = DOCUMENT.encrypted(OURS).compressed().signed(THEIRS).compressed();
        Keys[] signers = {
            THEIRS,
            THEIRS_NEXT,
            THEIRS_EC,
            THEIRS_P384,
            signer(1),
            signer(2),
            signer(3),
            signer(4),
            Keys.ec("theirs-p521")
        };
        return Stream.of(
                taken("4 layers", four.encrypted(OURS)),
                refused("5 layers", five.encrypted(OURS), Disposition.UNEXPECTED_PROCESSING_ERROR),
                taken("50 parts", sealed(parts(50))),
                refused("51 parts", sealed(parts(51)), Disposition.UNEXPECTED_PROCESSING_ERROR),
                taken("200 inner headers", sealed(fields(200))),
                refused("201 inner headers", sealed(fields(201)), Disposition.UNEXPECTED_PROCESSING_ERROR),
                taken("inner headers of 64 KiB", sealed(headersOf(1 << 16))),
                refused(
                        "inner headers of a byte more",
                        sealed(headersOf((1 << 16) + 1)),
                        Disposition.UNEXPECTED_PROCESSING_ERROR),
                taken("100 recipients", DOCUMENT.signed(THEIRS).encrypted(recipients(100))),
                refused(
                        "101 recipients",
                        DOCUMENT.signed(THEIRS).encrypted(recipients(101)),
                        Disposition.DECRYPTION_FAILED),
                taken("8 signers", DOCUMENT.signed(Arrays.copyOf(signers, 8)).encrypted(OURS)),
                refused("9 signers", DOCUMENT.signed(signers).encrypted(OURS), Disposition.AUTHENTICATION_FAILED),
                taken("1 MiB out of nearly nothing", sealed(entityOf(1 << 20, 0).compressed())),
                refused(
                        "a byte more out of nearly nothing",
                        sealed(entityOf((1 << 20) + 1, 0).compressed()),
                        Disposition.DECOMPRESSION_FAILED),
                taken(
                        "less than 100 times its size",
                        sealed(entityOf(2 << 20, 30_000).compressed())),
                refused(
                        "more than 100 times its size",
                        sealed(entityOf(2 << 20, 10_000).compressed()),
                        Disposition.DECOMPRESSION_FAILED),
                taken(
                        "as much as any content",
                        sealed(entityOf(CONTENT_BYTES_MAX, 100_000).compressed())),
                refused(
                        "a byte more than any content",
                        sealed(entityOf(CONTENT_BYTES_MAX + 1, 100_000).compressed()),
                        Disposition.DECOMPRESSION_FAILED),
                taken("a Message-ID of 255 characters", Map.of("Message-ID", id() + "x".repeat(255 - id().length()))),
                answered("a Message-ID of 256 characters", 400, "at most 255", Map.of("Message-ID", "x".repeat(256))),
                new Case(
                        "an AS2 name of 128 characters",
                        sealed(DOCUMENT),
                        Map.of("AS2-From", "x".repeat(128)),
                        200,
                        Disposition.UNKNOWN_TRADING_RELATIONSHIP.onTheWire()),
                answered("an AS2 name of 129 characters", 400, "at most 128", Map.of("AS2-From", "x".repeat(129))),
                taken("a header of 1000 characters", Map.of("Subject", "x".repeat(1_000))),
                answered("a header of 1001 characters", 400, "more than 1000", Map.of("Subject", "x".repeat(1_001))),
                answered("headers of more than 8 KiB", 400, "", Map.of("X-Long", "x".repeat(8_192))));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void areKept(Case it) throws Exception {
        Map<String, String> headers = ACME.headers(id());
        headers.putAll(it.headers());
        String id = headers.get("Message-ID");
        long before = archive().size();
        Reply reply = ACME.send(it.message(), headers);
        assertThat(reply.status()).isEqualTo(it.status());
        if (it.status() != 200) {
            assertThat(new String(reply.body(), StandardCharsets.US_ASCII)).contains(it.says());
            assertThat(about(id)).isEmpty();
            return;
        }
        assertThat(reply.disposition()).isEqualTo(it.says());
        if (it.says().equals(PROCESSED)) {
            assertThat(about(id))
                    .extracting(entry -> entry.type().name())
                    .contains("as2-received", "interchange-received", "mdn-sent");
        } else {
            assertThat(archive().entriesAfter(before, 100))
                    .filteredOn(entry -> id.equals(entry.attributes().get("message-id")))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.type().name()).isEqualTo("transmission-turned-away");
                        assertThat(entry.payloadLength()).isZero();
                    });
        }
    }

    @Test
    void ofTheNumberOfHeadersIsTheContainers() throws Exception {
        Map<String, String> headers = ACME.headers("<many@door>");
        for (int number = 0; number <= 100; number++) {
            headers.put("X-" + number, "x");
        }
        try (KeptConnection connection = new KeptConnection(ACME)) {
            assertThat(connection.send(sealed(DOCUMENT), headers).status()).isEqualTo(400);
            assertThat(connection.ended()).isTrue();
        }
        assertThat(about("<many@door>")).isEmpty();
    }

    /** Announced it is not even read; else it is read up to there. */
    @Test
    void ofABodyIsHeldWhetherItIsAnnouncedOrNot() throws Exception {
        Wire tooLong = new Wire(sealed(DOCUMENT).headers(), new byte[CONTENT_BYTES_MAX + 1]);
        try (KeptConnection connection = new KeptConnection(ACME)) {
            Reply reply = connection.send(tooLong, "<long@door>");
            assertThat(reply.status()).isEqualTo(413);
            assertThat(new String(reply.body(), StandardCharsets.US_ASCII)).contains("at most 4194304 bytes");
        }
        try (KeptConnection connection = new KeptConnection(ACME)) {
            String head = new String(
                            KeptConnection.head(
                                    new Wire(tooLong.headers(), new byte[0]), ACME.headers("<chunks@door>")),
                            StandardCharsets.ISO_8859_1)
                    .replace("Content-Length: 0", "Transfer-Encoding: chunked");
            connection.write(Wire.ascii(head + "%x\r\n".formatted(tooLong.body().length)));
            connection.write(Wire.join(tooLong.body(), Wire.ascii("\r\n0\r\n\r\n")));
            assertThat(connection.answer().status()).isEqualTo(413);
        }
        assertThat(List.of("<long@door>", "<chunks@door>"))
                .allSatisfy(id -> assertThat(about(id)).isEmpty());
    }

    private static Case taken(String name, Wire message) {
        return new Case(name, message, Map.of(), 200, PROCESSED);
    }

    private static Case taken(String name, Map<String, String> headers) {
        return new Case(name, sealed(DOCUMENT), headers, 200, PROCESSED);
    }

    private static Case refused(String name, Wire message, Disposition disposition) {
        return new Case(name, message, Map.of(), 200, disposition.onTheWire());
    }

    private static Case answered(String name, int status, String words, Map<String, String> headers) {
        return new Case(name, sealed(DOCUMENT), headers, status, words);
    }

    private static Wire sealed(Wire document) {
        return document.signed(THEIRS).encrypted(OURS);
    }

    private static Wire parts(int count) {
        Wire[] parts = new Wire[count];
        Arrays.fill(parts, Wire.document("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G'}));
        parts[0] = DOCUMENT;
        return AttachmentsTests.related("", parts);
    }

    private static Wire fields(int count) {
        Wire document = DOCUMENT;
        for (int field = 1; field < count; field++) {
            document = document.header("X-%d: x".formatted(field));
        }
        return document;
    }

    private static Wire headersOf(int bytes) {
        int missing = bytes - DOCUMENT.headers().length() - "X: \r\n".length();
        return DOCUMENT.header("X: " + "x".repeat(missing));
    }

    private static Keys[] recipients(int count) {
        Keys[] recipients = new Keys[count];
        Arrays.fill(recipients, STRANGER);
        recipients[count - 1] = OURS;
        return recipients;
    }

    /** An entity of so many bytes, so many of which do not compress. */
    private static Wire entityOf(int bytes, int incompressible) {
        int headers = Wire.document("application/edi-x12", new byte[0]).bytes().length;
        byte[] payload = new byte[bytes - headers];
        byte[] noise = new byte[incompressible];
        new Random(bytes).nextBytes(noise);
        System.arraycopy(noise, 0, payload, 0, noise.length);
        return Wire.document("application/edi-x12", payload);
    }
}
