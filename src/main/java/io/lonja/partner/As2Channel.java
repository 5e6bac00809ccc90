package io.lonja.partner;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a partner and the hub talk AS2 (RFC 4130); the partner's AS2 name stands among its identities.
 *
 * @param require what the partner's messages must be: both unless the profile gives a reason
 * @param allow what is taken from the partner although nobody should use it any more
 * @param reason why less is required or more allowed, in a person's words; null when neither is
 * @param mdnHosts where asynchronous MDNs may go; null for nowhere, then none may be asked for
 * @param outbound how we send to the partner; null when we do not
 * @param certificates of the partner, in the order of the profile
 * @param ownNames of our AS2 names those that the partner writes to, the first one is whom it hears from; empty for our
 *     main name
 */
public record As2Channel(
        Set<Requirement> require,
        Set<Legacy> allow,
        @Nullable String reason,
        @Nullable MdnHosts mdnHosts,
        @Nullable Outbound outbound,
        List<PartnerCertificate> certificates,
        List<String> ownNames) {

    @SuppressWarnings("ConstantValue")
    public As2Channel {
        // In one order, because it is archived and has a digest. Profiles of before have no `allow` and no `ownNames`.
        require = Collections.unmodifiableSortedSet(new TreeSet<>(require));
        allow = allow == null ? Collections.emptySortedSet() : Collections.unmodifiableSortedSet(new TreeSet<>(allow));
        certificates = List.copyOf(certificates);
        ownNames = ownNames == null ? List.of() : List.copyOf(ownNames);
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
     * Where the partner may have its MDNs sent, other than back over its own connection.
     *
     * @param listed hosts in lower case, each an exact name or address with or without a port:
     *     {@code as2.acme.example}, {@code 192.0.2.7:8080}, {@code [2001:db8::7]}; without one only the scheme's own
     * @param privateToo whether such a host may have an address of a private network or of this machine
     */
    public record MdnHosts(List<String> listed, boolean privateToo) {

        public MdnHosts {
            listed = List.copyOf(listed);
        }
    }

    /** How messages to the partner are made, and how they travel. */
    public record Outbound(Format format, Journey journey) {

        /** Also from what was archived before there were two parts: all of it at one level. */
        @JsonCreator
        static Outbound archived(
                @JsonProperty("format") @Nullable Format format,
                @JsonProperty("journey") @Nullable Journey journey,
                @JsonProperty("url") @Nullable String url,
                @JsonProperty("sign") @Nullable String sign,
                @JsonProperty("encrypt") @Nullable String encrypt,
                @JsonProperty("compress") @Nullable Boolean compress,
                @JsonProperty("mdn") @Nullable String mdn) {
            return new Outbound(
                    format == null
                            ? Format.USUAL.with(
                                    sign == null ? Format.USUAL.sign() : sign,
                                    encrypt == null ? Format.USUAL.encrypt() : encrypt,
                                    Boolean.TRUE.equals(compress) ? "after-sign" : "false")
                            : format,
                    journey == null
                            ? Journey.plain(Objects.requireNonNull(url), MdnMode.named(Objects.requireNonNull(mdn)))
                            : journey);
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

    /** Which receipt is asked for. */
    public enum MdnMode {
        SYNC_SIGNED,
        SYNC,
        ASYNC_SIGNED,
        ASYNC,
        NONE;

        /** The mode as a profile names it: {@code async-signed}. */
        public static MdnMode named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        public boolean signed() {
            return this == SYNC_SIGNED || this == ASYNC_SIGNED;
        }

        public boolean asynchronous() {
            return this == ASYNC_SIGNED || this == ASYNC;
        }
    }

    /**
     * How messages to the partner travel.
     *
     * @param url where they go, https or http
     * @param mdnWithin when an asynchronous MDN is overdue, counted from the moment the message was taken
     * @param retry pauses between attempts, at least one; the last repeats
     * @param attempts how often a message leaves in all while its asynchronous MDN does not come
     * @param chunked whether the length of a message is left unsaid
     * @param basic name and password for the partner's web server; null for none
     * @param clientCertificate name of the key pair that we show to the partner's web server; null for none
     * @param trust PEM of the one certificate, its own or its authority's, that the partner's web server is trusted by;
     *     null for those that the Java platform trusts
     * @param proxy {@code proxy.example:3128}; null for none
     */
    public record Journey(
            String url,
            MdnMode mdn,
            Duration mdnWithin,
            List<Duration> retry,
            int attempts,
            boolean chunked,
            @Nullable Basic basic,
            @Nullable String clientCertificate,
            @Nullable String trust,
            @Nullable String proxy) {

        public static final Duration MDN_WITHIN = Duration.ofHours(2);
        public static final int ATTEMPTS = 5;
        public static final List<Duration> RETRY =
                List.of(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(40));

        public Journey {
            retry = List.copyOf(retry);
            attempts = attempts == 0 ? ATTEMPTS : attempts; // Profiles of before have none.
        }

        static Journey plain(String url, MdnMode mdn) {
            return new Journey(url, mdn, MDN_WITHIN, RETRY, ATTEMPTS, false, null, null, null, null);
        }

        /** The pause after this attempt, counted from 1. */
        public Duration pauseAfter(int attempt) {
            return retry.get(Math.min(attempt, retry.size()) - 1);
        }
    }

    /**
     * HTTP's own authentication (RFC 7617).
     *
     * @param password name of a file in {@code LONJA_HOME/secrets} or of an environment variable, never the password
     */
    public record Basic(String user, String password) {}
}
