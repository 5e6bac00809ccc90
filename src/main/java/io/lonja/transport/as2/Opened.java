package io.lonja.transport.as2;

import org.jspecify.annotations.Nullable;

/** What came of opening a message. */
sealed interface Opened {

    /**
     * It satisfies the relationship.
     *
     * @param payload the document, all transfer encodings taken off
     * @param contentType as the innermost entity names it, or null
     * @param mic what the sender can compare
     */
    record Accepted(Bytes payload, @Nullable String contentType, Mic mic, boolean signed, boolean encrypted)
            implements Opened {}

    /**
     * It does not.
     *
     * @param because for our people; never for the wire
     */
    record Refused(Disposition disposition, String because) implements Opened {}
}
