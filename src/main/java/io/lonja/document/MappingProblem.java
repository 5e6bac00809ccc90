package io.lonja.document;

import io.lonja.archive.ByteRange;
import org.jspecify.annotations.Nullable;

/**
 * Why a readable transaction set is held instead of booked, and where to look.
 *
 * @param code stable name for programs: {@code total-differs}, {@code party-unknown} …
 * @param sentence for a person: what, where and what to do next
 * @param segmentId tag of the segment at fault
 * @param segment its position in the transaction set, counted from 1 at ST or UNH; 0 for the set as a whole
 * @param bytes of that segment in the payload
 * @param stated what the source says, as written, where two values differ
 * @param computed what the rest of the document amounts to
 */
public record MappingProblem(
        String code,
        String sentence,
        String segmentId,
        int segment,
        ByteRange bytes,
        @Nullable String stated,
        @Nullable String computed) {

    /** Nothing is wrong with the document: another one is held, and their interchange takes effect as a whole. */
    public static final String HELD_TOGETHER = "held-with-interchange";

    /** A problem that is not a difference of two values. */
    public static MappingProblem of(String code, String sentence, String segmentId, int segment, ByteRange bytes) {
        return new MappingProblem(code, sentence, segmentId, segment, bytes, null, null);
    }
}
