package io.lonja.transport.as2;

import io.lonja.archive.Entry;

/** What an MDN proves about a message of ours, whichever way it came. */
sealed interface MdnVerdict {

    /** A sentence for people, its last character a full stop. */
    String sentence();

    /** The partner has exactly these bytes. */
    record Received(String sentence) implements MdnVerdict {}

    /** The partner does not have them, or has others; sending them again changes nothing. */
    record NotReceived(String sentence) implements MdnVerdict {}

    /** Neither; the message stays unproved. */
    record Nothing(String sentence) implements MdnVerdict {}

    /**
     * Judges: about this message, positive, its MIC ours and, where one is asked for, its signature by a certificate of
     * the partner that is valid now.
     */
    static MdnVerdict of(MdnReader.Reading.Read read, Entry message) {
        Mdn mdn = read.mdn();
        ReceiptAsked asked = ReceiptAsked.by(message);
        boolean signed = read.signer() != null;
        String messageId = String.valueOf(message.attributes().get("message-id"));
        if (!messageId.equals(String.valueOf(mdn.originalMessageId()).strip())) {
            return new Nothing("The MDN is about message %s and not %s."
                    .formatted(As2Evidence.shown(mdn.originalMessageId()), messageId));
        }
        // Over another connection anybody could write one; over ours it is the partner's server that answers.
        if (asked.signed() && !signed && (asked.asynchronous() || mdn.positive())) {
            return new Nothing("The MDN is not signed, and a signed one was asked for.");
        }
        if (!mdn.positive()) {
            return new NotReceived("The partner refused it: %s.".formatted(As2Evidence.shown(mdn.disposition())));
        }
        Mic expected = Mic.parse(String.valueOf(message.attributes().get(As2Evidence.MIC)))
                .orElseThrow(() -> new IllegalStateException("Entry %s has no MIC".formatted(message.id())));
        if (mdn.mic() == null) {
            return signed || asked.asynchronous()
                    ? new Nothing("The MDN has no MIC.")
                    : new Received("An MDN, unsigned and without a MIC.");
        }
        return mdn.mic().matches(expected)
                ? new Received(signed ? "A signed MDN with its MIC." : "An unsigned MDN with its MIC.")
                : new NotReceived("The partner received something else: its MDN has MIC %s and ours is %s."
                        .formatted(As2Evidence.shown(mdn.mic().toString()), expected));
    }
}
