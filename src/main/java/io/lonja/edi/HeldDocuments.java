package io.lonja.edi;

import io.lonja.archive.EntryId;

/** What became of interchanges that counted, as far as it decides whether the same content may be read again. */
public interface HeldDocuments {

    /**
     * Whether the interchange has had no effect and may have one now: it brought documents, every one of them is held
     * for what could not be mapped, and a guide or a profile was mended since.
     *
     * @param controlNumber of the interchange, as written
     */
    boolean mayCountNow(EntryId receipt, String controlNumber);
}
