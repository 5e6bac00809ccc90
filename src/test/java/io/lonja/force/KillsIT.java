package io.lonja.force;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.archive.DataFolder;
import io.lonja.transport.as2.As2Correspondent;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise under force: a client in its own JVM sends orders by HTTPS, AS2 and SFTP and invoices by HTTPS while the
 * hub is killed without warning, again and again; afterwards everything that was answered is there, byte for byte, and
 * counted once.
 *
 * <p>{@code -Dlonja.kills=N} asks for more kills, {@code -Dlonja.seed=S} repeats a run.
 */
@Tag("force")
class KillsIT {

    private static final int KILLS = Integer.getInteger("lonja.kills", 5);
    private static final int SENDERS = 8;
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(3);
    private static final String MEMBER = "kill-member";
    private static final String SUPPLIER = "kill-supplier";
    private static final BigDecimal PERCENT = new BigDecimal("2.00");

    private static final String OTHER_CHANNELS = """
              as2:
                certificates:
                  - { file: certificates/member.pem, use: [sign], from: 2020-01-01, until: 2099-12-31 }
              sftp: { server: { authorized_keys: certificates/member.pub } }
            """.stripTrailing();

    @TempDir
    Path folder;

    @Test
    void everythingAnsweredSurvivesKillsAndCountsOnce() throws Exception {
        long seed = Long.getLong("lonja.seed", System.nanoTime());
        System.out.printf("Kills: seed %d (repeat with -Dlonja.seed=%d)%n", seed, seed);
        Random random = new Random(seed);
        Path home = folder.resolve("home");
        Path config = HubProcess.configuration(
                folder.resolve("config"),
                Map.of(
                        MEMBER,
                        profile("member", "purchase-order", "850"),
                        SUPPLIER,
                        profile("supplier", "invoice", "810")));
        Path keys = folder.resolve("member");
        keysOfTheMember(keys, config.resolve("partners").resolve(MEMBER).resolve("certificates"));
        HubProcess.Ports ports = HubProcess.Ports.free();
        Path journals = Files.createDirectories(folder.resolve("client"));

        HubProcess hub = HubProcess.start(home, config, ports);
        Process client = null;
        try {
            ApiClient operator = ApiClient.operator(hub.base(), home);
            operator.post("/commissions/agreements", "agreement", """
                    {"supplier":"%s","rate":"%s","shareBack":"35","validFrom":"2026-01-01"}""".formatted(SUPPLIER, PERCENT));
            client = startClient(
                    hub,
                    journals,
                    seed,
                    credentials(operator, MEMBER),
                    credentials(operator, SUPPLIER),
                    List.of(
                            keys.toString(),
                            home.resolve("keys/as2-lonja.certificate.pem").toString(),
                            keys.resolve("ssh_key").toString(),
                            Integer.toString(ports.sftp())));

            List<Duration> starts = new ArrayList<>(List.of(hub.startedIn()));
            List<Integer> answeredBeforeKill = new ArrayList<>();
            for (int kill = 1; kill <= KILLS; kill++) {
                pause(Duration.ofMillis(1_500 + random.nextInt(4_000)));
                hub.kill();
                answeredBeforeKill.add(answered(journals).size());
                hub = HubProcess.start(home, config, ports);
                starts.add(hub.startedIn());
            }
            pause(Duration.ofSeconds(2));
            Files.createFile(journals.resolve("stop"));
            assertThat(client.waitFor(120, TimeUnit.SECONDS))
                    .as("the client ends by itself")
                    .isTrue();
            assertThat(client.exitValue()).as("the client was never refused").isZero();

            Judgement judgement = judge(ApiClient.operator(hub.base(), home), journals);
            String liveHash = ApiClient.operator(hub.base(), home)
                    .get("/ledger/trial-balance")
                    .get("hash")
                    .asText();
            hub.close();

            assertThat(rebuild(home, config))
                    .as("rebuild reaches the same ledger")
                    .contains(liveHash);

            deleteTree(home.resolve("database"));
            deleteTree(home.resolve("broker"));
            hub = HubProcess.start(home, config, ports);
            assertThat(ApiClient.operator(hub.base(), home)
                            .get("/ledger/trial-balance")
                            .get("hash")
                            .asText())
                    .as("ledger after database and broker journal were deleted")
                    .isEqualTo(liveHash);
            System.out.printf(
                    "Kills: %d, answered before each %s, answered in all %d, interchanges %d, ledger entries %d, starts %s%n",
                    KILLS, answeredBeforeKill, judgement.answered, judgement.interchanges, judgement.entries, starts);
        } finally {
            if (client != null) {
                client.destroyForcibly();
            }
            hub.close();
        }
    }

    private record Answered(String type, String number, String key, long netCents, String id) {}

    private record Judgement(int answered, int interchanges, int entries) {}

    private Judgement judge(ApiClient operator, Path journals) throws Exception {
        Map<String, Answered> answered = answered(journals);
        awaitDrained(operator, answered.size());
        Set<String> ids = new HashSet<>();
        long commissionCents = 0;
        int invoices = 0;
        Map<String, Integer> byChannel = new TreeMap<>();
        for (Answered message : answered.values()) {
            JsonNode receipt = receipt(operator, message);
            String id = receipt.get("id").asText();
            byChannel.merge(receipt.get("channel").asText(), 1, Integer::sum);
            assertThat(ids.add(id))
                    .as("%s has a receipt of its own", message.key)
                    .isTrue();
            assertThat(operator.bytes("/interchanges/" + id + "/payload"))
                    .as("bytes of %s", message.key)
                    .isEqualTo(Files.readAllBytes(journals.resolve(message.key + ".edi")));
            if (message.type.equals("810")) {
                invoices++;
                commissionCents += roundHalfUp(message.netCents);
            }
        }
        assertThat(byChannel).as("answered by channel").containsOnlyKeys("as2", "https", "sftp");
        System.out.println("Kills: answered by channel " + byChannel);
        Map<String, Integer> documents = new TreeMap<>();
        for (JsonNode document : operator.all("/documents")) {
            documents.merge(
                    document.get("type").asText() + " " + document.get("number").asText(), 1, Integer::sum);
        }
        assertThat(documents).as("documents in the register").hasSize(answered.size());
        assertThat(documents.values()).as("each once").containsOnly(1);

        int entries = operator.all("/ledger/entries").size();
        assertThat(entries).as("ledger entries, one for each invoice line").isEqualTo(invoices);
        JsonNode balance =
                operator.get("/ledger/trial-balance").get("currencies").get(0);
        assertThat(balance.get("difference").asText()).isEqualTo("0.00");
        assertThat(new BigDecimal(balance.get("debits").asText()))
                .as("commission of all answered invoices, computed here")
                .isEqualByComparingTo(BigDecimal.valueOf(commissionCents, 2));
        return new Judgement(answered.size(), answered.size(), entries);
    }

    /** By its id, or where the sender was told none, by what the sender called it. */
    private static JsonNode receipt(ApiClient operator, Answered message) throws Exception {
        if (!message.id.contains("=")) {
            return operator.get("/interchanges/" + message.id);
        }
        int equals = message.id.indexOf('=');
        JsonNode found = operator.get("/interchanges?partner=%s&%s=%s"
                        .formatted(
                                MEMBER,
                                message.id.substring(0, equals),
                                URLEncoder.encode(message.id.substring(equals + 1), StandardCharsets.UTF_8)))
                .get("items");
        assertThat(found).as("receipts of %s", message.key).hasSize(1);
        return found.get(0);
    }

    /** As the member would make them; the hub gets the public ones. */
    private static void keysOfTheMember(Path keys, Path certificates) throws Exception {
        As2Correspondent.in(DataFolder.at(keys), MEMBER.toUpperCase(), HttpClient.newHttpClient(), Clock.systemUTC());
        Files.createDirectories(certificates);
        Files.copy(keys.resolve("keys/as2-%s.certificate.pem".formatted(MEMBER)), certificates.resolve("member.pem"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        try (OutputStream secret = Files.newOutputStream(keys.resolve("ssh_key"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, MEMBER, null, secret);
        }
        Files.writeString(certificates.resolve("member.pub"), PublicKeyEntry.toString(pair.getPublic()) + "\n");
    }

    /** 2 % of the net, half up, in cents. */
    private static long roundHalfUp(long netCents) {
        return (netCents * 2 + 50) / 100;
    }

    private static void awaitDrained(ApiClient operator, int expected) throws Exception {
        long deadline = System.nanoTime() + DRAINED_WITHIN.toNanos();
        Map<String, Integer> byStatus = new TreeMap<>();
        while (System.nanoTime() < deadline) {
            byStatus.clear();
            for (JsonNode interchange : operator.all("/interchanges")) {
                byStatus.merge(interchange.get("status").asText(), 1, Integer::sum);
            }
            if (byStatus.equals(Map.of("applied", expected))) {
                return;
            }
            pause(Duration.ofMillis(500));
        }
        assertThat(byStatus).as("interchanges by status").isEqualTo(Map.of("applied", expected));
    }

    private static Map<String, Answered> answered(Path journals) throws IOException {
        Map<String, Answered> answered = new TreeMap<>();
        try (Stream<Path> files = Files.list(journals)) {
            for (Path journal :
                    files.filter(file -> file.toString().endsWith(".tsv")).toList()) {
                for (String line : Files.readAllLines(journal)) {
                    String[] told = line.split("\t");
                    if (told[0].equals("answered") && told.length == 7) {
                        answered.put(
                                told[4], new Answered(told[2], told[3], told[4], Long.parseLong(told[5]), told[6]));
                    }
                }
            }
        }
        return answered;
    }

    private static List<String> credentials(ApiClient operator, String party) throws Exception {
        JsonNode client = operator.post("/clients", "client-" + party, "{\"party\":\"%s\"}".formatted(party));
        return List.of(
                party,
                client.get("clientId").asText(),
                client.get("clientSecret").asText());
    }

    private static Process startClient(
            HubProcess hub,
            Path journals,
            long seed,
            List<String> member,
            List<String> supplier,
            List<String> otherDoors)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                LoadClient.class.getName(),
                hub.base().toString(),
                journals.toString(),
                Long.toString(seed),
                Integer.toString(SENDERS)));
        command.addAll(member);
        command.addAll(supplier);
        command.addAll(otherDoors);
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static String rebuild(Path home, Path config) throws Exception {
        Process rebuild = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/lonja.jar",
                        "rebuild",
                        "--lonja.home=" + home,
                        "--lonja.config=" + config)
                .redirectErrorStream(true)
                .start();
        String output = new String(rebuild.getInputStream().readAllBytes());
        assertThat(rebuild.waitFor()).as(output).isZero();
        return output;
    }

    private static String profile(String role, String document, String set) {
        String id = role.equals("member") ? MEMBER : SUPPLIER;
        return """
                name: %1$s under load
                roles: [%2$s]
                identities: { x12: "ZZ/%3$s"%6$s }
                channels:
                  https: { client: %1$s }
                %7$s
                currency: EUR
                agreements:
                  - { document: %4$s, direction: inbound, guide: x12-004010-%5$s, acknowledge: always }
                """.formatted(
                        id,
                        role,
                        id.toUpperCase(),
                        document,
                        set,
                        role.equals("member") ? ", as2: " + id.toUpperCase() : "",
                        role.equals("member") ? OTHER_CHANNELS : "");
    }

    private static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void pause(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }
}
