package io.lonja.force;

import io.lonja.acceptance.RunningHub;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.DeliveryLanes;
import io.lonja.delivery.Departure;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.As2Sender;
import io.lonja.transport.as2.Keys;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A hub that exchanges with one foreign product under many AS2 names, each with an agreement of its own. */
final class PeeredHub implements AutoCloseable {

    private static final int AGAIN_MAX = 2;
    private static final EntryType OWED = EntryType.evidence("owed-by-a-test");

    private final RunningHub hub;
    private final Keys certificate;

    private PeeredHub(RunningHub hub, Keys certificate) {
        this.hub = hub;
        this.certificate = certificate;
    }

    /**
     * @param theirs the key under which all its names sign
     * @param ways {@code channels.as2} of each name but {@code certificates}: what {@code inbound} and {@code outbound}
     *     are; {@code %s} in it is the peer's address
     */
    static PeeredHub start(Path folder, URI peer, Keys theirs, Map<String, String> ways) throws IOException {
        Map<String, String> profiles = new LinkedHashMap<>();
        ways.forEach((name, way) ->
                profiles.put(name.toLowerCase(Locale.ROOT), profile(name, way.formatted("\"" + peer + "\""))));
        Path config = HubProcess.configuration(folder.resolve("config"), profiles);
        for (String id : profiles.keySet()) {
            Path file = config.resolve("partners").resolve(id).resolve("certificates/own.pem");
            Files.createDirectories(file.getParent());
            Files.writeString(file, theirs.pem());
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        RunningHub hub = RunningHub.start(
                folder.resolve("home"),
                "--lonja.config=" + config,
                "--lonja.partners.also=",
                "--server.port=" + port,
                "--lonja.as2.public-url=http://127.0.0.1:%d/as2".formatted(port));
        return new PeeredHub(hub, new As2Peer("", theirs, hub.http(), hub.home().resolve("keys")).hubCertificate());
    }

    private static String profile(String name, String way) {
        return """
                name: %s
                roles: [member]
                identities: { as2: %1$s, x12: "ZZ/%1$s" }
                channels:
                  as2:
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                %s
                currency: EUR
                agreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                """.formatted(name, way.indent(4).stripTrailing());
    }

    URI address() {
        return hub.http().resolve("/as2");
    }

    Keys certificate() {
        return certificate;
    }

    /** Sends it to this name, again as its lane would when it did not get through: a peer closes without announcing. */
    Carried carry(String name, byte[] payload) {
        Departure departure = departure(name, payload);
        As2Sender sender = hub.context().getBean(As2Sender.class);
        Carried carried = sender.carry(departure);
        for (int again = 0; again < AGAIN_MAX && carried instanceof Carried.Failed failed && failed.again(); again++) {
            carried = sender.carry(departure);
        }
        return carried;
    }

    /** Owes it to this name, whose lane takes care of it. */
    EntryId owe(String name, byte[] payload) {
        EntryId delivery = archive()
                .append(Draft.of(
                        EntryType.evidence("example-sent"),
                        Map.of(Entry.DELIVER_TO, name.toLowerCase(Locale.ROOT), Entry.DELIVER_AS, "810"),
                        payload))
                .id();
        hub.context().getBean(Appliers.class).catchUp(Effect.Lane.RECEIPTS, delivery);
        hub.context().getBean(DeliveryLanes.class).wake(delivery);
        return delivery;
    }

    String status(EntryId delivery) {
        return hub.context()
                .getBean(Deliveries.class)
                .find(delivery)
                .map(Delivery::status)
                .orElseThrow();
    }

    /** The kinds of evidence of what was sent and came back for a delivery, in their order. */
    List<String> evidence(EntryId delivery) {
        return archive().entriesAfter(delivery.sequence(), 1_000).stream()
                .filter(entry -> delivery.toString().equals(entry.attributes().get("delivery")))
                .map(entry -> entry.type().name())
                .toList();
    }

    private Archive archive() {
        return hub.context().getBean(Archive.class);
    }

    private Departure departure(String name, byte[] payload) {
        PartyId to = new PartyId(name.toLowerCase(Locale.ROOT));
        return new Departure(
                new Delivery.Owed(
                        archive().append(Draft.of(OWED, Map.of(), payload)).id(),
                        to,
                        "810",
                        null,
                        Sha256.of(payload),
                        payload.length,
                        Instant.parse("2026-11-22T03:00:00Z")),
                hub.context().getBean(TradingPartners.class).find(to).orElseThrow(),
                1);
    }

    /** What it keeps as received from this name. */
    List<byte[]> payloads(String name) {
        Archive archive = archive();
        return archive.entriesAfter(0, 10_000).stream()
                .filter(entry -> entry.type().name().equals("interchange-received"))
                .filter(entry ->
                        name.toLowerCase(Locale.ROOT).equals(entry.attributes().get("partner")))
                .map(Entry::id)
                .map(archive::payload)
                .toList();
    }

    /** Bytes that are the same nowhere else. */
    static byte[] document(String name) {
        return "ISA*00*          *00*          *ZZ*%-15s*ZZ*LONJA          *261122*0800*U*00401*000000001*0*P*>~\r\nIEA*0*000000001~\r\n"
                .formatted(name)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        hub.close();
    }
}
