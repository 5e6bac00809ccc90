package io.lonja.archive;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The place of an entry in the archive's one sequence, counted from 1 without gaps. */
public record EntryId(@JsonValue long sequence) implements Comparable<EntryId> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EntryId {
        if (sequence < 1) {
            throw new IllegalArgumentException("Not an archive sequence: " + sequence);
        }
    }

    @Override
    public int compareTo(EntryId other) {
        return Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return Long.toString(sequence);
    }
}
