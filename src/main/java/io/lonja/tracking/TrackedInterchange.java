package io.lonja.tracking;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one receipt, as the API tells it.
 *
 * @param id the receipt's sequence
 * @param standard of the first interchange in it; {@code X12}, {@code EDIFACT}, {@code UBL}; null until it is read, and when it is none of them
 * @param controlNumber of the first interchange in it, as written
 * @param status {@code received}, {@code processing}, {@code applied}, {@code partly-applied}, {@code refused},
 *     {@code held}
 * @param duplicateOf the receipt whose content this one repeats; it is refused then, without being wrong
 * @param errors of envelopes and of what stands outside them
 * @param transactionSets of all interchanges in it, in wire order
 * @param acknowledgments what was answered, oldest first
 * @param timeline oldest first
 */
public record TrackedInterchange(
        String id,
        String partner,
        String channel,
        @Nullable String messageId,
        @Nullable String standard,
        @Nullable String controlNumber,
        Instant receivedAt,
        String status,
        @Nullable String duplicateOf,
        String sha256,
        List<Problem> errors,
        List<TrackedSet> transactionSets,
        List<Answer> acknowledgments,
        List<Event> timeline) {

    /**
     * @param verdict {@code accepted}, {@code accepted-with-errors}, {@code refused}
     * @param errors what the verdict rests on, and why a document of it is held
     * @param document its id, once it is registered
     */
    public record TrackedSet(
            String type,
            String controlNumber,
            String verdict,
            List<Problem> errors,
            @Nullable String document) {}

    /** What is wrong, and where: positions count from 1, 0 stands for the whole. */
    public record Problem(int segment, String segmentId, int element, int component, String code, String message) {}

    /**
     * @param id the delivery's
     * @param type {@code 997}, {@code TA1}
     * @param status {@code pending}, {@code sent}, {@code confirmed}, {@code overdue}, {@code abandoned}
     * @param at when it came to this state
     */
    public record Answer(String id, String type, String status, Instant at) {}

    /** @param event {@code received}, {@code read}, {@code mapped}, {@code acknowledged} … */
    public record Event(Instant at, String event, String detail) {}
}
