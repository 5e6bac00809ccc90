package io.lonja.portal.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryId;
import io.lonja.commission.CommissionAgreement;
import io.lonja.commission.CommissionAgreements;
import io.lonja.commission.CommissionDecisions;
import io.lonja.commission.CommissionStatement;
import io.lonja.commission.CommissionStatements;
import io.lonja.commission.CommissionTerms;
import io.lonja.commission.JournalEntry;
import io.lonja.commission.StatementBundles;
import io.lonja.money.Money;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
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
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What suppliers agreed to pay, what they owe for a month, and what waits for an explanation. */
@Path("/commissions")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.COMMISSIONS_READ)
public class CommissionsResource {

    private final CommissionAgreements agreements;
    private final CommissionStatements statements;
    private final StatementBundles bundles;
    private final Commands commands;
    private final TradingPartners partners;
    private final Callers callers;
    private final Clock clock;
    private final UnreadReceipts unread;

    CommissionsResource(
            CommissionAgreements agreements,
            CommissionStatements statements,
            StatementBundles bundles,
            Commands commands,
            TradingPartners partners,
            Callers callers,
            Clock clock,
            UnreadReceipts unread) {
        this.agreements = agreements;
        this.statements = statements;
        this.bundles = bundles;
        this.commands = commands;
        this.partners = partners;
        this.callers = callers;
        this.clock = clock;
        this.unread = unread;
    }

    /** Percentages are exact decimals in text: {@code "2.5"}. */
    record NewAgreement(
            @Nullable String supplier,
            @Nullable String rate,
            @Nullable String shareBack,
            @Nullable String validFrom,
            @Nullable String validTo,
            @Nullable String reason) {}

    record NewStatement(@Nullable String supplier, @Nullable String period) {}

    record StatementView(
            String id,
            String supplier,
            String period,
            String closedAt,
            @Nullable String sha256,
            @Nullable List<ShareView> shareBack,
            @JsonRawValue @Nullable String content) {}

    record ShareView(String member, String agreement, Money patronage, Money amount, String entry) {}

    record UnmatchedView(
            String supplier,
            String member,
            String invoice,
            String line,
            Money value,
            String date,
            long ageDays,
            Because because) {}

    record UnagreedView(String supplier, String member, String invoice, String line, Money base, Because because) {}

    @GET
    @Path("/agreements")
    public Page<Map<String, @Nullable Object>> agreements(@BeanParam PageRequest page) {
        Caller caller = callers.current();
        long after = page.afterNumber().orElse(0L);
        List<Map<String, @Nullable Object>> found = agreements.all().stream()
                .filter(agreement -> caller.maySee(agreement.terms().supplier()))
                .filter(agreement -> agreement.id().sequence() > after)
                .sorted(java.util.Comparator.comparing(CommissionAgreement::id))
                .limit(page.limit() + 1L)
                .map(CommissionAgreement::tree)
                .toList();
        return page.page(found, agreement -> String.valueOf(agreement.get("id")));
    }

    @POST
    @Path("/agreements")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.OPERATOR)
    public Response agree(@Nullable NewAgreement body, @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        if (body == null) {
            throw ProblemException.invalid("", "Say supplier, rate, shareBack and validFrom.");
        }
        CommissionTerms terms;
        PartyId supplier = supplier(body.supplier());
        BigDecimal rate = percent("/rate", body.rate());
        BigDecimal shareBack = percent("/shareBack", body.shareBack() == null ? "0" : body.shareBack());
        LocalDate from = date("/validFrom", body.validFrom());
        LocalDate to = body.validTo() == null ? null : date("/validTo", body.validTo());
        try {
            terms = new CommissionTerms(supplier, rate, shareBack, from, to, body.reason());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("", String.valueOf(e.getMessage()));
        }
        return decided(CommissionDecisions.agree(callers.current().clientId(), key, terms));
    }

    @GET
    @Path("/statements")
    public Page<StatementView> statements(@BeanParam PageRequest page) {
        Caller caller = callers.current();
        long before = page.afterNumber().orElse(Long.MAX_VALUE);
        List<StatementView> found = statements.all(Optional.empty()).stream()
                .filter(statement -> statement.id().sequence() < before)
                .filter(statement -> maySee(caller, statement))
                .limit(page.limit() + 1L)
                .map(statement -> view(caller, statement, false))
                .toList();
        return page.page(found, StatementView::id);
    }

    @POST
    @Path("/statements")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.OPERATOR)
    public Response close(@Nullable NewStatement body, @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        if (body == null) {
            throw ProblemException.invalid("", "Say supplier and period.");
        }
        PartyId supplier = supplier(body.supplier());
        String period = String.valueOf(body.period());
        if (!CommissionDecisions.isPeriod(period)) {
            throw ProblemException.invalid("/period", "period is a month like 2026-11.");
        }
        unread.demandNone("the statement");
        return decided(CommissionDecisions.close(callers.current().clientId(), key, supplier, YearMonth.parse(period)));
    }

    @GET
    @Path("/statements/{id}")
    public StatementView statement(@PathParam("id") String id) {
        Caller caller = callers.current();
        return view(caller, visible(caller, id), true);
    }

    /** Everything the supplier needs to check the statement without us. */
    @GET
    @Path("/statements/{id}/bundle")
    @Produces({"application/zip", MediaType.APPLICATION_JSON})
    public Response bundle(@PathParam("id") String id) {
        Caller caller = callers.current();
        CommissionStatement statement = visible(caller, id);
        if (!caller.maySee(statement.supplier())) {
            throw ProblemException.notFound("statement " + id);
        }
        return Response.ok(bundles.of(statement), "application/zip")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"statement-%s-%s.zip\""
                                .formatted(statement.supplier(), statement.period()))
                .build();
    }

    /** Credits that no known invoice covers, oldest first. */
    @GET
    @Path("/unmatched-credits")
    public Page<UnmatchedView> unmatchedCredits(@BeanParam PageRequest page) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<UnmatchedView> all = statements.unmatchedCredits(party()).stream()
                .map(credit -> new UnmatchedView(
                        credit.supplier().value(),
                        credit.member().value(),
                        credit.invoiceNumber(),
                        credit.line(),
                        credit.value(),
                        credit.date().toString(),
                        ChronoUnit.DAYS.between(credit.date(), today),
                        Because.of(credit.because())))
                .toList();
        return stretch(all, page);
    }

    /** Invoice lines that earned nothing because no agreement was valid, oldest first. */
    @GET
    @Path("/lines-without-agreement")
    public Page<UnagreedView> linesWithoutAgreement(@BeanParam PageRequest page) {
        List<UnagreedView> all = statements.withoutAgreement(party()).stream()
                .map(line -> new UnagreedView(
                        line.supplier().value(),
                        line.member().value(),
                        line.invoiceNumber(),
                        line.line(),
                        line.base(),
                        Because.of(line.because())))
                .toList();
        return stretch(all, page);
    }

    private static <T> Page<T> stretch(List<T> all, PageRequest page) {
        int from = (int) Math.min(all.size(), page.afterNumber().orElse(0L));
        List<T> found = all.subList(from, (int) Math.min(all.size(), from + page.limit() + 1L));
        return page.page(found, last -> from + page.limit());
    }

    private Response decided(Command command) {
        return OutcomeResponse.of(commands.execute(command, Effect.Lane.BOOKS));
    }

    CommissionStatement visible(Caller caller, String id) {
        if (!id.matches("[1-9][0-9]{0,17}")) {
            throw ProblemException.notFound("statement " + id);
        }
        return statements
                .find(new EntryId(Long.parseLong(id)))
                .filter(statement -> maySee(caller, statement))
                .orElseThrow(() -> ProblemException.notFound("statement " + id));
    }

    /** The supplier whose it is, the members who get something back by it, and the operator. */
    private boolean maySee(Caller caller, CommissionStatement statement) {
        return caller.maySee(statement.supplier())
                || statements.sharesOf(statement.id()).stream().anyMatch(share -> caller.maySee(share.member()));
    }

    /** A supplier sees the statement, a member its own share of it, the operator both. */
    private StatementView view(Caller caller, CommissionStatement statement, boolean whole) {
        boolean ownsIt = caller.maySee(statement.supplier());
        List<ShareView> shares = statements.sharesOf(statement.id()).stream()
                .filter(share -> caller.maySee(share.member()))
                .map(CommissionsResource::share)
                .toList();
        return new StatementView(
                statement.id().toString(),
                statement.supplier().value(),
                statement.period().toString(),
                statement.closedAt().toString(),
                ownsIt ? statement.digest().hex() : null,
                shares.isEmpty() ? null : shares,
                ownsIt && whole ? statement.content() : null);
    }

    private static ShareView share(JournalEntry entry) {
        return new ShareView(
                entry.member().value(),
                entry.agreement() == null ? "" : entry.agreement().agreement().toString(),
                entry.base(),
                entry.signed(),
                entry.id().toString());
    }

    private Optional<PartyId> party() {
        Caller caller = callers.current();
        return caller.isOperator() ? Optional.empty() : Optional.of(Own.party(caller));
    }

    private PartyId supplier(@Nullable String id) {
        try {
            return partners.find(new PartyId(String.valueOf(id)))
                    .filter(partner -> partner.roles().contains(Role.SUPPLIER))
                    .map(TradingPartner::id)
                    .orElseThrow(() -> notASupplier(id));
        } catch (IllegalArgumentException e) {
            throw notASupplier(id);
        }
    }

    private static ProblemException notASupplier(@Nullable String id) {
        return ProblemException.invalid(
                "/supplier", "There is no partner %s with the role supplier under partners/.".formatted(id));
    }

    private static BigDecimal percent(String pointer, @Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?")) {
            throw ProblemException.invalid(pointer, "A percentage is a text like \"2.5\", without a sign.");
        }
        return new BigDecimal(text);
    }

    private static LocalDate date(String pointer, @Nullable String text) {
        try {
            return LocalDate.parse(String.valueOf(text));
        } catch (DateTimeException e) {
            throw ProblemException.invalid(pointer, "A date is a text like \"2026-11-01\".");
        }
    }
}
