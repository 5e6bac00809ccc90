package io.lonja.transport.as2;

import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.Payload;
import io.lonja.transport.as2.MessageFormat.Compress;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds a message from inside: compressed, signed, compressed, encrypted, as the partner wants it. A document that is
 * too large for the memory is read from its file, once for the signature and once for the encryption.
 *
 * @param ownKey signs; used only when the format says so
 * @param recipient encrypted for; used only when the format says so
 */
record MessageWriter(
        MessageFormat format,
        @Nullable OwnKey ownKey,
        @Nullable X509Certificate recipient) {

    private static final Digest UNSIGNED_MIC = Digest.SHA256;

    /**
     * What goes on the wire.
     *
     * @param contentType header of the message
     * @param body of the message; where it is large, in a file that is there as long as the workspace is open
     * @param mic what the partner's MDN must return
     */
    record Written(String contentType, Payload body, Mic mic) {}

    /** An entity that may still get its transfer encoding. */
    private record Layer(String contentType, Pieces content) {}

    /**
     * @param fileName without quotes or control characters
     * @param workspace where layers lie that do not fit into the memory
     * @throws ArchiveUnavailableException when the disk fails
     */
    Written write(Payload payload, String contentType, String fileName, Workspace workspace) {
        try {
            return written(payload, contentType, fileName, workspace);
        } catch (IOException e) {
            throw new ArchiveUnavailableException(
                    "The disk does not give back what is to be sent: " + e.getMessage(), e);
        }
    }

    private Written written(Payload payload, String contentType, String fileName, Workspace workspace)
            throws IOException {
        Pieces document = Pieces.of(payload);
        ContentCipher encrypt = format.encrypt();
        if (format.sign() == null && encrypt == null && format.compress() == Compress.NEVER) {
            return new Written(contentType, payload, unsignedMic(document));
        }
        String disposition =
                format.fileName() ? "Content-Disposition: attachment; filename=\"%s\"".formatted(fileName) : null;
        Pieces entity = entity(new Layer(contentType, document), disposition);
        Layer layer = null;
        Mic mic = null;
        if (format.compress() == Compress.BEFORE_SIGN) {
            layer = compressed(entity, workspace);
        }
        if (format.sign() != null) {
            if (ownKey == null) {
                throw new IllegalStateException("A signature needs a key");
            }
            Signing.Signed signed = Signing.sign(
                    layer == null ? entity : entity(layer, null), ownKey, format, format.sign(), boundary());
            layer = new Layer(signed.contentType(), signed.body());
            mic = Mic.of(signed.contentDigest(), format.name(format.sign()));
        }
        if (format.compress() == Compress.AFTER_SIGN) {
            layer = compressed(layer == null ? entity : multipart(layer), workspace);
        }
        if (encrypt != null) {
            if (recipient == null) {
                throw new IllegalStateException("Encryption needs a certificate");
            }
            Pieces inside = layer == null ? entity : isCms(layer) ? entity(layer, null) : multipart(layer);
            layer = new Layer(
                    "application/pkcs7-mime; smime-type=%s; name=smime.p7m"
                            .formatted(encrypt.authenticated() ? "authEnveloped-data" : "enveloped-data"),
                    Pieces.of(Encryption.encrypt(inside, encrypt, format.oaep(), recipient, workspace)));
        }
        if (layer == null) {
            throw new IllegalStateException("A message that is no plain document has a layer");
        }
        return new Written(
                layer.contentType(), workspace.payload(layer.content()), mic == null ? unsignedMic(entity) : mic);
    }

    static String boundary() {
        return "=_lonja-" + UUID.randomUUID();
    }

    private Mic unsignedMic(Pieces covered) throws IOException {
        return Mic.of(covered.digest(UNSIGNED_MIC), format.name(UNSIGNED_MIC));
    }

    private static Layer compressed(Pieces entity, Workspace workspace) throws IOException {
        return new Layer(
                "application/pkcs7-mime; smime-type=compressed-data; name=smime.p7z",
                Compression.compress(entity, workspace));
    }

    private static boolean isCms(Layer layer) {
        return HeaderValue.parse(layer.contentType()).isCms();
    }

    private Pieces entity(Layer layer, @Nullable String disposition) {
        MimeText text = new MimeText()
                .line("Content-Type: " + layer.contentType())
                .line("Content-Transfer-Encoding: " + (format.base64() ? "base64" : "binary"));
        if (disposition != null) {
            text.line(disposition);
        }
        text.line("");
        return (format.base64() ? text.base64(layer.content()) : text.raw(layer.content())).toPieces();
    }

    /** A multipart has no encoding of its own (RFC 2045, section 6.4); its parts have. */
    private Pieces multipart(Layer layer) {
        return new MimeText()
                .line("Content-Type: " + layer.contentType())
                .line("Content-Transfer-Encoding: " + (format.base64() ? "7bit" : "binary"))
                .line("")
                .raw(layer.content())
                .toPieces();
    }
}
