package io.lonja.transport.as2;

import java.util.Locale;

/**
 * What an MDN says became of a message: {@code processed}, or {@code processed/error: decryption-failed} (RFC 4130,
 * section 7.5; {@code unknown-trading-relationship} of its coming successor).
 */
enum Disposition {
    PROCESSED("The message was received and is kept."),
    UNKNOWN_TRADING_RELATIONSHIP(
            "There is no relationship between these AS2 names here. Check AS2-From and AS2-To, then send it again."),
    INSUFFICIENT_MESSAGE_SECURITY(
            "The message must be signed and encrypted as agreed, with SHA-2 and AES. Send it again so secured."),
    DECRYPTION_FAILED(
            "The message could not be decrypted. Check that it was encrypted for our current certificate, and send it again."),
    DECOMPRESSION_FAILED("The compressed content could not be expanded within the limits. Send it again."),
    INTEGRITY_CHECK_FAILED("The content is not the one that was signed. Send it again."),
    AUTHENTICATION_FAILED(
            "The signature is not by a certificate that is registered and valid for this AS2-From. Agree on the certificate, then send it again."),
    SEVERAL_DOCUMENTS(
            "The message carries more than one EDI document and was not kept. Send each in a message of its own."),
    UNEXPECTED_PROCESSING_ERROR("The message could not be processed and was not kept. Correct it and send it again.");

    private final String sentence;

    Disposition(String sentence) {
        this.sentence = sentence;
    }

    /** For the person who reads the MDN. */
    String sentence() {
        return sentence;
    }

    /** {@code processed/error: decryption-failed}. */
    String onTheWire() {
        if (this == PROCESSED) {
            return "processed";
        }
        // There is no word for it on the wire, the sentence says it.
        Disposition named = this == SEVERAL_DOCUMENTS ? UNEXPECTED_PROCESSING_ERROR : this;
        return "processed/error: " + named.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether only what is inside the message was wrong: of garbage that is decryption's fault. */
    boolean malformed() {
        return this == UNEXPECTED_PROCESSING_ERROR || this == SEVERAL_DOCUMENTS;
    }
}
