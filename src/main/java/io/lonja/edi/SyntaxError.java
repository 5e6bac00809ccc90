package io.lonja.edi;

import io.lonja.archive.ByteRange;

/**
 * One thing that is wrong, and where.
 *
 * @param segment position counted from 1 at ST or UNH; 0 where it lies outside a transaction set
 * @param segmentId tag; for a missing segment the tag that was expected; empty where there is none
 * @param element counted from 1 after the tag; 0 for the segment as a whole
 * @param component counted from 1; 0 where the element is not a composite
 * @param found the text at fault, at most 99 characters; empty when something is missing
 * @param bytes where to look in the payload; an empty range at the place where something is missing
 */
public record SyntaxError(
        int segment, String segmentId, int element, int component, ErrorCode code, String found, ByteRange bytes) {

    public boolean fatal() {
        return code.fatal();
    }

    /** What, where and what to do next, for a person: one sentence without the payload around it. */
    public String sentence() {
        return code.sentence(this);
    }
}
