package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.archive.ByteRange;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import io.lonja.party.CodeKind;
import io.lonja.party.PartyId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The fact that a receipt was mapped: what its accepted transaction sets say, and what keeps some of them from
 * counting. There is one per receipt, also when nothing in it was accepted, and one more for each time an operator has what is
 * held of it mapped again.
 *
 * @param receipt the evidence that was read
 * @param engine name and version of the mapper
 * @param documents one per accepted transaction set of a new interchange, in wire order
 */
public record MappedInterchange(EntryId receipt, String engine, List<Outcome> documents) {

    public static final EntryType MAPPED = EntryType.fact("interchange-mapped");

    /** The attribute of a fact that maps what was held anew: the command that wanted it. */
    public static final String REPLAY = "replay";

    /**
     * What became of one transaction set.
     *
     * @param ordinal counted from 0 in the payload; document ids derive from it
     * @param interchange control number of the interchange, as written
     * @param controlNumber of the transaction set, as written
     * @param guide the folder under {@code schemas/}
     * @param guideDigest of the structure that judged it
     * @param mappingDigest of the files that mapped it
     * @param test the interchange says it is a test
     * @param sender whose document it is
     * @param buyer who orders or is invoiced, where known
     * @param seller the supplier, where known
     * @param bytes from the set's header to its trailer, in the payload
     * @param type what the guide is for
     * @param content absent when the set does not say enough to make a document of it; there are problems then
     * @param problems any holds the document: it is registered, not booked; or refuses it
     * @param together which interchange of the payload, counted from 0, takes effect as a whole; null where each of its
     *     documents does by itself
     * @param refused its problems refuse it for good, and the sender is told so by an 824 or APERAK archived with this
     * @param codes of the wire that stand otherwise in the content, by the sender's tables: {@code buyer-item:4711} and what
     *     we call it
     */
    public record Outcome(
            int ordinal,
            String interchange,
            String controlNumber,
            String guide,
            Sha256 guideDigest,
            Sha256 mappingDigest,
            boolean test,
            PartyId sender,
            @Nullable PartyId buyer,
            @Nullable PartyId seller,
            ByteRange bytes,
            DocumentType type,
            @Nullable BusinessDocument content,
            List<MappingProblem> problems,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer together,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean refused,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<CodeKind, SortedMap<String, String>> codes) {

        @SuppressWarnings("ConstantValue") // Facts of before have none.
        public Outcome {
            codes = codes == null ? Collections.emptySortedMap() : codes;
        }

        /** Without codes that are called otherwise. */
        public Outcome(
                int ordinal,
                String interchange,
                String controlNumber,
                String guide,
                Sha256 guideDigest,
                Sha256 mappingDigest,
                boolean test,
                PartyId sender,
                @Nullable PartyId buyer,
                @Nullable PartyId seller,
                ByteRange bytes,
                DocumentType type,
                @Nullable BusinessDocument content,
                List<MappingProblem> problems,
                @Nullable Integer together,
                boolean refused) {
            this(
                    ordinal,
                    interchange,
                    controlNumber,
                    guide,
                    guideDigest,
                    mappingDigest,
                    test,
                    sender,
                    buyer,
                    seller,
                    bytes,
                    type,
                    content,
                    problems,
                    together,
                    refused,
                    Collections.emptySortedMap());
        }

        /** The same, held by this problem as well. */
        public Outcome with(MappingProblem problem) {
            List<MappingProblem> all = new ArrayList<>(problems);
            all.add(problem);
            return with(all, refused);
        }

        /** The same, refused for its problems. */
        public Outcome refusedForGood() {
            return with(problems, true);
        }

        private Outcome with(List<MappingProblem> all, boolean refusedNow) {
            return new Outcome(
                    ordinal,
                    interchange,
                    controlNumber,
                    guide,
                    guideDigest,
                    mappingDigest,
                    test,
                    sender,
                    buyer,
                    seller,
                    bytes,
                    type,
                    content,
                    List.copyOf(all),
                    together,
                    refusedNow,
                    codes);
        }

        /** The same, held because another document of its interchange is. */
        public Outcome heldTogether() {
            return with(MappingProblem.of(
                    MappingProblem.HELD_TOGETHER,
                    "Another document of interchange %s is held and it is agreed that all of them take effect together; this one counts when the whole interchange does."
                            .formatted(interchange),
                    "",
                    0,
                    bytes));
        }
    }
}
