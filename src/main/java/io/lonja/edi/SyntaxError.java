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
 * @param expectation what should have stood there
 * @param bytes where to look in the payload; an empty range at the place where something is missing
 */
public record SyntaxError(
        int segment,
        String segmentId,
        int element,
        int component,
        ErrorCode code,
        String found,
        Expectation expectation,
        ByteRange bytes) {

    /** Longest text that {@link #found} repeats, as AK404 allows. */
    public static final int FOUND_CHARACTERS_MAX = 99;

    public boolean fatal() {
        return code.fatal();
    }

    SyntaxError agreedIn(GuideId overlay) {
        return new SyntaxError(
                segment, segmentId, element, component, code, found, expectation.agreedIn(overlay), bytes);
    }

    /** What, where and what to do next, for a person: one sentence without the payload around it. */
    public String sentence() {
        return code.sentence(this);
    }

    /** {@code BEG03}, {@code DTM01-2}; the tag alone where the element is 0. */
    static String place(String tag, int element, int component) {
        StringBuilder place = new StringBuilder(tag);
        if (element > 0) {
            place.append(element < 10 ? "0" : "").append(element);
            if (component > 0) {
                place.append('-').append(component);
            }
        }
        return place.toString();
    }

    /** {@code BEG03 (Purchase Order Number) in segment 2}. */
    String place() {
        StringBuilder place = new StringBuilder(
                place(segmentId.isEmpty() ? Phrase.THE_SEGMENT.say() : segmentId, element, component));
        if (!expectation.name().isEmpty()) {
            place.append(" (").append(expectation.name()).append(')');
        }
        if (code.ofXml()) {
            return place.toString();
        }
        if (segment == 0) {
            return Phrase.AT_BYTE.say(place, bytes.from());
        }
        return code == ErrorCode.MANDATORY_SEGMENT_MISSING
                ? Phrase.BEFORE_SEGMENT.say(place, segment)
                : Phrase.IN_SEGMENT.say(place, segment);
    }
}
