package io.lonja.transport.as2;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** How a CMS message names a certificate (RFC 5652, sections 5.3 and 6.2.1). */
sealed interface CertificateName {

    /** Whether this certificate is meant. */
    boolean names(X509Certificate certificate);

    /**
     * @param id an IssuerAndSerialNumber, or the identifier of a key as octets
     * @throws IllegalArgumentException for neither
     */
    static CertificateName of(ASN1Encodable id) {
        return id.toASN1Primitive() instanceof ASN1OctetString octets
                ? new KeyId(octets.getOctets())
                : new Issued(IssuerAndSerialNumber.getInstance(id));
    }

    /** By who issued it under which number. */
    record Issued(IssuerAndSerialNumber id) implements CertificateName {

        @Override
        public boolean names(X509Certificate certificate) {
            return id.getSerialNumber().getValue().equals(certificate.getSerialNumber())
                    && issuedBy(certificate.getIssuerX500Principal().getEncoded());
        }

        /** Mostly the name is encoded alike; else its parts are compared as a directory does. */
        private boolean issuedBy(byte[] issuer) {
            try {
                return Arrays.equals(id.getName().getEncoded(ASN1Encoding.DER), issuer)
                        || id.getName().equals(X500Name.getInstance(issuer));
            } catch (IOException e) {
                throw new IllegalStateException("What was read has an encoding", e);
            }
        }

        @Override
        public String toString() {
            return "%s, serial %s".formatted(id.getName(), id.getSerialNumber().getValue());
        }
    }

    /** By the identifier of its key, which the certificate has to state. */
    record KeyId(byte[] octets) implements CertificateName {

        @Override
        public boolean names(X509Certificate certificate) {
            byte[] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
            return extension != null
                    && Arrays.equals(
                            SubjectKeyIdentifier.getInstance(ASN1OctetString.getInstance(extension)
                                            .getOctets())
                                    .getKeyIdentifier(),
                            octets);
        }

        @Override
        public String toString() {
            return "a key identifier";
        }
    }
}
