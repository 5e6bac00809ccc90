package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lonja.alarm.Alarm;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.DeliveryLanes;
import io.lonja.force.HubProcess;
import io.lonja.party.PartyId;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.As2Peer.Reply;
import io.lonja.transport.as2.As2Receiver;
import io.lonja.transport.as2.As2Receiver.Mood;
import io.lonja.transport.as2.As2Receiver.Received;
import io.lonja.transport.as2.Keys;
import io.lonja.transport.as2.MdnCatcher;
import io.lonja.transport.as2.MdnCatcher.Caught;
import io.lonja.transport.as2.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MDNs by another connection: those a partner wants from us, and those we want from it. */
class As2AsyncIT {

    private static final String OURS = "https://edi.lonja.example/as2";
    private static final EntryType OWED = EntryType.evidence("example-sent");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static As2Receiver receiver;
    private static MdnCatcher catcher;
    private static As2Peer acme;

    @BeforeAll
    static void start() throws Exception {
        receiver = new As2Receiver(Keys.rsa("acme"));
        catcher = new MdnCatcher();
        String hosts = "mdn_hosts: [\"%s\", \"127.0.0.1:1\"], mdn_private: true, reason: a partner of a test"
                .formatted(catcher.hostAndPort());
        Map<String, String> profiles = new HashMap<>();
        profiles.put("acme", profile("acme", hosts, "mdn: async-signed, mdn_within: 1h"));
        profiles.put("plain", profile("plain", hosts, "mdn: async, mdn_within: 1h"));
        profiles.put("late", profile("late", hosts, "mdn: async-signed, mdn_within: 1s, retry: [1s]"));
        profiles.put("quiet", profile("quiet", "require: [signed, encrypted]", "mdn: none"));
        profiles.put("posed", profile("posed", hosts, "mdn: none"));
        profiles.put("many", profile("many", hosts, "mdn: none"));
        profiles.put(
                "deaf",
                profile("deaf", hosts, "mdn: sync-signed")
                        .replace(receiver.address().toString(), "http://127.0.0.1:1/as2"));
        Path config = HubProcess.configuration(folder.resolve("config"), profiles);
        for (String id : profiles.keySet()) {
            Path file = config.resolve("partners").resolve(id).resolve("certificates/own.pem");
            Files.createDirectories(file.getParent());
            Files.writeString(file, Keys.rsa("acme").pem());
        }
        hub = RunningHub.start(
                folder.resolve("home"),
                "--lonja.config=" + config,
                "--lonja.partners.also=",
                "--lonja.sweep.every=200ms",
                "--lonja.as2.public-url=" + OURS);
        receiver.trust(hub.home().resolve("keys"));
        acme = peer("ACME");
        catcher.of(acme);
    }

    @AfterAll
    static void stop() {
        hub.close();
        receiver.close();
        catcher.close();
    }

    @BeforeEach
    void nothingIsUnderWay() throws InterruptedException {
        receiver.mood(Mood.LATER);
        catcher.answer(200);
        while (catcher.next(0) != null || receiver.next(0) != null) {
            // what another case brought does not belong to this one
        }
    }

    @Test
    void aPartnerGetsItsMdnByAnotherConnectionAfterTheMessageIsDurable() throws Exception {
        Reply reply = acme.send(acme.sealed(order(1)), asynchronously(acme, "<first@acme>", catcher.address()));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        List<Entry> kept = about("<first@acme>");
        assertThat(kept.stream().map(entry -> entry.type().name()))
                .containsExactly("as2-received", "interchange-received", "mdn-sent");

        Caught mdn = catcher.next(SOON.toMillis());
        assertThat(mdn).isNotNull();
        assertThat(mdn.disposition()).isEqualTo("processed");
        assertThat(mdn.signed()).isTrue();
        assertThat(mdn.about()).isEqualTo("<first@acme>");
        assertThat(mdn.mic()).endsWith(", sha-256");
        assertThat(mdn.header("AS2-From")).isEqualTo("LONJA");
        assertThat(mdn.header("AS2-To")).isEqualTo("ACME");
        for (String inner : List.of("deliver-to", "deliver-by", "mdn-url", "partner", "disposition")) {
            assertThat(mdn.header(inner)).isEmpty();
        }
        assertThat(archive().payload(kept.get(2).id())).isEqualTo(mdn.body());
        await().atMost(SOON).until(() -> status(kept.get(2).id()).equals("confirmed"));
    }

    @Test
    void whoNamesAnotherHostIsAnsweredAtOnceAndNothingIsTaken() throws Exception {
        for (String address : List.of(
                "http://169.254.169.254/latest",
                "http://127.0.0.1:2/mdn",
                "http://%s@127.0.0.1:2/mdn".formatted(catcher.hostAndPort()),
                "file:///etc/passwd")) {
            String id = "<elsewhere%d@acme>".formatted(address.hashCode());
            Reply reply = acme.send(acme.sealed(order(2)), asynchronously(acme, id, address));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(new String(reply.body(), StandardCharsets.US_ASCII)).contains("nothing was taken");
            assertThat(about(id))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.type().name()).isEqualTo("transmission-turned-away"));
        }
        As2Peer quiet = peer("QUIET");
        assertThat(quiet.send(quiet.sealed(order(2)), asynchronously(quiet, "<none@quiet>", catcher.address()))
                        .status())
                .isEqualTo(400);
        As2Peer nobody = peer("NOBODY");
        assertThat(nobody.send(nobody.sealed(order(2)), asynchronously(nobody, "<who@nobody>", catcher.address()))
                        .status())
                .isEqualTo(403);
        assertThat(catcher.next(500)).isNull();
    }

    @Test
    void aRepeatedMessageGetsTheVerySameMdnAgain() throws Exception {
        Map<String, String> headers = asynchronously(acme, "<again@acme>", catcher.address());
        acme.send(acme.sealed(order(3)), headers);
        Caught first = catcher.next(SOON.toMillis());
        EntryId mdn = about("<again@acme>").get(2).id();
        await().atMost(SOON).until(() -> status(mdn).equals("confirmed"));
        assertThat(acme.send(acme.sealed(order(3)), headers).status()).isEqualTo(204);
        Caught second = catcher.next(SOON.toMillis());
        assertThat(second).isNotNull();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(second.header("Message-ID")).isEqualTo(first.header("Message-ID"));
        Map<String, String> atOnce = acme.headers("<again@acme>");
        assertThat(acme.send(acme.sealed(order(3)), atOnce).body()).isEqualTo(first.body());
    }

    @Test
    void whoProvesNothingIsToldSoAtTheHostOfWhomItClaimsToBe() throws Exception {
        Wire forged = Wire.document("application/edi-x12", order(4))
                .signed(Keys.rsa("stranger"))
                .encrypted(acme.hubCertificate());
        assertThat(acme.send(forged, asynchronously(acme, "<forged@acme>", catcher.address()))
                        .status())
                .isEqualTo(204);
        Caught mdn = catcher.next(SOON.toMillis());
        assertThat(mdn).isNotNull();
        assertThat(mdn.disposition()).isEqualTo("processed/error: authentication-failed");
        assertThat(about("<forged@acme>").stream().map(entry -> entry.type().name()))
                .containsExactly("transmission-turned-away", "mdn-sent");
    }

    /** Else anybody could let us knock at a partner's door as often as it likes. */
    @Test
    void whoProvesNothingIsAnsweredThereAHundredTimesADayAndThenAtOnce() throws Exception {
        As2Peer posed = peer("POSED");
        Wire forged = Wire.document("application/edi-x12", order(8))
                .signed(Keys.rsa("stranger"))
                .encrypted(posed.hubCertificate());
        for (int number = 1; number <= 100; number++) {
            String id = "<forged%d@posed>".formatted(number);
            assertThat(posed.send(forged, asynchronously(posed, id, catcher.address()))
                            .status())
                    .as("message %d", number)
                    .isEqualTo(204);
        }
        long size = archive().size();
        Reply reply = posed.send(forged, asynchronously(posed, "<forged101@posed>", catcher.address()));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(new String(reply.body(), StandardCharsets.US_ASCII))
                .contains("The signature is not by a certificate");
        assertThat(archive().entriesAfter(size, 1_000))
                .noneMatch(
                        entry -> "<forged101@posed>".equals(entry.attributes().get("original-message-id")));
        assertThat(posed.send(forged, posed.headers("<forged102@posed>")).disposition())
                .as("whoever wants it in the answer")
                .isEqualTo("processed/error: authentication-failed");
        assertThat(posed.send(posed.sealed(order(8)), asynchronously(posed, "<true@posed>", catcher.address()))
                        .status())
                .as("who proves to be the partner")
                .isEqualTo(204);
    }

    @Test
    void whoLeavesAThousandMdnsWaitingIsAskedToComeAgainAndNothingIsTaken() throws Exception {
        As2Peer many = peer("MANY");
        List<Draft> waiting = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            waiting.add(Draft.of(
                    EntryType.evidence("mdn-sent"),
                    Map.of(
                            Entry.DELIVER_TO,
                            "many",
                            Entry.DELIVER_AS,
                            "mdn",
                            Entry.DELIVER_BY,
                            "mdn",
                            "mdn-url",
                            "http://127.0.0.1:1/mdn"),
                    new byte[] {1}));
        }
        List<Entry> owed = archive().append(waiting.subList(0, 999));
        hub.context()
                .getBean(Appliers.class)
                .catchUp(Effect.Lane.RECEIPTS, owed.get(998).id());
        assertThat(many.send(many.sealed(order(9)), asynchronously(many, "<last@many>", "http://127.0.0.1:1/mdn"))
                        .status())
                .isEqualTo(204);
        long size = archive().size();
        Reply reply = many.send(many.sealed(order(10)), asynchronously(many, "<more@many>", catcher.address()));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers().get("retry-after")).containsExactly("300");
        assertThat(new String(reply.body(), StandardCharsets.US_ASCII))
                .contains("Too many MDNs wait to be brought to you, and nothing was taken; send it again later.");
        assertThat(archive().entriesAfter(size, 1_000))
                .noneMatch(entry -> entry.attributes().containsValue("<more@many>"));
        assertThat(many.send(many.sealed(order(10)), many.headers("<more@many>"))
                        .disposition())
                .isEqualTo("processed");
    }

    @Test
    void anMdnIsTriedAgainAndNeitherWaitsForADeadDocumentNorHoldsOneUp() throws Exception {
        As2Peer deaf = peer("DEAF");
        EntryId document = owe("deaf", "ISA*00*~dead~IEA*1*1~");
        await().atMost(SOON).until(() -> attempts(document) == 1);
        deaf.send(deaf.sealed(order(5)), asynchronously(deaf, "<one@deaf>", "http://127.0.0.1:1/mdn"));
        deaf.send(deaf.sealed(order(6)), asynchronously(deaf, "<two@deaf>", catcher.address()));
        Caught mdn = catcher.next(SOON.toMillis());
        assertThat(mdn).isNotNull();
        assertThat(mdn.about()).isEqualTo("<two@deaf>");
        EntryId dead = about("<one@deaf>").get(2).id();
        await().atMost(SOON).until(() -> attempts(dead) == 1);
        assertThat(status(dead)).isEqualTo("pending");

        receiver.mood(Mood.GOOD);
        EntryId quiet = owe("quiet", "ISA*00*~alive~IEA*1*1~");
        await().atMost(SOON).until(() -> status(quiet).equals("confirmed"));
        assertThat(status(document)).isEqualTo("pending");
    }

    @Test
    void anMdnIsNotAmongWhatThePartnerFetches() throws Exception {
        acme.send(acme.sealed(order(7)), asynchronously(acme, "<listed@acme>", catcher.address()));
        EntryId mdn = about("<listed@acme>").get(2).id();
        assertThat(deliveries().find(mdn)).map(it -> it.owed().kind()).contains("mdn");
        assertThat(deliveries().list(new PartyId("acme"), null, 0, 1_000))
                .noneMatch(it -> it.owed().id().equals(mdn));
        assertThat(deliveries().list(null, null, mdn.sequence() - 1, 10))
                .anyMatch(it -> it.owed().id().equals(mdn));
    }

    @ParameterizedTest
    @CsvSource({"acme, GOOD", "acme, WARNING", "plain, UNSIGNED", "plain, GOOD"})
    void whatWeSendIsConfirmedByTheMdnThatComesLater(String partner, Mood mood) throws Exception {
        String document = "ISA*00*~%s %s~IEA*1*1~".formatted(partner, mood);
        EntryId delivery = owe(partner, document);
        Received received = received(document);
        assertThat(received.header("AS2-To")).isEqualTo(partner.toUpperCase(Locale.ROOT));
        assertThat(received.header("Receipt-Delivery-Option")).isEqualTo(OURS);
        await().atMost(SOON).until(() -> status(delivery).equals("sent"));

        Reply reply = answer(partner, receiver.mdn(received, mood));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(status(delivery)).isEqualTo("confirmed");
        assertThat(brought(delivery)).containsExactly("as2-sent", "mdn-received");

        assertThat(answer(partner, receiver.mdn(received, mood)).status()).isEqualTo(200);
        assertThat(answer(partner, receiver.mdn(received, Mood.NEGATIVE)).status())
                .isEqualTo(409);
        assertThat(status(delivery)).isEqualTo("confirmed");
        assertThat(brought(delivery)).containsExactly("as2-sent", "mdn-received");
    }

    @ParameterizedTest
    @CsvSource({"NEGATIVE, unexpected-processing-error", "OTHER_CONTENT, received something else"})
    void whatThePartnerRefusesIsNotTriedAgainAndAnAlarm(Mood mood, String reason) throws Exception {
        String document = "ISA*00*~%s~IEA*1*1~".formatted(mood);
        EntryId delivery = owe("acme", document);
        Received received = received(document);
        assertThat(answer("acme", receiver.mdn(received, mood)).status()).isEqualTo(200);
        assertThat(deliveries().find(delivery).orElseThrow())
                .isInstanceOfSatisfying(
                        Delivery.Abandoned.class,
                        abandoned -> assertThat(abandoned.reason()).contains(reason));
        assertThat(causes()).contains("delivery-refused:" + delivery);
    }

    @ParameterizedTest
    @CsvSource({
        "UNSIGNED, 400, is not signed",
        "SIGNED_BY_ANOTHER, 400, proves nothing",
        "OTHER_MESSAGE, 404, Nobody here asked",
        "WITHOUT_MIC, 400, has no MIC"
    })
    void whatProvesNothingChangesNothing(Mood mood, int status, String sentence) throws Exception {
        String document = "ISA*00*~nothing %s~IEA*1*1~".formatted(mood);
        EntryId delivery = owe("acme", document);
        Received received = received(document);
        await().atMost(SOON).until(() -> status(delivery).equals("sent"));
        long kept = archive().size();
        Reply reply = answer("acme", receiver.mdn(received, mood));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(new String(reply.body(), StandardCharsets.US_ASCII)).contains(sentence);
        assertThat(status(delivery)).isEqualTo("sent");
        assertThat(archive().entriesAfter(kept, 100))
                .filteredOn(entry -> entry.type().kind() == EntryType.Kind.EVIDENCE)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.type().name()).isEqualTo("transmission-turned-away");
                    assertThat(entry.payloadLength()).isZero();
                });
        assertThat(answer("acme", receiver.mdn(received, Mood.GOOD)).status()).isEqualTo(200);
    }

    @Test
    void anMdnOfAnotherPartnerChangesNothing() throws Exception {
        String document = "ISA*00*~another's~IEA*1*1~";
        EntryId delivery = owe("acme", document);
        Received received = received(document);
        assertThat(answer("plain", receiver.mdn(received, Mood.GOOD)).status()).isEqualTo(404);
        assertThat(answer("nobody", receiver.mdn(received, Mood.GOOD)).status()).isEqualTo(403);
        assertThat(status(delivery)).isNotEqualTo("confirmed");
        assertThat(answer("acme", receiver.mdn(received, Mood.GOOD)).status()).isEqualTo(200);
    }

    @Test
    void whatIsOverdueIsAnAlarmAndLeavesAgainAsItWas() throws Exception {
        String document = "ISA*00*~late~IEA*1*1~";
        EntryId delivery = owe("late", document);
        Received first = received(document);
        Received second = received(document);
        assertThat(second.body()).isEqualTo(first.body());
        for (String header : List.of("Message-ID", "Content-Type", "Date", "Receipt-Delivery-Option")) {
            assertThat(second.header(header)).isEqualTo(first.header(header)).isNotBlank();
        }
        assertThat(causes()).contains("delivery-unproved:" + delivery);
        assertThat(answer("late", receiver.mdn(first, Mood.GOOD)).status()).isEqualTo(200);
        assertThat(status(delivery)).isEqualTo("confirmed");
        assertThat(causes()).doesNotContain("delivery-unproved:" + delivery);
    }

    @Test
    void whereNoReceiptIsWantedTheAnswerIsAllAndTheConfirmationSaysSo() throws Exception {
        String document = "ISA*00*~quiet~IEA*1*1~";
        EntryId delivery = owe("quiet", document);
        Received received = received(document);
        assertThat(received.header("Disposition-Notification-To")).isEmpty();
        await().atMost(SOON).until(() -> status(delivery).equals("confirmed"));
        assertThat(archive().entriesAfter(delivery.sequence(), 1_000))
                .filteredOn(entry -> entry.type().name().equals("delivery-confirmed"))
                .extracting(entry -> new String(archive().payload(entry.id()), StandardCharsets.UTF_8))
                .anyMatch(fact -> fact.contains("nothing proves") && fact.contains(delivery.toString()));
    }

    /** The message that brings this document, among others that a case before left behind. */
    private static Received received(String document) throws InterruptedException {
        Received received;
        do {
            received = receiver.next(SOON.toSeconds());
            assertThat(received).as(document).isNotNull();
        } while (!document.equals(new String(received.payload(), StandardCharsets.US_ASCII)));
        return received;
    }

    /** What a partner's system sends on its own. */
    private static Reply answer(String partner, Wire mdn) {
        String name = partner.toUpperCase(Locale.ROOT);
        return peer(name).send(mdn, new HashMap<>(Map.of("AS2-From", name, "AS2-To", "LONJA", "AS2-Version", "1.2")));
    }

    private static As2Peer peer(String name) {
        return new As2Peer(name, Keys.rsa("acme"), hub.http(), hub.home().resolve("keys"));
    }

    private static Map<String, String> asynchronously(As2Peer peer, String messageId, String address) {
        Map<String, String> headers = peer.headers(messageId);
        headers.put("Receipt-Delivery-Option", address);
        return headers;
    }

    private static EntryId owe(String to, String content) {
        EntryId id = archive()
                .append(Draft.of(
                        OWED,
                        Map.of(Entry.DELIVER_TO, to, Entry.DELIVER_AS, "997"),
                        content.getBytes(StandardCharsets.US_ASCII)))
                .id();
        hub.context().getBean(Appliers.class).catchUp(Effect.Lane.RECEIPTS, id);
        hub.context().getBean(DeliveryLanes.class).wake(id);
        return id;
    }

    private static int attempts(EntryId delivery) {
        return (int) archive().entriesAfter(delivery.sequence(), 10_000).stream()
                .filter(entry -> entry.type().name().equals("delivery-attempted"))
                .map(entry -> new String(archive().payload(entry.id()), StandardCharsets.UTF_8))
                .filter(fact -> fact.contains("\"delivery\":%s,".formatted(delivery)))
                .count();
    }

    private static List<String> brought(EntryId delivery) {
        return archive().entriesAfter(delivery.sequence(), 10_000).stream()
                .filter(entry -> delivery.toString().equals(entry.attributes().get("delivery")))
                .map(entry -> entry.type().name())
                .toList();
    }

    /** What the archive has under this Message-ID, in sequence. */
    private static List<Entry> about(String messageId) {
        return archive().entriesAfter(0, 10_000).stream()
                .filter(entry -> Stream.of("original-message-id", "message-id")
                        .anyMatch(name -> messageId.equals(entry.attributes().get(name))))
                .toList();
    }

    private static List<String> causes() {
        return hub.context().getBean(OpenAlarms.class).list(1_000).stream()
                .map(Alarm::cause)
                .toList();
    }

    private static String status(EntryId delivery) {
        return deliveries().find(delivery).orElseThrow().status();
    }

    private static Deliveries deliveries() {
        return hub.context().getBean(Deliveries.class);
    }

    private static Archive archive() {
        return hub.context().getBean(Archive.class);
    }

    private static byte[] order(int number) {
        return """
                ISA*00*          *00*          *ZZ*ACME           *ZZ*LONJA          *261122*0800*U*00401*%09d*0*P*>~
                GS*PO*ACME*LONJA*20261122*0800*%1$d*X*004010~GE*0*%1$d~IEA*1*%1$09d~""".formatted(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static String profile(String id, String inbound, String outbound) {
        return """
                name: %s
                roles: [member]
                identities: { as2: %s, x12: "ZZ/%2$s" }
                channels:
                  as2:
                    inbound: { %s }
                    outbound: { url: "%s", %s }
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                currency: EUR
                agreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: never }
                """.formatted(id, id.toUpperCase(Locale.ROOT), inbound, receiver.address(), outbound);
    }
}
