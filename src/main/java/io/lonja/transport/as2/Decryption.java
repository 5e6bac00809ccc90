package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.jcajce.util.MessageDigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * CMS EnvelopedData and AuthEnvelopedData (RFC 5652, section 6; RFC 5083) opened with a key of ours.
 *
 * <p>Nobody may learn from an answer whether a padding was right: a key that cannot be unwrapped is replaced by a
 * random one, content whose padding is wrong goes on as it is, and both end like any other content that makes no sense.
 */
final class Decryption {

    private static final int RECIPIENTS_MAX = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Decryption() {}

    /**
     * What was inside.
     *
     * @param paddingGood whether the content may count in the end; asked only after everything else was looked at
     */
    record Decrypted(Bytes content, boolean paddingGood) {}

    static Decrypted open(EnvelopedData envelope, List<OwnKey> ownKeys, Set<Legacy> allowed) throws Refusal {
        EncryptedContentInfo info = envelope.getEncryptedContentInfo();
        ContentCipher cipher = cipher(info, allowed);
        byte[] key = contentKey(envelope.getRecipientInfos(), ownKeys, cipher);
        byte[] encrypted = encrypted(info);
        return cipher.authenticated()
                ? authenticated(cipher, key, info, new byte[0], encrypted)
                : chained(cipher, key, info, encrypted);
    }

    static Decrypted open(AuthEnvelopedData envelope, List<OwnKey> ownKeys, Set<Legacy> allowed) throws Refusal {
        EncryptedContentInfo info = envelope.getAuthEncryptedContentInfo();
        ContentCipher cipher = cipher(info, allowed);
        if (!cipher.authenticated()) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "Authenticated content with a cipher that is not");
        }
        byte[] key = contentKey(envelope.getRecipientInfos(), ownKeys, cipher);
        byte[] content = encrypted(info);
        byte[] tag = envelope.getMac().getOctets();
        byte[] together = Arrays.copyOf(content, content.length + tag.length);
        System.arraycopy(tag, 0, together, content.length, tag.length);
        return authenticated(cipher, key, info, covered(envelope.getAuthAttrs()), together);
    }

    private static ContentCipher cipher(EncryptedContentInfo info, Set<Legacy> allowed) throws Refusal {
        return ContentCipher.of(info.getContentEncryptionAlgorithm().getAlgorithm())
                .filter(cipher -> cipher.counts(allowed))
                .orElseThrow(() -> new Refusal(
                        Disposition.INSUFFICIENT_MESSAGE_SECURITY,
                        "Encrypted with %s, which is not AES and not allowed by the profile"
                                .formatted(info.getContentEncryptionAlgorithm().getAlgorithm())));
    }

    private static byte[] encrypted(EncryptedContentInfo info) throws Refusal {
        ASN1OctetString encrypted = info.getEncryptedContent();
        if (encrypted == null) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "There is no content in the envelope");
        }
        return encrypted.getOctets();
    }

    private static byte[] covered(@Nullable ASN1Set attributes) throws Refusal {
        try {
            return attributes == null ? new byte[0] : attributes.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "The authenticated attributes have no encoding");
        }
    }

    private static byte[] contentKey(ASN1Set recipients, List<OwnKey> ownKeys, ContentCipher cipher) throws Refusal {
        if (recipients.size() > RECIPIENTS_MAX) {
            throw new Refusal(
                    Disposition.DECRYPTION_FAILED,
                    "An envelope has at most %d recipients here".formatted(RECIPIENTS_MAX));
        }
        boolean ours = false;
        byte[] found = random(cipher.keyBytes());
        for (ASN1Encodable each : recipients) {
            if (RecipientInfo.getInstance(each).getInfo() instanceof KeyTransRecipientInfo recipient) {
                for (OwnKey own : ownKeys) {
                    if (isFor(own.certificate(), recipient)) {
                        ours = true;
                        found = unwrapped(own, recipient, found);
                    }
                }
            }
        }
        if (!ours) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "Encrypted for none of our certificates");
        }
        return found;
    }

    private static boolean isFor(X509Certificate certificate, KeyTransRecipientInfo recipient) {
        ASN1Encodable id = recipient.getRecipientIdentifier().getId();
        if (id instanceof ASN1OctetString keyId) {
            byte[] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
            return extension != null
                    && Arrays.equals(
                            SubjectKeyIdentifier.getInstance(ASN1OctetString.getInstance(extension)
                                            .getOctets())
                                    .getKeyIdentifier(),
                            ASN1OctetString.getInstance(keyId).getOctets());
        }
        IssuerAndSerialNumber named = IssuerAndSerialNumber.getInstance(id);
        return named.getSerialNumber().getValue().equals(certificate.getSerialNumber())
                && named.getName()
                        .equals(X500Name.getInstance(
                                certificate.getIssuerX500Principal().getEncoded()));
    }

    /** The key inside; the other one when there is none of that length. */
    private static byte[] unwrapped(OwnKey own, KeyTransRecipientInfo recipient, byte[] other) throws Refusal {
        AlgorithmIdentifier algorithm = recipient.getKeyEncryptionAlgorithm();
        try {
            Cipher rsa;
            if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP)) {
                rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
                rsa.init(Cipher.DECRYPT_MODE, own.key(), oaep(algorithm));
            } else if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
                rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                rsa.init(Cipher.DECRYPT_MODE, own.key());
            } else {
                throw new Refusal(
                        Disposition.DECRYPTION_FAILED, "Key transport by %s".formatted(algorithm.getAlgorithm()));
            }
            byte[] key = rsa.doFinal(recipient.getEncryptedKey().getOctets());
            return key.length == other.length ? key : other;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return other;
        }
    }

    private static OAEPParameterSpec oaep(AlgorithmIdentifier algorithm) {
        RSAESOAEPparams oaep = RSAESOAEPparams.getInstance(present(algorithm.getParameters()));
        AlgorithmIdentifier mask = oaep.getMaskGenAlgorithm();
        return new OAEPParameterSpec(
                MessageDigestUtils.getDigestName(oaep.getHashAlgorithm().getAlgorithm()),
                "MGF1",
                new MGF1ParameterSpec(
                        MessageDigestUtils.getDigestName(AlgorithmIdentifier.getInstance(present(mask.getParameters()))
                                .getAlgorithm())),
                new PSource.PSpecified(octets(oaep.getPSourceAlgorithm().getParameters())));
    }

    private static Decrypted chained(ContentCipher cipher, byte[] key, EncryptedContentInfo info, byte[] encrypted)
            throws Refusal {
        if (encrypted.length == 0 || encrypted.length % cipher.blockBytes() != 0) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "The encrypted content is not made of whole blocks");
        }
        try {
            Cipher cbc = Cipher.getInstance(cipher.javaName() + "/CBC/NoPadding");
            cbc.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, cipher.javaName()),
                    new IvParameterSpec(
                            octets(info.getContentEncryptionAlgorithm().getParameters())));
            byte[] content = cbc.doFinal(encrypted);
            int padding = padding(content, cipher.blockBytes());
            return new Decrypted(new Bytes(content, 0, content.length - padding), padding > 0);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "The cipher's parameters are broken");
        }
    }

    /** How many bytes of padding end the content, 1 to a block; 0 when they are none. A whole block is always looked at. */
    private static int padding(byte[] content, int block) {
        int length = content[content.length - 1] & 0xff;
        int wrong = length - 1 >> 31 | block - length >> 31;
        for (int back = 1; back <= block; back++) {
            int counts = back - 1 - length >> 31;
            wrong |= counts & ((content[content.length - back] & 0xff) ^ length);
        }
        return wrong == 0 ? length : 0;
    }

    private static Decrypted authenticated(
            ContentCipher cipher, byte[] key, EncryptedContentInfo info, byte[] covered, byte[] encrypted)
            throws Refusal {
        try {
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("GCM");
            GCMParameters named = GCMParameters.getInstance(
                    present(info.getContentEncryptionAlgorithm().getParameters()));
            parameters.init(new GCMParameterSpec(named.getIcvLen() * 8, named.getNonce()));
            gcm.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, 0, cipher.keyBytes(), "AES"), parameters);
            gcm.updateAAD(covered);
            return new Decrypted(Bytes.of(gcm.doFinal(encrypted)), true);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "The content is not authentic under its key");
        }
    }

    private static byte[] octets(@Nullable ASN1Encodable parameter) {
        return ASN1OctetString.getInstance(present(parameter)).getOctets();
    }

    private static ASN1Encodable present(@Nullable ASN1Encodable parameter) {
        if (parameter == null) {
            throw new IllegalArgumentException("An algorithm lacks its parameters");
        }
        return parameter;
    }

    private static byte[] random(int length) {
        byte[] key = new byte[length];
        RANDOM.nextBytes(key);
        return key;
    }
}
