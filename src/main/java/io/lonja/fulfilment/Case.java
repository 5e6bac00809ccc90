package io.lonja.fulfilment;

import io.lonja.document.DocumentRef;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit, until a later document removes it or an operator closes it.
 *
 * @param id derived from the entry that opened it: {@code 57-0-1}
 * @param order number of the order; empty where none is named
 * @param line of the order; null where it is about none
 * @param document whose line it is, by its id in the register
 * @param expected what order or despatch say; null where there is no such figure
 * @param found what the document says
 * @param difference between the two, without a sign
 * @param unit of these figures, or their currency
 * @param because the order's line where there is one, and then the document's
 * @param closedAt null while it is open
 * @param closedBy {@code document} or {@code operator}
 * @param note the operator's reason
 */
public record Case(
        String id,
        Reason reason,
        PartyId buyer,
        PartyId seller,
        String order,
        @Nullable String line,
        String document,
        @Nullable String expected,
        @Nullable String found,
        @Nullable String difference,
        @Nullable String unit,
        String sentence,
        List<DocumentRef> because,
        Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable String closedBy,
        @Nullable String note) {}
