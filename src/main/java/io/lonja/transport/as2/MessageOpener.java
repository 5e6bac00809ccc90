package io.lonja.transport.as2;

import io.lonja.archive.ArchiveUnavailableException;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * Opens one message layer by layer, from outside: encrypted, compressed, signed, compressed, each at most once and all
 * optional (RFC 4130, section 5.2; RFC 5402, section 2). One message, one opener.
 *
 * <p>Inside an envelope that does not authenticate itself the first fault decides, and a wrong padding only turns
 * success into {@code decryption-failed}: what an attacker can make of a captured message is answered the same whether
 * its padding is right or not.
 */
final class MessageOpener {

    private static final int LAYERS_MAX = 4;

    private final Relationship relationship;
    private final String micAlgorithm;
    private final Workspace workspace;
    private boolean encrypted;
    private boolean paddingGood = true;
    private boolean compressedInside;
    private boolean compressedOutside;
    private @Nullable Mic signedMic;
    private Opened.@Nullable Signature signature;

    private MessageOpener(Relationship relationship, String micAlgorithm, Workspace workspace) {
        this.relationship = relationship;
        this.micAlgorithm = micAlgorithm;
        this.workspace = workspace;
    }

    /**
     * @param micAlgorithm the name of a digest, for a message that is not signed and so names none
     * @param workspace what comes out lies in it, until it is closed
     */
    static Opened open(
            MimeHeaders headers, Bytes body, Relationship relationship, String micAlgorithm, Workspace workspace) {
        MessageOpener opener = new MessageOpener(relationship, micAlgorithm, workspace);
        try {
            return opener.open(MimeEntity.ofHttp(headers, body));
        } catch (Refusal refusal) {
            boolean garbled = refusal.disposition().malformed() && opener.encrypted && opener.signedMic == null;
            return new Opened.Refused(
                    garbled ? Disposition.DECRYPTION_FAILED : refusal.disposition(), refusal.because());
        }
    }

    private Opened open(MimeEntity message) throws Refusal {
        MimeEntity entity = message;
        for (int layer = 0; ; layer++) {
            Optional<HeaderValue> type = entity.contentType();
            if (encrypted && signedMic == null && type.isEmpty()) {
                throw Refusal.malformed("What was decrypted is no entity");
            }
            boolean signed = type.isPresent() && type.get().value().equals("multipart/signed");
            if (!signed && type.filter(HeaderValue::isCms).isEmpty()) {
                return accepted(message, entity);
            }
            if (layer == LAYERS_MAX) {
                throw Refusal.malformed("There are more than %d layers".formatted(LAYERS_MAX));
            }
            entity = signed ? signed(entity, type.get()) : unwrapped(entity);
        }
    }

    private MimeEntity signed(MimeEntity entity, HeaderValue type) throws Refusal {
        if (signedMic != null) {
            throw Refusal.malformed("A signed entity is inside another one");
        }
        Multipart multipart = Multipart.split(entity, 2);
        workspace.counters().signatureCheck();
        SignatureCheck.Verified verified =
                SignatureCheck.verify(multipart.parts(), relationship.signers(), relationship.allowed(), workspace);
        String name = type.parameter("micalg")
                .filter(named -> Digest.named(named).equals(Optional.of(verified.digest())))
                .orElse(verified.digest().registered());
        signedMic = Mic.of(verified.contentDigest(), name);
        signature = new Opened.Signature(
                multipart.parts().get(0), verified.cms(), verified.signer(), verified.bringsSigner());
        return MimeEntity.parse(multipart.parts().get(0));
    }

    private MimeEntity unwrapped(MimeEntity entity) throws Refusal {
        Bytes content = entity.content(workspace);
        try {
            Ber message = Ber.over(content);
            Ber.Element whole = message.next(Ber.SEQUENCE);
            int end = message.end(whole); // nothing is believed of what is not whole
            Ber info = message.enter(whole);
            ASN1ObjectIdentifier type = info.objectIdentifier();
            if (type.equals(CMSObjectIdentifiers.compressedData)) {
                if (!content.between(end, content.until()).plainText()) {
                    throw new Refusal(Disposition.DECOMPRESSION_FAILED, "Something follows the compressed content");
                }
                return expanded(inside(info));
            }
            if (type.equals(CMSObjectIdentifiers.envelopedData)
                    || type.equals(CMSObjectIdentifiers.authEnvelopedData)) {
                if (encrypted || signedMic != null || compressedOutside) {
                    throw Refusal.malformed("An envelope is inside another layer");
                }
                return decrypted(Decryption.open(
                        inside(info),
                        type.equals(CMSObjectIdentifiers.authEnvelopedData),
                        relationship.ownKeys(),
                        relationship.allowed(),
                        workspace));
            }
            throw new Refusal(
                    Disposition.INSUFFICIENT_MESSAGE_SECURITY, "CMS content of type %s is no layer".formatted(type));
        } catch (ArchiveUnavailableException ours) {
            throw ours;
        } catch (IOException | RuntimeException e) { // Structures without sense end in exceptions of every kind.
            throw new Refusal(
                    encrypted || signedMic != null ? Disposition.DECOMPRESSION_FAILED : Disposition.DECRYPTION_FAILED,
                    "The CMS content is broken");
        }
    }

    private static Ber inside(Ber info) throws IOException {
        return info.enterTagged(0).enter(Ber.SEQUENCE);
    }

    private MimeEntity decrypted(Decryption.Decrypted inside) throws Refusal {
        encrypted = true;
        paddingGood = inside.paddingGood();
        return MimeEntity.parse(inside.content());
    }

    private MimeEntity expanded(Ber compressed) throws IOException, Refusal {
        if (signedMic == null ? compressedOutside : compressedInside) {
            throw Refusal.malformed("A compressed entity is inside another one");
        }
        compressedOutside |= signedMic == null;
        compressedInside |= signedMic != null;
        return MimeEntity.parse(Compression.expand(compressed, relationship.contentBytesMax(), workspace));
    }

    private Opened accepted(MimeEntity message, MimeEntity entity) throws Refusal {
        if (relationship.signatureRequired() && signedMic == null) {
            throw new Refusal(Disposition.INSUFFICIENT_MESSAGE_SECURITY, "The message is not signed");
        }
        if (relationship.encryptionRequired() && !encrypted) {
            throw new Refusal(Disposition.INSUFFICIENT_MESSAGE_SECURITY, "The message is not encrypted");
        }
        MimeEntity document = Attachments.root(entity, workspace);
        Bytes payload = document.content(workspace);
        if (!paddingGood) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "The padding of the encrypted content is wrong");
        }
        Mic mic = signedMic != null ? signedMic : unsignedMic(message == entity ? entity.body() : entity.whole());
        return new Opened.Accepted(
                payload,
                document.headers().first("Content-Type").orElse(null),
                FileName.of(document).orElse(null),
                mic,
                signature,
                encrypted);
    }

    /** Plain content is digested without its headers, since HTTP may have rewritten them (RFC 4130, 7.3.1). */
    private Mic unsignedMic(Bytes covered) {
        Digest digest = Digest.named(micAlgorithm).orElse(Digest.SHA256);
        return Mic.of(
                covered.digest(digest.start()),
                Digest.named(micAlgorithm).isPresent() ? micAlgorithm : digest.registered());
    }
}
