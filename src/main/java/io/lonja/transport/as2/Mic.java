package io.lonja.transport.as2;

import java.util.Base64;
import java.util.Optional;

/**
 * The message integrity check by which a sender knows what was received: {@code 7v7F++fQaNB1sVLFtMRp+dF+eG4=, sha-256}
 * (RFC 4130, section 7.4.3).
 *
 * @param name of the algorithm as the sender spells it
 */
record Mic(String base64, String name) {

    static Mic of(byte[] digest, String name) {
        return new Mic(Base64.getEncoder().encodeToString(digest), name);
    }

    /** The value of {@code Received-Content-MIC}; empty when it has no such form. */
    static Optional<Mic> parse(String text) {
        int comma = text.indexOf(',');
        return comma < 1
                ? Optional.empty()
                : Optional.of(new Mic(
                        text.substring(0, comma).replaceAll("\\s", ""),
                        text.substring(comma + 1).strip()));
    }

    /** The same digest by the same algorithm, whatever its name is spelled like. */
    boolean matches(Mic other) {
        return base64.equals(other.base64)
                && (name.equalsIgnoreCase(other.name)
                        || Digest.named(name).isPresent() && Digest.named(name).equals(Digest.named(other.name)));
    }

    @Override
    public String toString() {
        return base64 + ", " + name;
    }
}
