package io.lonja.transport.as2;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/**
 * How a SignerInfo is signed (RFC 3370, section 3; RFC 4056; RFC 5754, section 3). RSA and the usual curves by the
 * provider that the platform prefers; what it does not know by Bouncy Castle.
 *
 * @param identifier as it stands in the SignerInfo
 * @param digest that the signature is over
 * @param key {@code RSA}, {@code EC} or {@code PSS}
 */
record SignatureAlgorithm(AlgorithmIdentifier identifier, Digest digest, Kind key) {

    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** More than any key has room for; memory is taken for the salt before the key is looked at. */
    private static final BigInteger SALT_BYTES_MAX = BigInteger.valueOf(2_048);

    /** Algorithms that name a digest too; the others leave it to the signer. */
    private static final Map<ASN1ObjectIdentifier, Digest> RSA_OVER = Map.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption, Digest.SHA256,
            PKCSObjectIdentifiers.sha384WithRSAEncryption, Digest.SHA384,
            PKCSObjectIdentifiers.sha512WithRSAEncryption, Digest.SHA512,
            PKCSObjectIdentifiers.sha1WithRSAEncryption, Digest.SHA1,
            PKCSObjectIdentifiers.md5WithRSAEncryption, Digest.MD5);

    private static final Map<ASN1ObjectIdentifier, Digest> EC_OVER = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256, Digest.SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384, Digest.SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512, Digest.SHA512,
            X9ObjectIdentifiers.ecdsa_with_SHA1, Digest.SHA1);

    /** What a key must be to sign so. */
    enum Kind {
        RSA,
        PSS,
        EC
    }

    /** By which one of ours signs in this format. */
    static SignatureAlgorithm of(OwnKey own, MessageFormat format, Digest digest) {
        if (!own.isRsa()) {
            return new SignatureAlgorithm(new AlgorithmIdentifier(named(EC_OVER, digest)), digest, Kind.EC);
        }
        return format.pss()
                ? new SignatureAlgorithm(pss(digest), digest, Kind.PSS)
                : new SignatureAlgorithm(rsa(digest), digest, Kind.RSA);
    }

    /** Old readers know the older digests by {@code rsaEncryption} only (RFC 3370, section 3.2). */
    private static AlgorithmIdentifier rsa(Digest digest) {
        return new AlgorithmIdentifier(
                digest.counts(Set.of()) ? named(RSA_OVER, digest) : PKCSObjectIdentifiers.rsaEncryption,
                DERNull.INSTANCE);
    }

    private static ASN1ObjectIdentifier named(Map<ASN1ObjectIdentifier, Digest> algorithms, Digest digest) {
        return algorithms.entrySet().stream()
                .filter(over -> over.getValue() == digest)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No signature over " + digest))
                .getKey();
    }

    /**
     * What a SignerInfo names; empty for what is none of these.
     *
     * @param contentDigest the digest of the same SignerInfo
     */
    static Optional<SignatureAlgorithm> of(AlgorithmIdentifier identifier, Digest contentDigest) {
        ASN1ObjectIdentifier named = identifier.getAlgorithm();
        if (named.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return Optional.of(new SignatureAlgorithm(identifier, contentDigest, Kind.RSA));
        }
        if (named.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return Optional.of(new SignatureAlgorithm(identifier, contentDigest, Kind.EC));
        }
        if (named.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return Optional.ofNullable(parameters(identifier))
                    .flatMap(pss -> Digest.of(pss.getHashAlgorithm().getAlgorithm()))
                    .map(digest -> new SignatureAlgorithm(identifier, digest, Kind.PSS));
        }
        return Optional.ofNullable(RSA_OVER.get(named))
                .map(digest -> new SignatureAlgorithm(identifier, digest, Kind.RSA))
                .or(() -> Optional.ofNullable(EC_OVER.get(named))
                        .map(digest -> new SignatureAlgorithm(identifier, digest, Kind.EC)));
    }

    /** Whether this key can have signed so. */
    boolean fits(PublicKey signer) {
        return switch (key) {
            case RSA -> signer.getAlgorithm().equals("RSA");
            case PSS -> signer.getAlgorithm().startsWith("RSA");
            case EC -> signer.getAlgorithm().equals("EC");
        };
    }

    /** To sign with one of our keys. */
    Signature start() throws GeneralSecurityException {
        return key == Kind.PSS ? startPss() : Signature.getInstance(digest.signingWith(key.name()));
    }

    /** To verify with this key. */
    Signature start(PublicKey signer) throws GeneralSecurityException {
        if (key == Kind.PSS) {
            return startPss();
        }
        return key == Kind.EC && !(signer instanceof ECKey)
                ? Signature.getInstance(digest.signingWith(key.name()), BOUNCY_CASTLE)
                : Signature.getInstance(digest.signingWith(key.name()));
    }

    private Signature startPss() throws GeneralSecurityException {
        RSASSAPSSparams pss = parameters(identifier);
        if (pss == null) {
            throw new GeneralSecurityException("RSASSA-PSS without parameters");
        }
        AlgorithmIdentifier mask =
                AlgorithmIdentifier.getInstance(pss.getMaskGenAlgorithm().getParameters());
        Digest masked = mask == null ? null : Digest.of(mask.getAlgorithm()).orElse(null);
        if (!PKCSObjectIdentifiers.id_mgf1.equals(pss.getMaskGenAlgorithm().getAlgorithm()) || masked == null) {
            throw new GeneralSecurityException("RSASSA-PSS with a mask that is not MGF1 over a digest known here");
        }
        BigInteger salt = pss.getSaltLength();
        if (salt.signum() < 0 || salt.compareTo(SALT_BYTES_MAX) > 0) {
            throw new GeneralSecurityException("RSASSA-PSS with a salt of %s bytes".formatted(salt));
        }
        Signature signature = Signature.getInstance("RSASSA-PSS", BOUNCY_CASTLE);
        signature.setParameter(new PSSParameterSpec(
                digest.javaName(),
                "MGF1",
                new MGF1ParameterSpec(masked.javaName()),
                salt.intValue(),
                pss.getTrailerField().intValueExact()));
        return signature;
    }

    private static @Nullable RSASSAPSSparams parameters(AlgorithmIdentifier identifier) {
        return identifier.getParameters() == null ? null : RSASSAPSSparams.getInstance(identifier.getParameters());
    }

    /** With MGF1 over the same digest and a salt as long as it. */
    private static AlgorithmIdentifier pss(Digest digest) {
        AlgorithmIdentifier hash = new AlgorithmIdentifier(digest.algorithm().getAlgorithm(), DERNull.INSTANCE);
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSASSA_PSS,
                new RSASSAPSSparams(
                        hash,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash),
                        new ASN1Integer(digest.start().getDigestLength()),
                        RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
    }
}
