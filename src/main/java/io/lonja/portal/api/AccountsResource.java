package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.account.AccountEvent;
import io.lonja.account.AccountHistory;
import io.lonja.account.AccountTotal;
import io.lonja.commission.Ledger;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** What happened between a party and the others, on one screen and event by event. */
@Path("/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.ACCOUNTS_READ)
public class AccountsResource {

    private static final int RECENT_EVENTS = 10;

    private final AccountHistory history;
    private final Ledger ledger;
    private final Callers callers;

    AccountsResource(AccountHistory history, Ledger ledger, Callers callers) {
        this.history = history;
        this.ledger = ledger;
        this.callers = callers;
    }

    record TotalView(String kind, Money amount, long events, String lastOn) {

        static TotalView of(AccountTotal total) {
            return new TotalView(
                    total.kind().wireName(),
                    total.amount(),
                    total.events(),
                    total.lastOn().toString());
        }
    }

    record EventView(
            long sequence,
            String kind,
            String counterparty,
            Money amount,
            Because because,
            String effectiveOn,
            String recordedAt) {

        static EventView of(AccountEvent event) {
            return new EventView(
                    event.sequence(),
                    event.kind().wireName(),
                    event.counterparty().value(),
                    event.amount(),
                    Because.of(event.because()),
                    event.effectiveOn().toString(),
                    event.recordedAt().toString());
        }
    }

    record BalanceView(String account, Money balance) {}

    record AccountView(String partner, List<TotalView> totals) {}

    record AccountScreen(String partner, List<TotalView> totals, List<BalanceView> balances, List<EventView> recent) {}

    @GET
    public Page<AccountView> accounts(@BeanParam PageRequest page) {
        Caller caller = callers.current();
        List<PartyId> parties = caller.isOperator() ? history.parties() : List.of(Own.party(caller));
        List<AccountView> found = parties.stream()
                .filter(party -> page.after()
                        .map(last -> party.value().compareTo(last) > 0)
                        .orElse(true))
                .limit(page.limit() + 1L)
                .map(party -> new AccountView(party.value(), totals(party)))
                .toList();
        return page.page(found, AccountView::partner);
    }

    @GET
    @Path("/{partner}")
    public AccountScreen account(@PathParam("partner") String partner) {
        PartyId party = visible(partner);
        return new AccountScreen(
                party.value(),
                totals(party),
                ledger.accounts(Optional.of(party)).stream()
                        .map(balance -> new BalanceView(balance.account().name(), balance.balance()))
                        .toList(),
                history.events(party, Optional.empty(), RECENT_EVENTS).stream()
                        .map(EventView::of)
                        .toList());
    }

    @GET
    @Path("/{partner}/history")
    public Page<EventView> history(@PathParam("partner") String partner, @BeanParam PageRequest page) {
        List<EventView> found = history.events(visible(partner), page.afterNumber(), page.limit() + 1).stream()
                .map(EventView::of)
                .toList();
        return page.page(found, EventView::sequence);
    }

    private List<TotalView> totals(PartyId party) {
        return history.totals(party).stream().map(TotalView::of).toList();
    }

    /** A party that nothing happened to yet has an account all the same, if it is the caller's own. */
    private PartyId visible(String partner) {
        PartyId party;
        try {
            party = new PartyId(partner);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("account " + partner);
        }
        Caller caller = callers.current();
        boolean known = caller.party().filter(party::equals).isPresent()
                || history.parties().contains(party);
        if (!known || !caller.maySee(party)) {
            throw ProblemException.notFound("account " + partner);
        }
        return party;
    }
}
