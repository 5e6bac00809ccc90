package io.lonja.fulfilment;

import io.lonja.document.DocumentType;
import io.lonja.fulfilment.FollowedOrder.Misfit;
import io.lonja.fulfilment.TradeDocument.Line;
import io.lonja.fulfilment.TradeDocument.Tax;
import io.lonja.money.Money;
import io.lonja.partner.Tolerance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the invoices of an order against the order and what was despatched and received, within the seller's tolerances. A difference
 * that is exactly the tolerance is none.
 */
final class ThreeWayMatch {

    private final FollowedOrder followed;
    private final List<Difference> differences = new ArrayList<>();

    ThreeWayMatch(FollowedOrder followed) {
        this.followed = followed;
    }

    /** In the order of the order's lines, then of the documents. */
    List<Difference> differences() {
        for (ChangedOrder.Trouble trouble : followed.troubles()) {
            OrderedLine ordered = trouble.ordered();
            add(
                    trouble.reason(),
                    ordered,
                    trouble.document(),
                    trouble.line(),
                    trouble.expected(),
                    trouble.found(),
                    null,
                    ordered == null ? null : ordered.line.quantity().unit(),
                    trouble.what());
        }
        for (Misfit misfit : followed.misfits) {
            misfit(misfit.document(), misfit.line(), misfit.ordered());
        }
        for (int i = 0; i < followed.lines.size(); i++) {
            line(i, followed.lines.get(i));
        }
        differences.addAll(new ReceiptMatch(followed).differences());
        for (Invoiced item : followed.invoiced) {
            if (item.ordered == null && item.stands()) {
                misfit(item.document, item.line, null);
            }
        }
        List<TradeDocument> invoices = followed.of(DocumentType.INVOICE);
        charges(invoices);
        for (TradeDocument invoice : invoices) {
            boolean stands =
                    followed.invoiced.stream().anyMatch(item -> item.document.equals(invoice) && item.stands());
            if (stands) {
                taxOfTheWhole(invoice);
            }
        }
        return differences;
    }

    private void line(int ordinal, OrderedLine ordered) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Invoiced item : followed.invoicedFor(ordinal)) {
            if (!item.stands()) {
                continue;
            }
            if (!FollowedOrder.sameUnit(ordered, item.line)) {
                misfit(item.document, item.line, ordered);
                continue;
            }
            price(ordered, item);
            sum = sum.add(item.quantity());
            over(ordered, item, Reason.QUANTITY_OVER_ORDERED, ordered.invoicable(), sum, "ordered");
            if (followed.despatchesTold()) {
                over(ordered, item, Reason.QUANTITY_OVER_DESPATCHED, ordered.sent, sum, "despatched");
            }
            if (followed.receiptsTold()) {
                over(ordered, item, Reason.QUANTITY_OVER_RECEIVED, ordered.accepted, sum, "received and accepted");
            }
            tax(ordered, item);
        }
    }

    private void price(OrderedLine ordered, Invoiced item) {
        BigDecimal price = ordered.priceOn(item.document.date());
        Money net = ordered.line.net();
        if (price == null || net == null) {
            return;
        }
        if (!net.currency().equals(item.currency())) {
            add(
                    Reason.CURRENCY_DIFFERS,
                    ordered,
                    item.document,
                    item.line,
                    net.currency().getCurrencyCode(),
                    item.currency().getCurrencyCode(),
                    null,
                    null,
                    "ordered in %s, invoiced in %s"
                            .formatted(
                                    net.currency().getCurrencyCode(),
                                    item.currency().getCurrencyCode()));
            return;
        }
        Tolerance tolerance = item.document.terms().tolerances().price();
        BigDecimal difference = item.dearerThan(price).abs();
        BigDecimal allowed = tolerance.of(price).multiply(item.quantity());
        if (difference.compareTo(allowed) > 0) {
            add(
                    Reason.PRICE,
                    ordered,
                    item.document,
                    item.line,
                    plain(price),
                    plain(item.price()),
                    difference.toPlainString(),
                    item.currency().getCurrencyCode(),
                    "ordered at %s, invoiced at %s: %s %s for %s %s"
                            .formatted(
                                    plain(price),
                                    plain(item.price()),
                                    difference.toPlainString(),
                                    item.currency().getCurrencyCode(),
                                    plain(item.quantity()),
                                    item.line.quantity().unit()));
        }
    }

    private void over(
            OrderedLine ordered, Invoiced item, Reason reason, BigDecimal limit, BigDecimal sum, String what) {
        BigDecimal over = sum.subtract(limit);
        if (over.compareTo(item.document.terms().tolerances().quantity().of(limit)) > 0) {
            add(
                    reason,
                    ordered,
                    item.document,
                    item.line,
                    plain(limit),
                    plain(sum),
                    plain(over),
                    item.line.quantity().unit(),
                    "%s %s, invoiced %s".formatted(what, plain(limit), plain(sum)));
        }
    }

    private void tax(OrderedLine ordered, Invoiced item) {
        for (Tax tax : item.line.taxes()) {
            rate(ordered, item, tax);
            Money net = item.line.net();
            if (net != null) {
                amount(ordered, item.document, item.line, tax, net);
            }
        }
        if (item.line.taxes().isEmpty() && item.document.taxes().size() == 1) {
            rate(ordered, item, item.document.taxes().get(0));
        }
    }

    private void rate(OrderedLine ordered, Invoiced item, Tax tax) {
        List<Tax> agreed = ordered.line.taxes().isEmpty() ? followed.agreed().taxes() : ordered.line.taxes();
        BigDecimal rate = tax.rate();
        BigDecimal wanted = agreed.stream()
                .filter(known -> known.category().equals(tax.category()))
                .flatMap(known -> Optional.ofNullable(known.rate()).stream())
                .findFirst()
                .orElse(null);
        if (rate != null && wanted != null && rate.compareTo(wanted) != 0) {
            add(
                    Reason.TAX_RATE,
                    ordered,
                    item.document,
                    item.line,
                    plain(wanted),
                    plain(rate),
                    plain(rate.subtract(wanted).abs()),
                    "%",
                    "tax %s ordered at %s %%, invoiced at %s %%".formatted(tax.category(), plain(wanted), plain(rate)));
        }
    }

    /** One tax on all that the invoice amounts to; of several, nobody says which amount each is on. */
    private void taxOfTheWhole(TradeDocument invoice) {
        Money net = invoice.net();
        boolean ofLines =
                invoice.lines().stream().anyMatch(line -> !line.taxes().isEmpty());
        if (net != null && !ofLines && invoice.taxes().size() == 1) {
            amount(null, invoice, null, invoice.taxes().get(0), net);
        }
    }

    private void amount(@Nullable OrderedLine ordered, TradeDocument invoice, @Nullable Line line, Tax tax, Money all) {
        BigDecimal rate = tax.rate();
        Money base = tax.base();
        Money net = base == null ? all : base;
        if (rate == null || !net.currency().equals(tax.amount().currency())) {
            return;
        }
        BigDecimal wanted = net.amount()
                .multiply(rate)
                .movePointLeft(2)
                .setScale(net.currency().getDefaultFractionDigits(), RoundingMode.HALF_UP);
        BigDecimal difference = tax.amount().amount().subtract(wanted).abs();
        if (difference.compareTo(invoice.terms().tolerances().tax().of(wanted)) > 0) {
            add(
                    Reason.TAX_AMOUNT,
                    ordered,
                    invoice,
                    line,
                    wanted.toPlainString(),
                    tax.amount().amount().toPlainString(),
                    difference.toPlainString(),
                    net.currency().getCurrencyCode(),
                    "%s %% of %s is %s, invoiced is %s"
                            .formatted(
                                    plain(rate),
                                    net,
                                    wanted.toPlainString(),
                                    tax.amount().amount().toPlainString()));
        }
    }

    /** Of all invoices together, less what was credited: the one that goes beyond what was ordered has the case. */
    private void charges(List<TradeDocument> invoices) {
        Money ordered = followed.agreed().charges();
        if (ordered == null) {
            return;
        }
        BigDecimal sum = followed.of(DocumentType.CREDIT_NOTE).stream()
                .flatMap(credit -> Optional.ofNullable(credit.charges()).stream())
                .filter(charges -> charges.currency().equals(ordered.currency()))
                .map(charges -> charges.amount().negate())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        for (TradeDocument invoice : invoices) {
            Money charges = invoice.charges();
            if (charges == null || charges.isZero() || !charges.currency().equals(ordered.currency())) {
                continue;
            }
            sum = sum.add(charges.amount());
            BigDecimal over = sum.subtract(ordered.amount());
            if (over.compareTo(invoice.terms().tolerances().freight().of(ordered.amount())) > 0) {
                add(
                        Reason.CHARGE_NOT_ORDERED,
                        null,
                        invoice,
                        null,
                        ordered.amount().toPlainString(),
                        sum.toPlainString(),
                        over.toPlainString(),
                        ordered.currency().getCurrencyCode(),
                        "charges of %s were ordered, %s %s are invoiced"
                                .formatted(
                                        ordered,
                                        sum.toPlainString(),
                                        ordered.currency().getCurrencyCode()));
            }
        }
    }

    private void misfit(TradeDocument document, Line line, @Nullable OrderedLine ordered) {
        String quantity = "%s %s"
                .formatted(plain(line.quantity().value()), line.quantity().unit());
        if (ordered == null) {
            add(
                    Reason.LINE_NOT_ORDERED,
                    null,
                    document,
                    line,
                    null,
                    plain(line.quantity().value()),
                    null,
                    line.quantity().unit(),
                    "%s of line %s are for no line of the order, or for several; say its number and line (purchase-order-line)"
                            .formatted(quantity, line.number()));
            return;
        }
        add(
                Reason.UNIT_DIFFERS,
                ordered,
                document,
                line,
                ordered.line.quantity().unit(),
                line.quantity().unit(),
                null,
                null,
                "ordered in %s, line %s says %s"
                        .formatted(ordered.line.quantity().unit(), line.number(), quantity));
    }

    private void add(
            Reason reason,
            @Nullable OrderedLine ordered,
            TradeDocument document,
            @Nullable Line line,
            @Nullable String expected,
            @Nullable String found,
            @Nullable String difference,
            @Nullable String unit,
            String what) {
        differences.add(Difference.between(
                followed.order,
                ordered,
                document,
                line,
                reason,
                new Difference.Figures(expected, found, difference, unit),
                what));
    }

    static String plain(BigDecimal figure) {
        return figure.signum() == 0 ? "0" : figure.stripTrailingZeros().toPlainString();
    }
}
