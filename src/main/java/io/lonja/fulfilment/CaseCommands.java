package io.lonja.fulfilment;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.fulfilment.CaseDecisions.Closed;
import java.util.Map;
import java.util.Optional;

/** Lets what an operator says about cases take effect. */
final class CaseCommands implements Effect {

    private static final int STEP = 50;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Cases cases;
    private final DuplicateInvoices duplicates;
    private final Commands.Outcomes outcomes;

    CaseCommands(Cases cases, DuplicateInvoices duplicates, Commands.Outcomes outcomes) {
        this.cases = cases;
        this.duplicates = duplicates;
        this.outcomes = outcomes;
    }

    @Override
    public Lane lane() {
        return Lane.BOOKS;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(CaseDecisions.CLOSED);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        Closed decision = CanonicalJson.read(payload, Closed.class);
        Optional<Case> found = cases.find(decision.id());
        if (found.isEmpty()) {
            outcomes.refuse(entry, NOT_FOUND, "not-found", "There is no case %s.".formatted(decision.id()));
            return;
        }
        Case known = found.get();
        if (!cases.close(cases.key(known), Cases.BY_OPERATOR, decision.reason(), entry.arrivedAt())) {
            outcomes.refuse(
                    entry,
                    CONFLICT,
                    "case-closed",
                    "Case %s was closed on %s already.".formatted(known.id(), known.closedAt()));
            return;
        }
        if (known.reason() == Reason.DUPLICATE_SUSPECTED) {
            duplicates.settled(known, entry.arrivedAt());
        }
        outcomes.record(
                entry,
                OK,
                CanonicalJson.write(Map.of(
                        "id", known.id(),
                        "status", Cases.CLOSED,
                        "closedAt", entry.arrivedAt().toString(),
                        "closedBy", Cases.BY_OPERATOR,
                        "note", decision.reason())));
    }
}
