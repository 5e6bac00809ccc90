package io.lonja.transport.as2;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;

/** What a SignedData brings along besides its signatures; proves nothing by itself. */
final class SignedParts {

    private SignedParts() {}

    /** The one among them that the first signer names. */
    static Optional<X509Certificate> signer(byte[] cms) {
        try {
            SignerInformation first = new CMSSignedData(cms)
                    .getSignerInfos()
                    .getSigners()
                    .iterator()
                    .next();
            CertificateName name =
                    CertificateName.of(first.toASN1Structure().getSID().getId());
            for (X509Certificate each : certificates(cms)) {
                if (name.names(each)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        } catch (CMSException e) {
            return Optional.empty();
        }
    }

    /** @param der of a certificate that we archived */
    static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException("The archive has this certificate", e);
        }
    }

    /** The certificates in it that can be read, in its order. */
    static List<X509Certificate> certificates(byte[] cms) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (X509CertificateHolder each :
                    new CMSSignedData(cms).getCertificates().getMatches(null)) {
                found.add(new JcaX509CertificateConverter().getCertificate(each));
            }
        } catch (CMSException | CertificateException e) {
            return found;
        }
        return found;
    }
}
