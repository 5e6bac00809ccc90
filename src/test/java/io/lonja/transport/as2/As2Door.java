package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.OURS_BEFORE;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.Acquaintance.THEIRS_EC;
import static io.lonja.transport.as2.Acquaintance.THEIRS_NEXT;
import static io.lonja.transport.as2.Acquaintance.THEIRS_P384;
import static io.lonja.transport.as2.Acquaintance.THEIRS_P521;

import io.lonja.acceptance.RunningHub;
import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.force.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A hub whose own keys the tests have too, and two partners of it; one for all tests of the door, ending with the JVM.
 * It takes bodies up to 4 MB.
 */
final class As2Door {

    static final RunningHub HUB;
    static final As2Peer ACME;
    static final As2Peer BODEGA;

    /** Certificates of ACME beside its own, which sign. */
    private static final List<Keys> ALSO =
            List.of(THEIRS_NEXT, THEIRS_EC, THEIRS_P384, THEIRS_P521, signer(1), signer(2), signer(3), signer(4));

    private As2Door() {}

    static {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "as2-door")), "door-")
                    .toAbsolutePath();
            HUB = start(folder);
            Path keys = folder.resolve("home/keys");
            ACME = new As2Peer("ACME", THEIRS, HUB.http(), keys);
            BODEGA = new As2Peer("BODEGA", Keys.rsa("bodega"), HUB.http(), keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the keys that ACME signs with only to sign with many. */
    static Keys signer(int number) {
        return Keys.ec("theirs-" + number);
    }

    private static RunningHub start(Path folder) throws IOException {
        Map<String, String> also = new LinkedHashMap<>();
        ALSO.forEach(keys -> also.put(keys.name(), keys.pem()));
        Path config = configuration(
                folder.resolve("config"),
                Map.of(
                        "acme", profile("ACME", also.keySet().toArray(String[]::new)),
                        "bodega", profile("BODEGA")),
                Map.of("acme", THEIRS, "bodega", Keys.rsa("bodega")));
        for (Map.Entry<String, String> each : also.entrySet()) {
            Files.writeString(
                    config.resolve("partners/acme/certificates/%s.pem".formatted(each.getKey())), each.getValue());
        }
        // The pairs of an operator, lying open; the hub seals them and uses them all.
        Path keys = Files.createDirectories(folder.resolve("home/keys"));
        for (Keys own : List.of(OURS, OURS_BEFORE)) {
            String name = own == OURS ? "as2-lonja" : "as2-lonja-before";
            Files.write(
                    keys.resolve(name + ".key.pem"),
                    KeyFiles.pem("PRIVATE KEY", own.key().getEncoded()));
            Files.writeString(keys.resolve(name + ".certificate.pem"), own.pem());
            Files.writeString(keys.resolve(name + ".sign-from"), own == OURS ? "2026-02-01" : "2026-01-01");
        }
        return RunningHub.start(
                folder.resolve("home"),
                "--lonja.config=" + config,
                "--lonja.partners.also=",
                "--lonja.intake.content-max=4MB");
    }

    /** @param certificates {@code certificates/own.pem} of each partner */
    static Path configuration(Path folder, Map<String, String> profiles, Map<String, Keys> certificates)
            throws IOException {
        Path config = HubProcess.configuration(folder, profiles);
        for (Map.Entry<String, Keys> each : certificates.entrySet()) {
            Path file = config.resolve("partners").resolve(each.getKey()).resolve("certificates/own.pem");
            Files.createDirectories(file.getParent());
            Files.writeString(file, each.getValue().pem());
        }
        return config;
    }

    /** @param alsoSigns names of certificates beside {@code own} */
    static String profile(String as2, String... alsoSigns) {
        StringBuilder more = new StringBuilder();
        for (String file : alsoSigns) {
            more.append("      - { file: certificates/%s.pem, use: [sign], from: 2020-01-01, until: 2099-12-31 }\n"
                    .formatted(file));
        }
        return """
                name: %s
                roles: [member]
                identities: { as2: '%s', x12: "ZZ/%1$s" }
                channels:
                  as2:
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                %sagreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                """.formatted(as2, as2, more);
    }

    static String id() {
        return "<%s@door>".formatted(UUID.randomUUID());
    }

    static Archive archive() {
        return HUB.context().getBean(Archive.class);
    }

    /** What the archive has of a message, in its order; of MDNs only those that say {@code processed}. */
    static List<Entry> about(String messageId) {
        return archive().entriesAfter(0, 100_000).stream()
                .filter(entry -> messageId.equals(entry.attributes()
                        .get(entry.type().name().equals("mdn-sent") ? "original-message-id" : "message-id")))
                .filter(entry -> !entry.type().name().equals("mdn-sent")
                        || "processed".equals(entry.attributes().get("disposition")))
                .toList();
    }
}
