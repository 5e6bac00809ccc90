package io.lonja.transport.as2;

import io.lonja.archive.KeySafe;
import io.lonja.partner.As2Channel;
import io.lonja.partner.As2Channel.Journey;
import io.lonja.partner.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines of what profiles say, with the passwords and keys that they name.
 *
 * @param safe with our own key pairs
 */
record Lines(Secrets secrets, KeySafe safe) {

    private static final char[] UNKEPT = "in memory only".toCharArray();

    /** @throws IllegalStateException with a sentence for the operator when something is missing that the profile names */
    Line forMessages(Journey journey) {
        return new Line(
                URI.create(journey.url()),
                journey.chunked(),
                journey.basic() == null ? null : authorization(journey.basic()),
                tls(journey),
                journey.proxy() == null ? null : proxy(journey.proxy()),
                null);
    }

    /**
     * To an address that the partner named for an MDN: straight there, since a proxy would look the name up again, with
     * the partner's TLS and without its password.
     */
    Line forMdn(MdnAddress to, List<InetAddress> addresses, As2Channel channel) {
        As2Channel.Outbound outbound = channel.outbound();
        return new Line(to.uri(), false, null, outbound == null ? null : tls(outbound.journey()), null, addresses);
    }

    private String authorization(As2Channel.Basic basic) {
        String password = secrets.find(basic.password())
                .orElseThrow(() -> new IllegalStateException(
                        "There is no secret %s, neither in the folder secrets nor in the environment"
                                .formatted(basic.password())));
        return "Basic "
                + Base64.getEncoder().encodeToString((basic.user() + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpHost proxy(String nameAndPort) {
        int colon = nameAndPort.lastIndexOf(':');
        return new HttpHost(
                "http", nameAndPort.substring(0, colon), Integer.parseInt(nameAndPort.substring(colon + 1)));
    }

    private @Nullable SSLContext tls(Journey journey) {
        String name = journey.clientCertificate();
        String trust = journey.trust();
        if (name == null && trust == null) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(name == null ? null : own(name), trust == null ? null : trusted(trust), null);
            return context;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The TLS keys for %s cannot be used: %s".formatted(journey.url(), e.getMessage()), e);
        }
    }

    private KeyManager[] own(String name) throws IOException, GeneralSecurityException {
        Path keyFile = safe.folder().resolve(name + ".key.pem");
        Path certificateFile = safe.folder().resolve(name + ".certificate.pem");
        if (!Files.isRegularFile(keyFile) || !Files.isRegularFile(certificateFile)) {
            throw new IOException("%s.key.pem or %1$s.certificate.pem is missing in the folder keys".formatted(name));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own",
                safe.read(keyFile),
                UNKEPT,
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificateFile)))
                        .toArray(Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, UNKEPT);
        return managers.getKeyManagers();
    }

    private static TrustManager[] trusted(String pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("partner", CertificateTimes.read(pem));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers.getTrustManagers();
    }
}
