package io.lonja.fulfilment;

import io.lonja.document.DocumentRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit, as it stands now.
 *
 * @param key the same as long as it is about the same lines of the same documents
 * @param line of the order; null where it is about none
 * @param document whose line it is, by its id in the register
 * @param expected what order or despatch say; null where there is no such figure
 * @param found what the document says
 * @param difference between the two, without a sign
 * @param unit of these figures, or their currency
 * @param because the order's line where there is one, and then the document's
 */
record Difference(
        String key,
        Reason reason,
        @Nullable String line,
        String document,
        @Nullable String expected,
        @Nullable String found,
        @Nullable String difference,
        @Nullable String unit,
        String sentence,
        List<DocumentRef> because) {}
