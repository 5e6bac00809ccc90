package io.lonja.commission;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.document.MappedInterchange;
import io.lonja.document.MappedInterchange.Outcome;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.document.RegisteredDocument;
import io.lonja.document.RegisteredDocument.State;
import io.lonja.party.PartyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The documents that could count by what their facts say, and that the books held all the same: suspected, in conflict with
 * an earlier one, or held with their interchange. Facts do not tell that, so the bundle does, on the hub's word:
 *
 * <pre>
 * [{"document":"57-1","fact":"58","reason":"duplicate-suspected"}]
 * </pre>
 */
final class HeldDocuments {

    static final String FILE = "held.json";

    /** Another document of its name counts, with other content. */
    private static final String CONFLICT = "document-conflict";

    /** It was released, or mapped again, since. */
    private static final String DECIDED = "decided-since";

    private final PartyId supplier;
    private final Map<String, RegisteredDocument> bills;
    private final Set<String> counted;
    private final List<Map<String, Object>> held = new ArrayList<>();

    /**
     * @param bills as they are registered now
     * @param counted places in facts, {@code 58-0}, of the documents that count by them
     */
    HeldDocuments(PartyId supplier, List<RegisteredDocument> bills, Set<String> counted) {
        this.supplier = supplier;
        this.bills = bills.stream().collect(Collectors.toMap(RegisteredDocument::id, Function.identity()));
        this.counted = counted;
    }

    /** Takes those that this fact did not make count. */
    void add(EntryId fact, MappedInterchange mapped) {
        for (Outcome outcome : mapped.documents()) {
            String id = RegisteredDocument.idOf(mapped.receipt(), outcome.ordinal());
            if (couldCount(outcome) && !counted.contains(fact + "-" + outcome.ordinal())) {
                String reason = reason(fact, bills.get(id));
                if (reason != null) {
                    held.add(new TreeMap<>(Map.of("document", id, "fact", fact.toString(), "reason", reason)));
                }
            }
        }
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    byte[] json() {
        return CanonicalJson.write(held);
    }

    private boolean couldCount(Outcome outcome) {
        return outcome.content() instanceof PricedDocument content
                && CountedLine.counts(content)
                && !content.lines().isEmpty()
                && !outcome.test()
                && outcome.problems().isEmpty()
                && outcome.buyer() != null
                && supplier.equals(outcome.seller());
    }

    /** @param bill null where what maps it again stands in the register by now */
    private static @Nullable String reason(EntryId fact, @Nullable RegisteredDocument bill) {
        if (bill == null || !bill.fact().equals(fact) || bill.state() == State.BOOKED) {
            return DECIDED;
        }
        if (bill.state() != State.HELD) {
            return null; // A repeat is told by the one that counts.
        }
        return bill.problems().stream().map(MappingProblem::code).findFirst().orElse(CONFLICT);
    }

    /** The reasons, by {@link #place}; empty for a bundle without any. */
    static Map<String, String> in(BundleFiles bundle) {
        Map<String, String> reasons = new HashMap<>();
        if (bundle.files().containsKey(FILE)) {
            for (JsonNode document : bundle.json(FILE)) {
                EntryId fact =
                        new EntryId(Long.parseLong(document.required("fact").asText()));
                reasons.put(
                        place(fact, document.required("document").asText()),
                        document.required("reason").asText());
            }
        }
        return reasons;
    }

    /** {@code 57-1 of entry 58}. */
    static String place(EntryId fact, String document) {
        return "%s of entry %s".formatted(document, fact);
    }
}
