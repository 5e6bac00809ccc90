package io.lonja.transport.as2;

import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Objects;
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
    private static final int RSA_BITS_MIN = 2048;

    private SignatureCheck() {}

    /** What the first signer signed with, and whose certificate it was. */
    record Verified(byte[] contentDigest, Digest digest, X509Certificate signer) {}

    /**
     * @param parts of a {@code multipart/signed}: the signed entity, the signature
     * @return the digest over the first part as it came
     */
    static Verified verify(List<Bytes> parts, List<X509Certificate> signers) throws Refusal {
        if (parts.size() != 2) {
            throw Refusal.malformed("A multipart/signed has %d parts and not two".formatted(parts.size()));
        }
        MimeEntity signature = MimeEntity.parse(parts.get(1));
        try {
            CMSSignedData signed = new CMSSignedData(
                    new ReadInPlace(parts.get(0)), signature.content().toArray());
            List<SignerInformation> infos = List.copyOf(signed.getSignerInfos().getSigners());
            if (infos.isEmpty() || infos.size() > SIGNERS_MAX) {
                throw new Refusal(
                        Disposition.AUTHENTICATION_FAILED, "The signature has %d signers".formatted(infos.size()));
            }
            Verified first = null;
            for (SignerInformation info : infos) {
                Verified verified = verified(info, signers);
                first = first == null ? verified : first;
            }
            return Objects.requireNonNull(first);
        } catch (CMSException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new Refusal(Disposition.AUTHENTICATION_FAILED, "The signature is no SignedData");
        }
    }

    private static Verified verified(SignerInformation info, List<X509Certificate> signers) throws Refusal {
        Digest digest = Digest.of(info.getDigestAlgorithmID().getAlgorithm())
                .filter(safe -> !weak(info))
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
                refusal = fault(info, certificate);
                if (refusal == null) {
                    return new Verified(info.getContentDigest(), digest, certificate);
                }
            }
        }
        throw refusal;
    }

    private static boolean weak(SignerInformation info) {
        ASN1ObjectIdentifier algorithm = new ASN1ObjectIdentifier(info.getEncryptionAlgOID());
        if (algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            RSASSAPSSparams pss = RSASSAPSSparams.getInstance(
                    info.toASN1Structure().getDigestEncryptionAlgorithm().getParameters());
            return pss == null
                    || Digest.of(pss.getHashAlgorithm().getAlgorithm()).isEmpty();
        }
        return !(algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                || algorithm.equals(PKCSObjectIdentifiers.sha256WithRSAEncryption)
                || algorithm.equals(PKCSObjectIdentifiers.sha384WithRSAEncryption)
                || algorithm.equals(PKCSObjectIdentifiers.sha512WithRSAEncryption)
                || algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
                || algorithm.equals(X9ObjectIdentifiers.ecdsa_with_SHA256)
                || algorithm.equals(X9ObjectIdentifiers.ecdsa_with_SHA384)
                || algorithm.equals(X9ObjectIdentifiers.ecdsa_with_SHA512));
    }

    private static boolean names(SignerInformation info, X509Certificate certificate) {
        try {
            return info.getSID().match(new JcaX509CertificateHolder(certificate));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
    }

    /** Why the signature does not count, or null when it does. */
    private static @Nullable Refusal fault(SignerInformation info, X509Certificate certificate) {
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
            return new Refusal(
                    Disposition.INSUFFICIENT_MESSAGE_SECURITY,
                    "Signed with an RSA key of %d bits; it must have %d"
                            .formatted(rsa.getModulus().bitLength(), RSA_BITS_MIN));
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
            out.write(bytes.array(), bytes.from(), bytes.length());
        }

        @Override
        public Object getContent() {
            return bytes;
        }
    }
}
