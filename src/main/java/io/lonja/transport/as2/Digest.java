package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** The digests a message may be signed with; on the wire each has more than one name. */
enum Digest {
    SHA256(NISTObjectIdentifiers.id_sha256, "SHA-256", null),
    SHA384(NISTObjectIdentifiers.id_sha384, "SHA-384", null),
    SHA512(NISTObjectIdentifiers.id_sha512, "SHA-512", null),
    SHA1(OIWObjectIdentifiers.idSHA1, "SHA-1", Legacy.SHA1),
    MD5(PKCSObjectIdentifiers.md5, "MD5", Legacy.MD5);

    private final ASN1ObjectIdentifier identifier;
    private final String javaName;
    private final @Nullable Legacy legacy;

    Digest(ASN1ObjectIdentifier identifier, String javaName, @Nullable Legacy legacy) {
        this.identifier = identifier;
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
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return Stream.of(values())
                .filter(digest -> plain.equals(digest.historic())
                        || plain.equals("rsa" + digest.historic())
                        || plain.equals(digest.historic().replace("sha", "sha2")))
                .findFirst();
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
