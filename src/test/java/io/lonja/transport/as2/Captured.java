package io.lonja.transport.as2;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.cms.CMSAlgorithm;

/**
 * A genuine message, signed and encrypted, and what somebody who listened makes of it to learn what is inside: each time
 * one thing is wrong with the envelope.
 *
 * @param cipher of the content, in CBC
 * @param key that decrypts it, which the attacker does not have; here it proves that the attempts are what they say
 */
record Captured(Wire genuine, ASN1ObjectIdentifier cipher, Keys key) {

    private static final int GCD_OF_BLOCKS = 16;

    static Captured message(Wire signed, ASN1ObjectIdentifier cipher, Keys key) {
        return new Captured(signed.encrypted(cipher, key), cipher, key);
    }

    /** By what is wrong; random where it says nothing more. */
    Map<String, Wire> attempts(Random random) {
        boolean small = cipher.equals(CMSAlgorithm.AES128_CBC);
        Wire other = new Wire("", new byte[100]).encrypted(cipher, key);
        Wire otherLength =
                new Wire("", new byte[100]).encrypted(small ? CMSAlgorithm.AES256_CBC : CMSAlgorithm.AES128_CBC, key);
        Map<String, Wire> attempts = new LinkedHashMap<>();
        attempts.put("padding of the key", key(wrapped -> flipped(wrapped, random)));
        attempts.put("length of the key", key(wrapped -> wrapped(otherLength)));
        attempts.put("another key", key(wrapped -> wrapped(other)));
        attempts.put("all of the content", content(content -> random(content, random)));
        attempts.put("beginning, padding right", padded(garbled(random), true));
        attempts.put("beginning, padding wrong", padded(garbled(random), false));
        UnaryOperator<byte[]> cut =
                content -> Arrays.copyOf(content, content.length / 2 / GCD_OF_BLOCKS * GCD_OF_BLOCKS);
        attempts.put("cut, padding right", padded(cut, true));
        attempts.put("cut, padding wrong", padded(cut, false));
        UnaryOperator<byte[]> longer = content -> Arrays.copyOf(random(Arrays.copyOf(content, 64), random), 64);
        attempts.put(
                "more behind it, padding right", padded(content -> Wire.join(content, longer.apply(content)), true));
        attempts.put(
                "more behind it, padding wrong", padded(content -> Wire.join(content, longer.apply(content)), false));
        return attempts;
    }

    /** What only its sender can make: all is right and the padding is not. */
    Wire paddingAlone() {
        return content(content -> cipher(Cipher.ENCRYPT_MODE, "NoPadding", withoutPadding(content)));
    }

    /** How many bytes of content are encrypted in it. */
    static int contentBytes(Wire message) {
        return info(message).getEncryptedContent().getOctets().length;
    }

    private byte[] withoutPadding(byte[] content) {
        byte[] plain = cipher(Cipher.DECRYPT_MODE, "NoPadding", content);
        // Blanks may follow anything that may end a message, and are never padding.
        Arrays.fill(plain, plain.length - plain[plain.length - 1], plain.length, (byte) ' ');
        return plain;
    }

    private UnaryOperator<byte[]> garbled(Random random) {
        return content -> {
            byte[] changed = content.clone();
            changed[random.nextInt(8)] ^= (byte) (1 + random.nextInt(255));
            return changed;
        };
    }

    /** What was changed, and then the last byte but one block, so that one byte of padding is right or none can be. */
    private Wire padded(UnaryOperator<byte[]> change, boolean right) {
        return content(content -> {
            byte[] changed = change.apply(content);
            int block = blockBytes();
            byte[] plain = cipher(Cipher.DECRYPT_MODE, "NoPadding", changed);
            changed[changed.length - 1 - block] ^= (byte) (plain[plain.length - 1] ^ (right ? 1 : 0));
            return changed;
        });
    }

    private Wire key(UnaryOperator<byte[]> change) {
        return changed(change, UnaryOperator.identity());
    }

    private Wire content(UnaryOperator<byte[]> change) {
        return changed(UnaryOperator.identity(), change);
    }

    private Wire changed(UnaryOperator<byte[]> key, UnaryOperator<byte[]> content) {
        try {
            EnvelopedData data = envelope(genuine);
            KeyTransRecipientInfo recipient = recipient(data);
            EncryptedContentInfo info = data.getEncryptedContentInfo();
            RecipientInfo next = new RecipientInfo(new KeyTransRecipientInfo(
                    recipient.getRecipientIdentifier(),
                    recipient.getKeyEncryptionAlgorithm(),
                    new DEROctetString(key.apply(recipient.getEncryptedKey().getOctets()))));
            ASN1OctetString encrypted =
                    new DEROctetString(content.apply(info.getEncryptedContent().getOctets()));
            return new Wire(
                    genuine.headers(),
                    new ContentInfo(
                                    CMSObjectIdentifiers.envelopedData,
                                    new EnvelopedData(
                                            data.getOriginatorInfo(),
                                            new DERSet(next),
                                            new EncryptedContentInfo(
                                                    info.getContentType(),
                                                    info.getContentEncryptionAlgorithm(),
                                                    encrypted),
                                            data.getUnprotectedAttrs()))
                            .getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int blockBytes() {
        return cipher.equals(CMSAlgorithm.DES_EDE3_CBC) ? 8 : 16;
    }

    private byte[] cipher(int mode, String padding, byte[] content) {
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.DECRYPT_MODE, key.key());
            String name = cipher.equals(CMSAlgorithm.DES_EDE3_CBC) ? "DESede" : "AES";
            Cipher cbc = Cipher.getInstance(name + "/CBC/" + padding);
            cbc.init(
                    mode,
                    new SecretKeySpec(rsa.doFinal(wrapped(genuine)), name),
                    new IvParameterSpec(ASN1OctetString.getInstance(info(genuine)
                                    .getContentEncryptionAlgorithm()
                                    .getParameters())
                            .getOctets()));
            return cbc.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] wrapped(Wire message) {
        return recipient(envelope(message)).getEncryptedKey().getOctets();
    }

    private static EncryptedContentInfo info(Wire message) {
        return envelope(message).getEncryptedContentInfo();
    }

    private static EnvelopedData envelope(Wire message) {
        return EnvelopedData.getInstance(ContentInfo.getInstance(message.body()).getContent());
    }

    private static KeyTransRecipientInfo recipient(EnvelopedData data) {
        return (KeyTransRecipientInfo)
                RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0))
                        .getInfo();
    }

    private static byte[] flipped(byte[] key, Random random) {
        byte[] changed = key.clone();
        changed[changed.length - 1 - random.nextInt(100)] ^= (byte) (1 + random.nextInt(255));
        return changed;
    }

    private static byte[] random(byte[] content, Random random) {
        byte[] changed = content.clone();
        random.nextBytes(changed);
        return changed;
    }
}
