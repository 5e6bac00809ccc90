package io.lonja.partner;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a partner and the hub talk AS2 (RFC 4130); the partner's AS2 name stands among its identities.
 *
 * @param require what the partner's messages must be: both unless the profile gives a reason
 * @param allow what is taken from the partner although nobody should use it any more
 * @param reason why less is required or more allowed, in a person's words; null when neither is
 * @param outbound how we send to the partner; null when we do not
 * @param certificates of the partner, in the order of the profile
 */
public record As2Channel(
        Set<Requirement> require,
        Set<Legacy> allow,
        @Nullable String reason,
        @Nullable Outbound outbound,
        List<PartnerCertificate> certificates) {

    @SuppressWarnings("ConstantValue")
    public As2Channel {
        // In one order, because it is archived and has a digest. Profiles of before have no `allow`.
        require = Collections.unmodifiableSortedSet(new TreeSet<>(require));
        allow = allow == null ? Collections.emptySortedSet() : Collections.unmodifiableSortedSet(new TreeSet<>(allow));
        certificates = List.copyOf(certificates);
    }

    /** What a message must be, or it is refused with {@code insufficient-message-security}. */
    public enum Requirement {
        SIGNED,
        ENCRYPTED
    }

    /** What was secure when the partner's product was bought; in a profile {@code sha1, md5, 3des, rsa1024}. */
    public enum Legacy {
        SHA1("sha1"),
        MD5("md5"),
        TRIPLE_DES("3des"),
        RSA1024("rsa1024");

        private final String profileName;

        Legacy(String profileName) {
            this.profileName = profileName;
        }

        public String profileName() {
            return profileName;
        }
    }

    /**
     * How the hub sends to the partner.
     *
     * @param format how messages are made
     * @param url where they go, https or http
     * @param mdn {@code sync-signed} or {@code sync}
     */
    public record Outbound(Format format, String url, String mdn) {

        /** Also of what was archived before a format had more than these three. */
        @JsonCreator
        static Outbound of(
                @JsonProperty("format") @Nullable Format format,
                @JsonProperty("url") String url,
                @JsonProperty("mdn") String mdn,
                @JsonProperty("sign") @Nullable String sign,
                @JsonProperty("encrypt") @Nullable String encrypt,
                @JsonProperty("compress") @Nullable Boolean compress) {
            return new Outbound(
                    format == null
                            ? Format.USUAL.with(
                                    sign == null ? Format.USUAL.sign() : sign,
                                    encrypt == null ? Format.USUAL.encrypt() : encrypt,
                                    Boolean.TRUE.equals(compress) ? "after-sign" : "false")
                            : format,
                    url,
                    mdn);
        }
    }

    /**
     * How messages to the partner are made.
     *
     * @param sign {@code sha256}, {@code sha384}, {@code sha512}, {@code sha1}, {@code md5} or {@code none}
     * @param signature {@code rsa} (PKCS #1 v1.5) or {@code rsa-pss}; a key on an elliptic curve signs by ECDSA anyhow
     * @param encrypt {@code aes128-cbc}, {@code aes192-cbc}, {@code aes256-cbc}, {@code aes128-gcm}, {@code aes256-gcm},
     *     {@code 3des} or {@code none}
     * @param keyTransport {@code rsa} (PKCS #1 v1.5) or {@code rsa-oaep} (with SHA-256)
     * @param compress {@code false}, {@code before-sign} or {@code after-sign}
     * @param transferEncoding {@code binary} or {@code base64}, of everything inside the outermost layer
     * @param digestNames {@code rfc5751} ({@code sha-256}) or {@code legacy} ({@code sha256})
     * @param algorithmProtection whether the signature has the attribute of RFC 6211
     * @param fileName whether the document has a file name
     * @param reason why it is weaker than it should be; null when it is not
     */
    public record Format(
            String sign,
            String signature,
            String encrypt,
            String keyTransport,
            String compress,
            String transferEncoding,
            String digestNames,
            boolean algorithmProtection,
            boolean fileName,
            @Nullable String reason) {

        /** What a partner gets whose profile says nothing else. */
        public static final Format USUAL =
                new Format("sha256", "rsa", "aes128-cbc", "rsa", "false", "binary", "rfc5751", true, true, null);

        Format with(String otherSign, String otherEncrypt, String otherCompress) {
            return new Format(
                    otherSign,
                    signature,
                    otherEncrypt,
                    keyTransport,
                    otherCompress,
                    transferEncoding,
                    digestNames,
                    algorithmProtection,
                    fileName,
                    reason);
        }
    }
}
