package io.lonja.mapping;

import io.lonja.archive.ByteRange;

/** Where in a transaction set something stands: what the reader's {@code at} says, {@code PO1 5 201 236}. */
record Place(String segmentId, int segment, ByteRange bytes) {

    static Place of(String at) {
        String[] parts = at.split(" ");
        return new Place(
                parts[0],
                Integer.parseInt(parts[1]),
                new ByteRange(Long.parseLong(parts[2]), Long.parseLong(parts[3])));
    }

    /** {@code PO1 (segment 5)}. */
    @Override
    public String toString() {
        return "%s (segment %d)".formatted(segmentId, segment);
    }
}
