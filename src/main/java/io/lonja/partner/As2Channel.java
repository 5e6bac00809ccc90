package io.lonja.partner;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a partner and the hub talk AS2 (RFC 4130); the partner's AS2 name stands among its identities.
 *
 * @param require what the partner's messages must be: both unless the profile gives a reason
 * @param reason why less is required, in a person's words; null when both are
 * @param outbound how we send to the partner; null when we do not
 * @param certificates of the partner, in the order of the profile
 */
public record As2Channel(
        Set<Requirement> require,
        @Nullable String reason,
        @Nullable Outbound outbound,
        List<PartnerCertificate> certificates) {

    public As2Channel {
        // In one order, because it is archived and has a digest.
        require = Collections.unmodifiableSortedSet(new TreeSet<>(require));
        certificates = List.copyOf(certificates);
    }

    /** What a message must be, or it is refused with {@code insufficient-message-security}. */
    public enum Requirement {
        SIGNED,
        ENCRYPTED
    }

    /**
     * How messages to the partner are made.
     *
     * @param url where they go, https or http
     * @param sign {@code sha256}, {@code sha384}, {@code sha512} or {@code none}
     * @param encrypt {@code aes128-cbc}, {@code aes192-cbc}, {@code aes256-cbc}, {@code aes128-gcm}, {@code aes256-gcm}
     *     or {@code none}
     * @param compress whether the signed content is compressed
     * @param mdn {@code sync-signed} or {@code sync}
     */
    public record Outbound(String url, String sign, String encrypt, boolean compress, String mdn) {}
}
