package io.lonja.transport.as2;

import io.lonja.archive.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;

/**
 * Puts an entity into a CMS EnvelopedData (RFC 5652, section 6) or AuthEnvelopedData (RFC 5083) for one certificate. All
 * lengths are known before the first byte is encrypted, so it is written once, in DER.
 */
final class Encryption {

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private Encryption() {}

    /** @param oaep whether the content key is wrapped by RSAES-OAEP with SHA-256 */
    static Payload encrypt(
            Pieces entity, ContentCipher cipher, boolean oaep, X509Certificate certificate, Workspace workspace)
            throws IOException {
        try {
            OutputEncryptor encryptor = new JceCMSContentEncryptorBuilder(cipher.identifier()).build();
            Pieces begin = Der.of(new ASN1Integer(0))
                    .add(Der.of(new DERSet(wrapping(certificate, oaep).generate(encryptor.getKey()))));
            Pieces algorithm = Der.of(encryptor.getAlgorithmIdentifier());
            Workspace.Layer layer = workspace.layer();
            long length = cipher.encryptedLength(entity.length());
            before(begin, algorithm, cipher, length).writeTo(layer);
            try (OutputStream encrypted = encryptor.getOutputStream(layer)) {
                entity.writeTo(encrypted);
            }
            if (encryptor instanceof OutputAEADEncryptor authenticated) {
                Der.of(new DEROctetString(authenticated.getMAC())).writeTo(layer);
            }
            return layer.payload();
        } catch (CMSException | CertificateEncodingException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException(
                    "Cannot encrypt for %s: %s".formatted(certificate.getSubjectX500Principal(), e.getMessage()), e);
        }
    }

    /** Everything that stands before the encrypted content. */
    private static Pieces before(Pieces begin, Pieces algorithm, ContentCipher cipher, long length) throws IOException {
        Pieces content =
                Der.of(CMSObjectIdentifiers.data).add(algorithm).add(Der.begun(Der.octets(0), new Pieces(), length));
        long rest = length + cipher.tagElementBytes();
        Pieces envelope = Der.begun(Der.SEQUENCE, begin.add(Der.begun(Der.SEQUENCE, content, length)), rest);
        return Der.begun(
                Der.SEQUENCE,
                Der.of(
                                cipher.authenticated()
                                        ? CMSObjectIdentifiers.authEnvelopedData
                                        : CMSObjectIdentifiers.envelopedData)
                        .add(Der.begun(Der.explicit(0), envelope, rest)),
                rest);
    }

    private static JceKeyTransRecipientInfoGenerator wrapping(X509Certificate certificate, boolean oaep)
            throws CertificateEncodingException, InvalidAlgorithmParameterException {
        if (!oaep) {
            return new JceKeyTransRecipientInfoGenerator(certificate);
        }
        OAEPParameterSpec withSha256 =
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        return new JceKeyTransRecipientInfoGenerator(
                        certificate,
                        new JcaAlgorithmParametersConverter()
                                .getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, withSha256))
                .setProvider(PROVIDER);
    }
}
