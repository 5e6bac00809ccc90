package io.lonja.commission;

import io.lonja.archive.Archive;
import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.archive.TreeHead;
import io.lonja.commission.JournalEntry.Kind;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Statements of commission by supplier and month. */
public class CommissionStatements {

    /** In whose name the hub itself states and shares. */
    static final PartyId OPERATOR = new PartyId("operator");

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final CommissionAgreements agreements;
    private final LongFunction<TreeHead> treeHeads;

    /** @param treeHeads {@link Archive#treeHead(long)} */
    CommissionStatements(
            JdbcClient jdbc, Ledger ledger, CommissionAgreements agreements, LongFunction<TreeHead> treeHeads) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.agreements = agreements;
        this.treeHeads = treeHeads;
    }

    /** Newest first; only the supplier's when one is given. */
    public List<CommissionStatement> all(Optional<PartyId> supplier) {
        return jdbc
                .sql("SELECT * FROM commission_statement ORDER BY id DESC")
                .query(CommissionStatements::statement)
                .list()
                .stream()
                .filter(statement -> supplier.isEmpty() || supplier.get().equals(statement.supplier()))
                .toList();
    }

    public Optional<CommissionStatement> find(EntryId id) {
        return jdbc.sql("SELECT * FROM commission_statement WHERE id = ?")
                .param(id.sequence())
                .query(CommissionStatements::statement)
                .optional();
    }

    /** What came back to members by this statement: one entry for each member and agreement. */
    public List<JournalEntry> sharesOf(EntryId statement) {
        return ledger.sharesOf(statement);
    }

    /** Credits in suspense, oldest first; only the supplier's when one is given. */
    public List<UnmatchedCredit> unmatchedCredits(Optional<PartyId> supplier) {
        return unmatched(ledger.suspense(supplier));
    }

    /** An invoice line that no agreement was valid for: it earned nothing. */
    public record Unagreed(
            PartyId supplier, PartyId member, String invoiceNumber, String line, Money base, DocumentRef because) {}

    /** Invoice lines without an agreement, oldest first; only the supplier's when one is given. */
    public List<Unagreed> withoutAgreement(Optional<PartyId> supplier) {
        return new CommissionLines(jdbc)
                .withoutAgreement().stream()
                        .filter(line -> supplier.isEmpty() || supplier.get().equals(line.supplier()))
                        .map(line -> new Unagreed(
                                line.supplier(),
                                line.member(),
                                line.invoiceNumber(),
                                line.lineNumber(),
                                line.base(),
                                line.because()))
                        .toList();
    }

    /** Closes the period: states what its entries come to, and posts what of it goes back to members. */
    CommissionStatement close(Entry decision, PartyId supplier, YearMonth period) {
        List<StatementContent.Close> closes = new ArrayList<>(closes(supplier));
        YearMonth last = closes.isEmpty() ? null : closes.get(closes.size() - 1).period();
        closes.add(new StatementContent.Close(decision.id().sequence(), period));
        List<StatedLine> lines =
                lines(ledger.entriesOf(supplier, last, period), new CommissionLines(jdbc).parts(supplier));
        StatementContent content = new StatementContent(
                supplier,
                decision.arrivedAt(),
                treeHeads.apply(decision.id().sequence()),
                closes,
                agreements.of(supplier).stream()
                        .filter(agreement -> lines.stream()
                                .anyMatch(line -> line.rule().agreement().equals(agreement.id())))
                        .sorted(java.util.Comparator.comparing(CommissionAgreement::id))
                        .toList(),
                lines,
                unmatched(ledger.suspense(Optional.of(supplier)).stream()
                        .filter(entry -> !entry.period().isAfter(period))
                        .toList()));
        byte[] json = content.json();
        CommissionStatement statement = new CommissionStatement(
                decision.id(),
                supplier,
                period,
                decision.arrivedAt(),
                Sha256.of(json),
                new String(json, StandardCharsets.UTF_8));
        jdbc.sql("INSERT INTO commission_statement (id, supplier, period, closed_at, digest, content)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .param(statement.id().sequence())
                .param(supplier.value())
                .param(period.toString())
                .param(statement.closedAt().atOffset(ZoneOffset.UTC))
                .param(statement.digest().hex())
                .param(statement.content())
                .update();
        share(decision, statement, content.shares());
        return statement;
    }

    private void share(Entry decision, CommissionStatement statement, List<Shares.Share> shares) {
        int number = 0;
        for (Shares.Share share : shares) {
            ledger.post(new JournalEntry(
                    new JournalEntryId(decision.id(), 0, number++),
                    Kind.SHARE_BACK,
                    Kind.SHARE_BACK.posting(statement.supplier(), share.member(), share.amount()),
                    "share-back %s %s %s"
                            .formatted(decision.id(), share.agreement().id(), share.member()),
                    statement.supplier(),
                    share.member(),
                    "",
                    share.agreement().version(),
                    share.patronage(),
                    new DocumentRef(
                            OPERATOR,
                            DocumentType.COMMISSION_STATEMENT,
                            decision.id().toString(),
                            new ArchiveRef(decision.id(), new ByteRange(0, decision.payloadLength()))),
                    "",
                    statement.period().atEndOfMonth(),
                    decision.arrivedAt(),
                    statement.period()));
        }
    }

    private List<StatementContent.Close> closes(PartyId supplier) {
        return jdbc.sql("SELECT id, period FROM commission_statement WHERE supplier = ? ORDER BY id")
                .param(supplier.value())
                .query((row, index) ->
                        new StatementContent.Close(row.getLong("id"), YearMonth.parse(row.getString("period"))))
                .list();
    }

    private static List<StatedLine> lines(List<JournalEntry> entries, Map<String, List<CountedLine.Part>> parts) {
        Map<String, StatedLine> byPosition = new LinkedHashMap<>();
        for (JournalEntry entry : entries) {
            @Nullable RuleVersion rule = entry.agreement();
            if (rule == null) {
                continue; // Suspense has no rate; it is listed apart.
            }
            byPosition.merge(
                    entry.position(),
                    new StatedLine(
                            entry.kind(),
                            entry.position(),
                            entry.member(),
                            entry.invoiceNumber(),
                            entry.line(),
                            rule,
                            entry.because(),
                            entry.effectiveOn(),
                            entry.base(),
                            entry.signed(),
                            parts.getOrDefault(invoicedLine(entry.position()), List.of())),
                    (sum, more) -> sum.plus(more.base(), more.amount()));
        }
        return byPosition.values().stream()
                .filter(StatedLine::saysSomething)
                .sorted(StatedLine.ORDER)
                .toList();
    }

    /** Of {@code reversal 60-0:0 of 57-0:2} the line that was invoiced: {@code 57-0:2}. */
    private static String invoicedLine(String position) {
        return position.substring(position.lastIndexOf(' ') + 1);
    }

    private static List<UnmatchedCredit> unmatched(List<JournalEntry> suspense) {
        Map<String, UnmatchedCredit> byPosition = new LinkedHashMap<>();
        for (JournalEntry entry : suspense) {
            byPosition.merge(
                    entry.position(),
                    new UnmatchedCredit(
                            entry.supplier(),
                            entry.member(),
                            entry.invoiceNumber(),
                            entry.line(),
                            entry.signed(),
                            entry.because(),
                            entry.effectiveOn()),
                    (sum, more) -> new UnmatchedCredit(
                            sum.supplier(),
                            sum.member(),
                            sum.invoiceNumber(),
                            sum.line(),
                            sum.value().plus(more.value()),
                            sum.because(),
                            sum.date()));
        }
        return byPosition.values().stream()
                .filter(credit -> !credit.value().isZero())
                .sorted(UnmatchedCredit.ORDER)
                .toList();
    }

    private static CommissionStatement statement(ResultSet row, int index) throws SQLException {
        return new CommissionStatement(
                new EntryId(row.getLong("id")),
                new PartyId(row.getString("supplier")),
                YearMonth.parse(row.getString("period")),
                row.getObject("closed_at", OffsetDateTime.class).toInstant(),
                Sha256.fromHex(row.getString("digest")),
                row.getString("content"));
    }
}
