package io.lonja.transport.as2;

import io.lonja.archive.ArchiveUnavailableException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Puts an entity under a detached signature: {@code multipart/signed} (RFC 1847, RFC 8551) with one signer, its
 * certificate and signed attributes (RFC 5652, section 5).
 */
final class Signing {

    private static final int GENERALIZED_FROM = 2050;
    private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT);
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT);

    private Signing() {}

    /**
     * @param contentType of the multipart, its parameters included
     * @param body the multipart's
     * @param contentDigest of what was signed
     */
    record Signed(String contentType, Pieces body, byte[] contentDigest) {}

    /** As {@link #sign(Pieces, OwnKey, MessageFormat, Digest, String)}, in the usual format. */
    static Signed sign(Pieces entity, OwnKey own, Digest digest, String boundary) {
        return sign(entity, own, MessageFormat.USUAL, digest, boundary);
    }

    /** @param boundary a line of its own must not begin so anywhere in the entity */
    static Signed sign(Pieces entity, OwnKey own, MessageFormat format, Digest digest, String boundary) {
        byte[] contentDigest = digested(entity, digest);
        Pieces body = new MimeText()
                .line("--" + boundary)
                .raw(entity)
                .line("")
                .line("--" + boundary)
                .line("Content-Type: application/pkcs7-signature; name=smime.p7s")
                .line("Content-Transfer-Encoding: base64")
                .line("Content-Disposition: attachment; filename=smime.p7s")
                .line("")
                .base64(Pieces.of(signedData(contentDigest, own, format, digest)))
                .line("--" + boundary + "--")
                .toPieces();
        return new Signed(
                "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=%s; boundary=\"%s\""
                        .formatted(format.name(digest), boundary),
                body,
                contentDigest);
    }

    private static byte[] digested(Pieces entity, Digest digest) {
        try {
            return entity.digest(digest);
        } catch (IOException e) {
            throw new ArchiveUnavailableException(
                    "The disk does not give back what is to be signed: " + e.getMessage(), e);
        }
    }

    private static byte[] signedData(byte[] contentDigest, OwnKey own, MessageFormat format, Digest digest) {
        try {
            SignatureAlgorithm algorithm = SignatureAlgorithm.of(own, format, digest);
            Certificate certificate = Certificate.getInstance(own.certificate().getEncoded());
            ASN1Set attributes = attributes(contentDigest, digest, algorithm.identifier(), format);
            Signature signature = algorithm.start();
            signature.initSign(own.key());
            signature.update(attributes.getEncoded(ASN1Encoding.DER));
            SignerInfo signer = new SignerInfo(
                    new SignerIdentifier(new IssuerAndSerialNumber(
                            certificate.getIssuer(), own.certificate().getSerialNumber())),
                    digest.algorithm(),
                    attributes,
                    algorithm.identifier(),
                    new DEROctetString(signature.sign()),
                    null);
            SignedData signed = new SignedData(
                    new DERSet(digest.algorithm()),
                    new ContentInfo(CMSObjectIdentifiers.data, null),
                    new DERSet(certificate),
                    null,
                    new DERSet(signer));
            return new ContentInfo(CMSObjectIdentifiers.signedData, signed).getEncoded(ASN1Encoding.DER);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Our own key cannot sign: " + e.getMessage(), e);
        }
    }

    /** To the second; UTCTime until 2049, as CMS wants it (RFC 5652, section 11.3). */
    private static ASN1Primitive now() {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        return now.getYear() < GENERALIZED_FROM
                ? new DERUTCTime(UTC_TIME.format(now))
                : new DERGeneralizedTime(GENERALIZED_TIME.format(now));
    }

    private static ASN1Set attributes(
            byte[] contentDigest, Digest digest, AlgorithmIdentifier algorithm, MessageFormat format) {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.contentType, new DERSet(CMSObjectIdentifiers.data)));
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(now())));
        attributes.add(new Attribute(CMSAttributes.messageDigest, new DERSet(new DEROctetString(contentDigest))));
        if (format.algorithmProtection()) {
            attributes.add(new Attribute(
                    CMSAttributes.cmsAlgorithmProtect,
                    new DERSet(new CMSAlgorithmProtection(
                            digest.algorithm(), CMSAlgorithmProtection.SIGNATURE, algorithm))));
        }
        return new DERSet(attributes);
    }
}
