package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.archive.Archive;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.edi.AcknowledgmentState;
import io.lonja.edi.AwaitedAcknowledgments;
import jakarta.ws.rs.BeanParam;
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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the hub owes the caller: acknowledgments for partners who fetch by HTTPS. */
@Path("/deliveries")
@Produces(MediaType.APPLICATION_JSON)
public class DeliveriesResource {

    private static final Set<String> STATES = Set.of("pending", "sent", "confirmed", "overdue", "abandoned");

    private final Deliveries deliveries;
    private final AwaitedAcknowledgments acknowledgments;
    private final Archive archive;
    private final Callers callers;

    DeliveriesResource(
            Deliveries deliveries, AwaitedAcknowledgments acknowledgments, Archive archive, Callers callers) {
        this.deliveries = deliveries;
        this.acknowledgments = acknowledgments;
        this.archive = archive;
        this.callers = callers;
    }

    /**
     * A delivery as the API shows it.
     *
     * @param kind {@code 997}, {@code TA1}
     * @param interchange that it answers
     * @param acknowledgment of a document; absent when none is expected and none came
     * @param advice what an 824 or APERAK said of it; absent when none came
     */
    record View(
            String id,
            String partner,
            String kind,
            @Nullable String interchange,
            String status,
            @Nullable String reason,
            String sha256,
            long bytes,
            Instant since,
            Instant changedAt,
            @Nullable Acknowledged acknowledgment,
            @Nullable Advised advice) {

        static View of(
                Delivery delivery, @Nullable AcknowledgmentState acknowledgment, @Nullable AcknowledgmentState advice) {
            Delivery.Owed owed = delivery.owed();
            return new View(
                    owed.id().toString(),
                    owed.to().value(),
                    owed.kind(),
                    owed.about() == null ? null : owed.about().toString(),
                    delivery.status(),
                    delivery instanceof Delivery.Abandoned abandoned ? abandoned.reason() : null,
                    owed.digest().hex(),
                    owed.bytes(),
                    owed.since(),
                    delivery.at(),
                    acknowledgment == null ? null : Acknowledged.of(acknowledgment),
                    advice == null ? null : Advised.of(advice));
        }
    }

    /**
     * What the partner said of it.
     *
     * @param type {@code 997}, {@code TA1}, {@code CONTRL}
     * @param interchange that holds it
     */
    record Acknowledged(
            String status,
            @Nullable Instant expectedBy,
            @Nullable String verdict,
            @Nullable String type,
            @Nullable String interchange,
            @Nullable Instant at,
            @Nullable String reasons) {

        static Acknowledged of(AcknowledgmentState state) {
            return new Acknowledged(
                    state.status(),
                    state.expectedBy(),
                    state.verdict(),
                    state.by(),
                    state.receipt() == null ? null : state.receipt().toString(),
                    state.at(),
                    state.reasons());
        }
    }

    /**
     * What the partner said of the document in it.
     *
     * @param type {@code 824}, {@code APERAK}
     * @param interchange that holds it
     */
    record Advised(
            @Nullable String verdict,
            @Nullable String type,
            @Nullable String interchange,
            @Nullable Instant at,
            @Nullable String reasons) {

        static Advised of(AcknowledgmentState state) {
            return new Advised(
                    state.verdict(),
                    state.by(),
                    state.receipt() == null ? null : state.receipt().toString(),
                    state.at(),
                    state.reasons());
        }
    }

    @GET
    @RequiresScope(Scope.INTERCHANGES_READ)
    public Page<View> list(@QueryParam("status") @Nullable String status, @BeanParam PageRequest page) {
        if (status != null && !STATES.contains(status)) {
            throw ProblemException.badParameter("status", "status is pending, sent, confirmed, overdue or abandoned.");
        }
        Caller caller = callers.current();
        List<Delivery> found = deliveries.list(
                caller.isOperator() ? null : caller.party().orElseThrow(Parameter::nothingToSee),
                status,
                page.afterNumber().orElse(0L),
                page.limit() + 1);
        return page.page(views(found), View::id);
    }

    private List<View> views(List<Delivery> found) {
        List<EntryId> ids = found.stream().map(delivery -> delivery.owed().id()).toList();
        Map<EntryId, AcknowledgmentState> said = acknowledgments.of(ids);
        Map<EntryId, AcknowledgmentState> advised = acknowledgments.advised(ids);
        return found.stream()
                .map(delivery -> View.of(
                        delivery,
                        said.get(delivery.owed().id()),
                        advised.get(delivery.owed().id())))
                .toList();
    }

    @GET
    @Path("/{id}")
    @RequiresScope(Scope.INTERCHANGES_READ)
    public View one(@PathParam("id") String id) {
        return views(List.of(visible(id))).get(0);
    }

    /** The bytes; from the first time the partner itself fetches them, the delivery counts as sent. */
    @GET
    @Path("/{id}/payload")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RequiresScope(Scope.INTERCHANGES_READ)
    public Response payload(@PathParam("id") String id) {
        Delivery delivery = visible(id);
        EntryId entry = delivery.owed().id();
        byte[] bytes = callers.current().isOperator() ? archive.payload(entry) : deliveries.fetch(entry);
        return Attachment.of(bytes, "%s-%s.edi".formatted(delivery.owed().kind(), id));
    }

    @POST
    @Path("/{id}/received")
    @RequiresScope(Scope.INTERCHANGES_WRITE)
    public Response received(@PathParam("id") String id, @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        Delivery delivery = visible(id);
        return OutcomeResponse.of(
                deliveries.confirm(delivery.owed().id(), callers.current().clientId(), key));
    }

    private Delivery visible(String id) {
        return SequenceId.of(id)
                .flatMap(deliveries::find)
                .filter(delivery -> callers.current().maySee(delivery.owed().to()))
                .filter(delivery ->
                        delivery.owed().by() == null || callers.current().isOperator())
                .orElseThrow(() -> ProblemException.notFound("delivery " + id));
    }
}
