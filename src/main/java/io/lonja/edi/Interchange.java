package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.List;
import java.util.Optional;

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

    /** UCI 0085 of an interchange that is refused for no reason that has a code of its own. */
    private static final String UNSPECIFIED_ERROR = "18";

    /** UCI 0085 of an interchange that was received before. */
    private static final String DUPLICATE_DETECTED = "26";

    Interchange with(List<FunctionalGroup> content) {
        return new Interchange(envelope, delimiters, List.copyOf(content), acknowledgments, errors, bytes);
    }

    /** The same under another sender. */
    Interchange sentBy(WireParty sender) {
        Envelope other = new Envelope(
                envelope.standard(),
                sender,
                envelope.receiver(),
                envelope.controlNumber(),
                envelope.version(),
                envelope.date(),
                envelope.time(),
                envelope.test(),
                envelope.acknowledgmentRequested());
        return new Interchange(other, delimiters, groups, acknowledgments, errors, bytes);
    }

    /** No transaction set of it counts: TA1 with R, CONTRL with 4. */
    public boolean refused() {
        return errors.stream().anyMatch(SyntaxError::fatal);
    }

    /**
     * TA105: the code of the first error that refuses it, else of the first that has one, else {@code 000}. In EDIFACT
     * UCI 0085: the code of the first error that refuses it, else empty.
     */
    public String noteCode() {
        if (envelope.standard() == Standard.EDIFACT) {
            return refusal().map(error -> error.code().edifactCode()).orElse(refused() ? UNSPECIFIED_ERROR : "");
        }
        return errors.stream()
                .filter(error -> !error.code().noteCode().isEmpty())
                .min((one, other) -> Boolean.compare(other.fatal(), one.fatal()))
                .map(error -> error.code().noteCode())
                .orElse(refused() ? NOTE_CONTENT_INVALID : NOTE_RECEIVED);
    }

    /** {@link #noteCode} of the same interchange when it comes again. */
    public String duplicateCode() {
        return envelope.standard() == Standard.EDIFACT ? DUPLICATE_DETECTED : NOTE_DUPLICATE;
    }

    /** What a CONTRL names as the reason of a refusal: the first fatal error that has a code. */
    Optional<SyntaxError> refusal() {
        return errors.stream()
                .filter(error -> error.fatal() && !error.code().edifactCode().isEmpty())
                .findFirst();
    }

    /** Whether it carries nothing but acknowledgments, which nobody acknowledges. */
    public boolean acknowledgesOnly() {
        return groups.stream().allMatch(FunctionalGroup::acknowledgment)
                && (!groups.isEmpty() || !acknowledgments.isEmpty());
    }
}
