package io.lonja.force;

import io.lonja.archive.DataFolder;
import io.lonja.transport.as2.As2Correspondent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.jspecify.annotations.Nullable;

/** A way to the hub that gives no receipt id: what it promised is found by message id or control number. */
interface Door {

    /** Whether the hub promised to have it; false when there was no answer, and the same may be tried again. */
    boolean promised(String key, String edi);

    /** AS2: a signed MDN with the right MIC is the promise. The message id is kept over all attempts. */
    final class As2Door implements Door {

        private final As2Correspondent partner;
        private final URI url;
        private final Path hubCertificate;

        As2Door(Path keys, String name, URI hub, Path hubCertificate) {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();
            this.partner = As2Correspondent.in(DataFolder.at(keys), name, http, Clock.systemUTC());
            this.url = hub.resolve("/as2");
            this.hubCertificate = hubCertificate;
        }

        static String messageId(String key) {
            return "<%s@load>".formatted(key);
        }

        @Override
        public boolean promised(String key, String edi) {
            try {
                As2Correspondent.Reply reply = partner.send(
                        url,
                        "LONJA",
                        Files.readString(hubCertificate),
                        messageId(key),
                        "application/edi-x12",
                        edi.getBytes(StandardCharsets.ISO_8859_1));
                if (reply.status() == 200 && !reply.received()) {
                    throw new AssertionError("%s was refused: %s".formatted(key, reply));
                }
                return reply.received();
            } catch (IllegalStateException | IOException noAnswer) {
                return false;
            }
        }
    }

    /** SFTP: a handle that the server closed is the promise. */
    final class SftpDoor implements Door {

        private static final Duration WITHIN = Duration.ofSeconds(10);

        private final SshClient ssh = SshClient.setUpDefaultClient();
        private final int port;
        private final String user;
        private @Nullable ClientSession session;
        private @Nullable SftpClient sftp;

        SftpDoor(Path key, int port, String user) {
            this.port = port;
            this.user = user;
            ssh.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            ssh.setKeyIdentityProvider(new FileKeyPairProvider(key));
            ssh.start();
        }

        @Override
        public boolean promised(String key, String edi) {
            try {
                byte[] bytes = edi.getBytes(StandardCharsets.ISO_8859_1);
                SftpClient client = client();
                SftpClient.CloseableHandle file = client.open(
                        "/inbox/" + key + ".edi",
                        SftpClient.OpenMode.Create,
                        SftpClient.OpenMode.Write,
                        SftpClient.OpenMode.Truncate);
                client.write(file, 0, bytes, 0, bytes.length);
                client.close(file);
                return true;
            } catch (IOException | RuntimeException broken) {
                disconnect();
                return false;
            }
        }

        private SftpClient client() throws IOException {
            SftpClient known = sftp;
            if (known != null && known.isOpen()) {
                return known;
            }
            disconnect();
            ClientSession opened =
                    ssh.connect(user, "127.0.0.1", port).verify(WITHIN).getSession();
            session = opened;
            opened.auth().verify(WITHIN);
            SftpClient made = SftpClientFactory.instance().createSftpClient(opened);
            sftp = made;
            return made;
        }

        private void disconnect() {
            sftp = null;
            if (session != null) {
                session.close(true);
                session = null;
            }
        }
    }
}
