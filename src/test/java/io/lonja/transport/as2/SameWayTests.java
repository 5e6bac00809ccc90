package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.DOCUMENT;
import static io.lonja.transport.as2.Acquaintance.OLD;
import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.Acquaintance.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is wrong with an envelope, the key's padding, its length, the key itself or the content, it ends at the same
 * places with the same answer (Bleichenbacher, Vaudenay). How long each took is printed and not judged: a shared machine
 * is no stopwatch.
 */
class SameWayTests {

    private static final int ATTEMPTS = 60;
    private static final Set<String> ENDS = Set.of(
            "No empty line ends the headers of an entity",
            "What was decrypted is no entity",
            "The headers of an entity are longer than any header is");

    @ParameterizedTest
    @ValueSource(strings = {"AES-128", "AES-256", "triple DES"})
    void isTakenWhateverIsWrong(String cipher) throws Exception {
        ASN1ObjectIdentifier algorithm = switch (cipher) {
            case "AES-128" -> CMSAlgorithm.AES128_CBC;
            case "AES-256" -> CMSAlgorithm.AES256_CBC;
            default -> CMSAlgorithm.DES_EDE3_CBC;
        };
        Wire genuine = DOCUMENT.signed(THEIRS).encrypted(algorithm, OURS);
        Wire other = DOCUMENT.signed(THEIRS).encrypted(algorithm, OURS);
        Wire shorter = DOCUMENT.signed(THEIRS)
                .encrypted(cipher.equals("AES-128") ? CMSAlgorithm.AES256_CBC : CMSAlgorithm.AES128_CBC, OURS);
        Random random = new Random(4713);
        Map<String, UnaryOperator<byte[]>> faults = new LinkedHashMap<>();
        faults.put("padding of the key", body -> changed(body, key -> flipped(key, random), content -> content));
        faults.put("length of the key", body -> changed(body, key -> keyOf(shorter.body()), content -> content));
        faults.put("another key", body -> changed(body, key -> keyOf(other.body()), content -> content));
        faults.put("another beginning", body -> changed(body, key -> key, content -> random(content, random)));
        faults.forEach((name, fault) -> {
            Set<String> ends = new TreeSet<>();
            long[] nanos = new long[ATTEMPTS];
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Wire wrong = new Wire(genuine.headers(), fault.apply(genuine.body()));
                long start = System.nanoTime();
                Opened opened = open(wrong, OLD);
                nanos[attempt] = System.nanoTime() - start;
                assertThat(opened).isInstanceOfSatisfying(Opened.Refused.class, refused -> {
                    assertThat(refused.disposition()).isEqualTo(Disposition.DECRYPTION_FAILED);
                    ends.add(refused.because());
                });
            }
            assertThat(ENDS).as(name).containsAll(ends);
            Arrays.sort(nanos);
            System.out.printf("%-10s %-20s median %5d µs%n", cipher, name, nanos[ATTEMPTS / 2] / 1000);
        });
    }

    private static byte[] changed(byte[] body, UnaryOperator<byte[]> key, UnaryOperator<byte[]> content) {
        try {
            EnvelopedData data = envelope(body);
            KeyTransRecipientInfo recipient = recipient(data);
            EncryptedContentInfo info = data.getEncryptedContentInfo();
            RecipientInfo next = new RecipientInfo(new KeyTransRecipientInfo(
                    recipient.getRecipientIdentifier(),
                    recipient.getKeyEncryptionAlgorithm(),
                    new DEROctetString(key.apply(recipient.getEncryptedKey().getOctets()))));
            ASN1OctetString encrypted =
                    new DEROctetString(content.apply(info.getEncryptedContent().getOctets()));
            return new ContentInfo(
                            CMSObjectIdentifiers.envelopedData,
                            new EnvelopedData(
                                    data.getOriginatorInfo(),
                                    new DERSet(next),
                                    new EncryptedContentInfo(
                                            info.getContentType(), info.getContentEncryptionAlgorithm(), encrypted),
                                    data.getUnprotectedAttrs()))
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] keyOf(byte[] body) {
        return recipient(envelope(body)).getEncryptedKey().getOctets();
    }

    private static EnvelopedData envelope(byte[] body) {
        return EnvelopedData.getInstance(ContentInfo.getInstance(body).getContent());
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
