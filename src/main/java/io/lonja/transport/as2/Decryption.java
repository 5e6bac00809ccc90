package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
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
    private static final int PIECE_BYTES = 1 << 14;
    private static final int TAG_BYTES_MIN = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Decryption() {}

    /**
     * What was inside.
     *
     * @param paddingGood whether the content may count in the end; asked only after everything else was looked at
     */
    record Decrypted(Bytes content, boolean paddingGood) {}

    /**
     * @param envelope the content of an EnvelopedData, or of an AuthEnvelopedData, behind its tag and length
     * @throws IOException when it is none
     */
    static Decrypted open(
            Ber envelope, boolean authenticated, List<OwnKey> ownKeys, Set<Legacy> allowed, Workspace workspace)
            throws IOException, Refusal {
        Envelope parts = Envelope.read(envelope, authenticated);
        ContentCipher cipher = cipher(parts.algorithm(), allowed);
        if (authenticated && !cipher.authenticated()) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "Authenticated content with a cipher that is not");
        }
        byte[] key = contentKey(parts.recipients(), ownKeys, cipher, workspace.counters());
        Workspace.Layer decrypted = workspace.layer();
        try (InputStream encrypted = parts.encrypted()) {
            return cipher.authenticated()
                    ? authenticated(key, parts, encrypted, decrypted)
                    : chained(cipher, key, parts.algorithm(), encrypted, decrypted);
        } finally {
            workspace.counters().decrypted(decrypted.length());
        }
    }

    /**
     * What an envelope consists of; its content is not looked at yet.
     *
     * @param encrypted the content, with the authentication tag behind it where the envelope has one of its own
     * @param covered what the tag is over besides the content
     */
    private record Envelope(ASN1Set recipients, AlgorithmIdentifier algorithm, InputStream encrypted, byte[] covered) {

        static Envelope read(Ber envelope, boolean authenticated) throws IOException, Refusal {
            envelope.next();
            Ber.Element element = present(envelope.next());
            if (element.tagged(0)) {
                element = present(envelope.next()); // the originator's own certificates, which nobody asks for
            }
            ASN1Set recipients = ASN1Set.getInstance(envelope.small(element));
            Ber info = envelope.enter(Ber.SEQUENCE);
            info.objectIdentifier();
            AlgorithmIdentifier algorithm = AlgorithmIdentifier.getInstance(info.small(info.next(Ber.SEQUENCE)));
            Ber.Element content = info.next();
            if (content == null || !content.tagged(0)) {
                throw new Refusal(Disposition.DECRYPTION_FAILED, "There is no content in the envelope");
            }
            InputStream encrypted = info.open(content);
            if (!authenticated) {
                return new Envelope(recipients, algorithm, encrypted, new byte[0]);
            }
            Ber.Element behind = present(envelope.next());
            ASN1Set attributes = null;
            if (behind.tagged(1)) {
                attributes = ASN1Set.getInstance(envelope.small(behind, Ber.SET));
                behind = present(envelope.next());
            }
            byte[] tag = ASN1OctetString.getInstance(envelope.small(behind)).getOctets();
            return new Envelope(
                    recipients,
                    algorithm,
                    new SequenceInputStream(encrypted, new ByteArrayInputStream(tag)),
                    Decryption.covered(attributes));
        }

        private static Ber.Element present(Ber.@Nullable Element element) throws IOException {
            if (element == null) {
                throw new IOException("The envelope ends too early");
            }
            return element;
        }
    }

    private static ContentCipher cipher(AlgorithmIdentifier algorithm, Set<Legacy> allowed) throws Refusal {
        return ContentCipher.of(algorithm.getAlgorithm())
                .filter(cipher -> cipher.counts(allowed))
                .orElseThrow(() -> new Refusal(
                        Disposition.INSUFFICIENT_MESSAGE_SECURITY,
                        "Encrypted with %s, which is not AES and not allowed by the profile"
                                .formatted(algorithm.getAlgorithm())));
    }

    private static byte[] covered(@Nullable ASN1Set attributes) throws Refusal {
        try {
            return attributes == null ? new byte[0] : attributes.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new Refusal(Disposition.DECRYPTION_FAILED, "The authenticated attributes have no encoding");
        }
    }

    private static byte[] contentKey(
            ASN1Set recipients, List<OwnKey> ownKeys, ContentCipher cipher, OpenerCounters counters) throws Refusal {
        if (recipients.size() > RECIPIENTS_MAX) {
            throw new Refusal(
                    Disposition.DECRYPTION_FAILED,
                    "An envelope has at most %d recipients here".formatted(RECIPIENTS_MAX));
        }
        boolean ours = false;
        byte[] found = random(cipher.keyBytes());
        for (ASN1Encodable each : recipients) {
            if (RecipientInfo.getInstance(each).getInfo() instanceof KeyTransRecipientInfo recipient) {
                CertificateName name =
                        CertificateName.of(recipient.getRecipientIdentifier().getId());
                for (OwnKey own : ownKeys) {
                    if (name.names(own.certificate())) {
                        ours = true;
                        counters.privateKeyOperation();
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

    private static Decrypted chained(
            ContentCipher cipher,
            byte[] key,
            AlgorithmIdentifier algorithm,
            InputStream encrypted,
            Workspace.Layer decrypted)
            throws IOException, Refusal {
        try {
            Cipher cbc = Cipher.getInstance(cipher.javaName() + "/CBC/NoPadding");
            cbc.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, cipher.javaName()),
                    new IvParameterSpec(octets(algorithm.getParameters())));
            byte[] in = new byte[PIECE_BYTES];
            byte[] out = new byte[PIECE_BYTES + cipher.blockBytes()];
            for (int read = encrypted.read(in); read >= 0; read = encrypted.read(in)) {
                decrypted.write(out, 0, cbc.update(in, 0, read, out));
            }
            decrypted.write(out, 0, cbc.doFinal(out, 0)); // throws when there is half a block left
            Bytes content = decrypted.bytes();
            if (content.length() == 0) {
                throw new Refusal(Disposition.DECRYPTION_FAILED, "The encrypted content is empty");
            }
            int padding = padding(content, cipher.blockBytes());
            return new Decrypted(content.between(content.from(), content.until() - padding), padding > 0);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refusal(
                    Disposition.DECRYPTION_FAILED,
                    "The cipher's parameters are broken, or the content is not made of whole blocks");
        }
    }

    /** How many bytes of padding end the content, 1 to a block; 0 when they are none. A whole block is always looked at. */
    private static int padding(Bytes content, int block) {
        int end = content.until();
        int length = content.at(end - 1) & 0xff;
        int wrong = length - 1 >> 31 | block - length >> 31;
        for (int back = 1; back <= block; back++) {
            int counts = back - 1 - length >> 31;
            wrong |= counts & ((content.at(end - back) & 0xff) ^ length);
        }
        return wrong == 0 ? length : 0;
    }

    /** By Bouncy Castle, since the JDK holds all of a content back in memory; a layer shows nothing before it is whole. */
    private static Decrypted authenticated(byte[] key, Envelope parts, InputStream encrypted, Workspace.Layer decrypted)
            throws IOException, Refusal {
        try {
            GCMParameters named =
                    GCMParameters.getInstance(present(parts.algorithm().getParameters()));
            if (named.getIcvLen() < TAG_BYTES_MIN) {
                throw new IllegalArgumentException("A tag of %d bytes".formatted(named.getIcvLen()));
            }
            AEADBlockCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
            gcm.init(
                    false,
                    new AEADParameters(
                            new KeyParameter(key), named.getIcvLen() * 8, named.getNonce(), parts.covered()));
            byte[] in = new byte[PIECE_BYTES];
            byte[] out = new byte[gcm.getUpdateOutputSize(PIECE_BYTES) + 2 * PIECE_BYTES];
            for (int read = encrypted.read(in); read >= 0; read = encrypted.read(in)) {
                decrypted.write(out, 0, gcm.processBytes(in, 0, read, out, 0));
            }
            decrypted.write(out, 0, gcm.doFinal(out, 0));
            return new Decrypted(decrypted.bytes(), true);
        } catch (InvalidCipherTextException | IllegalArgumentException | DataLengthException e) {
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
