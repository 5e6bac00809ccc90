package io.lonja.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Commands;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;

class ProblemMapperTests {

    @Test
    void answers409WhileTheFirstUseOfAKeyIsWorkedOn() {
        Response response = new ProblemMapper().toResponse(new Commands.KeyInFlightException("Ask again shortly."));
        assertThat(response.getStatus()).isEqualTo(409);
        assertThat(response.getEntity()).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).endsWith("idempotency-key-in-flight");
            assertThat(problem.detail()).isEqualTo("Ask again shortly.");
        });
    }

    @Test
    void answers422ForAKeyThatComesWithAnotherBody() {
        assertThat(new ProblemMapper()
                        .toResponse(new Commands.KeyReusedException("Another key, please."))
                        .getStatus())
                .isEqualTo(422);
    }
}
