package io.lonja.acceptance;

import java.net.http.HttpClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/** How partners know the hub that they post to. */
public final class HubCertificate {

    private HubCertificate() {}

    /** Talks to no hub but the one with this fingerprint. */
    public static HttpClient client(String fingerprint) throws Exception {
        return HttpClient.newBuilder().sslContext(pinned(fingerprint)).build();
    }

    /** Trusts the certificate with this fingerprint and no other. */
    public static SSLContext pinned(String fingerprint) throws Exception {
        byte[] expected = HexFormat.of().parseHex(fingerprint.replace(":", "").toLowerCase(Locale.ROOT));
        return SSLContextBuilder.create()
                .loadTrustMaterial(null, (X509Certificate[] chain, String type) -> {
                    try {
                        return MessageDigest.isEqual(
                                expected, MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded()));
                    } catch (NoSuchAlgorithmException e) {
                        throw new CertificateException(e);
                    }
                })
                .build();
    }
}
