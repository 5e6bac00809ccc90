package io.lonja.fulfilment;

import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.ReceivingAdvice.Discrepancy;
import io.lonja.document.ReceivingAdvice.Discrepancy.Kind;
import io.lonja.fulfilment.FollowedOrder.Moved;
import io.lonja.fulfilment.TradeDocument.Receipt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was received for an order against what was sent. A receipt that names its shipment is held against that one,
 * together with other receipts of it; one that does not is held against what it repeats of the despatch, or what it says is
 * short or over. Only where none of these is told, and more was received than was sent in all, is that a difference:
 * what is less may be on its way.
 */
final class ReceiptMatch {

    private final FollowedOrder followed;
    private final List<Difference> differences = new ArrayList<>();

    ReceiptMatch(FollowedOrder followed) {
        this.followed = followed;
    }

    /** In the order of the order's lines, then of the documents. */
    List<Difference> differences() {
        for (int i = 0; i < followed.lines.size(); i++) {
            OrderedLine ordered = followed.lines.get(i);
            quantities(i, ordered);
            contested(i, ordered);
        }
        return differences;
    }

    private void quantities(int ordinal, OrderedLine ordered) {
        List<Moved> receipts = followed.receivedFor(ordinal);
        boolean held = false;
        for (int i = 0; i < receipts.size(); i++) {
            Moved receipt = receipts.get(i);
            List<Moved> shipped = shipped(receipt, ordinal);
            if (!shipped.isEmpty()) {
                held = true;
                boolean last = receipts.subList(i + 1, receipts.size()).stream()
                        .noneMatch(later -> shipped(later, ordinal).stream().anyMatch(shipped::contains));
                if (last) {
                    BigDecimal received = sum(receipts.stream()
                            .filter(other -> shipped(other, ordinal).stream().anyMatch(shipped::contains))
                            .toList());
                    compare(ordered, receipt, sum(shipped), received);
                }
                continue;
            }
            Optional<BigDecimal> announced = announced(receipt);
            if (announced.isPresent()) {
                held = true;
                compare(ordered, receipt, announced.get(), receipt.quantity());
            }
        }
        if (!held && !receipts.isEmpty() && followed.despatchesTold() && ordered.received.compareTo(ordered.sent) > 0) {
            compare(ordered, receipts.get(receipts.size() - 1), ordered.sent, ordered.received);
        }
    }

    /** What was sent of the line in the shipments that the receipt names. */
    private List<Moved> shipped(Moved receipt, int ordinal) {
        return followed.sentFor(ordinal).stream()
                .filter(sent -> receipt.document().receives(sent.document()))
                .toList();
    }

    /** What the receipt itself says that should have come. */
    private static Optional<BigDecimal> announced(Moved receipt) {
        Receipt said = receipt.line().receipt();
        if (said == null) {
            return Optional.empty();
        }
        Quantity despatched = said.despatched();
        if (despatched != null && despatched.inUnitOf(receipt.line().quantity())) {
            return Optional.of(despatched.value());
        }
        BigDecimal missing = sum(said, Kind.SHORT, receipt).subtract(sum(said, Kind.OVER, receipt));
        return missing.signum() == 0
                ? Optional.empty()
                : Optional.of(receipt.quantity().add(missing).max(BigDecimal.ZERO));
    }

    private static BigDecimal sum(Receipt said, Kind kind, Moved receipt) {
        return said.discrepancies().stream()
                .filter(each -> each.kind() == kind
                        && each.quantity().inUnitOf(receipt.line().quantity()))
                .map(each -> each.quantity().value())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal sum(List<Moved> moved) {
        return moved.stream().map(Moved::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void compare(OrderedLine ordered, Moved receipt, BigDecimal sent, BigDecimal received) {
        BigDecimal difference = received.subtract(sent).abs();
        if (difference.compareTo(
                        receipt.document().terms().tolerances().quantity().of(sent))
                > 0) {
            add(
                    ordered,
                    receipt,
                    Reason.RECEIPT_DIFFERS,
                    sent,
                    received,
                    difference,
                    "despatched %s, received %s".formatted(ThreeWayMatch.plain(sent), ThreeWayMatch.plain(received)));
        }
    }

    /** What is wrong with goods that came, until as much was credited. */
    private void contested(int ordinal, OrderedLine ordered) {
        BigDecimal credited = followed.invoicedFor(ordinal).stream()
                .filter(item -> FollowedOrder.sameUnit(ordered, item.line))
                .map(item -> item.line.quantity().value().subtract(item.quantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        for (Moved receipt : followed.receivedFor(ordinal)) {
            Receipt said = receipt.line().receipt();
            List<Discrepancy> wrong = said == null
                    ? List.of()
                    : said.discrepancies().stream()
                            .filter(each -> each.kind() != Kind.SHORT && each.kind() != Kind.OVER)
                            .toList();
            if (wrong.isEmpty()) {
                continue;
            }
            // Of one piece several things may be wrong: no more of it is contested than came.
            BigDecimal contested = wrong.stream()
                    .map(each -> each.quantity().value())
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .min(receipt.quantity());
            if (credited.compareTo(contested) >= 0) {
                credited = credited.subtract(contested);
                continue;
            }
            add(
                    ordered,
                    receipt,
                    Reason.RECEIPT_CONTESTED,
                    null,
                    contested,
                    null,
                    "of %s received, %s"
                            .formatted(
                                    ThreeWayMatch.plain(receipt.quantity()),
                                    wrong.stream().map(ReceiptMatch::spoken).collect(Collectors.joining(", "))));
        }
    }

    /** {@code 2 CA damaged (01)}. */
    private static String spoken(Discrepancy discrepancy) {
        String code = discrepancy.code();
        return "%s %s %s%s"
                .formatted(
                        ThreeWayMatch.plain(discrepancy.quantity().value()),
                        discrepancy.quantity().unit(),
                        discrepancy.kind() == Kind.OTHER
                                ? "contested"
                                : discrepancy.kind().name().toLowerCase(Locale.ROOT),
                        code == null ? "" : " (" + code + ")");
    }

    private void add(
            OrderedLine ordered,
            Moved receipt,
            Reason reason,
            @Nullable BigDecimal expected,
            BigDecimal found,
            @Nullable BigDecimal difference,
            String what) {
        differences.add(Difference.between(
                followed.order,
                ordered,
                receipt.document(),
                receipt.line(),
                reason,
                new Difference.Figures(
                        expected == null ? null : ThreeWayMatch.plain(expected),
                        ThreeWayMatch.plain(found),
                        difference == null ? null : ThreeWayMatch.plain(difference),
                        receipt.line().quantity().unit()),
                what));
    }
}
