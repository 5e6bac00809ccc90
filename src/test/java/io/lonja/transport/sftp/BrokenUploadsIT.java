package io.lonja.transport.sftp;

import static io.lonja.transport.sftp.DropBoxUnderTest.ACME;
import static io.lonja.transport.sftp.DropBoxUnderTest.PATIENCE;
import static io.lonja.transport.sftp.DropBoxUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks, disks and clients at their worst: either the whole file is received, or nothing of it. */
class BrokenUploadsIT {

    @TempDir
    Path home;

    private DropBoxUnderTest hub;
    private KeyPair key;

    @BeforeEach
    void start() throws Exception {
        key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        hub = new DropBoxUnderTest(home);
        hub.authorize(ACME, key);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void receivesNothingOfManyUploadsThatAreCutAnywhereAndAllOfTheirRetries() throws Exception {
        long seed = 20_261_122;
        Random random = new Random(seed);
        List<String> whole = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            String content = "order %d %s".formatted(round, "x".repeat(random.nextInt(100_000)));
            int cutAt = random.nextInt(content.length() + 1);
            String name = "/inbox/order-%d%s".formatted(round, random.nextBoolean() ? ".edi" : ".part");
            ClientSession session = hub.logIn(ACME, key);
            SftpClient sftp = SftpClientFactory.instance().createSftpClient(session);
            CloseableHandle file = sftp.open(name, OpenMode.Write, OpenMode.Create, OpenMode.Truncate);
            write(sftp, file, content.substring(0, cutAt));
            session.close(true).await(PATIENCE);
            assertThat(hub.door.contents()).as("seed %d, round %d", seed, round).isEqualTo(whole);
            try (SftpClient again = hub.sftp(ACME, key)) {
                put(again, name, content);
                if (name.endsWith(".part")) {
                    again.rename(name, name.replace(".part", ".edi"));
                }
            }
            whole.add(content);
            assertThat(hub.door.contents()).as("seed %d, round %d", seed, round).isEqualTo(whole);
        }
    }

    @Test
    void receivesOnceWhatWasOnItsWayWhenItsClientWentAway() throws Exception {
        hub.door.open.drainPermits();
        ClientSession session = hub.logIn(ACME, key);
        SftpClient sftp = SftpClientFactory.instance().createSftpClient(session);
        CloseableHandle file = sftp.open("/inbox/order.edi", OpenMode.Write, OpenMode.Create);
        write(sftp, file, "the order");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
            try {
                file.close();
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            }
        });
        await(hub.door.open::hasQueuedThreads, "the file is on its way");
        session.close(true).await(PATIENCE);
        assertThatThrownBy(() -> closing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isNotNull();
        hub.door.open.release(1_000);
        await(() -> hub.door.taken.size() == 1, "it is received though nobody waits");
        try (SftpClient again = hub.sftp(ACME, key)) {
            put(again, "/inbox/order.edi", "the order");
        }
        assertThat(hub.door.contents()).containsExactly("the order");
    }

    @Test
    void goesOnWithEverythingElseWhileOneFileIsOnItsWay() throws Exception {
        hub.door.open.drainPermits();
        try (SftpClient slow = hub.sftp(ACME, key);
                SftpClient sftp = hub.sftp(ACME, key)) {
            CompletableFuture<Void> putting = CompletableFuture.runAsync(() -> {
                try {
                    put(slow, "/inbox/slow.edi", "the slow order");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            await(hub.door.open::hasQueuedThreads, "the file is on its way");
            assertThat(sftp.stat("/inbox").isDirectory()).isTrue();
            put(sftp, "/inbox/other.part", "waits");
            sftp.remove("/inbox/other.part");
            hub.door.open.release(1);
            putting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(hub.door.contents()).containsExactly("the slow order");
    }

    @Test
    void receivesNoFileWhoseWritingFailedThoughItsClientClosesIt() throws Exception {
        hub.box(ACME);
        Files.createSymbolicLink(home.resolve("sftp/acme/inbox/order.edi,open"), Path.of("/dev/full"));
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            CloseableHandle file = sftp.open("/inbox/order.edi", OpenMode.Write, OpenMode.Create, OpenMode.Truncate);
            assertThatThrownBy(() -> write(sftp, file, "ISA*00")).hasMessageContaining("upload it again");
            assertThatThrownBy(file::close).hasMessageContaining("upload it again");
            put(sftp, "/inbox/order.edi", "the whole order");
        }
        assertThat(hub.door.contents()).containsExactly("the whole order");
    }

    @Test
    void survivesSessionsThatTakeOneNameFromEachOtherAllTheTime() throws Exception {
        List<CompletableFuture<Integer>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String content = Integer.toString(writer).repeat(50_000);
            writers.add(CompletableFuture.supplyAsync(() -> {
                int received = 0;
                try (SftpClient sftp = hub.sftp(ACME, key)) {
                    for (int round = 0; round < 25; round++) {
                        try {
                            put(sftp, "/inbox/order.edi", content);
                            received++;
                        } catch (IOException takenAway) {
                            assertThat(takenAway).hasMessageContaining("another session");
                        }
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                return received;
            }));
        }
        int received = 0;
        for (CompletableFuture<Integer> writer : writers) {
            received += writer.get(60, TimeUnit.SECONDS);
        }
        assertThat(received).isPositive();
        assertThat(hub.door.contents()).allSatisfy(content -> {
            assertThat(content).hasSize(50_000);
            assertThat(content.chars().distinct()).hasSize(1);
        });
    }

    private static void put(SftpClient sftp, String path, String content) throws IOException {
        CloseableHandle file = sftp.open(path, OpenMode.Write, OpenMode.Create, OpenMode.Truncate);
        try {
            write(sftp, file, content);
        } finally {
            file.close();
        }
    }

    private static void write(SftpClient sftp, SftpClient.Handle file, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at += 10_000) {
            sftp.write(file, at, bytes, at, Math.min(10_000, bytes.length - at));
        }
    }
}
