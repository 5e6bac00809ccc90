package io.lonja.edi;

import java.util.ArrayList;
import java.util.List;

/** Keeps everything that it is told of, for payloads that fit into memory. */
final class CollectedReading implements ReadingVisitor {

    private final boolean content;
    private Standard standard = Standard.X12;
    private final List<Interchange> interchanges = new ArrayList<>();
    private final List<SyntaxError> errors = new ArrayList<>();
    private List<FunctionalGroup> groups = new ArrayList<>();
    private List<TransactionSet> sets = new ArrayList<>();

    CollectedReading() {
        this(true);
    }

    private CollectedReading(boolean content) {
        this.content = content;
    }

    /** Keeps of each transaction set its header and what became of it. */
    static CollectedReading ofVerdicts() {
        return new CollectedReading(false);
    }

    Reading reading() {
        return new Reading(List.copyOf(interchanges), List.copyOf(errors));
    }

    @Override
    public void beginInterchange(Interchange interchange) {
        standard = interchange.envelope().standard();
        groups = new ArrayList<>();
    }

    @Override
    public void beginGroup(FunctionalGroup group) {
        sets = new ArrayList<>();
    }

    @Override
    public void transactionSet(TransactionSet set) {
        sets.add(content ? set : set.withHeaderOnly());
    }

    @Override
    public void endGroup(FunctionalGroup group) {
        groups.add(group.with(group.refused() ? refused(sets, ErrorCode.GROUP_REFUSED) : sets));
    }

    @Override
    public void endInterchange(Interchange interchange) {
        interchanges.add(interchange.with(
                interchange.refused()
                        ? groups.stream()
                                .map(group ->
                                        group.with(refused(group.transactionSets(), ErrorCode.INTERCHANGE_REFUSED)))
                                .toList()
                        : groups));
    }

    private List<TransactionSet> refused(List<TransactionSet> all, ErrorCode because) {
        return all.stream().map(set -> set.refused(standard, because)).toList();
    }

    @Override
    public void outside(SyntaxError error) {
        errors.add(error);
    }
}
