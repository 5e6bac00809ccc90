package io.lonja.portal.api;

import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.alarm.Alarm;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person must know; open and closed, newest first. */
@Path("/alarms")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.OPERATOR)
public class AlarmsResource {

    private static final int REASON_CHARACTERS_MAX = 500;

    private final OpenAlarms alarms;
    private final AlarmMutes mutes;
    private final Commands commands;
    private final Callers callers;

    AlarmsResource(OpenAlarms alarms, AlarmMutes mutes, Commands commands, Callers callers) {
        this.alarms = alarms;
        this.mutes = mutes;
        this.commands = commands;
        this.callers = callers;
    }

    /** An alarm as the API shows it; muted by a person until it closes. */
    record View(
            String id,
            String cause,
            String sentence,
            String status,
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable Instant mutedAt) {}

    /** Why an alarm is to be quiet. */
    record Mute(@Nullable String reason) {}

    @GET
    public Page<View> list(@BeanParam PageRequest page) {
        List<View> found = alarms.history(page.after().orElse(null), page.limit() + 1).stream()
                .map(this::view)
                .toList();
        return page.page(found, View::id);
    }

    @POST
    @Path("/{id}/mute")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response mute(
            @PathParam("id") String id, @Nullable Mute mute, @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        Alarm alarm = alarms.find(id).orElseThrow(() -> ProblemException.notFound("alarm " + id));
        String reason = mute == null ? null : mute.reason();
        if (reason != null && reason.length() > REASON_CHARACTERS_MAX) {
            throw ProblemException.invalid("/reason", "A reason has at most 500 characters.");
        }
        return OutcomeResponse.of(commands.execute(
                new Command(
                        AlarmMutes.MUTED,
                        callers.current().clientId(),
                        key,
                        CanonicalJson.of(new AlarmMutes.Muted(alarm.id(), reason))),
                Effect.Lane.TRACKING));
    }

    private View view(Alarm alarm) {
        Instant muted = alarm.closedAt() == null ? mutes.of(alarm) : null;
        return new View(
                alarm.id(),
                alarm.cause(),
                alarm.sentence(),
                alarm.closedAt() != null ? "closed" : muted != null ? "muted" : "open",
                alarm.openedAt(),
                alarm.closedAt(),
                muted);
    }
}
