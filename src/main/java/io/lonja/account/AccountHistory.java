package io.lonja.account;

import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.EntryId;
import io.lonja.commission.JournalEntry;
import io.lonja.commission.LedgerListener;
import io.lonja.consortium.SharedDocument;
import io.lonja.consortium.Sharing;
import io.lonja.consortium.SharingListener;
import io.lonja.document.Answer;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Account histories of all parties: written from documents and ledger entries, read newest first. */
public class AccountHistory implements DocumentListener, SharingListener, LedgerListener {

    static final int STEP = 20;

    private static final PartyId OPERATOR = new PartyId("operator");

    private static final Map<DocumentType, AccountEvent.Kind> KINDS = Map.of(
            DocumentType.PURCHASE_ORDER, AccountEvent.Kind.ORDERED,
            DocumentType.ORDER_RESPONSE, AccountEvent.Kind.CONFIRMED,
            DocumentType.INVOICE, AccountEvent.Kind.INVOICED,
            DocumentType.CREDIT_NOTE, AccountEvent.Kind.CREDITED);

    private final JdbcClient jdbc;

    AccountHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Everyone something happened to, by id. */
    public List<PartyId> parties() {
        return jdbc.sql("SELECT DISTINCT party FROM account_total ORDER BY party")
                .query((row, index) -> new PartyId(row.getString("party")))
                .list();
    }

    /** Running totals by kind and currency; empty when nothing happened yet. */
    public List<AccountTotal> totals(PartyId party) {
        return jdbc.sql("SELECT * FROM account_total WHERE party = ? ORDER BY kind, currency")
                .param(party.value())
                .query((row, index) -> new AccountTotal(
                        AccountEvent.Kind.of(row.getString("kind")),
                        new Money(row.getLong("amount_minor"), Currency.getInstance(row.getString("currency"))),
                        row.getLong("events"),
                        row.getObject("last_on", LocalDate.class)))
                .list();
    }

    /**
     * A stretch of the history, newest first.
     *
     * @param before only events before this one of the party; from the newest when empty
     */
    public List<AccountEvent> events(PartyId party, Optional<Long> before, int limit) {
        return jdbc.sql("SELECT * FROM account_event WHERE party = ? AND sequence < ? ORDER BY sequence DESC"
                        + " FETCH FIRST %d ROWS ONLY".formatted(limit))
                .params(party.value(), before.orElse(Long.MAX_VALUE))
                .query(AccountHistory::event)
                .list();
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public void on(DocumentAccepted event) {
        AccountEvent.Kind kind = KINDS.get(event.document().type());
        if (kind == null || !(event.document() instanceof PricedDocument document)) {
            return; // The ledger tells of statements, entry by entry.
        }
        if (document.answer() != null
                && document.answer() != Answer.REJECTED
                && document.lines().isEmpty()) {
            return; // An order accepted without its lines: how much that is, the response does not say.
        }
        if (document.answer() != Answer.REJECTED && withoutPrices(document)) {
            return;
        }
        Money net = document.totals().net();
        LocalDate date = document.date();
        add(event.buyer(), kind, event.seller(), net, event.because(), date, event.recordedAt());
        add(event.seller(), kind, event.buyer(), net, event.because(), date, event.recordedAt());
    }

    /** Whether it answers a line without its price: how much that is, the order says and not the response. */
    private static boolean withoutPrices(PricedDocument document) {
        return document.lines().stream()
                .map(PricedDocument.Line::answer)
                .anyMatch(answer -> answer != null && answer.priceKept());
    }

    /** What a member bought through the operator stands in its own history too. */
    @Override
    public void on(SharedDocument shared) {
        AccountEvent.Kind kind = KINDS.get(shared.document().type());
        if (kind != null && !withoutPrices(shared.document())) {
            for (Sharing.Share share : shared.shares()) {
                add(
                        share.member(),
                        kind,
                        shared.groupOrder().operator(),
                        share.net(),
                        shared.because(),
                        shared.document().date(),
                        shared.recordedAt());
            }
        }
    }

    @Override
    public void on(JournalEntry entry) {
        switch (entry.kind()) {
            case COMMISSION, REVERSAL ->
                add(
                        entry.supplier(),
                        AccountEvent.Kind.COMMISSION,
                        OPERATOR,
                        entry.signed(),
                        entry.because(),
                        entry.effectiveOn(),
                        entry.recordedAt());
            case SHARE_BACK ->
                add(
                        entry.member(),
                        AccountEvent.Kind.SHARE_BACK,
                        OPERATOR,
                        entry.signed(),
                        entry.because(),
                        entry.effectiveOn(),
                        entry.recordedAt());
            case SUSPENSE -> {
                // What nobody owes yet is no event of an account.
            }
        }
    }

    private void add(
            PartyId party,
            AccountEvent.Kind kind,
            PartyId counterparty,
            Money amount,
            DocumentRef because,
            LocalDate effectiveOn,
            Instant recordedAt) {
        // The totals count every event, and are few; for the greatest sequence H2 walks over all events of the party.
        long sequence = 1
                + jdbc.sql("SELECT COALESCE(SUM(events), 0) FROM account_total WHERE party = ?")
                        .param(party.value())
                        .query(Long.class)
                        .single();
        jdbc.sql("INSERT INTO account_event (party, sequence, kind, counterparty, currency, amount_minor, sender, type,"
                        + " document, entry, bytes_from, bytes_to, effective_on, recorded_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(party.value())
                .param(sequence)
                .param(kind.wireName())
                .param(counterparty.value())
                .param(amount.currency().getCurrencyCode())
                .param(amount.minorUnits())
                .param(because.sender().value())
                .param(because.type().wireName())
                .param(because.number())
                .param(because.at().entry().sequence())
                .param(because.at().bytes().from())
                .param(because.at().bytes().to())
                .param(effectiveOn)
                .param(recordedAt.atOffset(ZoneOffset.UTC))
                .update();
        total(party, kind, amount, effectiveOn);
    }

    private void total(PartyId party, AccountEvent.Kind kind, Money amount, LocalDate on) {
        int found = jdbc.sql("UPDATE account_total SET events = events + 1, amount_minor = amount_minor + ?,"
                        + " last_on = CASE WHEN last_on < ? THEN CAST(? AS DATE) ELSE last_on END"
                        + " WHERE party = ? AND kind = ? AND currency = ?")
                .params(
                        amount.minorUnits(),
                        on,
                        on,
                        party.value(),
                        kind.wireName(),
                        amount.currency().getCurrencyCode())
                .update();
        if (found == 0) {
            jdbc.sql("INSERT INTO account_total (party, kind, currency, events, amount_minor, last_on)"
                            + " VALUES (?, ?, ?, 1, ?, ?)")
                    .params(
                            party.value(),
                            kind.wireName(),
                            amount.currency().getCurrencyCode(),
                            amount.minorUnits(),
                            on)
                    .update();
        }
    }

    private static AccountEvent event(ResultSet row, int index) throws SQLException {
        return new AccountEvent(
                new PartyId(row.getString("party")),
                row.getLong("sequence"),
                AccountEvent.Kind.of(row.getString("kind")),
                new PartyId(row.getString("counterparty")),
                new Money(row.getLong("amount_minor"), Currency.getInstance(row.getString("currency"))),
                new DocumentRef(
                        new PartyId(row.getString("sender")),
                        DocumentType.of(row.getString("type")),
                        row.getString("document"),
                        new ArchiveRef(
                                new EntryId(row.getLong("entry")),
                                new ByteRange(row.getLong("bytes_from"), row.getLong("bytes_to")))),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
