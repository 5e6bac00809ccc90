package io.lonja.document;

import io.lonja.archive.Sha256;
import io.lonja.document.MappedInterchange.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Documents of an interchange that take effect together or not at all: what the books have against one of them holds the
 * others as well.
 */
final class TakingEffectTogether {

    private TakingEffectTogether() {}

    /**
     * The same outcomes in the same order, with what holds them.
     *
     * @param conflicts whether a document of the same name and other content is booked
     */
    static List<Outcome> of(List<Outcome> mapped, Predicate<Outcome> conflicts) {
        List<Outcome> outcomes = withoutNamesakes(mapped);
        Set<Integer> held = new HashSet<>();
        for (Outcome outcome : outcomes) {
            if (outcome.together() != null
                    && !outcome.test()
                    && (!outcome.problems().isEmpty() || conflicts.test(outcome))) {
                held.add(outcome.together());
            }
        }
        return outcomes.stream()
                .map(outcome -> outcome.together() != null
                                && held.contains(outcome.together())
                                && outcome.problems().isEmpty()
                                && !conflicts.test(outcome)
                        ? outcome.heldTogether()
                        : outcome)
                .toList();
    }

    /** Of two with one name and other content in one interchange, the second one has a problem: nobody knows which holds. */
    private static List<Outcome> withoutNamesakes(List<Outcome> mapped) {
        List<Outcome> outcomes = new ArrayList<>();
        Map<List<Object>, Sha256> named = new HashMap<>();
        for (Outcome outcome : mapped) {
            BusinessDocument content = outcome.content();
            if (outcome.together() == null || content == null || outcome.type().answers()) {
                outcomes.add(outcome);
                continue;
            }
            Sha256 digest = content.contentDigest();
            Sha256 beside = named.putIfAbsent(
                    List.of(
                            outcome.together(),
                            content.type(),
                            content.number(),
                            content.date(),
                            content.within(),
                            Optional.ofNullable(
                                    content.type() == DocumentType.REQUEST_FOR_QUOTATION ? outcome.seller() : null)),
                    digest);
            outcomes.add(
                    beside == null || beside.equals(digest)
                            ? outcome
                            : outcome.with(MappingProblem.of(
                                    "document-twice",
                                    "%s stands twice in interchange %s, with different content; ask %s which one holds, and to send the interchange again without the other."
                                            .formatted(content.title(), outcome.interchange(), outcome.sender()),
                                    "",
                                    0,
                                    outcome.bytes())));
        }
        return outcomes;
    }
}
