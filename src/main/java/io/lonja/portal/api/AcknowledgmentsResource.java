package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.delivery.AwaitedProof;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.edi.AcknowledgmentState;
import io.lonja.edi.AwaitedAcknowledgments;
import io.lonja.party.PartyId;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Acknowledgments that are owed, by partners and by the hub, those that came, and what partners advise beside them. */
@Path("/acknowledgments")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.INTERCHANGES_READ)
public class AcknowledgmentsResource {

    private static final String RECEIVED = "received";
    private static final Set<String> STATES = Set.of("expected", RECEIVED, "overdue");
    private static final Set<String> OURS = Set.of("997", "999", "TA1", "CONTRL", "824", "APERAK", "mdn");
    private static final String MDN = "mdn";

    /** Of one delivery an MDN and an acknowledgment can be due and an advice can come, in this order. */
    private static final int PLACES = 3;

    private static final int PROOF = 0;
    private static final int ACKNOWLEDGMENT = 1;
    private static final int ADVICE = 2;

    private final Deliveries deliveries;
    private final AwaitedAcknowledgments acknowledgments;
    private final Callers callers;

    AcknowledgmentsResource(Deliveries deliveries, AwaitedAcknowledgments acknowledgments, Callers callers) {
        this.deliveries = deliveries;
        this.acknowledgments = acknowledgments;
        this.callers = callers;
    }

    /**
     * One acknowledgment.
     *
     * @param owedBy {@code partner} or {@code hub}
     * @param type {@code 997}, {@code 824}; absent while a partner may choose
     * @param delivery of what is acknowledged, or of the acknowledgment where the hub owes it
     * @param of what is acknowledged: {@code 810}; absent where the hub owes it
     * @param interchange that holds it when it came; where the hub owes it, the one that it answers
     */
    record View(
            String partner,
            String owedBy,
            @Nullable String type,
            String status,
            String delivery,
            @Nullable String of,
            @Nullable String interchange,
            @Nullable Instant expectedBy,
            @Nullable String verdict,
            @Nullable Instant at,
            @Nullable String reasons) {}

    /** With its place in the list. */
    private record Placed(long place, View view) {}

    @GET
    public Page<View> list(@QueryParam("status") @Nullable String status, @BeanParam PageRequest page) {
        if (status != null && !STATES.contains(status)) {
            throw ProblemException.badParameter("status", "status is expected, received or overdue.");
        }
        Caller caller = callers.current();
        PartyId party = caller.isOperator() ? null : caller.party().orElseThrow(Parameter::nothingToSee);
        long after = page.afterNumber().orElse(-1L);
        int limit = page.limit() + 1;
        List<Placed> found = new ArrayList<>();
        deliveries.awaitedProofs(party, status, before(after, PROOF), limit).forEach(proof -> found.add(of(proof)));
        acknowledgments
                .list(party == null ? null : party.value(), status, before(after, ACKNOWLEDGMENT), limit)
                .forEach(state -> found.add(of(state, ACKNOWLEDGMENT)));
        if (status == null || status.equals(RECEIVED)) {
            acknowledgments
                    .listAdvised(party == null ? null : party.value(), before(after, ADVICE), limit)
                    .forEach(state -> found.add(of(state, ADVICE)));
        }
        deliveries
                .list(party, OURS, status, before(after, ACKNOWLEDGMENT), limit)
                .forEach(delivery -> found.add(of(delivery)));
        Page<Placed> placed = page.page(
                found.stream()
                        .sorted(Comparator.comparingLong(Placed::place))
                        .limit(limit)
                        .toList(),
                Placed::place);
        return new Page<>(placed.items().stream().map(Placed::view).toList(), placed.next());
    }

    /** The last delivery whose acknowledgment of this kind does not stand behind the cursor any more. */
    private static long before(long after, int kind) {
        return Math.floorDiv(after - kind, (long) PLACES);
    }

    private static Placed of(AwaitedProof proof) {
        Delivery.Owed owed = proof.delivery().owed();
        return new Placed(
                owed.id().sequence() * PLACES + PROOF,
                new View(
                        owed.to().value(),
                        "partner",
                        MDN,
                        proof.status(),
                        owed.id().toString(),
                        owed.kind(),
                        null,
                        proof.delivery().open() ? proof.by() : null,
                        null,
                        proof.delivery().open() ? null : proof.delivery().at(),
                        null));
    }

    private static Placed of(AcknowledgmentState state, int kind) {
        return new Placed(
                state.interchange().sequence() * PLACES + kind,
                new View(
                        state.partner(),
                        "partner",
                        state.by(),
                        state.status(),
                        state.interchange().toString(),
                        state.kind(),
                        state.receipt() == null ? null : state.receipt().toString(),
                        state.expectedBy(),
                        state.verdict(),
                        state.at(),
                        state.reasons()));
    }

    private static Placed of(Delivery delivery) {
        Delivery.Owed owed = delivery.owed();
        String status = delivery instanceof Delivery.Confirmed
                ? RECEIVED
                : delivery instanceof Delivery.Overdue ? "overdue" : "expected";
        return new Placed(
                owed.id().sequence() * PLACES + ACKNOWLEDGMENT,
                new View(
                        owed.to().value(),
                        "hub",
                        owed.kind(),
                        status,
                        owed.id().toString(),
                        null,
                        owed.about() == null ? null : owed.about().toString(),
                        null,
                        null,
                        status.equals(RECEIVED) ? delivery.at() : null,
                        null));
    }
}
