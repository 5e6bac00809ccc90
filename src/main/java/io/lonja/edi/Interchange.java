package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.List;

/**
 * From ISA to IEA, or from UNB to UNZ.
 *
 * @param acknowledgments TA1 segments in it: what the sender says of interchanges it received from us, in wire order
 * @param errors of the envelope itself; any that is {@link SyntaxError#fatal fatal} refuses the whole interchange
 * @param bytes in the payload
 */
public record Interchange(
        Envelope envelope,
        Delimiters delimiters,
        List<FunctionalGroup> groups,
        List<Segment> acknowledgments,
        List<SyntaxError> errors,
        ByteRange bytes) {

    /** TA105 of an interchange without fault. */
    public static final String NOTE_RECEIVED = "000";

    /** TA105 of an interchange that is refused for no reason that has a code of its own. */
    public static final String NOTE_CONTENT_INVALID = "024";

    /** TA105 of an interchange that was received before. */
    public static final String NOTE_DUPLICATE = "025";

    /** No transaction set of it counts: TA1 with R, CONTRL with 4. */
    public boolean refused() {
        return errors.stream().anyMatch(SyntaxError::fatal);
    }

    /** TA105: the code of the first error that refuses it, else of the first that has one, else {@code 000}. */
    public String noteCode() {
        return errors.stream()
                .filter(error -> !error.code().noteCode().isEmpty())
                .min((one, other) -> Boolean.compare(other.fatal(), one.fatal()))
                .map(error -> error.code().noteCode())
                .orElse(refused() ? NOTE_CONTENT_INVALID : NOTE_RECEIVED);
    }

    /** Whether it carries nothing but acknowledgments, which nobody acknowledges. */
    public boolean acknowledgesOnly() {
        return groups.stream().allMatch(FunctionalGroup::acknowledgment)
                && (!groups.isEmpty() || !acknowledgments.isEmpty());
    }
}
