package io.lonja.transport.sftp;

import static io.lonja.transport.sftp.DropBoxUnderTest.ACME;
import static io.lonja.transport.sftp.DropBoxUnderTest.OTHER;
import static io.lonja.transport.sftp.DropBoxUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.archive.EntryId;
import io.lonja.archive.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client over a real socket sees of its drop-box. */
class DropBoxIT {

    private static KeyPair key;
    private static KeyPair otherKey;

    @TempDir
    Path home;

    private DropBoxUnderTest hub;

    @BeforeAll
    static void makeKeys() throws Exception {
        key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        otherKey = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    }

    @BeforeEach
    void start() {
        hub = new DropBoxUnderTest(home);
        hub.authorize(ACME, key);
        hub.authorize(OTHER, otherKey);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void receivesAFileWhenItsHandleIsClosedAndNotBefore() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            try (CloseableHandle file = create(sftp, "/inbox/order.edi")) {
                write(sftp, file, 0, "ISA*00");
                sftp.stat(file);
                assertThat(hub.door.taken).isEmpty();
            }
            assertThat(hub.door.taken).singleElement().satisfies(taken -> {
                assertThat(taken.from()).isEqualTo(ACME);
                assertThat(taken.channel()).isEqualTo("sftp");
                assertThat(taken.messageId()).isNull();
                assertThat(taken.content().bytes()).isEqualTo("ISA*00".getBytes(StandardCharsets.US_ASCII));
            });
        }
    }

    @Test
    void promisesNothingWhenNothingCanBeMadeDurableAndTakesTheSameUploadLater() throws IOException {
        hub.door.outOfOrder = true;
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            assertThatThrownBy(() -> put(sftp, "/inbox/order.edi", "ISA*00"))
                    .isInstanceOf(SftpException.class)
                    .hasMessageContaining("order.edi was not received")
                    .hasMessageContaining("upload it again");
            assertThat(hub.door.taken).isEmpty();
            hub.door.outOfOrder = false;
            put(sftp, "/inbox/order.edi", "ISA*00");
            put(sftp, "/inbox/order.edi", "ISA*00");
        }
        assertThat(hub.door.contents()).containsExactly("ISA*00");
    }

    @Test
    void receivesNothingOfAnUploadWhoseConnectionBreaks() throws IOException {
        try (var session = hub.logIn(ACME, key);
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            CloseableHandle file = create(sftp, "/inbox/order.edi");
            write(sftp, file, 0, "half of ");
            session.close(true).await(DropBoxUnderTest.PATIENCE);
        }
        await(() -> sizeIn("order.edi,cut") == 8, "the upload is kept as cut off");
        assertThat(hub.door.taken).isEmpty();
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            assertThat(sftp.stat("/inbox/order.edi").getSize()).isEqualTo(8);
            try (CloseableHandle rest =
                    sftp.open("/inbox/order.edi", OpenMode.Write, OpenMode.Create, OpenMode.Append)) {
                write(sftp, rest, 8, "the order");
            }
        }
        assertThat(hub.door.contents()).containsExactly("half of the order");
    }

    @Test
    void receivesNothingThatWasCutOffEvenWhenItIsOpenedAndClosedAgainOrRenamed() throws IOException {
        cutOff("/inbox/order.edi", "half");
        cutOff("/inbox/other.part", "half");
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            CloseableHandle again = sftp.open("/inbox/order.edi", OpenMode.Write);
            assertThatThrownBy(again::close).hasMessageContaining("cut off");
            assertThatThrownBy(() -> sftp.rename("/inbox/other.part", "/inbox/other.edi"))
                    .hasMessageContaining("not complete");
            sftp.rename("/inbox/order.edi", "/inbox/final.edi");
        }
        assertThat(hub.door.taken).isEmpty();
    }

    @Test
    void letsASessionThatHangsBlockNobody() throws IOException {
        try (SftpClient hanging = hub.sftp(ACME, key);
                SftpClient sftp = hub.sftp(ACME, key)) {
            CloseableHandle old = create(hanging, "/inbox/order.edi");
            write(hanging, old, 0, "old old old");
            put(sftp, "/inbox/order.edi", "new");
            assertThatThrownBy(() -> write(hanging, old, 11, "more")).hasMessageContaining("another session");
            assertThatThrownBy(old::close).hasMessageContaining("another session");
        }
        assertThat(hub.door.contents()).containsExactly("new");
    }

    @Test
    void receivesAWaitingNameWhenItIsRenamed() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            for (String waiting : List.of("a.part", "a.tmp", "a.edi.filepart", ".a.edi")) {
                put(sftp, "/inbox/" + waiting, waiting);
            }
            assertThat(hub.door.taken).isEmpty();
            assertThat(names(sftp, "/inbox")).containsExactly(".a.edi", "a.edi.filepart", "a.part", "a.tmp");
            sftp.rename("/inbox/a.part", "/inbox/b.part");
            assertThat(hub.door.taken).isEmpty();
            sftp.rename("/inbox/b.part", "/inbox/b.edi");
            assertThat(hub.door.contents()).containsExactly("a.part");
            sftp.getExtension(OpenSSHPosixRenameExtension.class).posixRename("/inbox/a.edi.filepart", "/inbox/b.edi");
            sftp.rename("/inbox/.a.edi", "/inbox/c.edi");
            assertThat(names(sftp, "/inbox")).containsExactly("a.tmp", "b.edi", "c.edi");
        }
        assertThat(hub.door.contents()).containsExactly("a.part", "a.edi.filepart", ".a.edi");
    }

    @Test
    void keepsAWaitingFileOverARestartAndRefusesItsRenameUntilItCanBeDurable() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            put(sftp, "/inbox/order.part", "the order");
        }
        hub.stop();
        hub.start();
        hub.door.outOfOrder = true;
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            assertThatThrownBy(() -> sftp.rename("/inbox/order.part", "/inbox/order.edi"))
                    .isInstanceOf(SftpException.class);
            assertThat(names(sftp, "/inbox")).containsExactly("order.part");
            hub.door.outOfOrder = false;
            sftp.rename("/inbox/order.part", "/inbox/order.edi");
        }
        assertThat(hub.door.contents()).containsExactly("the order");
    }

    @Test
    void replacesAFileThatWaitsOnlyWhenTheClientSaysSo() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            put(sftp, "/inbox/a.part", "a");
            put(sftp, "/inbox/b.part", "b");
            assertThatThrownBy(() -> sftp.rename("/inbox/a.part", "/inbox/b.part"))
                    .hasMessageContaining("already");
            sftp.getExtension(OpenSSHPosixRenameExtension.class).posixRename("/inbox/a.part", "/inbox/b.part");
            sftp.rename("/inbox/b.part", "/inbox/c.edi");
        }
        assertThat(hub.door.contents()).containsExactly("a");
    }

    @Test
    void listsAReceivedFileForAWhileSoThatClientsWhichLookAgainAreContent() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            put(sftp, "/inbox/order.edi", "the order");
            assertThat(sftp.stat("/inbox/order.edi").getSize()).isEqualTo(9);
            assertThat(names(sftp, "/inbox")).containsExactly("order.edi");
            SftpClient.Attributes times = new SftpClient.Attributes();
            times.accessTime(FileTime.from(Instant.EPOCH));
            times.modifyTime(FileTime.from(Instant.EPOCH));
            sftp.setStat("/inbox/order.edi", times);
            sftp.setStat("/inbox/order.edi", new SftpClient.Attributes().perms(0100644));
            sftp.rename("/inbox/order.edi", "/inbox/order.done");
            assertThat(names(sftp, "/inbox")).containsExactly("order.done");
            hub.clock.advance(SftpLimits.TAKEN_LISTED);
            assertThat(names(sftp, "/inbox")).isEmpty();
            assertThatThrownBy(() -> sftp.stat("/inbox/order.done")).hasMessageContaining("no file");
        }
        assertThat(hub.door.contents()).containsExactly("the order");
    }

    @Test
    void takesAnotherUploadUnderTheSameNameForAnotherFile() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            put(sftp, "/inbox/order.edi", "the first order");
            put(sftp, "/inbox/order.edi", "the second");
            try (CloseableHandle exclusive =
                    sftp.open("/inbox/order.edi", OpenMode.Write, OpenMode.Create, OpenMode.Exclusive)) {
                write(sftp, exclusive, 0, "the third");
            }
            assertThatThrownBy(() -> sftp.open("/inbox/order.edi", OpenMode.Write, OpenMode.Append))
                    .hasMessageContaining("receipt 3");
        }
        assertThat(hub.door.contents()).containsExactly("the first order", "the second", "the third");
    }

    @Test
    void takesWritesInAnyOrderButNoGap() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            try (CloseableHandle file = create(sftp, "/inbox/order.edi")) {
                write(sftp, file, 4, "order");
                write(sftp, file, 0, "the ");
                sftp.getExtension(OpenSSHFsyncExtension.class).fsync(file);
            }
            CloseableHandle gap = create(sftp, "/inbox/gap.edi");
            write(sftp, gap, 0, "the ");
            write(sftp, gap, 5, "rder");
            assertThatThrownBy(gap::close).hasMessageContaining("gap after 4 bytes");
            assertThat(sftp.stat("/inbox/gap.edi").getSize()).isEqualTo(4);
        }
        assertThat(hub.door.contents()).containsExactly("the order");
    }

    @Test
    void takesFilesUpToTheLimitAndNoByteMore() throws IOException {
        int max = (int) hub.limits.fileBytesMax();
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            put(sftp, "/inbox/largest.edi", "x".repeat(max));
            CloseableHandle file = create(sftp, "/inbox/larger.edi");
            assertThatThrownBy(() -> {
                        byte[] bytes = new byte[32_000];
                        for (long at = 0; at <= max; at += bytes.length) {
                            sftp.write(file, at, bytes, 0, bytes.length);
                        }
                    })
                    .hasMessageContaining("larger than 1000000 bytes");
            assertThatThrownBy(file::close).hasMessageContaining("larger than 1000000 bytes");
            assertThatThrownBy(() -> sftp.stat("/inbox/larger.edi")).hasMessageContaining("no file");
            CloseableHandle far = create(sftp, "/inbox/far.edi");
            assertThatThrownBy(() -> write(sftp, far, Long.MAX_VALUE - 1, "overflow"))
                    .isInstanceOf(SftpException.class);
            assertThatThrownBy(far::close).isInstanceOf(SftpException.class);
        }
        assertThat(hub.door.taken)
                .singleElement()
                .satisfies(taken -> assertThat(taken.content().length()).isEqualTo(max));
    }

    @Test
    void refusesAnEmptyFileWithASentence() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            assertThatThrownBy(() -> put(sftp, "/inbox/order.edi", "")).hasMessageContaining("is empty");
            assertThat(names(sftp, "/inbox")).isEmpty();
        }
    }

    @Test
    void showsOnlyTheTwoRoomsAndNothingOfTheMachineOrOfOtherPartners() throws IOException {
        try (SftpClient mine = hub.sftp(ACME, key);
                SftpClient theirs = hub.sftp(OTHER, otherKey)) {
            put(theirs, "/inbox/secret.part", "theirs");
            assertThat(mine.canonicalPath(".")).isEqualTo("/");
            assertThat(mine.canonicalPath("../..")).isEqualTo("/");
            assertThat(names(mine, "/")).containsExactly("inbox", "outbox");
            assertThat(names(mine, "/../..")).containsExactly("inbox", "outbox");
            assertThat(names(mine, "/inbox")).isEmpty();
            for (String path : List.of(
                    "/etc/passwd",
                    "../../../../etc/passwd",
                    "/inbox/../../../../etc/passwd",
                    "/casa-lucia/inbox/secret.part",
                    "/inbox/../casa-lucia/inbox/secret.part",
                    "/inbox/secret.part",
                    "/inbox/..%2f..%2fcasa-lucia/inbox/secret.part",
                    "/sftp/casa-lucia/inbox/secret.part,whole",
                    "/keys/sftp-host-key")) {
                assertThatThrownBy(() -> mine.stat(path)).as(path).isInstanceOf(SftpException.class);
                assertThatThrownBy(() -> mine.open(path, OpenMode.Read))
                        .as(path)
                        .isInstanceOf(SftpException.class);
                assertThatThrownBy(() -> mine.readDir(path).iterator().next())
                        .as(path)
                        .isInstanceOf(Exception.class);
            }
            for (String path : List.of("/evil.edi", "../evil.edi", "/inbox/../evil.edi", "/inbox", "/inbox/a/b.edi")) {
                assertThatThrownBy(() -> put(mine, path, "x")).as(path).isInstanceOf(SftpException.class);
            }
        }
        assertThat(hub.door.taken).isEmpty();
    }

    @Test
    void makesNoFoldersAndNoLinks() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            put(sftp, "/inbox/a.part", "a");
            for (ThrowingRequest request : List.<ThrowingRequest>of(
                    () -> sftp.mkdir("/inbox/new"),
                    () -> sftp.mkdir("/new"),
                    () -> sftp.rmdir("/inbox"),
                    () -> sftp.symLink("/inbox/link", "/etc/passwd"),
                    () -> sftp.link("/inbox/link", "/inbox/a.part", false),
                    () -> sftp.readLink("/inbox/a.part"),
                    () -> sftp.remove("/inbox"),
                    () -> sftp.rename("/inbox", "/other"),
                    () -> sftp.rename("/inbox/a.part", "/outbox/a.edi"),
                    () -> sftp.rename("/inbox/a.part", "/../a.edi"),
                    () -> put(sftp, "/outbox/a.edi", "a"),
                    () -> sftp.open("/inbox/a.part", OpenMode.Read).close())) {
                assertThatThrownBy(request::send)
                        .isInstanceOfAny(SftpException.class, UnsupportedOperationException.class);
            }
            assertThat(names(sftp, "/inbox")).containsExactly("a.part");
        }
        try (Stream<Path> all = Files.walk(home)) {
            assertThat(all.filter(Files::isSymbolicLink)).isEmpty();
        }
    }

    @Test
    void limitsWhatWaitsAndWhatIsOpen() throws IOException {
        hub.close();
        hub = new DropBoxUnderTest(home, new SftpLimits(64, 8, Duration.ofMinutes(10), 3, 1_000));
        hub.authorize(ACME, key);
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            for (int file = 0; file < 3; file++) {
                put(sftp, "/inbox/%d.part".formatted(file), "x".repeat(1_000));
            }
            assertThatThrownBy(() -> put(sftp, "/inbox/3.part", "x")).hasMessageContaining("3 files wait");
            sftp.rename("/inbox/0.part", "/inbox/0.edi");
            put(sftp, "/inbox/3.part", "x");
            for (int open = 0; open < SftpLimits.HANDLES_PER_CHANNEL_MAX; open++) {
                sftp.openDir("/inbox");
            }
            assertThatThrownBy(() -> sftp.openDir("/inbox")).hasMessageContaining("close some");
        }
    }

    @Test
    void limitsTheBytesThatWait() throws IOException {
        hub.close();
        hub = new DropBoxUnderTest(home, new SftpLimits(64, 8, Duration.ofMinutes(10), 1_000, 1_000));
        hub.authorize(ACME, key);
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            for (int file = 0; file < 10; file++) {
                put(sftp, "/inbox/%d.part".formatted(file), "x".repeat(1_000));
            }
            assertThatThrownBy(() -> put(sftp, "/inbox/10.part", "x")).hasMessageContaining("does not fit");
            sftp.remove("/inbox/0.part");
            put(sftp, "/inbox/10.part", "x");
        }
    }

    @Test
    void removesWhatIsNotReceivedAndNeverAReceipt() throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            put(sftp, "/inbox/a.part", "a");
            sftp.remove("/inbox/a.part");
            put(sftp, "/inbox/b.edi", "b");
            sftp.remove("/inbox/b.edi");
            assertThat(names(sftp, "/inbox")).isEmpty();
            assertThatThrownBy(() -> sftp.remove("/inbox/b.edi")).hasMessageContaining("no file");
        }
        assertThat(hub.door.contents()).containsExactly("b");
    }

    @Test
    void confirmsADownloadThatWasReadToItsEndAndClosed() throws IOException {
        byte[] answer = "ISA*00*the 997".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        RemotePath where = hub.box(ACME).outbox().put(new EntryId(123), "997", Payload.of(answer));
        assertThat(where).hasToString("/outbox/997-00000123.edi");
        try (SftpClient sftp = hub.sftp(ACME, key);
                SftpClient other = hub.sftp(OTHER, otherKey)) {
            assertThat(names(other, "/outbox")).isEmpty();
            assertThat(names(sftp, "/outbox")).containsExactly("997-00000123.edi");
            try (CloseableHandle file = sftp.open(where.toString(), OpenMode.Read)) {
                sftp.read(file, 0, new byte[1_000]);
            }
            assertThat(hub.fetched).isEmpty();
            try (InputStream download = sftp.read(where.toString())) {
                assertThat(download.readAllBytes()).isEqualTo(answer);
            }
            assertThat(hub.fetched).extracting(Outbox.Waiting::delivery).containsExactly(new EntryId(123));
        }
    }

    @Test
    void confirmsNoDownloadWhoseConnectionBreaksBeforeItIsClosed() throws IOException {
        RemotePath where = hub.box(ACME).outbox().put(new EntryId(5), "997", Payload.of(new byte[] {1, 2, 3}));
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            CloseableHandle file = sftp.open(where.toString(), OpenMode.Read);
            assertThat(sftp.read(file, 0, new byte[10])).isEqualTo(3);
            sftp.getSession().close(true).await(DropBoxUnderTest.PATIENCE);
        }
        hub.stop();
        hub.start();
        assertThat(hub.fetched).isEmpty();
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            assertThat(names(sftp, "/outbox")).containsExactly("997-00000005.edi");
        }
    }

    @Test
    void knowsADeliveryUnderWhateverNameItsPartnerGivesIt() throws IOException {
        Outbox outbox = hub.box(ACME).outbox();
        outbox.put(new EntryId(7), "997", Payload.of(new byte[] {1}));
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            sftp.rename("/outbox/997-00000007.edi", "/outbox/997-00000008.edi");
            assertThat(outbox.put(new EntryId(7), "997", Payload.of(new byte[] {1})))
                    .hasToString("/outbox/997-00000008.edi");
            assertThat(outbox.put(new EntryId(8), "997", Payload.of(new byte[] {2})))
                    .hasToString("/outbox/997-00000008-2.edi");
            sftp.read("/outbox/997-00000008.edi").readAllBytes();
            try (InputStream download = sftp.read("/outbox/997-00000008.edi")) {
                download.readAllBytes();
            }
            assertThat(hub.fetched).extracting(Outbox.Waiting::delivery).contains(new EntryId(7));
            sftp.remove("/outbox/997-00000008.edi");
            assertThat(names(sftp, "/outbox")).containsExactly("997-00000008-2.edi");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200, 201, 450})
    void listsAsManyFilesAsThereAre(int files) throws IOException {
        for (int file = 1; file <= files; file++) {
            Files.writeString(hub.home.folder("sftp/acme/outbox").resolve("%d,file-%d.edi".formatted(file, file)), "x");
        }
        hub.box(ACME);
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            assertThat(names(sftp, "/outbox")).hasSize(files).doesNotHaveDuplicates();
        }
    }

    private void cutOff(String path, String content) throws IOException {
        try (SftpClient sftp = hub.sftp(ACME, key)) {
            write(sftp, create(sftp, path), 0, content);
            sftp.getSession().close(true).await(DropBoxUnderTest.PATIENCE);
        }
        await(
                () -> sizeIn(path.substring("/inbox/".length()) + ",cut") == content.length(),
                "the upload is kept as cut off");
    }

    private long sizeIn(String file) {
        try {
            return Files.size(home.resolve("sftp/acme/inbox").resolve(file));
        } catch (IOException notThere) {
            return -1;
        }
    }

    private static CloseableHandle create(SftpClient sftp, String path) throws IOException {
        return sftp.open(path, OpenMode.Write, OpenMode.Create, OpenMode.Truncate);
    }

    private static void write(SftpClient sftp, SftpClient.Handle file, long offset, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        sftp.write(file, offset, bytes, 0, bytes.length);
    }

    private static void put(SftpClient sftp, String path, String content) throws IOException {
        try (CloseableHandle file = create(sftp, path)) {
            for (int at = 0; at < content.length(); at += 30_000) {
                write(sftp, file, at, content.substring(at, Math.min(content.length(), at + 30_000)));
            }
        }
    }

    private static List<String> names(SftpClient sftp, String folder) throws IOException {
        return StreamSupport.stream(sftp.readDir(folder).spliterator(), false)
                .map(SftpClient.DirEntry::getFilename)
                .toList();
    }

    private interface ThrowingRequest {
        void send() throws IOException;
    }
}
