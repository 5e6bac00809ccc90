package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** The ciphers that content may be encrypted with; a profile names them {@code aes128-cbc}. */
enum ContentCipher {
    TRIPLE_DES_CBC("3des", PKCSObjectIdentifiers.des_EDE3_CBC, 24),
    AES128_CBC("aes128-cbc", NISTObjectIdentifiers.id_aes128_CBC, 16),
    AES192_CBC("aes192-cbc", NISTObjectIdentifiers.id_aes192_CBC, 24),
    AES256_CBC("aes256-cbc", NISTObjectIdentifiers.id_aes256_CBC, 32),
    AES128_GCM("aes128-gcm", NISTObjectIdentifiers.id_aes128_GCM, 16),
    AES192_GCM("aes192-gcm", NISTObjectIdentifiers.id_aes192_GCM, 24),
    AES256_GCM("aes256-gcm", NISTObjectIdentifiers.id_aes256_GCM, 32);

    /** As long as GCM makes them. */
    private static final int TAG_BYTES = 16;

    private final String profileName;
    private final ASN1ObjectIdentifier identifier;
    private final int keyBytes;

    ContentCipher(String profileName, ASN1ObjectIdentifier identifier, int keyBytes) {
        this.profileName = profileName;
        this.identifier = identifier;
        this.keyBytes = keyBytes;
    }

    static Optional<ContentCipher> of(ASN1ObjectIdentifier identifier) {
        return Stream.of(values())
                .filter(cipher -> cipher.identifier.equals(identifier))
                .findFirst();
    }

    static Optional<ContentCipher> named(String profileName) {
        return Stream.of(values())
                .filter(cipher -> cipher.profileName.equals(profileName))
                .findFirst();
    }

    ASN1ObjectIdentifier identifier() {
        return identifier;
    }

    int keyBytes() {
        return keyBytes;
    }

    /** {@code AES} or {@code DESede}. */
    String javaName() {
        return this == TRIPLE_DES_CBC ? "DESede" : "AES";
    }

    int blockBytes() {
        return this == TRIPLE_DES_CBC ? 8 : 16;
    }

    /** How long content of this length is when it is encrypted: padded to whole blocks, at least by one byte, or as long. */
    long encryptedLength(long length) {
        return authenticated() ? length : (length / blockBytes() + 1) * blockBytes();
    }

    /** How many bytes the tag that proves the content takes behind it, as an OCTET STRING; 0 without one. */
    int tagElementBytes() {
        return authenticated() ? 2 + TAG_BYTES : 0;
    }

    /** Whether content under it is taken: AES always. */
    boolean counts(Set<Legacy> allowed) {
        return this != TRIPLE_DES_CBC || allowed.contains(Legacy.TRIPLE_DES);
    }

    /** Whether the cipher itself proves that the content was not changed. */
    boolean authenticated() {
        return profileName.endsWith("gcm");
    }
}
