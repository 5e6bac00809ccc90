package io.lonja.force.day;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.jspecify.annotations.Nullable;

/** An SFTP client that writes under a passing name and renames, and removes what it has read. */
final class DropBoxPeer implements Channel {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final Firm firm;
    private final KeyPair key;
    private final SshClient ssh = SshClient.setUpDefaultClient();
    private @Nullable SftpClient sftp;
    private int files;

    DropBoxPeer(Firm firm) throws GeneralSecurityException {
        this.firm = firm;
        this.key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    }

    String publicKey() {
        return PublicKeyEntry.toString(key.getPublic());
    }

    /** @param fingerprint of the only host key that is trusted */
    void login(int port, String fingerprint) throws IOException {
        ssh.setServerKeyVerifier((session, address, host) ->
                KeyUtils.getFingerPrint(BuiltinDigests.sha256, host).equals(fingerprint));
        ssh.start();
        ClientSession session =
                ssh.connect(firm.id(), "127.0.0.1", port).verify(WITHIN).getSession();
        session.addPublicKeyIdentity(key);
        session.auth().verify(WITHIN);
        sftp = SftpClientFactory.instance().createSftpClient(session);
    }

    @Override
    public void bring(byte[] interchange) throws IOException {
        String name = "/inbox/%04d".formatted(++files);
        try (SftpClient.CloseableHandle file = box().open(name + ".part", OpenMode.Create, OpenMode.Write)) {
            box().write(file, 0, interchange, 0, interchange.length);
        }
        box().rename(name + ".part", name + ".edi");
    }

    @Override
    public void bringAgain(byte[] interchange) throws IOException {
        bring(interchange);
    }

    @Override
    public List<byte[]> collect() throws IOException {
        List<byte[]> collected = new ArrayList<>();
        List<String> names = StreamSupport.stream(box().readDir("/outbox").spliterator(), false)
                .filter(entry -> entry.getAttributes().isRegularFile())
                .map(SftpClient.DirEntry::getFilename)
                .sorted()
                .toList();
        for (String name : names) {
            try (InputStream file = box().read("/outbox/" + name)) {
                collected.add(file.readAllBytes());
            }
            box().remove("/outbox/" + name);
        }
        return collected;
    }

    private SftpClient box() {
        SftpClient open = sftp;
        if (open == null) {
            throw new IllegalStateException(firm.id() + " is not logged in");
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (sftp != null) {
            sftp.close();
        }
        ssh.stop();
    }
}
