package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.commission.AccountBalance;
import io.lonja.commission.JournalEntry;
import io.lonja.commission.JournalEntryId;
import io.lonja.commission.Ledger;
import io.lonja.commission.Provenance;
import io.lonja.commission.RuleVersion;
import io.lonja.commission.TrialBalance;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger: accounts, entries, where each comes from, and that it balances. A party sees its own side. */
@Path("/ledger")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.LEDGER_READ)
public class LedgerResource {

    private final Ledger ledger;
    private final Provenance provenance;
    private final Callers callers;

    LedgerResource(Ledger ledger, Provenance provenance, Callers callers) {
        this.ledger = ledger;
        this.provenance = provenance;
        this.callers = callers;
    }

    record AccountView(String account, Money debits, Money credits, Money balance) {

        static AccountView of(AccountBalance balance) {
            return new AccountView(balance.account().name(), balance.debits(), balance.credits(), balance.balance());
        }

        String key() {
            return debits.currency().getCurrencyCode() + " " + account;
        }
    }

    record EntryView(
            String id,
            String kind,
            String debit,
            String credit,
            Money amount,
            Money base,
            String supplier,
            @Nullable String member,
            String invoice,
            String line,
            @Nullable String agreement,
            @Nullable String rule,
            Because because,
            String effectiveOn,
            String recordedAt,
            String period) {

        static EntryView of(JournalEntry entry) {
            RuleVersion rule = entry.agreement();
            return new EntryView(
                    entry.id().toString(),
                    entry.kind().wireName(),
                    entry.posting().debit().name(),
                    entry.posting().credit().name(),
                    entry.posting().amount(),
                    entry.base(),
                    entry.supplier().value(),
                    entry.member().value(),
                    entry.invoiceNumber(),
                    entry.line(),
                    rule == null ? null : rule.agreement().toString(),
                    rule == null ? null : rule.digest().hex(),
                    Because.of(entry.because()),
                    entry.effectiveOn().toString(),
                    entry.recordedAt().toString(),
                    entry.period().toString());
        }
    }

    record CurrencyView(String currency, String debits, String credits, String difference) {}

    record TrialBalanceView(List<CurrencyView> currencies, long entries, String hash) {}

    @GET
    @Path("/accounts")
    public Page<AccountView> accounts(@BeanParam PageRequest page) {
        List<AccountView> found = ledger.accounts(party()).stream()
                .map(AccountView::of)
                .filter(account -> page.after()
                        .map(last -> account.key().compareTo(last) > 0)
                        .orElse(true))
                .limit(page.limit() + 1L)
                .toList();
        return page.page(found, AccountView::key);
    }

    @GET
    @Path("/entries")
    public Page<EntryView> entries(@BeanParam PageRequest page) {
        List<EntryView> found = ledger.entries(party(), page.after().map(LedgerResource::id), page.limit() + 1).stream()
                .map(EntryView::of)
                .toList();
        return page.page(found, EntryView::id);
    }

    @GET
    @Path("/entries/{id}")
    public EntryView entry(@PathParam("id") String id) {
        return EntryView.of(visible(id));
    }

    @GET
    @Path("/entries/{id}/provenance")
    public Map<String, Object> provenance(@PathParam("id") String id) {
        Caller caller = callers.current();
        return provenance.of(visible(id).id(), caller::maySee).orElseThrow(() -> notFound(id));
    }

    @GET
    @Path("/trial-balance")
    @RequiresScope(Scope.OPERATOR)
    public TrialBalanceView trialBalance() {
        TrialBalance balance = ledger.trialBalance();
        return new TrialBalanceView(
                balance.currencies().stream()
                        .map(line -> new CurrencyView(
                                line.debits().currency().getCurrencyCode(),
                                plain(line.debits()),
                                plain(line.credits()),
                                plain(line.difference())))
                        .toList(),
                balance.entries(),
                balance.hash().hex());
    }

    private JournalEntry visible(String id) {
        return ledger.entry(id(id))
                .filter(entry -> party().map(entry::concerns).orElse(true))
                .orElseThrow(() -> notFound(id));
    }

    /** Empty for the operator, who sees all. */
    private Optional<PartyId> party() {
        Caller caller = callers.current();
        return caller.isOperator() ? Optional.empty() : Optional.of(Own.party(caller));
    }

    private static JournalEntryId id(String id) {
        try {
            return JournalEntryId.of(id);
        } catch (IllegalArgumentException e) {
            throw notFound(id);
        }
    }

    private static ProblemException notFound(String id) {
        return ProblemException.notFound("ledger entry " + id);
    }

    private static String plain(Money money) {
        return money.amount().toPlainString();
    }
}
