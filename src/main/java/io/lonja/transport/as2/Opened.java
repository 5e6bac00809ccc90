package io.lonja.transport.as2;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** What came of opening a message. */
sealed interface Opened {

    /**
     * It satisfies the relationship.
     *
     * @param payload the document, all transfer encodings taken off
     * @param contentType as the innermost entity names it, or null
     * @param fileName the document's, without any path; null when it has none
     * @param mic what the sender can compare
     * @param signature null when the message was not signed
     */
    record Accepted(
            Bytes payload,
            @Nullable String contentType,
            @Nullable String fileName,
            Mic mic,
            @Nullable Signature signature,
            boolean encrypted)
            implements Opened {

        boolean signed() {
            return signature != null;
        }
    }

    /**
     * What the sender's signature is over, for whoever checks it later.
     *
     * @param content the signed entity, byte for byte
     * @param cms the detached SignedData
     * @param signer whose signature it is
     * @param bringsSigner whether that certificate is in the SignedData too
     */
    record Signature(Bytes content, byte[] cms, X509Certificate signer, boolean bringsSigner) {}

    /**
     * It does not.
     *
     * @param because for our people; never for the wire
     */
    record Refused(Disposition disposition, String because) implements Opened {}
}
