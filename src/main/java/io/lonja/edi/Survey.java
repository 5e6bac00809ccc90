package io.lonja.edi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a payload, from one reading of it: how much of what came, and all about those interchanges and groups
 * that have errors. It does not grow with what has none.
 */
final class Survey implements ReadingVisitor {

    private final Map<Integer, Interchange> faultyInterchanges = new HashMap<>();
    private final Map<Integer, FunctionalGroup> faultyGroups = new HashMap<>();
    private final List<SyntaxError> outside = new ArrayList<>();
    private int interchanges;
    private int refusedInterchanges;
    private int groups;
    private boolean faultyInside;
    private long sets;
    private long refusedSets;
    private long setsBeforeInterchange;
    private long setsBeforeGroup;
    private long refusedBeforeInterchange;
    private long refusedBeforeGroup;

    @Override
    public void beginInterchange(Interchange interchange) {
        setsBeforeInterchange = sets;
        refusedBeforeInterchange = refusedSets;
    }

    @Override
    public void beginGroup(FunctionalGroup group) {
        setsBeforeGroup = sets;
        refusedBeforeGroup = refusedSets;
    }

    @Override
    public void transactionSet(TransactionSet set) {
        sets++;
        refusedSets += set.verdict() instanceof Verdict.Refused ? 1 : 0;
        faultyInside |= !(set.verdict() instanceof Verdict.Accepted);
    }

    @Override
    public void endGroup(FunctionalGroup group) {
        if (!group.errors().isEmpty()) {
            faultyGroups.put(groups, group);
        }
        if (group.refused()) {
            refusedSets = refusedBeforeGroup + sets - setsBeforeGroup;
        }
        groups++;
    }

    @Override
    public void endInterchange(Interchange interchange) {
        if (!interchange.errors().isEmpty()) {
            faultyInterchanges.put(interchanges, interchange);
        }
        if (interchange.refused()) {
            refusedInterchanges++;
            refusedSets = refusedBeforeInterchange + sets - setsBeforeInterchange;
        }
        interchanges++;
    }

    @Override
    public void outside(SyntaxError error) {
        outside.add(error);
    }

    /** The interchange (counted from 0) as it is at its end, when the reading knew only this of it so far. */
    Interchange settled(int interchange, Interchange begun) {
        return faultyInterchanges.getOrDefault(interchange, begun);
    }

    /** The group (counted from 0 over all interchanges) as it is at its end. */
    FunctionalGroup settled(int group, FunctionalGroup begun) {
        return faultyGroups.getOrDefault(group, begun);
    }

    List<SyntaxError> outside() {
        return outside;
    }

    boolean nothing() {
        return interchanges == 0;
    }

    boolean refused() {
        return refusedInterchanges == interchanges || sets > 0 && refusedSets == sets;
    }

    boolean partlyRefused() {
        return refusedInterchanges > 0 || refusedSets > 0;
    }

    boolean clean() {
        return !faultyInside && outside.isEmpty() && faultyInterchanges.isEmpty() && faultyGroups.isEmpty();
    }
}
