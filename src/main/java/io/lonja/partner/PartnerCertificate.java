package io.lonja.partner;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A public certificate of a partner, good for a time that the profile says.
 *
 * @param file as the profile names it
 * @param from first day, inclusive
 * @param until last day, inclusive
 * @param graceDays how many days after its end a signature by it still counts, 0 to 90
 * @param pem the certificate itself, as it was when the profile was read: one X.509 certificate in PEM
 */
public record PartnerCertificate(
        String file, Set<Use> use, LocalDate from, LocalDate until, int graceDays, String pem) {

    public PartnerCertificate {
        // In one order, because it is archived and has a digest.
        use = Collections.unmodifiableSortedSet(new TreeSet<>(use));
    }

    /** What it may be used for, as the partner sees it. */
    public enum Use {
        /** The partner signs with its key; we verify by it. */
        SIGN,
        /** We encrypt to it; the partner decrypts. */
        ENCRYPT
    }

    /** Whether it is good for this on that day. */
    public boolean valid(Use wanted, LocalDate on) {
        return use.contains(wanted) && !on.isBefore(from) && !on.isAfter(until.plusDays(grace(wanted)));
    }

    /** The last day on which it counts: by the profile and by itself, without any grace. */
    public LocalDate ends() {
        LocalDate own = LocalDate.ofInstant(certificate().getNotAfter().toInstant(), ZoneOffset.UTC);
        return own.isBefore(until) ? own : until;
    }

    /** The first day on which it counts: by the profile and by itself. */
    public LocalDate begins() {
        LocalDate own = LocalDate.ofInstant(certificate().getNotBefore().toInstant(), ZoneOffset.UTC);
        return own.isAfter(from) ? own : from;
    }

    private X509Certificate certificate() {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IllegalStateException("%s was read with the profile and cannot be read now".formatted(file), e);
        }
    }

    /** Nobody encrypts to a certificate that has ended. */
    public int grace(Use wanted) {
        return wanted == Use.SIGN ? graceDays : 0;
    }
}
