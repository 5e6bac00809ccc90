package io.lonja.portal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.archive.Outcome;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;

/** The outcome of a command as a response: the resource, or the problem that the state made of it. */
final class OutcomeResponse {

    private static final String TYPE_PREFIX = "urn:lonja:problem:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private OutcomeResponse() {}

    static Response of(Outcome outcome) {
        if (outcome.status() >= 400) {
            return ProblemMapper.response(problem(outcome));
        }
        return Response.status(outcome.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(outcome.body())
                .build();
    }

    /** A refusal names its type and says a sentence; the rest follows from the status. */
    private static Problem problem(Outcome outcome) {
        try {
            JsonNode said = JSON.readTree(outcome.body());
            String type = said.path("type").asText("refused");
            return Problem.of(
                    outcome.status(),
                    type.startsWith(TYPE_PREFIX) ? type.substring(TYPE_PREFIX.length()) : type,
                    said.path("detail").asText(),
                    List.of());
        } catch (IOException e) {
            throw new IllegalStateException("The outcome of command %s is not JSON".formatted(outcome.entry()), e);
        }
    }
}
