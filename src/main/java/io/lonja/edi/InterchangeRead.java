package io.lonja.edi;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.archive.ByteRange;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fact that a receipt was read: what was found, judged and decided. Its {@code ABOUT} attribute and {@link #receipt}
 * name the receipt, whose payload the byte ranges are in.
 *
 * @param receipt sequence of the evidence that was read
 * @param partner who transmitted it
 * @param interchanges in wire order; empty when the payload is not EDI
 * @param faults of what stands outside every interchange: not EDI at all, junk before, between or after
 * @param sequential whether the partner counts its interchanges upwards by one, as was agreed then
 * @param x12CharacterSet what bytes beyond ASCII in X12 were read by, as was agreed then; null for UTF-8
 * @param advicesRead whether what its 824 and APERAK say stands in facts of their own; earlier archives have none
 */
public record InterchangeRead(
        long receipt,
        String partner,
        List<Decided> interchanges,
        List<Fault> faults,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean sequential,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String x12CharacterSet,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean advicesRead) {

    public static final EntryType TYPE = EntryType.fact("interchange-read");

    /** How its payload is to be read to find in it what was judged. */
    public ReadingManner manner() {
        Set<GuideId> guides = interchanges.stream()
                .flatMap(decided -> decided.transactionSets().stream())
                .flatMap(judged -> Stream.ofNullable(judged.guide()))
                .map(GuideId::new)
                .collect(Collectors.toSet());
        return new ReadingManner(
                guides, false, x12CharacterSet == null ? StandardCharsets.UTF_8 : Charset.forName(x12CharacterSet));
    }

    /** Whether anything of it goes on to be mapped. */
    public boolean somethingAccepted() {
        return interchanges.stream()
                .anyMatch(interchange -> interchange.decision() == Decision.NEW
                        && interchange.transactionSets().stream().anyMatch(Judged::accepted));
    }

    /**
     * One interchange and what was decided about it.
     *
     * @param ordinal counted from 0 in the payload, the same as in {@link Reading#interchanges}
     * @param digest SHA-256 of its bytes, hexadecimal; equal digests are the same content
     * @param first for a duplicate or a conflict the receipt that came first with this control number, else null
     * @param faults of the envelope
     * @param transactionSets of all functional groups, in wire order
     */
    public record Decided(
            int ordinal,
            Standard standard,
            WireParty sender,
            WireParty receiver,
            String controlNumber,
            String version,
            boolean test,
            Decision decision,
            String digest,
            @Nullable Long first,
            ByteRange bytes,
            List<Fault> faults,
            List<Judged> transactionSets) {

        /** The content's identity. */
        public Sha256 contentDigest() {
            return Sha256.fromHex(digest);
        }
    }

    /** What becomes of an interchange. */
    public enum Decision {
        /** Its accepted transaction sets count. */
        NEW,
        /** The same content under the same control number counted before: no effect. */
        DUPLICATE,
        /** Other content under a control number that counted before: held, with an alarm. */
        CONFLICT,
        /** Nothing of it counts; it does not block a corrected retry. */
        REFUSED;

        /** {@code duplicate}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A transaction set and its verdict.
     *
     * @param ordinal counted from 0 over all functional groups of its interchange
     * @param type ST01: {@code 850}
     * @param group GS06 of its functional group
     * @param guide that judged it; null when none is known for its type and version
     */
    public record Judged(
            int ordinal,
            String type,
            String controlNumber,
            String group,
            @Nullable String guide,
            Result verdict,
            List<Fault> faults,
            ByteRange bytes) {

        public boolean accepted() {
            return verdict != Result.REFUSED;
        }
    }

    /** {@link Verdict} as a fact keeps it. */
    public enum Result {
        ACCEPTED,
        ACCEPTED_WITH_ERRORS,
        REFUSED;

        /** {@code accepted-with-errors}, as the API spells it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * {@link SyntaxError} as a fact keeps it: with the sentence that it had then.
     *
     * @param code the name of the {@link ErrorCode} in lower case with hyphens: {@code not-edi}
     */
    public record Fault(
            int segment, String segmentId, int element, int component, String code, String message, ByteRange bytes) {

        static Fault of(SyntaxError error) {
            return new Fault(
                    error.segment(),
                    error.segmentId(),
                    error.element(),
                    error.component(),
                    error.code().wireName(),
                    error.sentence(),
                    error.bytes());
        }
    }
}
