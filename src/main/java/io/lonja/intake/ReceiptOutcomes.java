package io.lonja.intake;

import io.lonja.archive.EntryId;

/** What became of a receipt, as far as the door must know before it answers for the same bytes again. */
public interface ReceiptOutcomes {

    /**
     * Whether the receipt came to nothing, but its bytes may count now: it went through the pipeline, was refused as a
     * whole or had every document held, and a guide or a profile was mended since. False while it is on its way.
     */
    boolean mayCountNow(EntryId receipt);
}
