package io.lonja.portal.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.access.Callers;
import io.lonja.archive.CanonicalJson;
import io.lonja.edi.AcknowledgmentWriter;
import io.lonja.edi.FunctionalAcknowledgment;
import io.lonja.edi.Inspection;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.ReadingAgreements;
import io.lonja.edi.ReadingManner;
import io.lonja.edi.ReadingVisitor;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import io.lonja.mapping.Mapped;
import io.lonja.mapping.Mapping;
import io.lonja.mapping.MappingContext;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /interchanges?dry_run=true} before the door of the hub is reached: what would be found, answered
 * and mapped, with nothing kept. Whether the interchange repeats an earlier one is not looked up.
 */
@Provider
@Priority(Priorities.USER)
class DryRun implements ContainerRequestFilter {

    private static final int BYTES_MAX = 10_000_000;

    /** The control number that stands in the acknowledgment shown: none is taken. */
    private static final long CONTROL_NUMBER_SHOWN = 1;

    private final InterchangeParser parser;
    private final AcknowledgmentWriter writer;
    private final Mapping mapping;
    private final ReadingAgreements agreements;
    private final TradingPartners partners;
    private final Callers callers;
    private final Clock clock;
    private final ObjectMapper json = CanonicalJson.mapper();

    DryRun(
            InterchangeParser parser,
            AcknowledgmentWriter writer,
            Mapping mapping,
            ReadingAgreements agreements,
            TradingPartners partners,
            Callers callers,
            Clock clock) {
        this.parser = parser;
        this.writer = writer;
        this.mapping = mapping;
        this.agreements = agreements;
        this.partners = partners;
        this.callers = callers;
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (request.getMethod().equals(HttpMethod.POST)
                && request.getUriInfo().getPath().replace("/", "").equals("interchanges")
                && "true".equals(request.getUriInfo().getQueryParameters().getFirst("dry_run"))) {
            byte[] payload = request.getEntityStream().readNBytes(BYTES_MAX + 1);
            if (payload.length > BYTES_MAX) {
                throw new ProblemException(
                        413, "body-too-large", "A dry run takes at most %,d bytes.".formatted(BYTES_MAX));
            }
            if (payload.length == 0) {
                throw new ProblemException(422, "empty-body", "The body is empty; send the bytes of the interchange.");
            }
            request.abortWith(
                    Response.ok(of(payload), MediaType.APPLICATION_JSON).build());
        }
    }

    private ObjectNode of(byte[] payload) throws IOException {
        Optional<ReadingAgreements.Terms> terms = terms();
        ReadingManner manner = terms.map(ReadingAgreements.Terms::manner).orElseGet(() -> ReadingManner.by(Set.of()));
        Inspection inspection = Inspection.of("body", payload, parser.agreed(manner));
        ObjectNode answer = (ObjectNode) json.readTree(json(inspection));
        answer.remove("file");
        answer.put(
                "acknowledgment",
                new String(
                        inspection.acknowledgments(
                                writer,
                                terms.map(ReadingAgreements.Terms::functionalAcknowledgment)
                                        .orElse(FunctionalAcknowledgment.BY_997),
                                new AtomicLong(CONTROL_NUMBER_SHOWN),
                                clock.instant()),
                        StandardCharsets.ISO_8859_1));
        ArrayNode documents = answer.putArray("documents");
        MappingContext context = MappingContext.of(caller());
        inspection.visit(new ReadingVisitor() {
            @Override
            public void transactionSet(TransactionSet set) {
                add(documents, set, context);
            }
        });
        return answer;
    }

    private static String json(Inspection inspection) {
        StringWriter written = new StringWriter();
        inspection.json(new PrintWriter(written));
        return written.toString();
    }

    private void add(ArrayNode documents, TransactionSet set, MappingContext context) {
        if (set.verdict() instanceof Verdict.Refused
                || set.guide() == null
                || mapping.documentType(set.guide()).isEmpty()) {
            return;
        }
        Mapped mapped = mapping.map(set, context);
        ObjectNode document = documents.addObject();
        document.put("type", mapped.type().wireName());
        document.put("controlNumber", set.controlNumber());
        document.set("content", json.valueToTree(mapped.content()));
        ArrayNode problems = document.putArray("problems");
        mapped.problems().forEach(problem -> problems.addPOJO(DocumentsResource.Finding.of(problem)));
    }

    /** Those of the caller; somebody who is no partner has none but what everybody has. */
    private Optional<ReadingAgreements.Terms> terms() {
        return callers.current().party().map(PartyId::value).map(agreements::with);
    }

    /** With whom it is agreed in which currency amounts are, and what codes are called. */
    private @Nullable TradingPartner caller() {
        return callers.current().party().flatMap(partners::find).orElse(null);
    }
}
