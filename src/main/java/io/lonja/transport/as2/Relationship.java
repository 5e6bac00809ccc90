package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * What a message of one sender to one name of ours must satisfy.
 *
 * @param signatureRequired an unsigned message is refused
 * @param encryptionRequired a message that anybody could read is refused
 * @param allowed what is taken of this sender although it is weak
 * @param signers certificates of that sender whose signatures count at this moment
 * @param ownKeys any of them may have been used to encrypt
 * @param contentBytesMax no compressed content grows beyond it
 */
record Relationship(
        boolean signatureRequired,
        boolean encryptionRequired,
        Set<Legacy> allowed,
        List<X509Certificate> signers,
        List<OwnKey> ownKeys,
        int contentBytesMax) {

    Relationship {
        allowed = Set.copyOf(allowed);
        signers = List.copyOf(signers);
        ownKeys = List.copyOf(ownKeys);
    }
}
