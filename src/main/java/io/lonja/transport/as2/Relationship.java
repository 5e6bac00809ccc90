package io.lonja.transport.as2;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a message of one sender to one name of ours must satisfy.
 *
 * @param signatureRequired an unsigned message is refused
 * @param encryptionRequired a message that anybody could read is refused
 * @param signers certificates of that sender whose signatures count at this moment
 * @param ownKeys any of them may have been used to encrypt
 * @param contentBytesMax no compressed content grows beyond it
 */
record Relationship(
        boolean signatureRequired,
        boolean encryptionRequired,
        List<X509Certificate> signers,
        List<OwnKey> ownKeys,
        int contentBytesMax) {

    Relationship {
        signers = List.copyOf(signers);
        ownKeys = List.copyOf(ownKeys);
    }
}
