package io.lonja.consortium;

import io.lonja.archive.EntryId;
import io.lonja.document.DocumentRef;
import io.lonja.document.PricedDocument;
import java.time.Instant;

/**
 * What a supplier answered to the order of a group order.
 *
 * @param fact the entry that made the document count; the highest of a group order is its newest answer
 * @param ordinal which document of that entry
 * @param because the supplier's document
 */
public record GroupResponse(
        EntryId groupOrder,
        EntryId fact,
        int ordinal,
        PricedDocument document,
        DocumentRef because,
        Instant recordedAt) {}
