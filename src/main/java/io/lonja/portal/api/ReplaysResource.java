package io.lonja.portal.api;

import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.archive.Appliers;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryId;
import io.lonja.archive.Outcome;
import io.lonja.mapping.DueReplays;
import io.lonja.mapping.Replays;
import io.lonja.tracking.Interchanges;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What is held of an interchange is mapped again, after a guide, a profile or a table of codes was mended. */
@Path("/interchanges/{id}/replay")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.OPERATOR)
public class ReplaysResource {

    private static final int REASON_CHARACTERS_MAX = 500;

    private final Interchanges interchanges;
    private final DueReplays replays;
    private final Commands commands;
    private final Appliers appliers;
    private final Callers callers;

    ReplaysResource(
            Interchanges interchanges, DueReplays replays, Commands commands, Appliers appliers, Callers callers) {
        this.interchanges = interchanges;
        this.replays = replays;
        this.commands = commands;
        this.appliers = appliers;
        this.callers = callers;
    }

    /** Why an operator wants it. */
    record Wanted(@Nullable String reason) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replay(
            @PathParam("id") String id,
            @QueryParam("dry_run") @Nullable String dryRun,
            @Nullable Wanted wanted,
            @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        if (dryRun != null && !dryRun.equals("false")) {
            throw ProblemException.badParameter("dry_run", "A replay has no dry run yet; leave dry_run out.");
        }
        String reason = wanted == null || wanted.reason() == null ? "" : wanted.reason();
        if (reason.isBlank() || reason.length() > REASON_CHARACTERS_MAX) {
            throw ProblemException.invalid("/reason", "Say the reason in 1 to 500 characters.");
        }
        appliers.catchUp(Effect.Lane.TRACKING);
        EntryId receipt = SequenceId.of(id)
                .filter(known -> interchanges.find(known).isPresent())
                .orElseThrow(() -> ProblemException.notFound("interchange " + id));
        Outcome outcome = commands.execute(
                Replays.command(callers.current().clientId(), key, new Replays.Wanted(receipt, reason)),
                Effect.Lane.BOOKS);
        replays.mapDue();
        appliers.catchUpAll();
        return OutcomeResponse.of(outcome);
    }
}
