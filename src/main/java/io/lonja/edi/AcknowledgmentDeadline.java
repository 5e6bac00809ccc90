package io.lonja.edi;

import io.lonja.archive.EntryType;

/**
 * The fact that the time is over in which an interchange should have been acknowledged.
 *
 * @param interchange sequence of its evidence
 * @param abandoned it never reached the partner and nobody brings it any more, so nothing is awaited
 */
record AcknowledgmentDeadline(long interchange, boolean abandoned) {

    static final EntryType TYPE = EntryType.fact("acknowledgment-deadline");
}
