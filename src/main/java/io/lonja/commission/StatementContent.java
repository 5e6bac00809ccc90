package io.lonja.commission;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.TreeHead;
import io.lonja.commission.JournalEntry.Kind;
import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a statement says, from which its one spelling in JSON follows. The hub fills it from the ledger, the verifier
 * from documents; both must give the same bytes.
 *
 * @param closes the periods of this supplier closed so far, oldest first, the last one is this statement
 * @param agreements that its lines were computed by, in order of their ids
 * @param lines in {@link StatedLine#ORDER}
 * @param unmatched what stood in suspense when the period was closed
 */
record StatementContent(
        PartyId supplier,
        Instant closedAt,
        TreeHead treeHead,
        List<Close> closes,
        List<CommissionAgreement> agreements,
        List<StatedLine> lines,
        List<UnmatchedCredit> unmatched) {

    /**
     * A period that was closed.
     *
     * @param statement sequence of the decision that closed it: what took effect before it counts
     */
    record Close(long statement, YearMonth period) {}

    Close close() {
        return closes.get(closes.size() - 1);
    }

    List<Shares.Share> shares() {
        return Shares.of(
                lines,
                agreements.stream()
                        .collect(Collectors.toMap(agreement -> agreement.id().sequence(), agreement -> agreement)));
    }

    byte[] json() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", Long.toString(close().statement()));
        tree.put("supplier", supplier.value());
        tree.put("period", close().period().toString());
        tree.put("closedAt", closedAt.toString());
        tree.put(
                "treeHead",
                Map.of("size", treeHead.size(), "root", treeHead.root().hex()));
        tree.put(
                "closes",
                closes.stream()
                        .map(close -> Map.of(
                                "statement",
                                Long.toString(close.statement()),
                                "period",
                                close.period().toString()))
                        .toList());
        tree.put(
                "agreements", agreements.stream().map(CommissionAgreement::tree).toList());
        tree.put("lines", lines.stream().map(this::line).toList());
        tree.put(
                "unmatchedCredits",
                unmatched.stream().map(StatementContent::unmatched).toList());
        tree.put("totals", totals());
        return CanonicalJson.write(tree);
    }

    private Map<String, Object> line(StatedLine line) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("kind", line.kind().wireName());
        tree.put("member", line.member().value());
        tree.put("invoice", line.invoiceNumber());
        tree.put("line", line.line());
        tree.put("date", line.effectiveOn().toString());
        tree.put("base", money(line.base()));
        tree.put("rate", rate(line));
        tree.put("commission", money(line.amount()));
        tree.put("agreement", line.rule().agreement().toString());
        tree.put("rule", line.rule().digest().hex());
        tree.put("because", because(line.because()));
        if (!line.parts().isEmpty()) {
            List<Map<String, Object>> members = new ArrayList<>();
            line.bases()
                    .forEach((member, base) ->
                            members.add(new TreeMap<>(Map.of("member", member.value(), "base", money(base)))));
            tree.put("members", members);
        }
        return tree;
    }

    private String rate(StatedLine line) {
        return agreements.stream()
                .filter(agreement -> agreement.id().equals(line.rule().agreement()))
                .map(agreement -> agreement.terms().rate().toPlainString())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The statement does not hold agreement " + line.rule().agreement()));
    }

    private static Map<String, Object> unmatched(UnmatchedCredit credit) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("member", credit.member().value());
        tree.put("invoice", credit.invoiceNumber());
        tree.put("line", credit.line());
        tree.put("date", credit.date().toString());
        tree.put("value", money(credit.value()));
        tree.put("because", because(credit.because()));
        return tree;
    }

    private List<Map<String, Object>> totals() {
        Map<String, Money[]> sums = new TreeMap<>();
        for (StatedLine line : lines) {
            Money[] sum =
                    sums.computeIfAbsent(line.amount().currency().getCurrencyCode(), code -> zeros(line.amount()));
            int column = line.kind() == Kind.COMMISSION ? 1 : 2;
            sum[0] = sum[0].plus(line.base());
            sum[column] = sum[column].plus(line.amount());
        }
        for (Shares.Share share : shares()) {
            Money[] sum =
                    sums.computeIfAbsent(share.amount().currency().getCurrencyCode(), code -> zeros(share.amount()));
            sum[3] = sum[3].plus(share.amount());
        }
        List<Map<String, Object>> totals = new ArrayList<>();
        sums.forEach((currency, sum) -> totals.add(new TreeMap<>(Map.of(
                "currency", currency,
                "base", money(sum[0]),
                "commission", money(sum[1]),
                "reversals", money(sum[2]),
                "due", money(sum[1].plus(sum[2])),
                "shareBack", money(sum[3])))));
        return totals;
    }

    private static Money[] zeros(Money like) {
        Money zero = Money.zero(like.currency());
        return new Money[] {zero, zero, zero, zero};
    }

    private static Map<String, Object> because(DocumentRef because) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("sender", because.sender().value());
        tree.put("type", because.type().wireName());
        tree.put("number", because.number());
        tree.put("interchange", because.at().entry().toString());
        tree.put("from", because.at().bytes().from());
        tree.put("to", because.at().bytes().to());
        return tree;
    }

    static Map<String, Object> money(Money money) {
        return Map.of(
                "amount",
                money.amount().toPlainString(),
                "currency",
                money.currency().getCurrencyCode());
    }
}
