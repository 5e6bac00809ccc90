package io.lonja.transport.as2;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A private key of ours and the certificate by which others know it. */
record OwnKey(PrivateKey key, X509Certificate certificate) {

    /** Whether it decrypts too: nothing is encrypted to a key on an elliptic curve here. */
    boolean isRsa() {
        return key.getAlgorithm().equals("RSA");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OwnKey " + certificate.getSerialNumber();
    }
}
