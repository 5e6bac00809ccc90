package io.lonja.mapping;

import io.lonja.archive.ByteRange;

/** Where in a transaction set something stands: what the reader's {@code at} says, {@code PO1 5 201 236}. */
record Place(String segmentId, int segment, ByteRange bytes) {

    static Place of(String at) {
        int segment = at.indexOf(' ') + 1;
        int from = at.indexOf(' ', segment) + 1;
        int to = at.indexOf(' ', from) + 1;
        return new Place(
                at.substring(0, segment - 1),
                Integer.parseInt(at, segment, from - 1, 10),
                new ByteRange(Long.parseLong(at, from, to - 1, 10), Long.parseLong(at, to, at.length(), 10)));
    }

    /** {@code PO1 (segment 5)}; {@code Invoice/InvoiceLine[5]} of XML. */
    @Override
    public String toString() {
        return segmentId.contains("/") ? segmentId : "%s (segment %d)".formatted(segmentId, segment);
    }
}
