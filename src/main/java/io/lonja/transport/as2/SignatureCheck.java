package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessable;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/**
 * A detached signature (RFC 5652, section 5) over the bytes of an entity. Every signer must be known and right, and
 * there must be one: a SignedData without signers proves nothing, and a certificate that comes with it is nobody's.
 */
final class SignatureCheck {

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final int SIGNERS_MAX = 8;
    private static final int BYTES_MAX = 1 << 20;
    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_LEGACY = 1024;

    /** Signature algorithms that name a digest too; the others leave it to the signer. */
    private static final Map<ASN1ObjectIdentifier, Digest> DIGEST_OF = Map.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption, Digest.SHA256,
            PKCSObjectIdentifiers.sha384WithRSAEncryption, Digest.SHA384,
            PKCSObjectIdentifiers.sha512WithRSAEncryption, Digest.SHA512,
            PKCSObjectIdentifiers.sha1WithRSAEncryption, Digest.SHA1,
            PKCSObjectIdentifiers.md5WithRSAEncryption, Digest.MD5,
            X9ObjectIdentifiers.ecdsa_with_SHA256, Digest.SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384, Digest.SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512, Digest.SHA512,
            X9ObjectIdentifiers.ecdsa_with_SHA1, Digest.SHA1);

    private SignatureCheck() {}

    /**
     * What the first signer signed with, and whose certificate it was.
     *
     * @param cms the SignedData
     */
    record Verified(byte[] contentDigest, Digest digest, X509Certificate signer, byte[] cms) {}

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
        try {
            Bytes content = signature.content(workspace);
            if (content.length() > BYTES_MAX) {
                throw new Refusal(
                        Disposition.AUTHENTICATION_FAILED, "The signature has more than %d bytes".formatted(BYTES_MAX));
            }
            byte[] cms = content.toArray();
            CMSSignedData signed = new CMSSignedData(new ReadInPlace(parts.get(0)), cms);
            List<SignerInformation> infos = List.copyOf(signed.getSignerInfos().getSigners());
            if (infos.isEmpty() || infos.size() > SIGNERS_MAX) {
                throw new Refusal(
                        Disposition.AUTHENTICATION_FAILED, "The signature has %d signers".formatted(infos.size()));
            }
            Verified first = null;
            for (SignerInformation info : infos) {
                Verified verified = verified(info, signers, allowed, cms);
                first = first == null ? verified : first;
            }
            return Objects.requireNonNull(first);
        } catch (CMSException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new Refusal(Disposition.AUTHENTICATION_FAILED, "The signature is no SignedData");
        }
    }

    private static Verified verified(
            SignerInformation info, List<X509Certificate> signers, Set<Legacy> allowed, byte[] cms) throws Refusal {
        Digest digest = Digest.of(info.getDigestAlgorithmID().getAlgorithm())
                .filter(named -> named.counts(allowed) && !weak(info, allowed))
                .orElseThrow(() -> new Refusal(
                        Disposition.INSUFFICIENT_MESSAGE_SECURITY,
                        "Signed with %s and digest %s"
                                .formatted(
                                        info.getEncryptionAlgOID(),
                                        info.getDigestAlgorithmID().getAlgorithm())));
        Refusal refusal = new Refusal(
                Disposition.AUTHENTICATION_FAILED,
                "Signed by %s, which is no certificate of this sender that is valid now".formatted(name(info)));
        for (X509Certificate certificate : signers) {
            if (names(info, certificate)) {
                refusal = fault(info, certificate, allowed);
                if (refusal == null) {
                    return new Verified(info.getContentDigest(), digest, certificate, cms);
                }
            }
        }
        throw refusal;
    }

    private static boolean weak(SignerInformation info, Set<Legacy> allowed) {
        ASN1ObjectIdentifier algorithm = new ASN1ObjectIdentifier(info.getEncryptionAlgOID());
        if (algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            RSASSAPSSparams pss = RSASSAPSSparams.getInstance(
                    info.toASN1Structure().getDigestEncryptionAlgorithm().getParameters());
            return pss == null
                    || Digest.of(pss.getHashAlgorithm().getAlgorithm())
                            .filter(digest -> digest.counts(allowed))
                            .isEmpty();
        }
        Digest digest = DIGEST_OF.get(algorithm);
        return digest == null
                ? !algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                        && !algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
                : !digest.counts(allowed);
    }

    private static boolean names(SignerInformation info, X509Certificate certificate) {
        try {
            return info.getSID().match(new JcaX509CertificateHolder(certificate));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
    }

    /** Why the signature does not count, or null when it does. */
    private static @Nullable Refusal fault(SignerInformation info, X509Certificate certificate, Set<Legacy> allowed) {
        int bitsMin = allowed.contains(Legacy.RSA1024) ? RSA_BITS_LEGACY : RSA_BITS_MIN;
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < bitsMin) {
            return new Refusal(
                    Disposition.INSUFFICIENT_MESSAGE_SECURITY,
                    "Signed with an RSA key of %d bits; it must have %d"
                            .formatted(rsa.getModulus().bitLength(), bitsMin));
        }
        try {
            boolean good = info.verify(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(PROVIDER)
                    .build(certificate.getPublicKey()));
            return good
                    ? null
                    : new Refusal(
                            // Without signed attributes the content itself is under the signature.
                            info.getSignedAttributes() == null
                                    ? Disposition.INTEGRITY_CHECK_FAILED
                                    : Disposition.AUTHENTICATION_FAILED,
                            "The signature was not made with the key of " + name(info));
        } catch (CMSSignerDigestMismatchException e) {
            return new Refusal(Disposition.INTEGRITY_CHECK_FAILED, "The content is not the one that was signed");
        } catch (CMSException | OperatorCreationException e) {
            return new Refusal(Disposition.AUTHENTICATION_FAILED, "The signature cannot be checked");
        }
    }

    private static String name(SignerInformation info) {
        return info.getSID().getIssuer() == null
                ? "a key identifier"
                : "%s, serial %s"
                        .formatted(info.getSID().getIssuer(), info.getSID().getSerialNumber());
    }

    /** Gives the signed bytes from where they lie. */
    private record ReadInPlace(Bytes bytes) implements CMSProcessable {

        @Override
        public void write(OutputStream out) throws IOException {
            bytes.writeTo(out);
        }

        @Override
        public Object getContent() {
            return bytes;
        }
    }
}
