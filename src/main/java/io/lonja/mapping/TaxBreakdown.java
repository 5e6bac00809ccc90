package io.lonja.mapping;

import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.document.PricedDocument.Line;
import io.lonja.document.PricedDocument.Rate;
import io.lonja.document.PricedDocument.Tax;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The taxes of a priced document as EN 16931 adds them up: one row for each tax, treatment and rate (BG-23), whose base is
 * what the lines and the allowances and charges of the whole that are taxed so come to (BT-116), and whose amount is the rate of
 * that, rounded once, half up (BT-117). It is made whatever form the document has (decision 0104), and held against what
 * the document itself says: its amounts may differ by what rounding each of them explains, and no more.
 *
 * @param rows in the order in which the document says them
 * @param lines how each line is taxed (BT-151, BT-152), in the order of the lines
 * @param adjusted how allowances and charges of the whole are taxed (BT-95, BT-102); empty where there are none
 * @param tax sum of the rows (BT-110)
 * @param inclusive net and tax (BT-112)
 * @param rounding what is added to that so that what is to be paid is what the document says (BT-114)
 */
record TaxBreakdown(
        List<Row> rows, List<List<Rate>> lines, List<Rate> adjusted, Money tax, Money inclusive, Money rounding) {

    private static final BigDecimal PERCENT = new BigDecimal("0.01");

    /**
     * A row.
     *
     * @param reason why nothing is to be paid, in the document's words (BT-120)
     */
    record Row(
            String category,
            @Nullable BigDecimal rate,
            PricedDocument.@Nullable Treatment treatment,
            Money base,
            Money amount,
            @Nullable String reason) {}

    /**
     * Adds up.
     *
     * @throws UnwritableDocumentException where the document does not say how all of it is taxed, or contradicts itself
     */
    static TaxBreakdown of(PricedDocument document) {
        return new Sum(document).breakdown();
    }

    /** What is known of one document while it is added up. */
    private static final class Sum {

        private final PricedDocument document;
        private final boolean ofLines;
        private final List<Tax> own;
        private final List<List<Rate>> lines = new ArrayList<>();

        Sum(PricedDocument document) {
            this.document = document;
            List<Tax> taxesOfLines = document.lines().stream()
                    .flatMap(line -> line.taxes().stream())
                    .toList();
            ofLines = !taxesOfLines.isEmpty();
            // Beside taxes of lines stand those of allowances and charges.
            own = Stream.concat(taxesOfLines.stream(), document.taxes().stream())
                    .toList();
            if (own.isEmpty()) {
                throw cannot("an invoice that says no taxes, neither of the whole nor of its lines (BG-23)");
            }
            document.lines().forEach(line -> lines.add(rates(line)));
        }

        private List<Rate> rates(Line line) {
            List<Rate> rates = !line.rates().isEmpty()
                    ? line.rates()
                    : !line.taxes().isEmpty() ? rates(line.taxes()) : ofAll() ? rates(own) : List.<Rate>of();
            if (rates.isEmpty()) {
                throw cannot("how the line " + line.number() + " is taxed (BT-151)");
            }
            return rates;
        }

        /** Whether what the summary says can only be said of all lines. */
        private boolean ofAll() {
            Money net = document.totals().net();
            return !ofLines
                    && own.stream().allMatch(tax -> tax.base() == null ? own.size() == 1 : net.equals(tax.base()));
        }

        private static List<Rate> rates(List<Tax> taxes) {
            return taxes.stream().map(Rate::of).distinct().toList();
        }

        private static Rate rate(Tax tax) {
            return plain(Rate.of(tax));
        }

        /** What is not paid has no rate. */
        private static Rate plain(Rate rate) {
            return free(rate) ? new Rate(rate.category(), null, rate.treatment()) : rate.plain();
        }

        private static boolean free(Rate rate) {
            return rate.treatment() != null && !rate.treatment().payable();
        }

        TaxBreakdown breakdown() {
            Map<List<Rate>, List<Rate>> candidates = new LinkedHashMap<>();
            lines.forEach(rates ->
                    candidates.putIfAbsent(rates.stream().map(Sum::plain).toList(), rates));
            if (document.adjustments().isEmpty()) {
                candidates.clear();
                candidates.put(List.of(), List.of());
            }
            List<TaxBreakdown> fitting = new ArrayList<>();
            for (List<Rate> adjusted : candidates.values()) {
                List<Row> rows = rows(adjusted);
                Optional<String> contradiction = contradiction(rows);
                if (contradiction.isEmpty()) {
                    fitting.add(breakdown(rows, adjusted));
                } else if (candidates.size() == 1) {
                    throw cannot(contradiction.get());
                }
            }
            if (fitting.size() != 1) {
                throw cannot(
                        "how an allowance or charge of the whole is taxed, where lines are taxed differently (BT-95, BT-102)");
            }
            return fitting.get(0);
        }

        private TaxBreakdown breakdown(List<Row> rows, List<Rate> adjusted) {
            Money tax = rows.stream().map(Row::amount).reduce(zero(), Money::plus);
            Money inclusive = document.totals().net().plus(tax);
            return new TaxBreakdown(
                    rows,
                    lines,
                    adjusted,
                    tax,
                    inclusive,
                    document.totals().payable().minus(inclusive));
        }

        private List<Row> rows(List<Rate> adjusted) {
            Map<Rate, Money> bases = new LinkedHashMap<>();
            own.forEach(tax -> bases.put(rate(tax), zero()));
            for (int i = 0; i < lines.size(); i++) {
                Money net = document.lines().get(i).net();
                lines.get(i).forEach(rate -> bases.merge(plain(rate), net, Money::plus));
            }
            Money adjustments =
                    document.adjustments().stream().map(Adjustment::signed).reduce(zero(), Money::plus);
            adjusted.forEach(rate -> bases.merge(plain(rate), adjustments, Money::plus));
            List<Row> rows = new ArrayList<>();
            bases.forEach((rate, base) -> rows.add(row(rate, base)));
            return rows;
        }

        private Row row(Rate rate, Money base) {
            BigDecimal percent = free(rate) ? BigDecimal.ZERO : rate.rate();
            if (percent == null) {
                throw cannot("a tax without its rate (BT-119, BT-152)");
            }
            Money amount = Money.rounded(
                    base.amount().multiply(percent).multiply(PERCENT), document.currency(), RoundingMode.HALF_UP);
            BigDecimal written = said(rate)
                    .flatMap(tax -> Stream.ofNullable(tax.rate()))
                    .findFirst()
                    .orElse(rate.rate());
            String reason = said(rate)
                    .flatMap(tax -> Stream.ofNullable(tax.reason()))
                    .distinct()
                    .collect(Collectors.joining(" "));
            return new Row(rate.category(), written, rate.treatment(), base, amount, reason.isEmpty() ? null : reason);
        }

        private Stream<Tax> said(Rate rate) {
            return own.stream().filter(tax -> rate(tax).equals(rate));
        }

        /** What the document says otherwise, if anything. */
        private Optional<String> contradiction(List<Row> rows) {
            for (Row row : rows) {
                List<Tax> said = said(plain(new Rate(row.category(), row.rate(), row.treatment())))
                        .toList();
                Money amount = said.stream().map(Tax::amount).reduce(zero(), Money::plus);
                String tax =
                        "the tax %s%s".formatted(row.category(), row.rate() == null ? "" : " " + row.rate() + " %");
                boolean based = !ofLines && !said.isEmpty() && said.stream().allMatch(each -> each.base() != null);
                Money base = said.stream()
                        .flatMap(each -> Stream.ofNullable(each.base()))
                        .reduce(zero(), Money::plus);
                if (based && !base.equals(row.base())) {
                    return Optional.of(
                            "%s of %s where what is taxed so comes to %s (BT-116)".formatted(tax, base, row.base()));
                }
                // Each amount of a line was rounded for itself; that of a summary without its base may be a share of
                // such.
                long halves = ofLines
                        ? said.size()
                        : based ? 0 : Math.max(2, document.lines().size());
                if (Math.abs(amount.minus(row.amount()).minorUnits()) * 2 > halves) {
                    return Optional.of("%s as %s where its rate of %s is %s (BT-117)"
                            .formatted(tax, amount, row.base(), row.amount()));
                }
            }
            return Optional.empty();
        }

        private Money zero() {
            return Money.zero(document.currency());
        }

        private static UnwritableDocumentException cannot(String what) {
            return new UnwritableDocumentException("the guide cannot say " + what);
        }
    }
}
