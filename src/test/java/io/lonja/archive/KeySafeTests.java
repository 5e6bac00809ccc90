package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys lie sealed, whoever put them there, and only the right passphrase opens them. */
class KeySafeTests {

    private static final String PASSPHRASE = "correct horse battery";

    @TempDir
    Path folder;

    private DataFolder home;
    private Path file;

    @BeforeEach
    void open() {
        home = DataFolder.at(folder.resolve("home"));
        file = home.folder("keys").resolve("a.key.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void sealsWhatItKeeps(String algorithm) throws Exception {
        KeyPair pair = pair(algorithm);
        KeySafe safe = KeySafe.in(home, PASSPHRASE, null);
        safe.keep(file, pair.getPrivate());
        assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(safe.read(file)).isEqualTo(pair.getPrivate());
        assertThat(home.folder("secrets")).isEmptyDirectory();
    }

    @Test
    void makesAPassphraseOfItsOwnWhereNobodyGivesOne() throws Exception {
        KeyPair pair = pair("EC");
        KeySafe.in(home).keep(file, pair.getPrivate());
        Path own = home.root().resolve("secrets/keys-passphrase");
        assertThat(Files.getPosixFilePermissions(own)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(own)).hasSizeGreaterThan(40);
        assertThat(KeySafe.in(home).read(file)).isEqualTo(pair.getPrivate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "DER"})
    void sealsAKeyThatLayOpen(String form) throws Exception {
        KeyPair pair = pair("RSA");
        byte[] plain = pair.getPrivate().getEncoded();
        Files.write(
                file,
                form.equals("DER")
                        ? plain
                        : ("-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
                                        .formatted(
                                                form,
                                                Base64.getMimeEncoder(64, new byte[] {'\n'})
                                                        .encodeToString(plain)))
                                .getBytes(StandardCharsets.US_ASCII));
        assertThat(KeySafe.in(home).read(file)).isEqualTo(pair.getPrivate());
        assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(KeySafe.in(home).read(file)).isEqualTo(pair.getPrivate());
    }

    @Test
    void movesToThePassphraseOfTheOperator() throws Exception {
        KeyPair pair = pair("EC");
        KeySafe.in(home).keep(file, pair.getPrivate());
        Path outside = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-------"));
        assertThat(KeySafe.in(home, null, outside.toString()).read(file)).isEqualTo(pair.getPrivate());
        Files.delete(home.root().resolve("secrets/keys-passphrase"));
        assertThat(KeySafe.in(home, PASSPHRASE, null).read(file)).isEqualTo(pair.getPrivate());
    }

    @Test
    void saysWhatIsWrongWithAPassphrase() throws Exception {
        KeySafe.in(home, PASSPHRASE, null).keep(file, pair("EC").getPrivate());
        assertThatThrownBy(() -> KeySafe.in(home, "another one, as long", null).read(file))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessage(
                        "The key %s is sealed by another passphrase than LONJA_KEYS_PASSPHRASE; give the right one, or restore the key from the backup."
                                .formatted(file));
        assertThatThrownBy(() -> KeySafe.in(home).read(file))
                .hasMessageContaining("there is no passphrase: set LONJA_KEYS_PASSPHRASE, or restore");
        assertThatThrownBy(() -> KeySafe.in(home, "Schlüssel für alle Fälle", null))
                .hasMessageContaining("other characters than printable ASCII");
        assertThatThrownBy(() -> KeySafe.in(home, "short", null)).hasMessageContaining("it needs at least 16");
        assertThatThrownBy(() -> KeySafe.in(home, null, folder.resolve("none").toString()))
                .hasMessageContaining("There is no file");
        Path loose = Files.writeString(folder.resolve("loose"), PASSPHRASE);
        Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> KeySafe.in(home, null, loose.toString())).hasMessageContaining("run chmod 600");
    }

    @Test
    void saysThatAFileHoldsNoKey() throws IOException {
        for (String content :
                new String[] {"", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "0x"}) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> KeySafe.in(home).read(file))
                    .hasMessageContaining("holds no private key in PKCS #8");
        }
    }

    private static KeyPair pair(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }
}
