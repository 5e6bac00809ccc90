package io.lonja.cli.demo;

import io.lonja.archive.DataFolder;
import io.lonja.transport.as2.As2Correspondent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/**
 * The keys of the demo's partners, made anew in the demo's data folder: Hotel Miramar's for AS2, Casa Lucía's for SFTP.
 * In life they never leave the partners.
 */
public final class DemoKeys {

    private static final String HOTEL = "HOTEL-MIRAMAR";

    private final DataFolder hotel;
    private final KeyPair casa;

    private DemoKeys(DataFolder hotel, KeyPair casa) {
        this.hotel = hotel;
        this.casa = casa;
    }

    /** Makes them where the partners' profiles look for the public ones. */
    public static DemoKeys in(DataFolder home) {
        DataFolder hotel = DataFolder.at(home.folder("demo-partners/hotel-miramar"));
        As2Correspondent.in(hotel, HOTEL, HttpClient.newHttpClient(), Clock.systemUTC());
        DataFolder casa = DataFolder.at(home.folder("demo-partners/casa-lucia"));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            ByteArrayOutputStream secret = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "casa-lucia", null, secret);
            DataFolder.keep(casa.root().resolve("ssh_key"), secret.toByteArray());
            DataFolder.keep(
                    casa.root().resolve("authorized_keys"),
                    (PublicKeyEntry.toString(pair.getPublic()) + " casa-lucia\n").getBytes(StandardCharsets.US_ASCII));
            return new DemoKeys(hotel, pair);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has the curve P-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the demo's keys", e);
        }
    }

    As2Correspondent hotel(HttpClient http) {
        return As2Correspondent.in(hotel, HOTEL, http, Clock.systemUTC());
    }

    KeyPair casa() {
        return casa;
    }
}
