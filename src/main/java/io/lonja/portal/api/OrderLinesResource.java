package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.document.DocumentType;
import io.lonja.fulfilment.OrderLine;
import io.lonja.fulfilment.OrderLines;
import io.lonja.party.PartyId;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What became of every ordered line, seen by its two sides. */
@Path("/order-lines")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.INTERCHANGES_READ)
public class OrderLinesResource {

    private static final String OVERDUE = "overdue";

    private final OrderLines lines;
    private final Callers callers;
    private final Clock clock;

    OrderLinesResource(OrderLines lines, Callers callers, Clock clock) {
        this.lines = lines;
        this.callers = callers;
        this.clock = clock;
    }

    record Said(String document, DocumentType type, String number, String line, BigDecimal quantity, String unit) {}

    record View(
            String id,
            String buyer,
            String seller,
            String order,
            LocalDate orderedOn,
            String line,
            SortedMap<String, String> items,
            String unit,
            BigDecimal ordered,
            @Nullable BigDecimal confirmed,
            BigDecimal backordered,
            BigDecimal sent,
            @Nullable BigDecimal received,
            BigDecimal invoiced,
            BigDecimal open,
            BigDecimal missing,
            String status,
            boolean overdue,
            LocalDate dueOn,
            Because because,
            List<Said> documents) {

        static View of(OrderLine line, LocalDate on) {
            return new View(
                    line.id(),
                    line.buyer().value(),
                    line.seller().value(),
                    line.order(),
                    line.orderedOn(),
                    line.line(),
                    line.items(),
                    line.unit(),
                    line.ordered(),
                    line.confirmed(),
                    line.backordered(),
                    line.sent(),
                    line.received(),
                    line.invoiced(),
                    line.open(),
                    line.missing(),
                    line.status().wireName(),
                    line.status() == OrderLine.Status.OPEN && line.dueOn().isBefore(on),
                    line.dueOn(),
                    Because.of(line.because()),
                    line.documents().stream()
                            .map(said -> new Said(
                                    said.document(),
                                    said.type(),
                                    said.number(),
                                    said.line(),
                                    said.quantity(),
                                    said.unit()))
                            .toList());
        }
    }

    @GET
    public Page<View> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("partner") @Nullable String partner,
            @QueryParam("order") @Nullable String order,
            @QueryParam("on") @Nullable String day,
            @BeanParam PageRequest page) {
        LocalDate on = day == null
                ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                : Parameter.of("on", day, LocalDate::parse, "a date like 2026-11-21");
        boolean overdue = OVERDUE.equals(status);
        OrderLines.Query query = new OrderLines.Query(
                own(callers.current()),
                Optional.ofNullable(partner).map(text -> Parameter.of("partner", text, PartyId::new, "a partner's id")),
                Optional.ofNullable(order),
                overdue || status == null
                        ? Optional.empty()
                        : Optional.of(OrderLine.Status.named(status)
                                .orElseThrow(() -> ProblemException.badParameter(
                                        "status", "status is open, overdue, invoiced, short or cancelled."))),
                overdue ? Optional.of(on) : Optional.empty());
        Optional<String> after = page.after();
        if (after.filter(id -> !OrderLines.isId(id)).isPresent()) {
            throw PageRequest.unknownCursor();
        }
        return page.page(
                lines.list(query, after, page.limit() + 1).stream()
                        .map(line -> View.of(line, on))
                        .toList(),
                View::id);
    }

    private static Optional<PartyId> own(Caller caller) {
        return caller.isOperator() ? Optional.empty() : Optional.of(Own.party(caller));
    }
}
