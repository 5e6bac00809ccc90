package io.lonja.partner;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.party.CodeKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of document exchanged with a partner.
 *
 * @param document the name in the document model: {@code purchase-order}
 * @param guide the folder under {@code schemas/}: {@code x12-004010-850}
 * @param acknowledgedWithin how long the partner may take to acknowledge an outbound document by a 997 or CONTRL; null
 *     where none is expected
 * @param route where an inbound document goes besides the books; null for nowhere
 * @param kept whether an inbound document takes effect together with the others of its interchange or not at all
 * @param refusedWhole whether one refused transaction set refuses the whole interchange of an inbound document
 * @param problemsRefused whether an inbound document with problems is refused, and its sender told, instead of held
 * @param codes kinds of codes that must have a row in the partner's tables, in the order of {@link CodeKind}: a document with
 *     another one is held, or waits to be written
 * @param completeWithin how long after the requested delivery an order may be open before it is overdue, in whole days; null
 *     where nothing is agreed
 * @param tolerances how far an inbound invoice may differ from order and despatch; null where nothing is agreed
 * @param cutOffs when outbound documents leave; null where each leaves when it is due
 * @param together how many outbound documents may stand in one interchange, at most {@value #TOGETHER_MAX}; 0 and 1 mean that
 *     each has its own
 */
public record Agreement(
        String document,
        Direction direction,
        String guide,
        AcknowledgmentPolicy acknowledge,
        @Nullable Duration acknowledgedWithin,
        @Nullable Route route,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean kept,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean refusedWhole,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean problemsRefused,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<CodeKind> codes,
        @Nullable Duration completeWithin,
        @Nullable Tolerances tolerances,
        @Nullable CutOffs cutOffs,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int together) {

    /** What we send says in its header which documents it holds, and a header is short. */
    public static final int TOGETHER_MAX = 100;

    @SuppressWarnings("ConstantValue") // Profiles of before have none.
    public Agreement {
        codes = codes == null ? List.of() : codes.stream().distinct().sorted().toList();
    }

    /** One that demands no codes, and says nothing of how an order ends. */
    public Agreement(
            String document,
            Direction direction,
            String guide,
            AcknowledgmentPolicy acknowledge,
            @Nullable Duration acknowledgedWithin,
            @Nullable Route route,
            boolean kept,
            boolean refusedWhole,
            boolean problemsRefused) {
        this(
                document,
                direction,
                guide,
                acknowledge,
                acknowledgedWithin,
                route,
                kept,
                refusedWhole,
                problemsRefused,
                List.of(),
                null,
                null,
                null,
                0);
    }

    /** Whom an inbound document is for. */
    public enum Route {
        /** The group orders of the sender's consortium. */
        CONSORTIUM,
        /** The other partner named in it, in the guide agreed with that one. */
        PARTNER,
        BOTH;

        public boolean toConsortium() {
            return this != PARTNER;
        }

        public boolean toPartner() {
            return this != CONSORTIUM;
        }
    }

    /** As the hub sees it. */
    public enum Direction {
        INBOUND,
        OUTBOUND
    }

    /** Whether the functional group that carries an inbound document is answered by a 997. */
    public enum AcknowledgmentPolicy {
        ALWAYS,
        NEVER
    }
}
