package io.lonja.transport.sftp;

import io.lonja.archive.DataFolder;
import io.lonja.party.PartyId;
import io.lonja.transport.SftpEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The SSH server around the drop-boxes: log in by public key, speak SFTP, nothing else. No shell, no commands, no
 * forwarding; no SHA-1, no CBC, no group of less than 3072 bits. Opens when partners are live and the pipeline runs, and
 * closes before they stop.
 */
final class SftpServer implements SmartLifecycle, SftpEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(SftpServer.class);

    /** After the routes, which start 10,000 below the end, and before the web server. */
    static final int PHASE = Integer.MAX_VALUE - 5_000;

    private static final long WINDOW_BYTES = 1 << 20;

    private final String address;
    private final int port;
    private final DataFolder home;
    private final SftpLimits limits;
    private final PartnerKeys keys;
    private final DropBoxes boxes;
    private volatile @Nullable Running running;

    private record Running(SshServer server, HostKey key) {}

    /** @param port 0 takes any that is free */
    SftpServer(String address, int port, DataFolder home, SftpLimits limits, PartnerKeys keys, DropBoxes boxes) {
        this.address = address;
        this.port = port;
        this.home = home;
        this.limits = limits;
        this.keys = keys;
        this.boxes = boxes;
    }

    @Override
    public void start() {
        HostKey key = HostKey.in(home);
        SshServer server = server(key);
        try {
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The SFTP server cannot listen on %s:%d (lonja.sftp.address, lonja.sftp.port): %s"
                            .formatted(address, port, e.getMessage()),
                    e);
        }
        running = new Running(server, key);
        LOG.info("SFTP on {}:{}, host key {}", address, port(), fingerprint());
    }

    private SshServer server(HostKey key) {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(address);
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(key.pair()));
        onlyModernAlgorithms(server);
        onlyPublicKeys(server);
        onlySftp(server);
        withinLimits(server);
        return server;
    }

    private static void onlyModernAlgorithms(SshServer server) {
        server.setKeyExchangeFactories(List.of(
                        BuiltinDHFactories.mlkem768x25519,
                        BuiltinDHFactories.sntrup761x25519,
                        BuiltinDHFactories.sntrup761x25519_openssh,
                        BuiltinDHFactories.curve25519,
                        BuiltinDHFactories.curve25519_libssh,
                        BuiltinDHFactories.ecdhp256,
                        BuiltinDHFactories.ecdhp384,
                        BuiltinDHFactories.ecdhp521,
                        BuiltinDHFactories.dhg16_512,
                        BuiltinDHFactories.dhg18_512)
                .stream()
                .filter(BuiltinDHFactories::isSupported)
                .map(ServerBuilder.DH2KEX)
                .toList());
        server.setCipherFactories(List.of(
                BuiltinCiphers.cc20p1305_openssh,
                BuiltinCiphers.aes256gcm,
                BuiltinCiphers.aes128gcm,
                BuiltinCiphers.aes256ctr,
                BuiltinCiphers.aes192ctr,
                BuiltinCiphers.aes128ctr));
        server.setMacFactories(List.of(
                BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512));
        server.setSignatureFactories(List.of(
                BuiltinSignatures.ed25519,
                BuiltinSignatures.nistp256,
                BuiltinSignatures.nistp384,
                BuiltinSignatures.nistp521,
                BuiltinSignatures.rsaSHA512,
                BuiltinSignatures.rsaSHA256));
        server.setCompressionFactories(List.of(BuiltinCompressions.none));
    }

    private void onlyPublicKeys(SshServer server) {
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator((user, offered, session) -> {
            if (!keys.authenticate(user, offered, session)) {
                return false;
            }
            if (count(server, true) >= limits.sessionsMax()) {
                LOG.warn("{}: a session was refused, {} are open", user, limits.sessionsMax());
                disconnect(session);
                return false;
            }
            return true;
        });
        server.setPasswordAuthenticator(null);
        server.setKeyboardInteractiveAuthenticator(null);
        server.setHostBasedAuthenticator(null);
        server.setGSSAuthenticator(null);
    }

    private void onlySftp(SshServer server) {
        server.setShellFactory(null);
        server.setCommandFactory(null);
        server.setForwardingFilter(null);
        server.setAgentFactory(null);
        server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE));
        server.setGlobalRequestHandlers(List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE));
        server.setSubsystemFactories(List.of(new SubsystemFactory() {
            @Override
            public String getName() {
                return SftpConstants.SFTP_SUBSYSTEM_NAME;
            }

            @Override
            public Command createSubsystem(ChannelSession channel) {
                ServerSession session = channel.getServerSession();
                PartyId partner = new PartyId(session.getUsername());
                LOG.info("{}: a session by SFTP from {}", partner, session.getClientAddress());
                return new Conversation(partner, channel, boxes.of(partner));
            }
        }));
    }

    private void withinLimits(SshServer server) {
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Lonja");
        CoreModuleProperties.AUTH_TIMEOUT.set(server, SftpLimits.LOGIN_MAX);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, limits.idleMax());
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, limits.idleMax().plus(SftpLimits.LOGIN_MAX));
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, SftpLimits.LOGIN_REQUESTS_MAX);
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, limits.sessionsPerPartnerMax());
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, SftpLimits.CHANNELS_PER_SESSION_MAX);
        CoreModuleProperties.WINDOW_SIZE.set(server, WINDOW_BYTES);
        // Or who fetches over a slow line would be cut off in the middle of a block.
        CoreModuleProperties.BUFFERED_IO_OUTPUT_MAX_PENDING_WRITE_WAIT.set(server, limits.idleMax());
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                if (count(server, false) >= SftpLimits.STRANGERS_MAX) { // Without the new one.
                    LOG.warn("An SSH connection was closed: {} others are logging in", SftpLimits.STRANGERS_MAX);
                    session.close(true);
                }
            }
        });
    }

    private static long count(SshServer server, boolean authenticated) {
        return server.getActiveSessions().stream()
                .filter(session -> session.isAuthenticated() == authenticated)
                .count();
    }

    private static void disconnect(Session session) {
        try {
            session.disconnect(
                    SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
                    "Too many sessions are open; try again in a few minutes.");
        } catch (IOException e) {
            session.close(true);
        }
    }

    @Override
    public void stop() {
        Running stopping = running;
        running = null;
        if (stopping != null) {
            try {
                stopping.server().stop(true);
            } catch (IOException e) {
                LOG.warn("The SFTP server did not stop in good order: {}", e.getMessage());
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public int port() {
        Running now = running();
        return now.server().getBoundAddresses().stream()
                .map(InetSocketAddress.class::cast)
                .findFirst()
                .map(InetSocketAddress::getPort)
                .orElse(port);
    }

    @Override
    public String fingerprint() {
        return running().key().fingerprint();
    }

    private Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("The SFTP server does not run");
        }
        return now;
    }
}
