package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Deliveries;
import io.lonja.intake.WireEvidence;
import io.lonja.party.PartyId;
import io.lonja.tracking.InterchangeQuery;
import io.lonja.tracking.Interchanges;
import io.lonja.tracking.TrackedInterchange;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was sent to the hub and what became of it: a sender sees its own, the operator all. */
@Path("/interchanges")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.INTERCHANGES_READ)
public class InterchangesResource {

    private static final Set<String> STATES =
            Set.of("received", "processing", "applied", "partly-applied", "refused", "held");

    private final Interchanges interchanges;
    private final Deliveries deliveries;
    private final Archive archive;
    private final Appliers appliers;
    private final Callers callers;
    private final List<WireEvidence> channels;

    InterchangesResource(
            Interchanges interchanges,
            Deliveries deliveries,
            Archive archive,
            Appliers appliers,
            Callers callers,
            List<WireEvidence> channels) {
        this.interchanges = interchanges;
        this.deliveries = deliveries;
        this.archive = archive;
        this.appliers = appliers;
        this.callers = callers;
        this.channels = List.copyOf(channels);
    }

    /** The filters of a search; what is absent does not restrict. Public, since CXF makes it. */
    public static final class Filter {

        @QueryParam("partner")
        @Nullable
        String partner;

        @QueryParam("status")
        @Nullable
        String status;

        @QueryParam("controlNumber")
        @Nullable
        String controlNumber;

        @QueryParam("messageId")
        @Nullable
        String messageId;

        @QueryParam("since")
        @Nullable
        String since;

        @QueryParam("until")
        @Nullable
        String until;

        InterchangeQuery query(Caller caller) {
            if (status != null && !STATES.contains(status)) {
                throw ProblemException.badParameter(
                        "status", "status is received, processing, applied, partly-applied, refused or held.");
            }
            return new InterchangeQuery(
                    sender(caller),
                    status,
                    controlNumber,
                    messageId,
                    Parameter.instant("since", since),
                    Parameter.instant("until", until));
        }

        private @Nullable PartyId sender(Caller caller) {
            PartyId asked = partner == null ? null : Parameter.of("partner", partner, PartyId::new, "a partner's id");
            if (caller.isOperator()) {
                return asked;
            }
            PartyId own = caller.party().orElseThrow(Parameter::nothingToSee);
            if (asked != null && !asked.equals(own)) {
                throw ProblemException.notFound("partner " + partner);
            }
            return own;
        }
    }

    @GET
    public Page<TrackedInterchange> list(@BeanParam Filter filter, @BeanParam PageRequest page) {
        followToTheEnd();
        List<TrackedInterchange> found = interchanges.search(
                filter.query(callers.current()),
                page.afterNumber().map(EntryId::new).orElse(null),
                page.limit() + 1);
        return page.page(found, TrackedInterchange::id);
    }

    @GET
    @Path("/{id}")
    public TrackedInterchange one(@PathParam("id") String id) {
        return visible(id);
    }

    @GET
    @Path("/{id}/payload")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response payload(@PathParam("id") String id) {
        return Attachment.of(archive.payload(receipt(visible(id))), "interchange-%s.edi".formatted(id));
    }

    @GET
    @Path("/{id}/evidence")
    @Produces("application/zip")
    public Response evidence(@PathParam("id") String id) {
        EntryId receipt = receipt(visible(id));
        List<EvidenceBundle.Item> items = new ArrayList<>();
        items.add(new EvidenceBundle.Item("payload.edi", receipt));
        deliveries
                .about(receipt)
                .forEach(delivery -> items.add(new EvidenceBundle.Item(
                        "acknowledgments/%s-%s.edi"
                                .formatted(
                                        delivery.owed().kind(), delivery.owed().id()),
                        delivery.owed().id())));
        List<WireEvidence.File> wire = channels.stream()
                .flatMap(channel -> channel.of(receipt).stream())
                .toList();
        return Attachment.of(
                new EvidenceBundle(archive).zip(items, wire), "interchange-%s.zip".formatted(id), "application/zip");
    }

    /** Whoever follows the Location of a receipt finds it, however fast. */
    private void followToTheEnd() {
        appliers.catchUp(Effect.Lane.TRACKING);
    }

    private TrackedInterchange visible(String id) {
        followToTheEnd();
        return SequenceId.of(id)
                .flatMap(interchanges::find)
                .filter(interchange -> callers.current().maySee(new PartyId(interchange.partner())))
                .orElseThrow(() -> ProblemException.notFound("interchange " + id));
    }

    private static EntryId receipt(TrackedInterchange interchange) {
        return new EntryId(Long.parseLong(interchange.id()));
    }
}
