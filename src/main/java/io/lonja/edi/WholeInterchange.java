package io.lonja.edi;

import java.util.List;
import java.util.Set;

/** Where it is agreed that one refused transaction set refuses the interchange: none of its documents counts then. */
final class WholeInterchange {

    private WholeInterchange() {}

    /**
     * The interchange as it is to be judged. With a refused transaction set or group, and a document under one of these
     * guides, everything else in it is {@link ErrorCode#SET_ASIDE}; what only acknowledges stays as it is, since it says
     * nothing about the documents beside it.
     */
    static Interchange of(Interchange found, Set<GuideId> agreed) {
        List<FunctionalGroup> documents =
                found.groups().stream().filter(group -> !group.acknowledgment()).toList();
        boolean whole = documents.stream()
                .flatMap(group -> group.transactionSets().stream())
                .map(TransactionSet::guide)
                .anyMatch(guide -> guide != null && agreed.contains(guide));
        boolean refused = documents.stream()
                .anyMatch(group ->
                        group.refused() || group.transactionSets().stream().anyMatch(WholeInterchange::refused));
        if (!whole || !refused || found.refused()) {
            return found;
        }
        Standard standard = found.envelope().standard();
        return found.with(found.groups().stream()
                .map(group -> group.acknowledgment() ? group : setAside(standard, group))
                .toList());
    }

    /** Whether good transaction sets of it were set aside. */
    static boolean setAside(Interchange interchange) {
        return interchange.groups().stream()
                .flatMap(group -> group.transactionSets().stream())
                .anyMatch(WholeInterchange::setAside);
    }

    /** Whether it has no fault of its own that refuses it. */
    static boolean setAside(TransactionSet set) {
        return set.verdict().errors().stream().anyMatch(error -> error.code() == ErrorCode.SET_ASIDE);
    }

    private static FunctionalGroup setAside(Standard standard, FunctionalGroup group) {
        return group.with(group.transactionSets().stream()
                .map(set -> refused(set) ? set : set.refused(standard, ErrorCode.SET_ASIDE))
                .toList());
    }

    private static boolean refused(TransactionSet set) {
        return set.verdict() instanceof Verdict.Refused;
    }
}
