package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.money.Money;
import io.lonja.opportunity.ForecastCategory;
import io.lonja.opportunity.Opportunities;
import io.lonja.opportunity.Opportunity;
import io.lonja.party.PartyId;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Orders on their way to an invoice, seen by their two sides. */
@Path("/opportunities")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.OPPORTUNITIES_READ)
public class OpportunitiesResource {

    private final Opportunities opportunities;
    private final Callers callers;

    OpportunitiesResource(Opportunities opportunities, Callers callers) {
        this.opportunities = opportunities;
        this.callers = callers;
    }

    record Measured(String value, long invoiced, long orders) {}

    record OpportunityView(
            String id,
            String supplier,
            String member,
            String order,
            String orderedOn,
            Money ordered,
            Money invoiced,
            Money open,
            String category,
            Measured probability,
            String evidence,
            Because because,
            String recordedAt) {

        static OpportunityView of(Opportunity opportunity) {
            return new OpportunityView(
                    opportunity.id(),
                    opportunity.supplier().value(),
                    opportunity.member().value(),
                    opportunity.orderNumber(),
                    opportunity.orderedOn().toString(),
                    opportunity.ordered(),
                    opportunity.invoiced(),
                    opportunity.open(),
                    opportunity.category().wireName(),
                    new Measured(
                            opportunity.probability().value().toPlainString(),
                            opportunity.probability().invoiced(),
                            opportunity.probability().orders()),
                    opportunity.probability().sentence(),
                    Because.of(opportunity.because()),
                    opportunity.recordedAt().toString());
        }
    }

    @GET
    public Page<OpportunityView> list(@QueryParam("category") @Nullable String category, @BeanParam PageRequest page) {
        Optional<ForecastCategory> wanted = category == null
                ? Optional.empty()
                : Optional.of(ForecastCategory.named(category)
                        .orElseThrow(() -> ProblemException.badParameter("category", "category is commit or closed.")));
        Optional<String> after = page.after();
        if (after.filter(id -> !Opportunities.isId(id)).isPresent()) {
            throw ProblemException.badParameter("after", "after is not a cursor from the next of an earlier answer.");
        }
        List<OpportunityView> found = opportunities.list(party(), wanted, after, page.limit() + 1).stream()
                .map(OpportunityView::of)
                .toList();
        return page.page(found, OpportunityView::id);
    }

    @GET
    @Path("/{id}")
    public OpportunityView one(@PathParam("id") String id) {
        return opportunities
                .find(party(), id)
                .map(OpportunityView::of)
                .orElseThrow(() -> ProblemException.notFound("opportunity " + id));
    }

    private Optional<PartyId> party() {
        Caller caller = callers.current();
        return caller.isOperator() ? Optional.empty() : Optional.of(Own.party(caller));
    }
}
