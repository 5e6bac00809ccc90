package io.lonja.transport.as2;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;

/** The digests that count as safe; on the wire each has more than one name. */
enum Digest {
    SHA256(NISTObjectIdentifiers.id_sha256, 256),
    SHA384(NISTObjectIdentifiers.id_sha384, 384),
    SHA512(NISTObjectIdentifiers.id_sha512, 512);

    private final ASN1ObjectIdentifier identifier;
    private final int bits;

    Digest(ASN1ObjectIdentifier identifier, int bits) {
        this.identifier = identifier;
        this.bits = bits;
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
                .filter(digest -> plain.equals("sha" + digest.bits)
                        || plain.equals("rsasha" + digest.bits)
                        || plain.equals("sha2" + digest.bits))
                .findFirst();
    }

    /** {@code sha-256}, the registered name (RFC 5751, section 3.4.3.2). */
    String registered() {
        return "sha-" + bits;
    }

    /** {@code SHA256withRSA}. */
    String signingWith(String keyAlgorithm) {
        return "SHA%dwith%s".formatted(bits, keyAlgorithm.equals("EC") ? "ECDSA" : keyAlgorithm);
    }

    MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-" + bits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-" + bits, e);
        }
    }
}
