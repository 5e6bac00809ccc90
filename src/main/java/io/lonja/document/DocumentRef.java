package io.lonja.document;

import io.lonja.archive.ArchiveRef;
import io.lonja.party.PartyId;

/**
 * Why a fact exists: the business document, and the bytes that say so.
 *
 * @param at the whole document, or the segments of the one line that is meant
 */
public record DocumentRef(PartyId sender, DocumentType type, String number, ArchiveRef at) {

    /** The same document, pointing at a part of its bytes. */
    public DocumentRef at(ArchiveRef part) {
        return new DocumentRef(sender, type, number, part);
    }
}
