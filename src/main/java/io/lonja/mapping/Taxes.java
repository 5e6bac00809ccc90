package io.lonja.mapping;

import io.lonja.document.PricedDocument.Line;
import io.lonja.document.PricedDocument.Rate;
import io.lonja.document.PricedDocument.Tax;
import io.lonja.document.PricedDocument.Treatment;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Taxes, of a line or of the whole document: the amounts that are added, how each is treated, and whether the amounts of a
 * summary are those of its rates.
 *
 * @param adjustments whose currency, signs and rounding these amounts have too
 */
record Taxes(Names names, Problems problems, Adjustments adjustments) {

    /** What the guide's names call a tax that the buyer keeps back for somebody else's tax office. */
    private static final String WITHHELD = "withheld";

    /**
     * The taxes of a document's summary: those that say an amount or what it is taken of, and with them those on which
     * nothing is to be paid. Empty where the document has no summary, and the taxes of head and lines count.
     */
    List<Fields> summary(List<Fields> sources) {
        if (sources.stream().noneMatch(source -> source.has("amount") || source.has("base"))) {
            return List.of();
        }
        return sources.stream()
                .filter(source -> source.has("amount") || source.has("base") || free(treatment(source)))
                .toList();
    }

    /**
     * The taxes that are added to the amounts.
     *
     * @param base what a bare percentage is taken of
     * @param reason why nothing is to be paid on those where nothing is; empty where the source does not say
     */
    List<Tax> added(List<Fields> sources, Money base, String reason) {
        List<Tax> taxes = new ArrayList<>();
        for (Fields source : sources) {
            String relation = relation(source);
            if (relation.isEmpty()) {
                problems.add(
                        "tax-relation-unknown",
                        source.place(),
                        "%s: a tax with the relationship code %s is not added to the amounts, so they cannot be verified; ask the sender to state amounts without tax.",
                        source.text("relation"));
            } else if (type(source).equals(WITHHELD)) {
                problems.add(
                        "tax-withheld",
                        source.place(),
                        "%s: the tax %s is kept back by the buyer and not added, which no amount here can say; settle it with the sender.",
                        source.text("category"));
            } else if (relation.equals("added")) {
                Tax tax = tax(source, base, reason);
                if (tax != null) {
                    taxes.add(tax);
                }
            }
        }
        return taxes;
    }

    /** At which rates a line is taxed: those that the document's summary adds up, or that are told for information. */
    List<Rate> rates(List<Fields> sources, boolean inSummary) {
        return sources.stream()
                .filter(source -> source.has("rate") || treatment(source) != null)
                .filter(source -> inSummary || relation(source).equals("information-only"))
                .map(source -> new Rate(
                        source.text("category"), problems.decimal(source, "rate", source.place()), treatment(source)))
                .distinct()
                .toList();
    }

    /** The texts that say why nothing is to be paid, joined; empty where there are none. */
    String reason(Stream<Fields> texts) {
        return texts.filter(text -> names.find("text", text.text("qualifier")).equals(Optional.of("tax-reason")))
                .map(text -> Stream.of("text", "text2", "text3", "text4", "text5")
                        .map(text::text)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" ")))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private String relation(Fields source) {
        return source.has("relation")
                ? names.find("tax", source.text("relation")).orElse("")
                : "added";
    }

    private String type(Fields source) {
        return names.find("tax-type", source.text("category")).orElse("");
    }

    /** What the category says, where it says that nothing is to be paid; else what the kind of tax says. */
    private @Nullable Treatment treatment(Fields source) {
        String category = names.find("tax-category", source.text("exemption")).orElse("");
        for (String name : List.of(category, type(source))) {
            for (Treatment treatment : Treatment.values()) {
                if (treatment.name().replace('_', '-').equalsIgnoreCase(name)) {
                    return treatment;
                }
            }
        }
        return null;
    }

    private static boolean free(@Nullable Treatment treatment) {
        return treatment != null && !treatment.payable();
    }

    private @Nullable Tax tax(Fields source, Money otherBase, String reason) {
        Treatment treatment = treatment(source);
        BigDecimal rate = problems.decimal(source, "rate", source.place());
        BigDecimal written = problems.decimal(source, "base", source.place());
        Money base = written == null ? null : adjustments.exact(written, "base of a tax", source.place());
        Money amount = amount(source, rate, base == null ? otherBase : base, free(treatment));
        if (amount == null) {
            return null;
        }
        if (free(treatment) && !amount.isZero()) {
            problems.add(
                    "tax-not-free",
                    source.place(),
                    "%s: nothing is to be paid of a tax with the category %s, but it amounts to %s; ask the sender to correct and resend it.",
                    source.text("exemption"),
                    amount);
        }
        if (rate != null && base != null && !free(treatment)) {
            Money computed = adjustments.percentage(rate, base.amount());
            if (!amount.equals(computed)) {
                problems.differs(
                        "tax-differs",
                        source.place(),
                        amount.amount().toPlainString(),
                        computed.amount().toPlainString(),
                        "%s says that the tax amounts to %s, but its rate of what it is taken of is %s, rounded once; ask the sender to correct and resend it.");
            }
        }
        return new Tax(
                source.text("category"),
                rate,
                amount,
                source.place().bytes(),
                treatment,
                base,
                free(treatment) && !why(source, reason).isEmpty() ? why(source, reason) : null);
    }

    /** Its own reason, or code of one, where it has one; what the category says already is none. */
    private String why(Fields source, String reason) {
        if (source.has("reason")) {
            return source.text("reason");
        }
        String code = source.text("reasonCode");
        return code.isEmpty() || names.find("tax-reason", code).isPresent() ? reason : code;
    }

    private @Nullable Money amount(Fields source, @Nullable BigDecimal rate, Money base, boolean free) {
        BigDecimal amount = problems.decimal(source, "amount", source.place());
        if (amount != null) {
            return adjustments.exact(amount, "tax", source.place());
        }
        if (source.has("amount")) {
            return null;
        }
        if (free) {
            return Money.zero(adjustments.currency());
        }
        if (rate != null) {
            return adjustments.percentage(rate, base.amount());
        }
        problems.add(
                "tax-amount-missing",
                source.place(),
                "%s: the tax has neither an amount nor a percentage; ask the sender to resend it with an amount.");
        return null;
    }

    /**
     * Compares what the taxes of a summary are taken of with the lines that are taxed so. Only where each line says its
     * rates; and where the whole document has allowances or charges, only when all its lines are taxed alike, because
     * nothing else says how these are taxed.
     *
     * @param net of the whole document
     */
    void compare(List<Tax> summary, List<Line> lines, Money net, boolean adjusted, Place place) {
        if (summary.isEmpty() || lines.stream().anyMatch(line -> line.rates().isEmpty())) {
            return;
        }
        Map<String, Money> taxed = new LinkedHashMap<>();
        for (Line line : lines) {
            line.rates()
                    .forEach(rate ->
                            taxed.merge(key(rate.category(), rate.rate(), rate.treatment()), line.net(), Money::plus));
        }
        boolean alike = lines.stream().map(Line::rates).distinct().count() == 1;
        if (adjusted && !alike) {
            return;
        }
        Map<String, Money> stated = new LinkedHashMap<>();
        for (Tax tax : summary) {
            String key = key(tax.category(), tax.rate(), tax.treatment());
            Money base = tax.base();
            if (base == null) {
                base = stated.containsKey(key) ? Money.zero(adjustments.currency()) : adjusted ? net : taxed.get(key);
            }
            stated.merge(key, base == null ? Money.zero(adjustments.currency()) : base, Money::plus);
        }
        Set<String> keys = new LinkedHashSet<>(taxed.keySet());
        keys.addAll(stated.keySet());
        for (String key : keys) {
            Money zero = Money.zero(adjustments.currency());
            Money computed = !taxed.containsKey(key) ? zero : adjusted ? net : taxed.getOrDefault(key, zero);
            Money base = stated.get(key);
            if (base == null && !key.endsWith(" 0")) {
                problems.add(
                        "tax-rate-missing",
                        place,
                        "%s: lines are taxed with %s, but the summary has no such tax; ask the sender to correct and resend it.",
                        key);
            } else if (base != null && !base.equals(computed)) {
                problems.differs(
                        "tax-base-differs",
                        place,
                        base.amount().toPlainString(),
                        computed.amount().toPlainString(),
                        "%s says that the tax " + key.replace("%", "%%")
                                + " is taken of %s, but the lines taxed so come to %s; ask the sender to correct and resend it.");
            }
        }
    }

    /** {@code VAT 21}, {@code VAT exempt 0}. */
    private static String key(String category, @Nullable BigDecimal rate, @Nullable Treatment treatment) {
        String kind = treatment == null ? "" : " " + treatment.name().toLowerCase(Locale.ROOT);
        String percent = rate == null || rate.signum() == 0
                ? "0"
                : rate.stripTrailingZeros().toPlainString();
        return category + kind + " " + percent;
    }
}
