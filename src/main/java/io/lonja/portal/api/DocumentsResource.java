package io.lonja.portal.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryId;
import io.lonja.document.DocumentQuery;
import io.lonja.document.DocumentRegister;
import io.lonja.document.DocumentRelease;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.document.OutgoingDocuments;
import io.lonja.document.RegisteredDocument;
import io.lonja.money.Money;
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
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Purchase orders, invoices and credit notes: a party sees what it sent, bought or sold. */
@Path("/documents")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.INTERCHANGES_READ)
public class DocumentsResource {

    private final DocumentRegister documents;
    private final OutgoingDocuments outgoing;
    private final OrderLife life;
    private final Commands commands;
    private final Callers callers;

    DocumentsResource(
            DocumentRegister documents,
            OutgoingDocuments outgoing,
            OrderLife life,
            Commands commands,
            Callers callers) {
        this.documents = documents;
        this.outgoing = outgoing;
        this.life = life;
        this.commands = commands;
        this.callers = callers;
    }

    /**
     * A document as the API shows it.
     *
     * @param interchange id of the interchange that brought it
     * @param sent because of it; in answers about one document only
     * @param content in answers about one document only
     */
    record View(
            String id,
            String type,
            @Nullable String number,
            @Nullable LocalDate date,
            String partner,
            @Nullable String counterparty,
            @Nullable Money total,
            String status,
            @Nullable String repeats,
            String interchange,
            String interchangeControlNumber,
            String controlNumber,
            String guide,
            Instant recordedAt,
            List<Finding> problems,
            @Nullable List<SentOn> sent,
            @Nullable JsonNode content) {}

    /**
     * A document that was sent because of this one.
     *
     * @param delivery absent while it is not written yet
     */
    record SentOn(
            String to, String type, String number, @Nullable String delivery) {

        static SentOn of(OutgoingDocuments.Sent sent) {
            EntryId evidence = sent.evidence();
            return new SentOn(
                    sent.to().value(),
                    sent.type().wireName(),
                    sent.number(),
                    evidence == null ? null : evidence.toString());
        }
    }

    /** Why a document is held, and where to look: the segment counted from 1 at the transaction set's header. */
    record Finding(String code, String message, int segment, String segmentId) {

        static Finding of(MappingProblem problem) {
            return new Finding(problem.code(), problem.sentence(), problem.segment(), problem.segmentId());
        }
    }

    /** Why it counts after all. */
    record Release(@Nullable String reason) {}

    /** The filters of a search; what is absent does not restrict. Public, since CXF makes it. */
    public static final class Filter {

        @QueryParam("number")
        @Nullable
        String number;

        @QueryParam("type")
        @Nullable
        String type;

        @QueryParam("partner")
        @Nullable
        String partner;

        @QueryParam("controlNumber")
        @Nullable
        String controlNumber;

        @QueryParam("q")
        @Nullable
        String text;

        DocumentQuery query(Caller caller) {
            return new DocumentQuery(
                    number,
                    type == null
                            ? null
                            : Parameter.of(
                                    "type",
                                    type,
                                    DocumentType::of,
                                    "request-for-quotation, quotation, purchase-order, order-change, order-response, order-change-response, despatch-advice, receiving-advice, remittance-advice, invoice or credit-note"),
                    partner == null ? null : Parameter.of("partner", partner, PartyId::new, "a partner's id"),
                    controlNumber,
                    text,
                    visibleTo(caller));
        }
    }

    @GET
    public Page<View> search(@BeanParam Filter filter, @BeanParam PageRequest page) {
        List<RegisteredDocument> found = documents.search(
                filter.query(callers.current()),
                page.after().map(DocumentsResource::id).orElse(null),
                page.limit() + 1);
        return page.page(found.stream().map(it -> view(it, false)).toList(), View::id);
    }

    private static String id(String cursor) {
        if (!cursor.matches("[1-9][0-9]{0,17}-[0-9]{1,9}")) {
            throw PageRequest.unknownCursor();
        }
        return cursor;
    }

    @GET
    @Path("/{id}")
    public View one(@PathParam("id") String id) {
        return view(visible(id), true);
    }

    /** All documents of the order that it is, or is about. */
    @GET
    @Path("/{id}/life")
    public OrderLife.View life(@PathParam("id") String id) {
        return life.of(visible(id), callers.current());
    }

    @POST
    @Path("/{id}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.OPERATOR)
    public Response release(
            @PathParam("id") String id,
            @Nullable Release body,
            @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        RegisteredDocument document = visible(id);
        DocumentRelease release = Texts.read(
                "/reason", body == null ? null : body.reason(), reason -> new DocumentRelease(document.id(), reason));
        return OutcomeResponse.of(
                commands.execute(release.command(callers.current().clientId(), key), Effect.Lane.BOOKS));
    }

    private RegisteredDocument visible(String id) {
        return documents
                .find(id, visibleTo(callers.current()))
                .orElseThrow(() -> ProblemException.notFound("document " + id));
    }

    private static @Nullable PartyId visibleTo(Caller caller) {
        return caller.isOperator() ? null : caller.party().orElseThrow(Parameter::nothingToSee);
    }

    private View view(RegisteredDocument document, boolean whole) {
        return new View(
                document.id(),
                document.type().wireName(),
                document.number(),
                document.date(),
                document.partner().value(),
                document.counterparty() == null ? null : document.counterparty().value(),
                document.total(),
                document.state().wireName(),
                document.repeats(),
                document.receipt().toString(),
                document.interchange(),
                document.controlNumber(),
                document.guide(),
                document.recordedAt(),
                document.problems().stream().map(Finding::of).toList(),
                whole ? outgoing.becauseOf(document).stream().map(SentOn::of).toList() : null,
                whole && document.content() != null ? CanonicalJson.mapper().valueToTree(document.content()) : null);
    }
}
