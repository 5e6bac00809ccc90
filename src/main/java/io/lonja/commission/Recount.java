package io.lonja.commission;

import io.lonja.archive.EntryId;
import io.lonja.commission.JournalEntry.Kind;
import io.lonja.commission.StatementContent.Close;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a statement must say, reckoned from documents and agreements alone: without a ledger, without a database. A pure
 * function that the verifier holds against the statement.
 */
final class Recount {

    private final List<CommissionAgreement> agreements;
    private final List<CountedLine> lines;

    Recount(List<CommissionAgreement> agreements, List<CountedLine> lines) {
        this.agreements = agreements;
        this.lines = lines;
    }

    /** What changed from the close before to the last one. */
    List<StatedLine> stated(List<Close> closes) {
        Map<String, StatedLine> positions = new LinkedHashMap<>();
        if (closes.size() > 1) {
            due(closes.get(closes.size() - 2)).forEach((position, line) -> positions.put(position, line.negated()));
        }
        due(closes.get(closes.size() - 1))
                .forEach((position, line) ->
                        positions.merge(position, line, (before, now) -> now.plus(before.base(), before.amount())));
        return positions.values().stream()
                .filter(StatedLine::saysSomething)
                .sorted(StatedLine.ORDER)
                .toList();
    }

    /** Credits that nothing covered when this period was closed. */
    List<UnmatchedCredit> unmatched(Close close) {
        return claims(close).stream()
                .filter(claim -> claim.kind() == Kind.SUSPENSE)
                .map(claim -> new UnmatchedCredit(
                        claim.line().supplier(),
                        claim.line().member(),
                        claim.line().invoiceNumber(),
                        claim.line().lineNumber(),
                        claim.amount(),
                        claim.line().because(),
                        claim.effectiveOn()))
                .sorted(UnmatchedCredit.ORDER)
                .toList();
    }

    /** The agreements that these lines name, in order of their ids. */
    List<CommissionAgreement> named(List<StatedLine> stated) {
        List<EntryId> ids =
                stated.stream().map(line -> line.rule().agreement()).distinct().toList();
        return agreements.stream()
                .filter(agreement -> ids.contains(agreement.id()))
                .sorted(java.util.Comparator.comparing(CommissionAgreement::id))
                .toList();
    }

    private Map<String, StatedLine> due(Close close) {
        Map<String, StatedLine> due = new LinkedHashMap<>();
        for (Claim claim : claims(close)) {
            if (claim.kind() != Kind.SUSPENSE) {
                due.put(
                        claim.position(),
                        new StatedLine(
                                claim.kind(),
                                claim.position(),
                                claim.line().member(),
                                claim.line().invoiceNumber(),
                                claim.line().lineNumber(),
                                Objects.requireNonNull(claim.agreement()).version(),
                                claim.line().because(),
                                claim.effectiveOn(),
                                claim.base(),
                                claim.amount(),
                                claim.parts()));
            }
        }
        return due;
    }

    /** By what had taken effect before the close, as far as it falls into closed months. */
    private List<Claim> claims(Close close) {
        List<CommissionAgreement> agreed = agreements.stream()
                .filter(agreement -> agreement.id().sequence() < close.statement())
                .toList();
        List<Claim> claims = new ArrayList<>();
        lines.stream()
                .filter(line -> line.fact().sequence() < close.statement())
                .collect(Collectors.groupingBy(CountedLine::matter, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(matter -> claims.addAll(Reckoning.of(matter, agreed)));
        return claims.stream()
                .filter(claim -> !YearMonth.from(claim.effectiveOn()).isAfter(close.period()))
                .toList();
    }
}
