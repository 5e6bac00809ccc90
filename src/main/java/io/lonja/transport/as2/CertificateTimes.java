package io.lonja.transport.as2;

import io.lonja.partner.As2Channel;
import io.lonja.partner.PartnerCertificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Which certificates count at a moment: by the window that the profile gives, and by what they say themselves. */
final class CertificateTimes {

    private CertificateTimes() {}

    /** Of a partner, for this use, in the order of its profile. */
    static List<X509Certificate> of(As2Channel channel, PartnerCertificate.Use use, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<X509Certificate> found = new ArrayList<>();
        for (PartnerCertificate listed : channel.certificates()) {
            if (listed.valid(use, today)) {
                try {
                    X509Certificate certificate = read(listed.pem());
                    if (valid(certificate, now) || valid(certificate, now.minus(Duration.ofDays(listed.grace(use))))) {
                        found.add(certificate);
                    }
                } catch (CertificateException e) {
                    throw new IllegalStateException(
                            "%s was read with the profile and cannot be read now".formatted(listed.file()), e);
                }
            }
        }
        return found;
    }

    static boolean valid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    static X509Certificate read(String pem) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
