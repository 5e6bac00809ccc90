package io.lonja.catalogue;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.util.Optional;

/** Lets items take effect. */
final class CatalogueCommands implements Effect {

    private static final int STEP = 40;
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final Catalogue catalogue;
    private final Commands.Outcomes outcomes;

    CatalogueCommands(Catalogue catalogue, Commands.Outcomes outcomes) {
        this.catalogue = catalogue;
        this.outcomes = outcomes;
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
        CatalogueItem item;
        try {
            item = CanonicalJson.read(payload, CatalogueItem.class);
        } catch (IllegalArgumentException e) {
            outcomes.refuse(entry, UNPROCESSABLE, "invalid-request", String.valueOf(e.getMessage()));
            return;
        }
        Optional<String> taken = item.codes().stream()
                .flatMap(code -> catalogue.otherBearer(item.id(), code).stream()
                        .map(bearer -> "%s in %s is a code of the item %s already; take it from there first."
                                .formatted(code.title(), code.unit(), bearer)))
                .findFirst();
        if (taken.isPresent()) {
            outcomes.refuse(entry, CONFLICT, "code-taken", taken.get());
            return;
        }
        catalogue.put(entry.id(), item);
        outcomes.record(entry, CREATED, CanonicalJson.write(item.tree()));
    }
}
