package io.lonja.transport.as2;

import io.lonja.archive.Entry;

/**
 * Which receipt a message of ours asked for, as its own archived headers say; the profile may have changed since.
 *
 * @param wanted whether any
 * @param signed with a signature
 * @param asynchronous by another connection
 */
record ReceiptAsked(boolean wanted, boolean signed, boolean asynchronous) {

    static ReceiptAsked by(Entry message) {
        return new ReceiptAsked(
                message.attributes().containsKey("disposition-notification-to"),
                message.attributes().containsKey("disposition-notification-options"),
                message.attributes().containsKey("receipt-delivery-option"));
    }
}
