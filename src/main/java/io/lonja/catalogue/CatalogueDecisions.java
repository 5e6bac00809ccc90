package io.lonja.catalogue;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.EntryType;
import org.jspecify.annotations.Nullable;

/** What an operator can decide about items, as archived commands. */
public final class CatalogueDecisions {

    public static final EntryType ITEM = EntryType.fact("catalogue-item");

    private CatalogueDecisions() {}

    /** From now on the item is this; it replaces what was said under its id before. */
    public static Command say(String actor, @Nullable String idempotencyKey, CatalogueItem item) {
        return new Command(ITEM, actor, idempotencyKey, CanonicalJson.of(item));
    }
}
