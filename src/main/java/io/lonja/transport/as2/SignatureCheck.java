package io.lonja.transport.as2;

import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.partner.As2Channel.Legacy;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A detached signature (RFC 5652, section 5) over the bytes of an entity. Every signer must be known and right, and
 * there must be one: a SignedData without signers proves nothing, and a certificate that comes with it is nobody's.
 */
final class SignatureCheck {

    private static final int SIGNERS_MAX = 8;
    private static final int BYTES_MAX = 1 << 20;
    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_LEGACY = 1024;

    private final Bytes content;
    private final byte[] cms;
    private final SignedData signed;
    private final List<X509Certificate> signers;
    private final Set<Legacy> allowed;
    private final Map<Digest, byte[]> digests = new EnumMap<>(Digest.class);

    private SignatureCheck(
            Bytes content, byte[] cms, SignedData signed, List<X509Certificate> signers, Set<Legacy> allowed) {
        this.content = content;
        this.cms = cms;
        this.signed = signed;
        this.signers = signers;
        this.allowed = allowed;
    }

    /**
     * What the first signer signed with, and whose certificate it was.
     *
     * @param cms the SignedData
     * @param bringsSigner whether the certificate is in the SignedData too
     */
    record Verified(byte[] contentDigest, Digest digest, X509Certificate signer, byte[] cms, boolean bringsSigner) {}

    /**
     * @param parts of a {@code multipart/signed}: the signed entity, the signature
     * @return the digest over the first part as it came
     */
    static Verified verify(List<Bytes> parts, List<X509Certificate> signers, Set<Legacy> allowed, Workspace workspace)
            throws Refusal {
        if (parts.size() != 2) {
            throw Refusal.malformed("A multipart/signed has %d parts and not two".formatted(parts.size()));
        }
        MimeEntity signature = MimeEntity.parse(parts.get(1));
        Bytes content = signature.content(workspace);
        if (content.length() > BYTES_MAX) {
            throw new Refusal(
                    Disposition.AUTHENTICATION_FAILED, "The signature has more than %d bytes".formatted(BYTES_MAX));
        }
        byte[] cms = content.toArray();
        try {
            return new SignatureCheck(parts.get(0), cms, signedData(cms), signers, allowed).verified();
        } catch (ArchiveUnavailableException ours) {
            throw ours;
        } catch (IOException | RuntimeException e) { // Structures without sense end in exceptions of every kind.
            throw new Refusal(Disposition.AUTHENTICATION_FAILED, "The signature is no SignedData");
        }
    }

    private static SignedData signedData(byte[] cms) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(cms)) {
            ContentInfo info = ContentInfo.getInstance(in.readObject());
            if (info == null
                    || info.getContent() == null
                    || !CMSObjectIdentifiers.signedData.equals(info.getContentType())) {
                throw new IOException("No SignedData");
            }
            return SignedData.getInstance(info.getContent());
        }
    }

    private Verified verified() throws Refusal, IOException {
        ASN1Set infos = signed.getSignerInfos();
        if (infos.size() == 0 || infos.size() > SIGNERS_MAX) {
            throw new Refusal(
                    Disposition.AUTHENTICATION_FAILED, "The signature has %d signers".formatted(infos.size()));
        }
        Verified first = null;
        for (ASN1Encodable each : infos) {
            Verified verified = verified(SignerInfo.getInstance(each));
            first = first == null ? verified : first;
        }
        return Objects.requireNonNull(first);
    }

    private Verified verified(SignerInfo info) throws Refusal, IOException {
        Digest digest = Digest.of(info.getDigestAlgorithm().getAlgorithm())
                .filter(named -> named.counts(allowed))
                .orElseThrow(() -> insecure(info));
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(info.getDigestEncryptionAlgorithm(), digest)
                .filter(named -> named.digest().counts(allowed))
                .orElseThrow(() -> insecure(info));
        CertificateName name = CertificateName.of(info.getSID().getId());
        Refusal refusal = new Refusal(
                Disposition.AUTHENTICATION_FAILED,
                "Signed by %s, which is no certificate of this sender that is valid now".formatted(name));
        for (X509Certificate certificate : signers) {
            if (name.names(certificate)) {
                refusal = fault(info, digest, algorithm, certificate);
                if (refusal == null) {
                    return new Verified(digested(digest), digest, certificate, cms, brings(certificate));
                }
            }
        }
        throw refusal;
    }

    private static Refusal insecure(SignerInfo info) {
        return new Refusal(
                Disposition.INSUFFICIENT_MESSAGE_SECURITY,
                "Signed with %s and digest %s"
                        .formatted(
                                info.getDigestEncryptionAlgorithm().getAlgorithm(),
                                info.getDigestAlgorithm().getAlgorithm()));
    }

    /** Why the signature does not count, or null when it does. */
    private @Nullable Refusal fault(
            SignerInfo info, Digest digest, SignatureAlgorithm algorithm, X509Certificate certificate)
            throws IOException {
        int bitsMin = allowed.contains(Legacy.RSA1024) ? RSA_BITS_LEGACY : RSA_BITS_MIN;
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < bitsMin) {
            return new Refusal(
                    Disposition.INSUFFICIENT_MESSAGE_SECURITY,
                    "Signed with an RSA key of %d bits; it must have %d"
                            .formatted(rsa.getModulus().bitLength(), bitsMin));
        }
        if (!algorithm.fits(certificate.getPublicKey())) {
            return uncheckable();
        }
        ASN1Set attributes = info.getAuthenticatedAttributes();
        if (attributes != null) {
            if (!sound(info, attributes)) {
                return uncheckable();
            }
            ASN1Encodable signedDigest = single(new AttributeTable(attributes), CMSAttributes.messageDigest);
            if (!(signedDigest instanceof ASN1OctetString octets)) {
                return uncheckable();
            }
            if (!MessageDigest.isEqual(octets.getOctets(), digested(digest))) {
                return new Refusal(Disposition.INTEGRITY_CHECK_FAILED, "The content is not the one that was signed");
            }
        }
        try {
            Signature signature = algorithm.start(certificate.getPublicKey());
            signature.initVerify(certificate.getPublicKey());
            if (attributes == null) {
                content.writeTo(into(signature));
            } else {
                signature.update(attributes.getEncoded(ASN1Encoding.DER));
            }
            if (signature.verify(info.getEncryptedDigest().getOctets())) {
                return null;
            }
        } catch (SignatureException e) {
            // A signature of the wrong length, or none: not made with this key.
        } catch (GeneralSecurityException e) {
            return uncheckable();
        }
        return new Refusal(
                // Without signed attributes the content itself is under the signature.
                attributes == null ? Disposition.INTEGRITY_CHECK_FAILED : Disposition.AUTHENTICATION_FAILED,
                "The signature was not made with the key of "
                        + CertificateName.of(info.getSID().getId()));
    }

    private static Refusal uncheckable() {
        return new Refusal(Disposition.AUTHENTICATION_FAILED, "The signature cannot be checked");
    }

    /** What signed attributes must say of themselves (RFC 5652, sections 11.1 and 11.4; RFC 6211). */
    private boolean sound(SignerInfo info, ASN1Set signedAttributes) {
        AttributeTable attributes = new AttributeTable(signedAttributes);
        ASN1Set unsignedAttributes = info.getUnauthenticatedAttributes();
        if (unsignedAttributes != null) {
            AttributeTable unsigned = new AttributeTable(unsignedAttributes);
            if (unsigned.get(CMSAttributes.contentType) != null
                    || unsigned.get(CMSAttributes.messageDigest) != null
                    || unsigned.get(CMSAttributes.cmsAlgorithmProtect) != null) {
                return false;
            }
        }
        if (!signed.getEncapContentInfo().getContentType().equals(single(attributes, CMSAttributes.contentType))
                || attributes.get(CMSAttributes.counterSignature) != null) {
            return false;
        }
        if (attributes.get(CMSAttributes.cmsAlgorithmProtect) == null) {
            return true;
        }
        ASN1Encodable value = single(attributes, CMSAttributes.cmsAlgorithmProtect);
        if (value == null) {
            return false;
        }
        CMSAlgorithmProtection named = CMSAlgorithmProtection.getInstance(value);
        return same(info.getDigestAlgorithm(), named.getDigestAlgorithm())
                && same(info.getDigestEncryptionAlgorithm(), named.getSignatureAlgorithm());
    }

    /** The one value of the one attribute of this type, or null. */
    private static @Nullable ASN1Encodable single(AttributeTable attributes, ASN1ObjectIdentifier type) {
        ASN1EncodableVector all = attributes.getAll(type);
        if (all.size() != 1) {
            return null;
        }
        ASN1Set values = Attribute.getInstance(all.get(0)).getAttrValues();
        return values.size() == 1 ? values.getObjectAt(0).toASN1Primitive() : null;
    }

    private static boolean same(AlgorithmIdentifier one, @Nullable AlgorithmIdentifier other) {
        return other != null
                && one.getAlgorithm().equals(other.getAlgorithm())
                && parameters(one).equals(parameters(other));
    }

    /** NULL and nothing are the same here. */
    private static ASN1Encodable parameters(AlgorithmIdentifier algorithm) {
        return algorithm.getParameters() == null
                ? DERNull.INSTANCE
                : algorithm.getParameters().toASN1Primitive();
    }

    private byte[] digested(Digest digest) {
        return digests.computeIfAbsent(digest, named -> content.digest(named.start()));
    }

    private boolean brings(X509Certificate certificate) throws IOException {
        ASN1Set brought = signed.getCertificates();
        if (brought == null) {
            return false;
        }
        try {
            byte[] encoded = certificate.getEncoded();
            for (ASN1Encodable each : brought) {
                if (MessageDigest.isEqual(each.toASN1Primitive().getEncoded(ASN1Encoding.DER), encoded)) {
                    return true;
                }
            }
            return false;
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
    }

    private static OutputStream into(Signature signature) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                try {
                    signature.update(bytes, from, count);
                } catch (SignatureException e) {
                    throw new IOException("A signature takes every byte", e);
                }
            }
        };
    }
}
