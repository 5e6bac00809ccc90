package io.lonja.commission;

import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Double entry, append-only, in whole minor units. Every posting checks that the debits of its currency equal the
 * credits, and fails the transaction when they do not.
 */
public class Ledger {

    private final JdbcClient jdbc;
    private final List<LedgerListener> listeners;

    Ledger(JdbcClient jdbc, List<LedgerListener> listeners) {
        this.jdbc = jdbc;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * A stretch of entries, newest first.
     *
     * @param party only entries that concern it; all when empty
     * @param before only entries before this one; from the newest when empty
     */
    public List<JournalEntry> entries(Optional<PartyId> party, Optional<JournalEntryId> before, int limit) {
        StringBuilder sql = new StringBuilder("SELECT * FROM ledger_entry WHERE 1 = 1");
        Map<String, Object> values = new LinkedHashMap<>();
        party.ifPresent(id -> {
            sql.append(" AND ((kind <> 'share-back' AND supplier = :party)"
                    + " OR (kind = 'share-back' AND member = :party))");
            values.put("party", id.value());
        });
        before.ifPresent(id -> {
            sql.append(" AND (fact < :fact OR (fact = :fact AND (ordinal < :ordinal"
                    + " OR (ordinal = :ordinal AND number < :number))))");
            values.put("fact", id.fact().sequence());
            values.put("ordinal", id.ordinal());
            values.put("number", id.number());
        });
        sql.append(" ORDER BY fact DESC, ordinal DESC, number DESC FETCH FIRST ")
                .append(limit)
                .append(" ROWS ONLY");
        return jdbc.sql(sql.toString()).params(values).query(Ledger::entry).list();
    }

    public Optional<JournalEntry> entry(JournalEntryId id) {
        return jdbc.sql("SELECT * FROM ledger_entry WHERE fact = ? AND ordinal = ? AND number = ?")
                .params(id.fact().sequence(), id.ordinal(), id.number())
                .query(Ledger::entry)
                .optional();
    }

    /** The balances of all accounts, or of the party's own, by currency and name. */
    public List<AccountBalance> accounts(Optional<PartyId> party) {
        return jdbc
                .sql("SELECT * FROM ledger_account ORDER BY currency, account")
                .query((row, index) -> {
                    Currency currency = Currency.getInstance(row.getString("currency"));
                    return new AccountBalance(
                            new LedgerAccount(row.getString("account")),
                            new Money(row.getLong("debits_minor"), currency),
                            new Money(row.getLong("credits_minor"), currency));
                })
                .list()
                .stream()
                .filter(balance -> party.isEmpty() || balance.account().owner().equals(party))
                .toList();
    }

    /** Computed from the entries themselves, not from the running sums. */
    public TrialBalance trialBalance() {
        Map<Currency, Money> debits = sums("debit");
        Map<Currency, Money> credits = sums("credit");
        MessageDigest digest = Sha256.newDigest();
        long[] count = {0};
        jdbc.sql("SELECT * FROM ledger_entry ORDER BY fact, ordinal, number").query((ResultSet row) -> {
            digest.update(CanonicalJson.write(canonical(entry(row, 0))));
            digest.update((byte) '\n');
            count[0]++;
        });
        return new TrialBalance(
                debits.entrySet().stream()
                        .map(sum -> new TrialBalance.Line(
                                sum.getValue(), credits.getOrDefault(sum.getKey(), Money.zero(sum.getKey()))))
                        .toList(),
                count[0],
                Sha256.fromBytes(digest.digest()));
    }

    private Map<Currency, Money> sums(String side) {
        Map<Currency, Money> sums = new LinkedHashMap<>();
        jdbc.sql("SELECT currency, %s AS account, SUM(amount_minor) AS total FROM ledger_entry".formatted(side)
                        + " GROUP BY currency, %s ORDER BY currency".formatted(side))
                .query((ResultSet row) -> {
                    Currency currency = Currency.getInstance(row.getString("currency"));
                    sums.merge(currency, new Money(row.getLong("total"), currency), Money::plus);
                });
        return sums;
    }

    /** Everything ever posted about this matter, in the order of posting. */
    List<JournalEntry> entriesOf(CountedLine.Matter matter) {
        return jdbc.sql("SELECT * FROM ledger_entry WHERE supplier = ? AND member = ? AND invoice_number = ?"
                        + " AND kind <> 'share-back' ORDER BY fact, ordinal, number")
                .params(matter.supplier().value(), matter.member().value(), matter.invoiceNumber())
                .query(Ledger::entry)
                .list();
    }

    /** Commission and its reversals that stand in these months of the supplier, in the order of posting. */
    List<JournalEntry> entriesOf(PartyId supplier, @Nullable YearMonth after, YearMonth through) {
        return jdbc.sql("SELECT * FROM ledger_entry WHERE supplier = ? AND period > ? AND period <= ?"
                        + " AND kind <> 'share-back' ORDER BY fact, ordinal, number")
                .params(supplier.value(), after == null ? "" : after.toString(), through.toString())
                .query(Ledger::entry)
                .list();
    }

    /** What was given back by this decision, in the order of posting. */
    List<JournalEntry> sharesOf(EntryId statement) {
        return jdbc.sql("SELECT * FROM ledger_entry WHERE fact = ? AND kind = 'share-back' ORDER BY ordinal, number")
                .param(statement.sequence())
                .query(Ledger::entry)
                .list();
    }

    /** Everything that went into suspense and out of it again, in the order of posting. */
    List<JournalEntry> suspense(Optional<PartyId> supplier) {
        return jdbc
                .sql("SELECT * FROM ledger_entry WHERE kind = 'suspense' ORDER BY fact, ordinal, number")
                .query(Ledger::entry)
                .list()
                .stream()
                .filter(entry -> supplier.isEmpty() || supplier.get().equals(entry.supplier()))
                .toList();
    }

    int nextNumber(EntryId fact, int ordinal) {
        return jdbc.sql("SELECT COUNT(*) FROM ledger_entry WHERE fact = ? AND ordinal = ?")
                .params(fact.sequence(), ordinal)
                .query(Integer.class)
                .single();
    }

    void post(JournalEntry entry) {
        Posting posting = entry.posting();
        jdbc.sql("INSERT INTO ledger_entry (fact, ordinal, number, kind, debit, credit, currency, amount_minor,"
                        + " position, supplier, member, invoice_number, agreement, rule, base_minor, sender, type,"
                        + " document, line, interchange, bytes_from, bytes_to, effective_on, recorded_at, period)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(entry.id().fact().sequence())
                .param(entry.id().ordinal())
                .param(entry.id().number())
                .param(entry.kind().wireName())
                .param(posting.debit().name())
                .param(posting.credit().name())
                .param(posting.amount().currency().getCurrencyCode())
                .param(posting.amount().minorUnits())
                .param(entry.position())
                .param(entry.supplier().value())
                .param(entry.member().value())
                .param(entry.invoiceNumber())
                .param(
                        entry.agreement() == null
                                ? null
                                : entry.agreement().agreement().sequence())
                .param(
                        entry.agreement() == null
                                ? null
                                : entry.agreement().digest().hex())
                .param(entry.base().minorUnits())
                .param(entry.because().sender().value())
                .param(entry.because().type().wireName())
                .param(entry.because().number())
                .param(entry.line())
                .param(entry.because().at().entry().sequence())
                .param(entry.because().at().bytes().from())
                .param(entry.because().at().bytes().to())
                .param(entry.effectiveOn())
                .param(entry.recordedAt().atOffset(ZoneOffset.UTC))
                .param(entry.period().toString())
                .update();
        add(posting.debit(), posting.amount(), "debits_minor");
        add(posting.credit(), posting.amount(), "credits_minor");
        demandBalance(posting.amount().currency());
        listeners.forEach(listener -> listener.on(entry));
    }

    private void add(LedgerAccount account, Money amount, String side) {
        int found = jdbc.sql(
                        "UPDATE ledger_account SET %1$s = %1$s + ? WHERE currency = ? AND account = ?".formatted(side))
                .params(amount.minorUnits(), amount.currency().getCurrencyCode(), account.name())
                .update();
        if (found == 0) {
            boolean debit = side.startsWith("debits");
            jdbc.sql("INSERT INTO ledger_account (account, currency, debits_minor, credits_minor) VALUES (?, ?, ?, ?)")
                    .params(
                            account.name(),
                            amount.currency().getCurrencyCode(),
                            debit ? amount.minorUnits() : 0L,
                            debit ? 0L : amount.minorUnits())
                    .update();
        }
    }

    private void demandBalance(Currency currency) {
        long difference = jdbc.sql(
                        "SELECT SUM(debits_minor) - SUM(credits_minor) FROM ledger_account WHERE currency = ?")
                .param(currency.getCurrencyCode())
                .query(Long.class)
                .single();
        if (difference != 0) {
            throw new IllegalStateException("The trial balance in %s is off by %s; nothing was posted"
                    .formatted(currency, new Money(difference, currency)));
        }
    }

    static Map<String, @Nullable Object> canonical(JournalEntry entry) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", entry.id().toString());
        tree.put("kind", entry.kind().wireName());
        tree.put("debit", entry.posting().debit().name());
        tree.put("credit", entry.posting().credit().name());
        tree.put("amount", entry.posting().amount().toString());
        tree.put("position", entry.position());
        tree.put("supplier", entry.supplier().value());
        tree.put("member", entry.member().value());
        tree.put("invoice", entry.invoiceNumber());
        RuleVersion rule = entry.agreement();
        tree.put("agreement", rule == null ? null : rule.agreement().toString());
        tree.put("rule", rule == null ? null : rule.digest().hex());
        tree.put("base", entry.base().toString());
        tree.put(
                "document",
                entry.because().type().wireName() + " " + entry.because().number());
        tree.put("line", entry.line());
        tree.put("sender", entry.because().sender().value());
        tree.put("entry", entry.because().at().entry().toString());
        tree.put("from", entry.because().at().bytes().from());
        tree.put("to", entry.because().at().bytes().to());
        tree.put("effectiveOn", entry.effectiveOn().toString());
        tree.put("recordedAt", entry.recordedAt().toString());
        tree.put("period", entry.period().toString());
        return tree;
    }

    private static JournalEntry entry(ResultSet row, int index) throws SQLException {
        Currency currency = Currency.getInstance(row.getString("currency"));
        long agreement = row.getLong("agreement");
        RuleVersion rule =
                row.wasNull() ? null : new RuleVersion(new EntryId(agreement), Sha256.fromHex(row.getString("rule")));
        return new JournalEntry(
                new JournalEntryId(new EntryId(row.getLong("fact")), row.getInt("ordinal"), row.getInt("number")),
                JournalEntry.Kind.of(row.getString("kind")),
                new Posting(
                        new LedgerAccount(row.getString("debit")),
                        new LedgerAccount(row.getString("credit")),
                        new Money(row.getLong("amount_minor"), currency)),
                row.getString("position"),
                new PartyId(row.getString("supplier")),
                new PartyId(row.getString("member")),
                row.getString("invoice_number"),
                rule,
                new Money(row.getLong("base_minor"), currency),
                new DocumentRef(
                        new PartyId(row.getString("sender")),
                        DocumentType.of(row.getString("type")),
                        row.getString("document"),
                        new ArchiveRef(
                                new EntryId(row.getLong("interchange")),
                                new ByteRange(row.getLong("bytes_from"), row.getLong("bytes_to")))),
                row.getString("line"),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                YearMonth.parse(row.getString("period")));
    }
}
