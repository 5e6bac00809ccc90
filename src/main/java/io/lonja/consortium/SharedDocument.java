package io.lonja.consortium;

import io.lonja.archive.EntryId;
import io.lonja.document.DocumentRef;
import io.lonja.document.PricedDocument;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An invoice or credit note for a group order was divided among the members. Raised once per document, when both it and
 * what it needs are known: a credit note that came before its invoice is shared when that comes.
 *
 * @param invoices by member, for a credit note: the number of its part of the invoice that is credited
 * @param because the supplier's document
 * @param fact the entry that made the document count
 * @param ordinal which document of that entry
 * @param recordedAt when it was shared
 */
public record SharedDocument(
        GroupOrder groupOrder,
        PricedDocument document,
        List<Sharing.Share> shares,
        Map<PartyId, String> invoices,
        DocumentRef because,
        EntryId fact,
        int ordinal,
        Instant recordedAt) {

    /** What a member's part of a document is called where it becomes a document of its own: {@code GO12-57-2}. */
    static String number(GroupOrder groupOrder, EntryId fact, int place) {
        return "%s-%s-%d".formatted(groupOrder.number(), fact, place);
    }
}
