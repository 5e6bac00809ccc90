package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.fulfilment.Case;
import io.lonja.fulfilment.CaseDecisions;
import io.lonja.fulfilment.Cases;
import io.lonja.party.PartyId;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What does not fit between orders and what was said of them, seen by both sides. */
@Path("/cases")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.INTERCHANGES_READ)
public class CasesResource {

    private final Cases cases;
    private final Commands commands;
    private final Callers callers;

    CasesResource(Cases cases, Commands commands, Callers callers) {
        this.cases = cases;
        this.commands = commands;
        this.callers = callers;
    }

    record View(
            String id,
            String reason,
            String status,
            String buyer,
            String seller,
            @Nullable String order,
            @Nullable String line,
            String document,
            @Nullable String expected,
            @Nullable String found,
            @Nullable String difference,
            @Nullable String unit,
            String sentence,
            List<Because> because,
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable String closedBy,
            @Nullable String note) {

        static View of(Case known) {
            return new View(
                    known.id(),
                    known.reason().wireName(),
                    known.closedAt() == null ? "open" : "closed",
                    known.buyer().value(),
                    known.seller().value(),
                    known.order().isEmpty() ? null : known.order(),
                    known.line(),
                    known.document(),
                    known.expected(),
                    known.found(),
                    known.difference(),
                    known.unit(),
                    known.sentence(),
                    known.because().stream().map(Because::of).toList(),
                    known.openedAt(),
                    known.closedAt(),
                    known.closedBy(),
                    known.note());
        }
    }

    /** Why the case is settled. */
    record Close(@Nullable String reason) {}

    @GET
    public Page<View> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("partner") @Nullable String partner,
            @QueryParam("order") @Nullable String order,
            @BeanParam PageRequest page) {
        if (status != null && !status.equals("open") && !status.equals("closed")) {
            throw ProblemException.badParameter("status", "status is open or closed.");
        }
        Optional<String> after = page.after();
        if (after.filter(id -> !Cases.isId(id)).isPresent()) {
            throw PageRequest.unknownCursor();
        }
        Caller caller = callers.current();
        List<Case> found = cases.list(
                caller.isOperator() ? Optional.empty() : Optional.of(Own.party(caller)),
                Optional.ofNullable(partner).map(text -> Parameter.of("partner", text, PartyId::new, "a partner's id")),
                Optional.ofNullable(status).map("open"::equals),
                Optional.ofNullable(order),
                after,
                page.limit() + 1);
        return page.page(found.stream().map(View::of).toList(), View::id);
    }

    @POST
    @Path("/{id}/close")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.OPERATOR)
    public Response close(
            @PathParam("id") String id, @Nullable Close body, @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        Case known = cases.find(id).orElseThrow(() -> ProblemException.notFound("case " + id));
        Command command = Texts.read(
                "/reason",
                body == null ? null : body.reason(),
                reason -> CaseDecisions.close(callers.current().clientId(), key, known.id(), reason));
        return OutcomeResponse.of(commands.execute(command, Effect.Lane.BOOKS));
    }
}
