package io.lonja.transport.as2;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;

/** What a SignedData brings along besides its signatures; proves nothing by itself. */
final class SignedParts {

    private SignedParts() {}

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
