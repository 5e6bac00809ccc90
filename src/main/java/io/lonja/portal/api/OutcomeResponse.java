package io.lonja.portal.api;

import io.lonja.archive.Outcome;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The outcome of a command as a response: the resource, or the problem that the state made of it. */
final class OutcomeResponse {

    private OutcomeResponse() {}

    static Response of(Outcome outcome) {
        return Response.status(outcome.status())
                .type(outcome.status() < 400 ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE)
                .entity(outcome.body())
                .build();
    }
}
