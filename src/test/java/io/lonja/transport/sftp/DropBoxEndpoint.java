package io.lonja.transport.sftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.citrusframework.context.TestContext;
import org.citrusframework.endpoint.AbstractEndpoint;
import org.citrusframework.endpoint.AbstractEndpointConfiguration;
import org.citrusframework.exceptions.MessageTimeoutException;
import org.citrusframework.message.DefaultMessage;
import org.citrusframework.message.Message;
import org.citrusframework.messaging.Consumer;
import org.citrusframework.messaging.Producer;

/**
 * A partner's SFTP program for Citrus: what a test sends becomes a file of the inbox, named by the header {@link #FILE};
 * what it receives is the next file of the outbox, in the order of their names, read to its end.
 */
public final class DropBoxEndpoint extends AbstractEndpoint implements AutoCloseable {

    public static final String FILE = "sftp_file";

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final SshClient ssh;
    private final SftpClient sftp;
    private final Set<String> fetched = new HashSet<>();

    private DropBoxEndpoint(String user, SshClient ssh, SftpClient sftp) {
        super(new AbstractEndpointConfiguration() {});
        setName(user + " drop-box");
        this.ssh = ssh;
        this.sftp = sftp;
    }

    /** @param fingerprint of the only host key that is trusted */
    public static DropBoxEndpoint login(int port, String fingerprint, String user, KeyPair key) throws IOException {
        SshClient ssh = SshClient.setUpDefaultClient();
        ssh.setServerKeyVerifier((session, address, host) ->
                KeyUtils.getFingerPrint(BuiltinDigests.sha256, host).equals(fingerprint));
        ssh.start();
        ClientSession session =
                ssh.connect(user, "127.0.0.1", port).verify(WITHIN).getSession();
        session.addPublicKeyIdentity(key);
        session.auth().verify(WITHIN);
        return new DropBoxEndpoint(user, ssh, SftpClientFactory.instance().createSftpClient(session));
    }

    @Override
    public Producer createProducer() {
        return new Producer() {
            @Override
            public void send(Message message, TestContext context) {
                context.onOutboundMessage(message);
                put(
                        context.replaceDynamicContentInString(String.valueOf(message.getHeader(FILE))),
                        context.replaceDynamicContentInString(message.getPayload(String.class)));
            }

            @Override
            public String getName() {
                return DropBoxEndpoint.this.getName();
            }
        };
    }

    @Override
    public Consumer createConsumer() {
        return new Consumer() {
            @Override
            public Message receive(TestContext context) {
                return receive(context, getEndpointConfiguration().getTimeout());
            }

            @Override
            public Message receive(TestContext context, long millis) {
                long deadline = System.nanoTime() + Duration.ofMillis(millis).toNanos();
                Optional<Message> next = next();
                while (next.isEmpty() && System.nanoTime() < deadline) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                    next = next();
                }
                Message message = next.orElseThrow(() -> new MessageTimeoutException(millis, getName()));
                context.onInboundMessage(message);
                return message;
            }

            @Override
            public String getName() {
                return DropBoxEndpoint.this.getName();
            }
        };
    }

    private void put(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        try (SftpClient.CloseableHandle file = sftp.open("/inbox/" + name, OpenMode.Create, OpenMode.Write)) {
            sftp.write(file, 0, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Message> next() {
        try {
            List<String> names = StreamSupport.stream(sftp.readDir("/outbox").spliterator(), false)
                    .filter(entry -> entry.getAttributes().isRegularFile())
                    .map(SftpClient.DirEntry::getFilename)
                    .filter(name -> !fetched.contains(name))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                return Optional.empty();
            }
            String name = names.get(0);
            try (var in = sftp.read("/outbox/" + name)) {
                String content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                fetched.add(name);
                return Optional.of(new DefaultMessage(content, Map.of(FILE, name)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        sftp.close();
        ssh.stop();
    }
}
