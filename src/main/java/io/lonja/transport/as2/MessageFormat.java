package io.lonja.transport.as2;

import io.lonja.partner.As2Channel;
import org.jspecify.annotations.Nullable;

/**
 * How a message is built.
 *
 * @param sign with which digest, or null for no signature
 * @param pss whether an RSA key signs by RSASSA-PSS (RFC 4056)
 * @param encrypt with which cipher, or null for no encryption
 * @param oaep whether the content key is wrapped by RSAES-OAEP with SHA-256 (RFC 3560)
 * @param base64 whether what is inside the outermost layer has only ASCII lines
 * @param historicNames whether {@code micalg} says {@code sha256}
 * @param algorithmProtection whether the signature has the attribute of RFC 6211
 * @param fileName whether the document has a {@code Content-Disposition}
 */
record MessageFormat(
        @Nullable Digest sign,
        boolean pss,
        Compress compress,
        @Nullable ContentCipher encrypt,
        boolean oaep,
        boolean base64,
        boolean historicNames,
        boolean algorithmProtection,
        boolean fileName) {

    /** Signed by SHA-256 and encrypted by AES-128. */
    static final MessageFormat USUAL = of(As2Channel.Format.USUAL);

    /** Where the compression stands (RFC 5402, section 2). */
    enum Compress {
        NEVER,
        BEFORE_SIGN,
        AFTER_SIGN
    }

    static MessageFormat of(As2Channel.Format profile) {
        return new MessageFormat(
                Digest.named(profile.sign()).orElse(null),
                profile.signature().equals("rsa-pss"),
                switch (profile.compress()) {
                    case "before-sign" -> Compress.BEFORE_SIGN;
                    case "after-sign" -> Compress.AFTER_SIGN;
                    default -> Compress.NEVER;
                },
                ContentCipher.named(profile.encrypt()).orElse(null),
                profile.keyTransport().equals("rsa-oaep"),
                profile.transferEncoding().equals("base64"),
                profile.digestNames().equals("legacy"),
                profile.algorithmProtection(),
                profile.fileName());
    }

    /** How this digest is called in {@code micalg}. */
    String name(Digest digest) {
        return historicNames ? digest.historic() : digest.registered();
    }
}
