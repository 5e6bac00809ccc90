package io.lonja.archive;

/** The place of an entry in the archive's one sequence, counted from 1 without gaps. */
public record EntryId(long sequence) implements Comparable<EntryId> {

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
