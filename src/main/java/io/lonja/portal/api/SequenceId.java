package io.lonja.portal.api;

import io.lonja.archive.EntryId;
import java.util.Optional;

/** An identifier in a path that is a place in the archive. */
final class SequenceId {

    private SequenceId() {}

    /** Empty for everything that cannot be one: there is nothing under it, whatever it is. */
    static Optional<EntryId> of(String id) {
        return id.matches("[1-9][0-9]{0,17}") ? Optional.of(new EntryId(Long.parseLong(id))) : Optional.empty();
    }
}
