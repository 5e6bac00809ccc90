package io.lonja.portal.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.Commands;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/** Everything that goes wrong becomes a problem with a sentence; a stack trace stays in the log. */
@Provider
class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof ProblemException refusal) {
            return response(refusal.problem());
        }
        if (thrown instanceof Commands.KeyReusedException) {
            return response(problem(422, "idempotency-key-reused", sentence(thrown)));
        }
        if (thrown instanceof Commands.KeyInFlightException) {
            return response(problem(409, "idempotency-key-in-flight", sentence(thrown)));
        }
        if (thrown instanceof ArchiveUnavailableException || thrown instanceof DataAccessResourceFailureException) {
            LOG.error("Answered 503: nothing can be made durable now: {}", thrown.getMessage());
            return unavailable();
        }
        if (thrown instanceof JsonProcessingException malformed) {
            return response(malformed(malformed));
        }
        if (thrown instanceof WebApplicationException refusal) {
            return refused(refusal);
        }
        if (thrown.getCause() != null && thrown.getClass().getName().startsWith("org.apache.cxf.")) {
            return toResponse(thrown.getCause());
        }
        String incident = UUID.randomUUID().toString();
        LOG.error("Incident {}", incident, thrown);
        return response(problem(
                500, "internal", "The hub failed to do this; its log has more under incident %s.".formatted(incident)));
    }

    /** A problem as a response. */
    static Response response(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    private static Response unavailable() {
        return Response.fromResponse(response(problem(
                        503,
                        "archive-unavailable",
                        "Nothing can be made durable now, so nothing was accepted; try again in a few seconds.")))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static Problem malformed(JsonProcessingException malformed) {
        if (malformed instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String pointer = pointer(mapping);
            String detail = mapping instanceof UnrecognizedPropertyException unknown
                    ? "Nothing is called %s here.".formatted(unknown.getPropertyName())
                    : "The value at %s has the wrong type.".formatted(pointer);
            return Problem.of(400, "malformed-json", detail, List.of(new Problem.Fault(pointer, detail)));
        }
        JsonLocation at = malformed.getLocation();
        String detail = at == null
                ? "The body is not the JSON this expects."
                : "The body is not JSON: see line %d, column %d.".formatted(at.getLineNr(), at.getColumnNr());
        return Problem.of(400, "malformed-json", detail, List.of(new Problem.Fault("", detail)));
    }

    private static String pointer(JsonMappingException mapping) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            pointer.append('/')
                    .append(
                            step.getFieldName() == null
                                    ? Integer.toString(step.getIndex())
                                    : step.getFieldName().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static Response refused(WebApplicationException refusal) {
        Response given = refusal.getResponse();
        if (given.getStatus() >= 500) {
            LOG.error("Answered {}", given.getStatus(), refusal);
        }
        if (given.hasEntity()) {
            return given;
        }
        Problem problem = switch (given.getStatus()) {
            case 400 -> problem(400, "bad-request", "The request cannot be understood.");
            case 404 -> problem(404, "not-found", "There is nothing under this path.");
            case 405 -> problem(405, "method-not-allowed", "This path does not answer this method; see Allow.");
            case 406 -> problem(406, "not-acceptable", "None of the media types in Accept is offered here.");
            case 415 -> problem(415, "unsupported-media-type", "The body must be application/json.");
            default ->
                problem(
                        given.getStatus(),
                        "http-" + given.getStatus(),
                        given.getStatusInfo().getReasonPhrase());
        };
        Response.ResponseBuilder response = Response.fromResponse(response(problem));
        String allow = given.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }

    private static Problem problem(int status, String name, String detail) {
        return Problem.of(status, name, detail, List.of());
    }

    private static String sentence(Throwable thrown) {
        return thrown.getMessage() == null ? "" : thrown.getMessage();
    }
}
