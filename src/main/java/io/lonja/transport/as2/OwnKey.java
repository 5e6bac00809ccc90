package io.lonja.transport.as2;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A private key of ours and the certificate by which others know it. */
record OwnKey(PrivateKey key, X509Certificate certificate) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "OwnKey " + certificate.getSerialNumber();
    }
}
