package io.lonja.fulfilment;

import io.lonja.document.DocumentType;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the documents that name one order number between two parties come to. A pure function of them, so it does not
 * matter which came first.
 *
 * @param lines of all orders that bear the number, the oldest order first
 */
record Trade(List<OrderLine> lines, List<Difference> differences) {

    /** @param order the number, or {@link TradeDocument#NO_ORDER} for an invoice that names none and its credit notes */
    static Trade of(PartyId buyer, PartyId seller, String order, Collection<TradeDocument> documents) {
        List<TradeDocument> written =
                documents.stream().sorted(TradeDocument.AS_WRITTEN).toList();
        Map<TradeDocument, List<TradeDocument>> byOrder = new LinkedHashMap<>();
        List<TradeDocument> orders = written.stream()
                .filter(document -> document.type() == DocumentType.PURCHASE_ORDER)
                .toList();
        orders.forEach(known -> byOrder.put(known, new ArrayList<>()));
        List<TradeDocument> others = written.stream()
                .filter(document -> document.type() != DocumentType.PURCHASE_ORDER)
                .toList();
        if (orders.isEmpty()) {
            return new Trade(List.of(), missingOrder(order, others));
        }
        for (TradeDocument document : others) {
            Objects.requireNonNull(byOrder.get(orderOf(document, orders))).add(document);
        }
        List<OrderLine> lines = new ArrayList<>();
        List<Difference> differences = new ArrayList<>();
        byOrder.forEach((known, said) -> {
            FollowedOrder followed = new FollowedOrder(known, said);
            lines.addAll(followed.lines(buyer, seller));
            differences.addAll(new ThreeWayMatch(followed).differences());
        });
        return new Trade(lines, differences);
    }

    /** The one of the date that it says, else the newest that is not younger than it. */
    private static TradeDocument orderOf(TradeDocument document, List<TradeDocument> orders) {
        LocalDate said = document.orderDate();
        TradeDocument found = orders.get(0);
        for (TradeDocument order : orders) {
            if (order.date().equals(said)) {
                return order;
            }
            found = order.date().isAfter(document.date()) ? found : order;
        }
        return found;
    }

    private static List<Difference> missingOrder(String order, List<TradeDocument> documents) {
        List<Difference> differences = new ArrayList<>();
        documents.stream()
                .filter(document -> document.type() == DocumentType.ORDER_CHANGE)
                .forEach(change -> differences.add(new Difference(
                        Reason.ORDER_UNKNOWN.wireName() + "|" + change.id(),
                        Reason.ORDER_UNKNOWN,
                        null,
                        change.id(),
                        null,
                        null,
                        null,
                        null,
                        "Change %s names the order %s, which did not come, so it changes nothing. Ask the buyer for the order."
                                .formatted(change.number(), order),
                        List.of(change.because()))));
        for (TradeDocument invoice : documents) {
            Money total = invoice.total();
            if (invoice.type() != DocumentType.INVOICE || !invoice.terms().orderExpected() || total == null) {
                continue;
            }
            Money left = documents.stream()
                    .filter(credit -> credit.type() == DocumentType.CREDIT_NOTE
                            && invoice.number().equals(credit.invoice()))
                    .flatMap(credit -> Optional.ofNullable(credit.total()).stream())
                    .filter(credited -> credited.currency().equals(total.currency()))
                    .reduce(total, Money::minus);
            if (left.isZero() || left.isNegative()) {
                continue;
            }
            boolean named = !order.equals(TradeDocument.NO_ORDER);
            Reason reason = named ? Reason.ORDER_UNKNOWN : Reason.NO_ORDER_NAMED;
            differences.add(new Difference(
                    reason.wireName() + "|" + invoice.id(),
                    reason,
                    null,
                    invoice.id(),
                    null,
                    left.amount().toPlainString(),
                    null,
                    total.currency().getCurrencyCode(),
                    named
                            ? "Invoice %s over %s names the order %s, which did not come. Ask the buyer for it, or the seller which order it is for."
                                    .formatted(invoice.number(), left, order)
                            : "Invoice %s over %s names no order, so nobody can hold it against one. Ask the seller which order it is for."
                                    .formatted(invoice.number(), left),
                    List.of(invoice.because())));
        }
        return differences;
    }
}
