package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lonja.archive.EntryId;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.force.HubProcess;
import io.lonja.intake.Receipt;
import io.lonja.intake.Receipts;
import io.lonja.party.PartyId;
import io.lonja.transport.SftpEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drop-box as OpenSSH's own client sees it, over a whole hub. */
class SftpDropBoxIT {

    private static final PartyId BUYER = new PartyId("puerto-hotel");
    private static final PartyId OTHER = new PartyId("faro-hotel");
    private static final PartyId CURL_USER = new PartyId("cala-hotel");
    private static final List<PartyId> PARTNERS = List.of(BUYER, OTHER, CURL_USER);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROFILE = """
            name: Hotel
            roles: [member]
            identities: { x12: "ZZ/%s" }
            channels:
              sftp: { server: { authorized_keys: certificates/key.pub } }
            currency: EUR
            agreements:
              - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
            """;

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static Path key;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Stream.of("sftp", "ssh", "ssh-keygen").allMatch(SftpDropBoxIT::isHere),
                "OpenSSH's clients are not on this machine; install the package openssh-client");
        Path config = HubProcess.configuration(
                folder.resolve("config"),
                PARTNERS.stream().collect(Collectors.toMap(PartyId::value, id -> PROFILE.formatted(x12(id)))));
        key = folder.resolve("key");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "hotel", "-f", key.toString());
        for (PartyId partner : PARTNERS) {
            Path certificates = Files.createDirectories(
                    config.resolve("partners").resolve(partner.value()).resolve("certificates"));
            Files.copy(folder.resolve("key.pub"), certificates.resolve("key.pub"));
        }
        hub = RunningHub.start(folder.resolve("home"), "--lonja.config=" + config, "--lonja.sftp.care-every=1s");
        String hostKey = run(
                        "ssh-keygen",
                        "-y",
                        "-f",
                        hub.home().resolve("keys/sftp-host-key").toString())
                .output();
        Files.writeString(folder.resolve("known"), "[127.0.0.1]:%d %s".formatted(port(), hostKey));
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void anUploadedOrderIsAcknowledgedInTheOutboxAndConfirmedByItsDownload() throws Exception {
        Path order = order(BUYER);
        Ran upload = sftp(BUYER, "put -p " + order + " /inbox/order.edi", "ls -l /inbox");
        assertThat(upload.exit()).as(upload.output()).isZero();
        assertThat(upload.output()).contains("order.edi");

        String name = await(
                () -> sftp(BUYER, "ls -1 /outbox")
                        .output()
                        .lines()
                        .filter(line -> line.startsWith("/outbox/997-"))
                        .findFirst()
                        .orElse(null),
                "a 997 in the outbox");
        Path fetched = folder.resolve("fetched.edi");
        assertThat(sftp(BUYER, "get %s %s".formatted(name, fetched)).exit()).isZero();
        assertThat(Files.readString(fetched)).startsWith("ISA*").contains("~AK5*A~");

        Deliveries deliveries = hub.context().getBean(Deliveries.class);
        EntryId id = new EntryId(Long.parseLong(name.replaceAll(".*-0*|[.]edi", "")));
        assertThat(deliveries.find(id)).get().satisfies(delivery -> {
            assertThat(delivery).isInstanceOf(Delivery.Confirmed.class);
            assertThat(delivery.owed().bytes()).isEqualTo(Files.size(fetched));
            Receipt receipt = hub.context()
                    .getBean(Receipts.class)
                    .find(delivery.owed().about())
                    .orElseThrow();
            assertThat(receipt.channel()).isEqualTo("sftp");
            assertThat(receipt.from()).isEqualTo(BUYER);
        });

        long receipts = hub.context().getBean(Receipts.class).countThrough(new EntryId(Long.MAX_VALUE));
        Ran again = sftp(BUYER, "put " + order + " /inbox/order.edi");
        assertThat(again.exit()).as(again.output()).isZero();
        assertThat(hub.context().getBean(Receipts.class).countThrough(new EntryId(Long.MAX_VALUE)))
                .isEqualTo(receipts);
    }

    @Test
    void whatIsUnconfirmedComesBackWhenTheFolderIsLost() throws Exception {
        Path order = order(OTHER);
        assertThat(sftp(OTHER, "put " + order + " /inbox/order.part", "rename /inbox/order.part /inbox/order.edi")
                        .exit())
                .isZero();
        Path file = await(SftpDropBoxIT::unfetched, "a 997 in the outbox");
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        await(() -> Files.exists(file) ? file : null, "the 997 again");
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void anotherFamilyOfClientsIsServedAsWell() throws Exception {
        assumeTrue(
                isHere("curl") && run("curl", "-V").output().contains("sftp"),
                "There is no curl with SFTP on this machine; install the package curl");
        Path order = order(CURL_USER);
        Ran upload = curl("/inbox/curl.part", "-T", order.toString(), "-Q", "-rename /inbox/curl.part /inbox/curl.edi");
        assertThat(upload.exit()).as(upload.output()).isZero();
        String listed = await(
                () -> Stream.of(curl("/outbox/"))
                        .map(Ran::output)
                        .filter(lines -> lines.contains("997-"))
                        .findFirst()
                        .orElse(null),
                "a 997 in the outbox");
        String name =
                listed.substring(listed.indexOf("997-")).lines().findFirst().orElseThrow();
        assertThat(curl("/outbox/" + name).output()).startsWith("ISA*");
        assertThat(curl("/../../etc/passwd").exit()).isNotZero();
    }

    private static Ran curl(String path, String... arguments) {
        SftpEndpoint sftp = hub.context().getBean(SftpEndpoint.class);
        List<String> line = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--path-as-is",
                "--key",
                key.toString(),
                "--pubkey",
                key + ".pub",
                "--hostpubsha256",
                sftp.fingerprint().substring("SHA256:".length())));
        line.addAll(List.of(arguments));
        line.add("sftp://%s@127.0.0.1:%d%s".formatted(CURL_USER, sftp.port(), path));
        try {
            return run(line.toArray(String[]::new));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void thereIsNoShellBehindIt() throws Exception {
        for (List<String> command : List.of(List.<String>of(), List.of("id"), List.of("cat", "/etc/passwd"))) {
            List<String> line = new ArrayList<>(List.of("ssh", "-T", "-p", Integer.toString(port())));
            line.addAll(options());
            line.add(BUYER + "@127.0.0.1");
            line.addAll(command);
            Ran ran = run(line.toArray(String[]::new));
            assertThat(ran.exit()).as(ran.output()).isNotZero();
            assertThat(ran.output())
                    .contains("request failed on channel")
                    .doesNotContain("uid=")
                    .doesNotContain("root:");
        }
    }

    @Test
    void pathTricksLeadNowhere() {
        for (String trick : List.of(
                "get ../../../../etc/passwd " + folder.resolve("stolen"),
                "get /etc/passwd " + folder.resolve("stolen"),
                "ls /../keys",
                "mkdir /inbox/new",
                "ln -s /etc/passwd /inbox/link",
                "ln /inbox/a /inbox/b",
                "put %s /evil".formatted(key),
                "put %s /inbox/../../evil".formatted(key))) {
            Ran ran = sftp(BUYER, trick);
            assertThat(ran.exit()).as("%s: %s", trick, ran.output()).isNotZero();
        }
        assertThat(folder.resolve("stolen")).doesNotExist();
    }

    private static Path unfetched() {
        Path outbox = hub.home().resolve("sftp/faro-hotel/outbox");
        Deliveries deliveries = hub.context().getBean(Deliveries.class);
        return deliveries.list(OTHER, "sent", 0, 10).stream()
                .map(delivery -> outbox.resolve("%s,997-%08d.edi"
                        .formatted(delivery.owed().id(), delivery.owed().id().sequence())))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
    }

    private static Path order(PartyId from) throws IOException {
        return Files.writeString(
                folder.resolve(from + ".edi"),
                Files.readString(Path.of("src/test/resources/acceptance/x12-850-order.edi"))
                        .replace("HOTELMIRAMAR   ", "%-15s".formatted(x12(from)))
                        .replace("HOTELMIRAMAR", x12(from)));
    }

    private static String x12(PartyId partner) {
        return partner.value().replace("-", "").toUpperCase(Locale.ROOT);
    }

    private static int port() {
        return hub.context().getBean(SftpEndpoint.class).port();
    }

    private static Ran sftp(PartyId partner, String... commands) {
        try {
            Path batch = Files.createTempFile(folder, "batch", ".sftp");
            Files.writeString(batch, String.join("\n", commands) + "\n");
            List<String> line =
                    new ArrayList<>(List.of("sftp", "-b", batch.toString(), "-P", Integer.toString(port())));
            line.addAll(options());
            line.add(partner + "@127.0.0.1");
            return run(line.toArray(String[]::new));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> options() {
        return List.of(
                "-i",
                key.toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known"));
    }

    private record Ran(int exit, String output) {}

    private static Ran run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }

    private static boolean isHere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static <T> T await(Supplier<T> look, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T found;
        while ((found = look.get()) == null) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within %s: %s".formatted(PATIENCE, what));
            }
            LockSupport.parkNanos(100_000_000);
        }
        return found;
    }
}
