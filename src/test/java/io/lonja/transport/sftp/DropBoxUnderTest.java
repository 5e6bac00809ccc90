package io.lonja.transport.sftp;

import io.lonja.MovableClock;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.DataFolder;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.archive.Spool;
import io.lonja.archive.TreeHead;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.Receipt;
import io.lonja.intake.Transmission;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** The real server on a free port; only what is behind its ports, the intake and the profiles, is made up. */
final class DropBoxUnderTest implements AutoCloseable {

    static final PartyId ACME = new PartyId("acme");
    static final PartyId OTHER = new PartyId("casa-lucia");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final DataFolder home;
    final MovableClock clock = new MovableClock(Instant.now());
    final Door door = new Door();
    final Map<PartyId, List<String>> keys = new ConcurrentHashMap<>();
    final List<Outbox.Waiting> fetched = new CopyOnWriteArrayList<>();
    final SftpLimits limits;
    final SshClient ssh = SshClient.setUpDefaultClient();
    private DropBoxes boxes;
    private SftpServer server;

    DropBoxUnderTest(Path home) {
        this(home, new SftpLimits(64, 8, Duration.ofMinutes(10), 1_000, 1_000_000));
    }

    DropBoxUnderTest(Path home, SftpLimits limits) {
        this.home = DataFolder.at(home);
        this.limits = limits;
        ssh.setServerKeyVerifier((session, address, key) -> true);
        ssh.start();
        start();
    }

    /** The intake, as far as a drop-box sees it; it can be out of order, or slow. */
    static final class Door implements Function<Transmission, IntakeResult> {

        final List<Transmission> taken = new CopyOnWriteArrayList<>();
        final Semaphore open = new Semaphore(1_000);
        volatile boolean outOfOrder;

        @Override
        public IntakeResult apply(Transmission transmission) {
            open.acquireUninterruptibly();
            if (outOfOrder) {
                throw new ArchiveUnavailableException("The disk is full");
            }
            for (int index = 0; index < taken.size(); index++) {
                Transmission earlier = taken.get(index);
                if (earlier.from().equals(transmission.from())
                        && earlier.content()
                                .digest()
                                .equals(transmission.content().digest())) {
                    return new IntakeResult.AlreadyReceived(receipt(index + 1, transmission), false);
                }
            }
            taken.add(transmission);
            return new IntakeResult.Received(receipt(taken.size(), transmission));
        }

        List<String> contents() {
            return taken.stream()
                    .map(transmission -> new String(transmission.content().bytes(), StandardCharsets.UTF_8))
                    .toList();
        }

        private static Receipt receipt(long number, Transmission transmission) {
            Sha256 digest = transmission.content().digest();
            return new Receipt(
                    new EntryId(number),
                    transmission.from(),
                    transmission.channel(),
                    transmission.messageId(),
                    digest,
                    Instant.now(),
                    new TreeHead(number, digest));
        }
    }

    /** Opens the doors; after {@link #stop} as a new process would. */
    void start() {
        boxes = new DropBoxes(
                home, limits, new Taking(Spool.in(home), door), (partner, waiting) -> fetched.add(waiting), clock);
        server = new SftpServer(
                "127.0.0.1", 0, home, limits, new PartnerKeys(partner -> keys.getOrDefault(partner, List.of())), boxes);
        server.start();
    }

    void stop() {
        server.stop();
    }

    DropBox box(PartyId partner) {
        return boxes.of(partner);
    }

    SftpServer server() {
        return server;
    }

    /** Lets this key in as this partner. */
    void authorize(PartyId partner, KeyPair key) {
        keys.put(partner, List.of(PublicKeyEntry.toString(key.getPublic()) + " test"));
    }

    ClientSession connect(String user, KeyPair key) throws IOException {
        ClientSession session =
                ssh.connect(user, "127.0.0.1", server.port()).verify(PATIENCE).getSession();
        session.addPublicKeyIdentity(key);
        return session;
    }

    ClientSession logIn(PartyId partner, KeyPair key) throws IOException {
        ClientSession session = connect(partner.value(), key);
        session.auth().verify(PATIENCE);
        return session;
    }

    SftpClient sftp(PartyId partner, KeyPair key) throws IOException {
        return SftpClientFactory.instance()
                .createSftpClient(logIn(partner, key))
                .singleSessionInstance();
    }

    static void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within %s: %s".formatted(PATIENCE, what));
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        server.stop();
        ssh.stop();
    }
}
