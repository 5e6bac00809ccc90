package io.lonja.transport.https;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.Payload;
import io.lonja.archive.Spool;
import io.lonja.intake.ContentLimit;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.IntakeResult.AlreadyReceived;
import io.lonja.intake.IntakeResult.MessageIdReused;
import io.lonja.intake.IntakeResult.Received;
import io.lonja.intake.IntakeResult.Refused;
import io.lonja.intake.Receipt;
import io.lonja.intake.SendingTime;
import io.lonja.intake.Transmission;
import io.lonja.party.PartyId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.apache.cxf.io.DelegatingInputStream;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an interchange from a program: {@code POST /api/v1/interchanges} with the EDI bytes as the body, whatever the
 * content type says. Answers after the bytes are durable.
 */
@Path("/interchanges")
public class InterchangeSubmission {

    /** Of bodies that go to the spool only so many come at a time, so that senders cannot fill the disk. */
    private static final int LARGE_AT_ONCE = 32;

    private static final int RETRY_AFTER_SECONDS = 5;
    private static final String PROBLEM = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(InterchangeSubmission.class);

    private final Callers callers;
    private final ContentLimit limit;
    private final SendingTime sendingTime;
    private final Spool spool;
    private final Function<Transmission, IntakeResult> httpsInbound;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE);

    /** @param httpsInbound the seam behind this door */
    InterchangeSubmission(
            Callers callers,
            ContentLimit limit,
            SendingTime sendingTime,
            Spool spool,
            Function<Transmission, IntakeResult> httpsInbound) {
        this.callers = callers;
        this.limit = limit;
        this.sendingTime = sendingTime;
        this.spool = spool;
        this.httpsInbound = httpsInbound;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.INTERCHANGES_WRITE)
    public Response submit(
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength)
            throws IOException {
        Caller caller = callers.current();
        if (caller.party().isEmpty()) {
            return problem(
                    403,
                    "no-party",
                    "The client %s acts for no party, and an interchange has a sender; use a client of the partner."
                            .formatted(caller.clientId()));
        }
        long announced =
                contentLength == null || !contentLength.matches("[0-9]{1,18}") ? -1 : Long.parseLong(contentLength);
        if (announced > limit.bytes()) {
            return tooLarge();
        }
        boolean small = announced >= 0 && announced <= Spool.MEMORY_BYTES_MAX;
        if (!small && !large.tryAcquire()) {
            return retry("too-busy", "The hub is reading other large interchanges; try again in a few seconds.");
        }
        try {
            if (!(spool.take(sendingTime.of(body), limit.bytes()) instanceof Spool.Taken.Whole whole)) {
                return tooLarge();
            }
            try (Spool.Spooled content = whole.spooled()) {
                if (content.payload().length() == 0) {
                    return problem(422, "empty-body", "The body is empty; send the bytes of the interchange.");
                }
                return hand(caller.party().get(), idempotencyKey, contentType, content.payload());
            }
        } catch (SendingTime.TooSlowException e) {
            LOG.warn("{}: an interchange was answered 408: {}", caller.party().get(), e.sentence());
            // CXF would read all that still drips in before it answers.
            PhaseInterceptorChain.getCurrentMessage().removeContent(DelegatingInputStream.class);
            return problem(408, "too-slow", e.sentence());
        } finally {
            if (!small) {
                large.release();
            }
        }
    }

    private Response hand(
            PartyId sender, @Nullable String idempotencyKey, @Nullable String contentType, Payload content) {
        try {
            IntakeResult result =
                    httpsInbound.apply(new Transmission(sender, "https", idempotencyKey, contentType, content));
            if (result instanceof Received received) {
                return receipt(202, received.receipt());
            }
            if (result instanceof AlreadyReceived again) {
                return receipt(again.sameMessageId() ? 202 : 200, again.first());
            }
            if (result instanceof MessageIdReused reused) {
                return problem(
                        422,
                        "idempotency-key-reused",
                        "This Idempotency-Key was used for other bytes (interchange %s); give every new interchange a key of its own."
                                .formatted(reused.first().id()));
            }
            if (result instanceof Refused refused) {
                return refusal(refused);
            }
            throw new IllegalStateException("Not a result of the intake: " + result);
        } catch (ArchiveUnavailableException e) {
            LOG.error("{}: an interchange of {} bytes was answered 503: {}", sender, content.length(), e.getMessage());
            return retry(
                    "archive-unavailable",
                    "Nothing can be made durable now, so nothing was accepted; try again in a few seconds.");
        }
    }

    private static Response refusal(Refused refused) {
        return switch (refused.reason()) {
            case EMPTY -> problem(422, "empty-body", refused.sentence());
            case TOO_LARGE -> problem(413, "body-too-large", refused.sentence());
            case MESSAGE_ID_TOO_LONG -> problem(400, "bad-parameter", refused.sentence());
        };
    }

    private static Response receipt(int status, Receipt receipt) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", receipt.id().toString());
        told.put("sha256", receipt.digest().hex());
        told.put("receivedAt", receipt.receivedAt().toString());
        told.put("status", "received");
        told.put("treeHead", receipt.treeHead().toString());
        return Response.status(status)
                .location(URI.create("interchanges/" + receipt.id()))
                .entity(told)
                .build();
    }

    private Response tooLarge() {
        return problem(413, "body-too-large", limit.sentence());
    }

    private static Response retry(String name, String detail) {
        return Response.fromResponse(problem(503, name, detail))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static Response problem(int status, String name, String detail) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("type", "urn:lonja:problem:" + name);
        told.put("title", name.replace('-', ' '));
        told.put("status", status);
        told.put("detail", detail);
        return Response.status(status).type(PROBLEM).entity(told).build();
    }
}
