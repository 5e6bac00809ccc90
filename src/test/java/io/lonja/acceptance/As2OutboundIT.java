package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citrusframework.actions.ReceiveMessageAction.Builder.receive;
import static org.citrusframework.actions.SendMessageAction.Builder.send;

import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.Departure;
import io.lonja.force.HubProcess;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import io.lonja.transport.as2.As2Endpoint;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.As2Receiver;
import io.lonja.transport.as2.As2Receiver.Mood;
import io.lonja.transport.as2.As2Receiver.Received;
import io.lonja.transport.as2.As2Sender;
import io.lonja.transport.as2.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citrusframework.TestActionRunner;
import org.citrusframework.annotations.CitrusResource;
import org.citrusframework.annotations.CitrusTest;
import org.citrusframework.junit.jupiter.CitrusSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hub brings by AS2 what it owes, and believes nothing but an MDN that proves it. */
@CitrusSupport
class As2OutboundIT {

    private static final EntryType OWED = EntryType.evidence("owed-by-a-test");

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static As2Receiver receiver;

    @BeforeAll
    static void start() throws Exception {
        receiver = new As2Receiver(Keys.rsa("acme"));
        Map<String, String> ways = Map.of(
                "acme", "sign: sha256, encrypt: aes128-cbc, compress: false, mdn: sync-signed",
                "acme-gcm", "sign: sha512, encrypt: aes256-gcm, compress: true, mdn: sync-signed",
                "acme-unsigned", "sign: sha384, encrypt: aes256-cbc, compress: true, mdn: sync");
        Map<String, String> profiles = new HashMap<>();
        ways.forEach(
                (id, way) -> profiles.put(id, profile(id, receiver.address().toString(), way)));
        profiles.put("nowhere", profile("nowhere", receiver.address().toString(), "mdn: async-signed, retry: [7m]"));
        profiles.put("gone", profile("gone", "http://127.0.0.1:1/as2", ways.get("acme")));
        Path config = HubProcess.configuration(folder.resolve("config"), profiles);
        for (String id : profiles.keySet()) {
            Path file = config.resolve("partners").resolve(id).resolve("certificates/own.pem");
            Files.createDirectories(file.getParent());
            Files.writeString(file, Keys.rsa("acme").pem());
        }
        hub = RunningHub.start(folder.resolve("home"), "--lonja.config=" + config, "--lonja.partners.also=");
        receiver.trust(hub.home().resolve("keys"));
    }

    @AfterAll
    static void stop() {
        hub.close();
        receiver.close();
    }

    @ParameterizedTest
    @CsvSource({"acme", "acme-gcm", "acme-unsigned"})
    void whatIsOwedArrivesAsThePartnerWantsItAndIsConfirmedByItsMdn(String partner) throws Exception {
        receiver.mood(Mood.GOOD);
        Departure departure = departure(partner, "ISA*00*~IEA*1*1~");
        assertThat(carry(departure)).isInstanceOf(Carried.Confirmed.class);
        Received received = receiver.next(10);
        assertThat(received).isNotNull();
        assertThat(received.payload())
                .isEqualTo(archive().payload(departure.owed().id()));
        assertThat(received.header("AS2-From")).isEqualTo("LONJA");
        assertThat(received.header("AS2-To")).isEqualTo(partner.toUpperCase(Locale.ROOT));
        List<Entry> kept = kept(departure);
        assertThat(kept.stream().map(entry -> entry.type().name())).containsExactly("as2-sent", "mdn-received");
        assertThat(archive().payload(kept.get(0).id())).isEqualTo(received.body());
        assertThat(kept.get(1).attributes()).containsEntry("disposition", "processed");
    }

    @Test
    void aRetrySendsTheSameBytesUnderTheSameMessageId() throws Exception {
        Departure first = departure("acme", "ISA*00*~retry~IEA*1*1~");
        receiver.mood(Mood.BROKEN);
        assertThat(carry(first))
                .isInstanceOfSatisfying(
                        Carried.Failed.class,
                        failed -> assertThat(failed.again()).isTrue());
        receiver.mood(Mood.HANGS_UP);
        assertThat(carry(first))
                .isInstanceOfSatisfying(
                        Carried.Failed.class,
                        failed -> assertThat(failed.again()).isTrue());
        receiver.mood(Mood.GOOD);
        assertThat(carry(first)).isInstanceOf(Carried.Confirmed.class);
        Received one = receiver.next(10);
        Received two = receiver.next(10);
        Received three = receiver.next(10);
        assertThat(one).isNotNull();
        assertThat(two).isNotNull();
        assertThat(three).isNotNull();
        assertThat(Arrays.equals(one.body(), two.body()) && Arrays.equals(one.body(), three.body()))
                .isTrue();
        for (String header : List.of("Message-ID", "Content-Type", "Date", "Disposition-Notification-Options")) {
            assertThat(three.header(header)).isEqualTo(one.header(header)).isNotBlank();
        }
        assertThat(kept(first).stream().filter(entry -> entry.type().name().equals("as2-sent")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "acme, UNSIGNED, true, is not signed",
        "acme, SIGNED_BY_ANOTHER, true, proves nothing",
        "acme, NEGATIVE, false, unexpected-processing-error",
        "acme, OTHER_CONTENT, false, received something else",
        "acme, OTHER_MESSAGE, true, is about message <another@message>",
        "acme, WITHOUT_MIC, true, has no MIC",
        "acme, EMPTY, true, without an MDN",
        "acme, NO_MDN, true, The answer is no MDN",
        "acme, ENDLESS, true, longer than",
        "acme, REDIRECT, false, HTTP 302",
        "acme, NOT_FOUND, false, HTTP 404",
        "acme, TOO_MANY, true, HTTP 429",
        "acme, BROKEN, true, HTTP 503",
        "acme, HANGS_UP, true, could not be reached",
        "gone, GOOD, true, could not be reached",
        "acme-unsigned, OTHER_CONTENT, false, received something else"
    })
    void whatProvesNothingIsNoConfirmation(String partner, Mood mood, boolean again, String reason) throws Exception {
        receiver.mood(mood);
        assertThat(carry(departure(partner, "ISA*00*~IEA*1*1~")))
                .isInstanceOfSatisfying(Carried.Failed.class, failed -> {
                    assertThat(failed.reason()).contains(reason);
                    assertThat(failed.again()).isEqualTo(again);
                });
        while (receiver.next(0) != null) {
            // what this case brought does not belong to the next
        }
    }

    @Test
    void nothingIsSentThatAsksForAnMdnNowhere() throws Exception {
        receiver.mood(Mood.GOOD);
        Departure departure = departure("nowhere", "ISA*00*~IEA*1*1~");
        assertThat(carry(departure))
                .isEqualTo(new Carried.Failed(
                        "nowhere is to be asked for an asynchronous MDN, and nobody said where it can bring it; set"
                                + " lonja.as2.public-url.",
                        true,
                        Duration.ofMinutes(7)));
        assertThat(kept(departure)).isEmpty();
        assertThat(receiver.next(0)).isNull();
    }

    @Test
    void aWarningIsAConfirmationAndAnUnsignedMdnIsOneWhereNoSignatureWasAskedFor() throws Exception {
        receiver.mood(Mood.WARNING);
        assertThat(carry(departure("acme", "ISA*00*~IEA*1*2~"))).isInstanceOf(Carried.Confirmed.class);
        receiver.mood(Mood.UNSIGNED);
        assertThat(carry(departure("acme-unsigned", "ISA*00*~IEA*1*3~"))).isInstanceOf(Carried.Confirmed.class);
        receiver.next(10);
        receiver.next(10);
    }

    @Test
    @CitrusTest
    void theAcknowledgmentOfAnOrderComesBackByTheLaneOfThePartner(@CitrusResource TestActionRunner partners) {
        receiver.mood(Mood.GOOD);
        As2Endpoint acme = As2Endpoint.client(
                new As2Peer("ACME", Keys.rsa("acme"), hub.http(), hub.home().resolve("keys")));
        partners.run(send(acme).message().body("""
                ISA*00*          *00*          *ZZ*ACME           *ZZ*LONJA          *261122*0800*U*00401*000000077*0*P*>~
                GS*PO*ACME*LONJA*20261122*0800*77*X*004010~ST*850*0001~SE*2*0001~GE*1*77~IEA*1*000000077~"""));
        partners.run(receive(acme)
                .message()
                .header(As2Endpoint.STATUS, "200")
                .header(As2Endpoint.DISPOSITION, "processed")
                .header(As2Endpoint.SIGNED, "true"));
        partners.run(receive(As2Endpoint.server(receiver))
                .timeout(30_000)
                .message()
                .header("AS2-From", "LONJA")
                .header("AS2-To", "ACME")
                .validate((message, context) ->
                        assertThat(message.getPayload(String.class)).contains("ST*997*", "AK1*PO*77")));
    }

    private static Carried carry(Departure departure) {
        return hub.context().getBean(As2Sender.class).carry(departure);
    }

    private static Departure departure(String partner, String content) {
        byte[] payload = content.getBytes(StandardCharsets.US_ASCII);
        PartyId to = new PartyId(partner);
        return new Departure(
                new Delivery.Owed(
                        archive().append(Draft.of(OWED, Map.of(), payload)).id(),
                        to,
                        "997",
                        null,
                        Sha256.of(payload),
                        payload.length,
                        Instant.parse("2026-11-22T03:00:00Z")),
                hub.context().getBean(TradingPartners.class).find(to).orElseThrow(),
                1);
    }

    private static List<Entry> kept(Departure departure) {
        return archive().entriesAfter(0, 10_000).stream()
                .filter(entry -> departure
                        .owed()
                        .id()
                        .toString()
                        .equals(entry.attributes().get("delivery")))
                .toList();
    }

    private static Archive archive() {
        return hub.context().getBean(Archive.class);
    }

    private static String profile(String id, String url, String way) {
        return """
                name: %s
                roles: [member]
                identities: { as2: %s, x12: "ZZ/%2$s" }
                channels:
                  as2:
                    outbound: { url: "%s", %s }
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                currency: EUR
                agreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                """.formatted(id, id.toUpperCase(Locale.ROOT), url, way);
    }
}
