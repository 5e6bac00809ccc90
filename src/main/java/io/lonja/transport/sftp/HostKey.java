package io.lonja.transport.sftp;

import io.lonja.archive.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Iterator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The key by which clients know this drop-box: Ed25519, in OpenSSH's format. */
record HostKey(KeyPair pair) {

    private static final int ED25519_BITS = 256;

    /** The one of this data folder, made when there is none. */
    static HostKey in(DataFolder home) {
        Path file = home.folder("keys").resolve("sftp-host-key");
        if (!Files.exists(file)) {
            make(file);
        }
        return read(file);
    }

    private static void make(Path file) {
        try {
            KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, ED25519_BITS);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "lonja", null, text);
            DataFolder.keep(file, text.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform cannot make an Ed25519 key", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the host key " + file, e);
        }
    }

    private static HostKey read(Path file) {
        try (InputStream text = Files.newInputStream(file)) {
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), text, FilePasswordProvider.EMPTY);
            Iterator<KeyPair> pairs = found == null ? null : found.iterator();
            if (pairs == null || !pairs.hasNext()) {
                throw new IllegalStateException("There is no private key in " + file);
            }
            return new HostKey(pairs.next());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "Cannot use %s as the host key of SFTP: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** {@code SHA256:2nV…}. */
    String fingerprint() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, pair.getPublic());
    }
}
