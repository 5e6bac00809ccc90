package io.lonja.force;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.Keys;
import io.lonja.transport.as2.LargeWire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Half a gigabyte by AS2 to a hub with a heap of half of that: it is durable, its MDN is right, nothing of it stays in the
 * spool, and whoever sends something small meanwhile is served.
 */
@Tag("force")
class LargeMessageIT {

    private static final int HEAP_MEGABYTES = 256;
    private static final long BYTES = 500L << 20;
    private static final String PROFILE = """
            name: Acme
            roles: [member]
            identities: { as2: ACME, x12: "ZZ/ACME" }
            channels:
              as2:
                inbound: { require: [signed, encrypted] }
                certificates:
                  - { file: certificates/acme.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
            currency: EUR
            agreements:
              - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
            """;

    @TempDir
    static Path folder;

    private static HubProcess hub;
    private static ApiClient operator;
    private static As2Peer acme;

    @BeforeAll
    static void start() throws Exception {
        Path config = HubProcess.configuration(folder.resolve("config"), Map.of("acme", PROFILE));
        Path certificates = Files.createDirectories(config.resolve("partners/acme/certificates"));
        Files.writeString(certificates.resolve("acme.pem"), Keys.rsa("acme").pem());
        Path home = folder.resolve("home");
        hub = HubProcess.start(
                HEAP_MEGABYTES, home, config, HubProcess.Ports.free(), "--lonja.intake.content-max=600MB");
        operator = ApiClient.operator(hub.base(), home);
        acme = new As2Peer("ACME", Keys.rsa("acme"), hub.base(), home.resolve("keys"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @EnumSource
    void isTakenWholeInAHeapOfHalfItsSize(LargeWire.Packing packing) throws Exception {
        LargeWire wire = LargeWire.write(
                Files.createDirectories(folder.resolve("wire")), BYTES, packing, acme.keys(), acme.hubCertificate());
        String id = "<large-%s@acme>".formatted(packing);
        Instant sent = Instant.now();
        As2Peer.Reply reply = acme.send(wire, acme.headers(id));
        Duration answered = Duration.between(sent, Instant.now());
        assertThat(reply.disposition()).isEqualTo("processed");
        assertThat(reply.signed()).isTrue();
        assertThat(reply.mic()).isEqualTo(wire.mic());
        JsonNode receipt = operator.get(
                        "/interchanges?messageId=" + id.replace("<", "%3C").replace(">", "%3E"))
                .at("/items/0");
        assertThat(receipt.at("/sha256").asText()).isEqualTo(wire.payload().hex());
        assertThat(spooled()).isEmpty();
        System.out.printf(
                "%s: %d MB answered after %d s, the hub's process has %s%n",
                packing, Files.size(wire.body()) >> 20, answered.toSeconds(), hub.resident());
        Files.delete(wire.body());
    }

    @Test
    void whatIsSmallIsServedBesides() {
        assertThat(acme.send(acme.sealed("ISA*small~".getBytes())).disposition())
                .isEqualTo("processed");
    }

    private static List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("home/spool"))) {
            return files.toList();
        }
    }
}
