package io.lonja.consortium;

import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.catalogue.CatalogueDecisions;

/** Tries ordered lines again that no item was found for, when the catalogue learned something. */
final class CatalogueChanges implements Effect {

    /** After the catalogue's own. */
    private static final int STEP = 48;

    private final OrderedLines orderedLines;

    CatalogueChanges(OrderedLines orderedLines) {
        this.orderedLines = orderedLines;
    }

    @Override
    public Lane lane() {
        return Lane.BOOKS;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(CatalogueDecisions.ITEM);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        orderedLines.matchAgain(entry.arrivedAt());
    }
}
