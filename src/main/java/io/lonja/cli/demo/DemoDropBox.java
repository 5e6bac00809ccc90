package io.lonja.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** A partner's SFTP program: one key, the hub's host key pinned, {@code put} and {@code get}. */
final class DemoDropBox implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final SshClient ssh;
    private final SftpClient sftp;

    private DemoDropBox(SshClient ssh, SftpClient sftp) {
        this.ssh = ssh;
        this.sftp = sftp;
    }

    /** @param fingerprint of the only host key that is trusted: {@code SHA256:2nV…} */
    static DemoDropBox login(int port, String fingerprint, String user, KeyPair key) {
        SshClient ssh = SshClient.setUpDefaultClient();
        ssh.setServerKeyVerifier((session, address, host) ->
                KeyUtils.getFingerPrint(BuiltinDigests.sha256, host).equals(fingerprint));
        ssh.start();
        try {
            ClientSession session =
                    ssh.connect(user, "127.0.0.1", port).verify(WITHIN).getSession();
            session.addPublicKeyIdentity(key);
            session.auth().verify(WITHIN);
            return new DemoDropBox(ssh, SftpClientFactory.instance().createSftpClient(session));
        } catch (IOException e) {
            ssh.stop();
            throw new UncheckedIOException(
                    "The drop-box of %s cannot be reached: %s".formatted(user, e.getMessage()), e);
        }
    }

    void put(String name, String content) {
        try (SftpClient.CloseableHandle file = sftp.open(
                "/inbox/" + name,
                SftpClient.OpenMode.Create,
                SftpClient.OpenMode.Write,
                SftpClient.OpenMode.Truncate)) {
            byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
            sftp.write(file, 0, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException("%s was not taken: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** What lies in the outbox, by name, each read to its end. */
    List<String> fetch() {
        try {
            List<String> files = new ArrayList<>();
            for (SftpClient.DirEntry entry : sftp.readDir("/outbox")) {
                if (entry.getAttributes().isRegularFile()) {
                    try (var in = sftp.read("/outbox/" + entry.getFilename())) {
                        files.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                    }
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("The outbox cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        sftp.close();
        ssh.stop();
    }
}
