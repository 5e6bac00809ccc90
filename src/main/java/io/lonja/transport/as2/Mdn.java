package io.lonja.transport.as2;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a disposition notification says (RFC 3798, RFC 4130 section 7.4).
 *
 * @param originalMessageId with its angle brackets
 * @param disposition without the mode: {@code processed}, {@code processed/error: decryption-failed}
 * @param mic of what was received, or null where nothing could be digested
 */
record Mdn(
        @Nullable String originalMessageId,
        String disposition,
        @Nullable Mic mic) {

    /**
     * Whether the other side has the message. Only {@code processed} says so, alone or with a warning; whatever else
     * stands behind it, {@code processed/Error: …}, {@code processed/failure: …}, does not.
     */
    boolean positive() {
        String plain = disposition.toLowerCase(Locale.ROOT).strip();
        if (!plain.startsWith("processed")) {
            return false;
        }
        String modifier = plain.substring("processed".length()).strip();
        return modifier.isEmpty()
                || modifier.startsWith("/") && modifier.substring(1).strip().startsWith("warning");
    }
}
