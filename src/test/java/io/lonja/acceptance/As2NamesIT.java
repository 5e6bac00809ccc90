package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.Departure;
import io.lonja.force.HubProcess;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.As2Peer.Reply;
import io.lonja.transport.as2.As2Receiver;
import io.lonja.transport.as2.As2Sender;
import io.lonja.transport.as2.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One hub, two companies: each partner knows one of them, with its own AS2 name and its own keys. */
class As2NamesIT {

    private static final EntryType OWED = EntryType.evidence("owed-by-a-test");

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static As2Receiver receiver;

    @BeforeAll
    static void start() throws Exception {
        receiver = new As2Receiver(Keys.rsa("acme"));
        Path config = HubProcess.configuration(
                folder.resolve("config"),
                Map.of(
                        "acme", profile("acme", "# by the main name"),
                        "bodega", profile("bodega", "own_name: LONJA-ES"),
                        "both", profile("both", "own_name: [LONJA-ES, LONJA]"),
                        "wrong", profile("wrong", "own_name: LONJA-FR")));
        for (String id : List.of("acme", "bodega", "both", "wrong")) {
            Path file = config.resolve("partners").resolve(id).resolve("certificates/own.pem");
            Files.createDirectories(file.getParent());
            Files.writeString(file, Keys.rsa("acme").pem());
        }
        hub = RunningHub.start(
                folder.resolve("home"),
                "--lonja.config=" + config,
                "--lonja.partners.also=",
                "--lonja.identity.as2-also=LONJA-ES");
    }

    @AfterAll
    static void stop() {
        hub.close();
        receiver.close();
    }

    @ParameterizedTest
    @CsvSource({"acme, LONJA", "bodega, LONJA-ES", "both, LONJA-ES", "both, LONJA"})
    void anMdnComesFromTheNameThatWasWrittenToAndIsSignedByAKeyOfIt(String partner, String ourName) {
        As2Peer peer = peer(partner, ourName);
        Reply reply = peer.send(peer.sealed(order()));
        assertThat(reply.disposition()).isEqualTo("processed");
        assertThat(reply.signed()).isTrue();
        assertThat(reply.headers()).containsEntry("as2-from", List.of(ourName));
        String other = ourName.equals("LONJA") ? "LONJA-ES" : "LONJA";
        assertThat(Reply.of(
                                reply.status(),
                                reply.headers(),
                                reply.body(),
                                peer(partner, other).hubCertificate())
                        .disposition())
                .contains("Signed by CN=" + ourName);
    }

    @ParameterizedTest
    @CsvSource({"acme, LONJA-ES", "bodega, LONJA", "wrong, LONJA", "wrong, LONJA-FR"})
    void nobodyIsTakenForAPartnerOfTheOtherCompany(String partner, String ourName) {
        As2Peer main = peer(partner, "LONJA");
        Map<String, String> headers = peer(partner, ourName).headers("<%s@%s>".formatted(ourName, partner));
        Reply reply = ourName.equals("LONJA-ES")
                ? peer(partner, ourName).send(main.sealed(order()), headers)
                : main.send(main.sealed(order()), headers);
        assertThat(reply.disposition()).isEqualTo("processed/error: unknown-trading-relationship");
    }

    @Test
    void whatIsEncryptedForTheOtherCompanyIsNotOpened() {
        As2Peer peer = peer("bodega", "LONJA-ES");
        Reply reply = peer.send(peer("bodega", "LONJA").sealed(order()), peer.headers("<misled@bodega>"));
        assertThat(reply.disposition()).isEqualTo("processed/error: decryption-failed");
        assertThat(reply.signed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"acme, LONJA", "bodega, LONJA-ES", "both, LONJA-ES"})
    void aMessageLeavesInTheNameThatItsPartnerKnowsSignedByAKeyOfIt(String partner, String ourName) throws Exception {
        receiver.trust(hub.home().resolve("keys"), ourName);
        assertThat(carry(partner)).isInstanceOf(Carried.Confirmed.class);
        As2Receiver.Received received = receiver.next(10);
        assertThat(received).isNotNull();
        assertThat(received.header("AS2-From")).isEqualTo(ourName);
        assertThat(received.payload()).isEqualTo(order());
        receiver.trust(hub.home().resolve("keys"), ourName.equals("LONJA") ? "LONJA-ES" : "LONJA");
        assertThat(carry(partner)).isInstanceOf(Carried.Failed.class);
        receiver.next(10);
    }

    @Test
    void nothingLeavesInANameThatIsNotOurs() throws Exception {
        assertThat(carry("wrong")).isInstanceOfSatisfying(Carried.Failed.class, failed -> {
            assertThat(failed.again()).isTrue();
            assertThat(failed.reason())
                    .isEqualTo("The profile of wrong says that it knows us as LONJA-FR, which is no AS2 name of"
                            + " this hub; add it to lonja.identity.as2-also or change channels.as2.own_name.");
        });
        assertThat(receiver.next(0)).isNull();
    }

    private static As2Peer peer(String partner, String ourName) {
        return new As2Peer(
                partner.toUpperCase(Locale.ROOT),
                Keys.rsa("acme"),
                hub.http(),
                hub.home().resolve("keys"),
                ourName);
    }

    private static Carried carry(String partner) {
        PartyId to = new PartyId(partner);
        return hub.context()
                .getBean(As2Sender.class)
                .carry(new Departure(
                        new Delivery.Owed(
                                hub.context()
                                        .getBean(Archive.class)
                                        .append(Draft.of(OWED, Map.of(), order()))
                                        .id(),
                                to,
                                "997",
                                null,
                                Sha256.of(order()),
                                order().length,
                                Instant.parse("2026-11-22T03:00:00Z")),
                        hub.context().getBean(TradingPartners.class).find(to).orElseThrow(),
                        1));
    }

    private static byte[] order() {
        return "ISA*00*~IEA*1*1~".getBytes(StandardCharsets.US_ASCII);
    }

    private static String profile(String id, String ownName) {
        return """
                name: %s
                roles: [member]
                identities: { as2: %s, x12: "ZZ/%2$s" }
                channels:
                  as2:
                    %s
                    outbound: { url: "%s" }
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                currency: EUR
                agreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                """.formatted(id, id.toUpperCase(Locale.ROOT), ownName, receiver.address());
    }
}
