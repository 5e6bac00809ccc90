package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/** The digests a message may be signed with; on the wire each has more than one name. */
enum Digest {
    SHA256(NISTObjectIdentifiers.id_sha256, "SHA-256", null),
    SHA384(NISTObjectIdentifiers.id_sha384, "SHA-384", null),
    SHA512(NISTObjectIdentifiers.id_sha512, "SHA-512", null),
    SHA1(OIWObjectIdentifiers.idSHA1, "SHA-1", Legacy.SHA1),
    MD5(PKCSObjectIdentifiers.md5, "MD5", Legacy.MD5);

    private static final Map<String, Digest> BY_NAME = names();

    private final ASN1ObjectIdentifier identifier;
    private final AlgorithmIdentifier algorithm;
    private final String javaName;
    private final @Nullable Legacy legacy;

    Digest(ASN1ObjectIdentifier identifier, String javaName, @Nullable Legacy legacy) {
        this.identifier = identifier;
        // RFC 5754, section 2: none for the SHA-2 family; RFC 3370, section 2: NULL for the older ones.
        this.algorithm = legacy == null
                ? new AlgorithmIdentifier(identifier)
                : new AlgorithmIdentifier(identifier, DERNull.INSTANCE);
        this.javaName = javaName;
        this.legacy = legacy;
    }

    static Optional<Digest> of(ASN1ObjectIdentifier identifier) {
        return Stream.of(values())
                .filter(digest -> digest.identifier.equals(identifier))
                .findFirst();
    }

    /** The digest by any of its names: {@code sha-256}, {@code SHA256}, {@code rsa-sha256}, {@code SHA2-256}. */
    static Optional<Digest> named(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char letter = Character.toLowerCase(name.charAt(i));
            if (letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9') {
                plain.append(letter);
            }
        }
        return Optional.ofNullable(BY_NAME.get(plain.toString()));
    }

    private static Map<String, Digest> names() {
        Map<String, Digest> names = new HashMap<>();
        for (Digest digest : values()) {
            names.put(digest.historic(), digest);
            names.put("rsa" + digest.historic(), digest);
            names.put(digest.historic().replace("sha", "sha2"), digest);
        }
        return Map.copyOf(names);
    }

    /** Whether it may prove anything: the safe ones always. */
    boolean counts(Set<Legacy> allowed) {
        return legacy == null || allowed.contains(legacy);
    }

    /** {@code sha-256}, the registered name (RFC 5751, section 3.4.3.2). */
    String registered() {
        return javaName.toLowerCase(Locale.ROOT);
    }

    /** {@code sha256}, as it was called before it was registered. */
    String historic() {
        return registered().replace("-", "");
    }

    /** As it stands in a SignerInfo. */
    AlgorithmIdentifier algorithm() {
        return algorithm;
    }

    /** {@code SHA-256}. */
    String javaName() {
        return javaName;
    }

    /** {@code SHA256withRSA}. */
    String signingWith(String keyAlgorithm) {
        return "%swith%s".formatted(javaName.replace("-", ""), keyAlgorithm.equals("EC") ? "ECDSA" : keyAlgorithm);
    }

    MessageDigest start() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + javaName, e);
        }
    }
}
