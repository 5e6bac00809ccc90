package io.lonja.transport.sftp;

import static io.lonja.transport.sftp.DropBoxUnderTest.ACME;
import static io.lonja.transport.sftp.DropBoxUnderTest.OTHER;
import static io.lonja.transport.sftp.DropBoxUnderTest.PATIENCE;
import static io.lonja.transport.sftp.DropBoxUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.sftp.client.SftpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in, and what there is besides SFTP: nothing. */
class SftpServerIT {

    private static KeyPair key;
    private static KeyPair otherKey;

    @TempDir
    Path home;

    private DropBoxUnderTest hub;

    @BeforeAll
    static void makeKeys() throws Exception {
        key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        otherKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 2_048);
    }

    @BeforeEach
    void start() {
        hub = new DropBoxUnderTest(home);
        hub.authorize(ACME, key);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void letsInOnlyTheKeysThatAPartnersProfileNamesAtThatMoment() throws Exception {
        hub.logIn(ACME, key).close();
        assertThatThrownBy(() -> hub.logIn(ACME, otherKey)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> hub.logIn(OTHER, key)).isInstanceOf(IOException.class);
        hub.authorize(OTHER, otherKey);
        hub.logIn(OTHER, otherKey).close();
        hub.authorize(ACME, otherKey);
        hub.logIn(ACME, otherKey).close();
        assertThatThrownBy(() -> hub.logIn(ACME, key)).isInstanceOf(IOException.class);
        hub.keys.remove(ACME);
        assertThatThrownBy(() -> hub.logIn(ACME, otherKey)).isInstanceOf(IOException.class);
        for (String stranger : List.of("root", "ACME", "../acme", "acme/../casa-lucia", "")) {
            ClientSession session = hub.connect(stranger, key);
            assertThatThrownBy(() -> session.auth().verify(PATIENCE))
                    .as(stranger)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void readsEveryLineOfAProfileAndStumblesOverNone() throws Exception {
        hub.keys.put(
                ACME,
                List.of(
                        "no key at all",
                        "ssh-ed25519 AAAAbroken",
                        PublicKeyEntry.toString(otherKey.getPublic()),
                        PublicKeyEntry.toString(key.getPublic()) + " acme@example"));
        hub.logIn(ACME, key).close();
        hub.logIn(ACME, otherKey).close();
        KeyPair limited = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        hub.keys.put(ACME, List.of("from=\"10.0.0.1\" " + PublicKeyEntry.toString(limited.getPublic())));
        assertThatThrownBy(() -> hub.logIn(ACME, limited)).isInstanceOf(IOException.class);
    }

    @Test
    void takesNoPasswordAndNoShortKey() throws Exception {
        ClientSession session = hub.ssh
                .connect("acme", "127.0.0.1", hub.server().port())
                .verify(PATIENCE)
                .getSession();
        session.addPasswordIdentity("secret");
        assertThatThrownBy(() -> session.auth().verify(PATIENCE)).isInstanceOf(IOException.class);
        KeyPair small = KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 1_024);
        hub.authorize(ACME, small);
        assertThatThrownBy(() -> hub.logIn(ACME, small)).isInstanceOf(IOException.class);
    }

    @Test
    void givesNoOtherSubsystemAndNoForwarding() throws Exception {
        ClientSession session = hub.logIn(ACME, key);
        ClientChannel netconf = session.createSubsystemChannel("netconf");
        netconf.open().verify(PATIENCE);
        assertThat(netconf.waitFor(List.of(ClientChannelEvent.CLOSED), PATIENCE))
                .contains(ClientChannelEvent.CLOSED);
        assertThatThrownBy(() -> session.startRemotePortForwarding(
                        SshdSocketAddress.LOCALHOST_ADDRESS, SshdSocketAddress.LOCALHOST_ADDRESS))
                .isInstanceOf(IOException.class);
        var tunnel = session.createDirectTcpipChannel(
                SshdSocketAddress.LOCALHOST_ADDRESS,
                new SshdSocketAddress("127.0.0.1", hub.server().port()));
        assertThatThrownBy(() -> tunnel.open().verify(PATIENCE)).isInstanceOf(IOException.class);
        session.close();
    }

    @Test
    void speaksNoOldAlgorithm() throws Exception {
        for (SshClient old : List.of(
                client(client ->
                        client.setKeyExchangeFactories(List.of(ClientBuilder.DH2KEX.apply(BuiltinDHFactories.dhg14)))),
                client(client -> client.setKeyExchangeFactories(
                        List.of(ClientBuilder.DH2KEX.apply(BuiltinDHFactories.dhg14_256)))),
                client(client -> client.setCipherFactories(List.of(BuiltinCiphers.aes128cbc))),
                client(client -> {
                    client.setCipherFactories(List.of(BuiltinCiphers.aes128ctr));
                    client.setMacFactories(List.of(BuiltinMacs.hmacsha1, BuiltinMacs.hmacsha1etm));
                }))) {
            assertThatThrownBy(() -> logIn(old)).isInstanceOf(IOException.class);
        }
        hub.authorize(ACME, otherKey);
        SshClient sha1 = client(
                client -> client.setSignatureFactories(List.of(BuiltinSignatures.ed25519, BuiltinSignatures.rsa)));
        assertThatThrownBy(() -> {
                    ClientSession session = sha1.connect(
                                    "acme", "127.0.0.1", hub.server().port())
                            .verify(PATIENCE)
                            .getSession();
                    session.addPublicKeyIdentity(otherKey);
                    session.auth().verify(PATIENCE);
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void offersAlgorithmsThatResistRecordingForLater() throws Exception {
        ClientSession session = hub.logIn(ACME, key);
        assertThat(session.getNegotiatedKexParameter(KexProposalOption.ALGORITHMS))
                .isIn("mlkem768x25519-sha256", "sntrup761x25519-sha512");
        session.close();
    }

    @Test
    void makesItsHostKeyOnceAndKeepsItToItself() throws Exception {
        String fingerprint = hub.server().fingerprint();
        assertThat(fingerprint).matches("SHA256:[A-Za-z0-9+/]{43}");
        hub.stop();
        hub.start();
        assertThat(hub.server().fingerprint()).isEqualTo(fingerprint);
        ClientSession session = hub.logIn(ACME, key);
        assertThat(KeyUtils.getFingerPrint(session.getServerKey())).isEqualTo(fingerprint);
        session.close();
        Path file = home.resolve("keys/sftp-host-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
    }

    @Test
    void limitsTheSessionsOfOnePartnerAndLeavesTheOthersAlone() throws Exception {
        hub.close();
        hub = new DropBoxUnderTest(home, new SftpLimits(3, 2, Duration.ofMinutes(10), 10, 1_000));
        hub.authorize(ACME, key);
        hub.authorize(OTHER, otherKey);
        List<SftpClient> open = new ArrayList<>(List.of(hub.sftp(ACME, key), hub.sftp(ACME, key)));
        assertThatThrownBy(() -> hub.sftp(ACME, key)).isInstanceOf(IOException.class);
        open.add(hub.sftp(OTHER, otherKey));
        assertThatThrownBy(() -> hub.sftp(OTHER, otherKey)).isInstanceOf(IOException.class);
        open.get(0).close();
        await(
                () -> {
                    try (SftpClient again = hub.sftp(ACME, key)) {
                        return again.isOpen();
                    } catch (IOException full) {
                        return false;
                    }
                },
                "a session of acme is free again");
        for (SftpClient each : open) {
            each.close();
        }
    }

    @Test
    void lets32StrangersWaitAndThenStillAnswersPartners() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int stranger = 0; stranger < SftpLimits.STRANGERS_MAX; stranger++) {
                Socket socket = new Socket("127.0.0.1", hub.server().port());
                socket.setSoTimeout((int) PATIENCE.toMillis());
                assertThat(new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII))
                        .isEqualTo("SSH-");
                strangers.add(socket);
            }
            Socket oneMore = new Socket("127.0.0.1", hub.server().port());
            oneMore.setSoTimeout((int) PATIENCE.toMillis());
            strangers.add(oneMore);
            assertThat(endsOrIsReset(oneMore)).isTrue();
            strangers.get(0).close();
            await(
                    () -> {
                        try (ClientSession session = hub.logIn(ACME, key)) {
                            return session.isAuthenticated();
                        } catch (IOException full) {
                            return false;
                        }
                    },
                    "a partner logs in");
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void endsASessionThatSaysNothingAndReceivesNothingOfIt() throws Exception {
        hub.close();
        hub = new DropBoxUnderTest(home, new SftpLimits(64, 8, Duration.ofSeconds(1), 10, 1_000));
        hub.authorize(ACME, key);
        SftpClient sftp = hub.sftp(ACME, key);
        SftpClient.CloseableHandle file =
                sftp.open("/inbox/order.edi", SftpClient.OpenMode.Write, SftpClient.OpenMode.Create);
        sftp.write(file, 0, new byte[10], 0, 10);
        await(() -> !sftp.getSession().isOpen(), "the idle session is closed");
        await(() -> Files.exists(home.resolve("sftp/acme/inbox/order.edi,cut")), "its upload counts as cut off");
        assertThat(hub.door.taken).isEmpty();
    }

    @Test
    void endsASessionThatDoesNotSpeakSftp() throws Exception {
        for (byte[] nonsense : List.of(
                new byte[] {0x7F, 0x7F, 0x7F, 0x7F, 1},
                new byte[] {0, 0, 0, 0, 0, 0, 0, 0},
                new byte[] {0, 0, 0, 5, 3, 0, 0, 0, 1},
                new byte[] {0, 0, 0, 1, 4},
                // INIT, then REALPATH with a string that is longer than its packet, or shorter than nothing
                new byte[] {0, 0, 0, 5, 1, 0, 0, 0, 3, 0, 0, 0, 11, 16, 0, 0, 0, 1, 0, 0, 0, 100, 'a', 'b'},
                new byte[] {0, 0, 0, 5, 1, 0, 0, 0, 3, 0, 0, 0, 9, 6, 0, 0, 0, 1, -1, -1, -1, -1})) {
            ClientSession session = hub.logIn(ACME, key);
            ClientChannel channel = session.createSubsystemChannel("sftp");
            channel.open().verify(PATIENCE);
            channel.getInvertedIn().write(nonsense);
            channel.getInvertedIn().flush();
            assertThat(channel.waitFor(List.of(ClientChannelEvent.CLOSED), PATIENCE))
                    .contains(ClientChannelEvent.CLOSED);
            session.close(true);
        }
        hub.sftp(ACME, key).close();
    }

    private static boolean endsOrIsReset(Socket socket) {
        try {
            return socket.getInputStream().readNBytes(10_000).length < 10_000;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private void logIn(SshClient client) throws IOException {
        ClientSession session = client.connect("acme", "127.0.0.1", hub.server().port())
                .verify(PATIENCE)
                .getSession();
        session.addPublicKeyIdentity(key);
        session.auth().verify(PATIENCE);
    }

    private static SshClient client(Consumer<SshClient> old) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, address, serverKey) -> true);
        old.accept(client);
        client.start();
        return client;
    }
}
