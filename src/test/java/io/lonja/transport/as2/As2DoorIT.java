package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.STRICT;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.As2Door.ACME;
import static io.lonja.transport.as2.As2Door.BODEGA;
import static io.lonja.transport.as2.As2Door.HUB;
import static io.lonja.transport.as2.As2Door.about;
import static io.lonja.transport.as2.As2Door.archive;
import static io.lonja.transport.as2.As2Door.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.transport.as2.As2Peer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every legal and illegal shape at the real door: status, disposition, MIC, and what it leaves in the archive. */
class As2DoorIT {

    static Stream<MessageOpenerTests.Legal> legal() {
        return MessageOpenerTests.legal().filter(it -> it.payload().length > 0);
    }

    @ParameterizedTest
    @MethodSource
    void legal(MessageOpenerTests.Legal it) {
        String id = id();
        Reply reply = ACME.send(it.message(), ACME.headers(id));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.disposition()).isEqualTo("processed");
        assertThat(reply.signed()).isTrue();
        assertThat(reply.originalMessageId()).isEqualTo(id);
        assertThat(reply.mic()).startsWith(Wire.mic(it.digest(), it.covered()) + ", ");
        List<Entry> kept = about(id);
        assertThat(kept)
                .extracting(entry -> entry.type().name())
                .containsExactly("as2-received", "interchange-received", "mdn-sent");
        Archive archive = archive();
        assertThat(archive.payload(kept.get(0).id())).isEqualTo(it.message().body());
        assertThat(archive.payload(kept.get(1).id())).isEqualTo(it.payload());
        assertThat(archive.payload(kept.get(2).id())).isEqualTo(reply.body());
    }

    @Test
    void anEmptyDocumentIsOpenedAndNotTaken() {
        Wire nothing = Wire.document("application/edi-x12", new byte[0]);
        Reply reply = ACME.send(nothing.signed(THEIRS).encrypted(OURS));
        assertThat(reply.disposition()).isEqualTo("processed/error: unexpected-processing-error");
    }

    /** Weak certificates do not get into a profile, so a message signed by one is a stranger's here. */
    static Stream<MessageOpenerRefusalTests.Illegal> illegal() {
        return MessageOpenerRefusalTests.illegal()
                .filter(it -> it.relationship() == STRICT && !it.name().equals("signed with a short key"));
    }

    @ParameterizedTest
    @MethodSource
    void illegal(MessageOpenerRefusalTests.Illegal it) {
        String id = id();
        Reply reply = ACME.send(it.message(), ACME.headers(id));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.disposition()).isEqualTo(it.disposition().onTheWire());
        assertThat(reply.signed()).isTrue();
        assertThat(reply.mic()).isEmpty();
        assertThat(about(id)).singleElement().satisfies(entry -> {
            assertThat(entry.type().name()).isEqualTo("transmission-turned-away");
            assertThat(entry.payloadLength()).isZero();
        });
    }

    @Test
    void aBadMessageBetweenGoodOnesOnOneConnectionChangesNothing() throws Exception {
        Keys us = OURS;
        Wire document = Acquaintance.DOCUMENT;
        Wire good = document.signed(THEIRS).encrypted(us);
        List<Wire> messages = List.of(
                good,
                document.signedThenChanged(THEIRS).encrypted(us),
                good,
                good.body(body -> new byte[0]),
                document.encrypted(us),
                good);
        try (KeptConnection connection = new KeptConnection(ACME)) {
            List<String> dispositions = new ArrayList<>();
            for (Wire message : messages) {
                dispositions.add(connection.send(message, id()).disposition());
            }
            assertThat(dispositions)
                    .containsExactly(
                            "processed",
                            "processed/error: integrity-check-failed",
                            "processed",
                            "processed/error: decryption-failed",
                            "processed/error: insufficient-message-security",
                            "processed");
        }
    }

    /** Each by its own keys at the same time; the MDN of one never answers the other. */
    @Test
    void twoPartnersSideBySideGetEachItsOwnSignedMdn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int number = 0; number < 120; number++) {
                As2Peer peer = number % 2 == 0 ? ACME : BODEGA;
                As2Peer impostor =
                        new As2Peer(peer.name(), peer == ACME ? BODEGA.keys() : THEIRS, HUB.http(), peer.hubKeys());
                boolean genuine = number % 6 != 5;
                byte[] payload = "ISA*%s*%d".formatted(peer.name(), number).getBytes(StandardCharsets.US_ASCII);
                answers.add(threads.submit(() -> {
                    String id = id();
                    Wire message = (genuine ? peer : impostor).sealed(payload);
                    Reply reply = peer.send(message, peer.headers(id));
                    return "%s %s %s"
                            .formatted(
                                    reply.disposition(),
                                    reply.signed(),
                                    reply.originalMessageId().equals(id));
                }));
            }
            for (int number = 0; number < answers.size(); number++) {
                assertThat(answers.get(number).get())
                        .isEqualTo(
                                number % 6 != 5
                                        ? "processed true true"
                                        : "processed/error: authentication-failed true true");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
