package io.lonja.document;

import io.lonja.archive.EntryId;
import io.lonja.party.PartyId;
import java.time.Instant;

/**
 * A document entered the register and counts from now on. Raised once per document, in archive sequence.
 *
 * @param buyer the member who orders or is invoiced
 * @param seller the supplier
 * @param because the document's bytes in the interchange
 * @param fact the entry that takes effect, of mapping or of a {@linkplain DocumentRelease release}; identifiers derive from it
 * @param ordinal which document of its receipt, counted from 0
 * @param recordedAt the fact's time
 */
public record DocumentAccepted(
        BusinessDocument document,
        PartyId buyer,
        PartyId seller,
        DocumentRef because,
        EntryId fact,
        int ordinal,
        Instant recordedAt) {

    /** The document and its prices. Throws {@link IllegalStateException} for one that has none. */
    public PricedDocument priced() {
        if (document instanceof PricedDocument priced) {
            return priced;
        }
        throw new IllegalStateException("%s has no prices".formatted(document.title()));
    }
}
