package io.lonja.fulfilment;

import io.lonja.fulfilment.TradeDocument.Line;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A receipt that leaves to the despatch advices which it names what it is for: it names no order, or no lines, which says that
 * all came as it was sent. A pure function of these documents.
 *
 * @param sent what the despatch advices that it names say, by order
 */
record ReceivedShipments(TradeDocument receipt, SortedMap<String, List<TradeDocument>> sent) {

    /** The receipt with its lines for this order; empty where it says nothing of it. */
    Optional<TradeDocument> of(String order) {
        List<TradeDocument> own = sent.getOrDefault(order, List.of());
        List<Line> lines = receipt.lines().isEmpty() ? asSent(own) : received(order);
        LocalDate placed = own.stream()
                .flatMap(advice -> Stream.ofNullable(advice.orderDate()))
                .findFirst()
                .orElse(null);
        return lines.isEmpty() ? Optional.empty() : Optional.of(receipt.with(lines, placed));
    }

    private List<Line> asSent(List<TradeDocument> own) {
        List<Line> lines = new ArrayList<>();
        for (TradeDocument advice : own) {
            for (Line line : advice.lines()) {
                lines.add(
                        line.receivedAsSent(lines.size(), receipt.because().at().bytes()));
            }
        }
        return lines;
    }

    private List<Line> received(String order) {
        List<Line> lines = new ArrayList<>();
        for (Line line : receipt.lines()) {
            if (sent.containsKey(order) && isFor(order, line)) {
                List<Line> despatched = matching(order, line);
                lines.add(despatched.size() == 1 ? line.of(despatched.get(0)) : line);
            }
        }
        return lines;
    }

    /**
     * Of several orders the one in which that was sent, of these the one whose line has the number; else none. What was sent in
     * none is asked about at the first.
     */
    private boolean isFor(String order, Line line) {
        if (sent.size() == 1) {
            return true;
        }
        Set<String> found = new TreeSet<>();
        Set<String> numbered = new TreeSet<>();
        sent.keySet()
                .forEach(candidate -> matching(candidate, line).forEach(despatched -> {
                    found.add(candidate);
                    if (Links.sameNumber(despatched.number(), line.number())) {
                        numbered.add(candidate);
                    }
                }));
        if (found.isEmpty()) {
            return order.equals(sent.firstKey());
        }
        return found.size() == 1 ? found.contains(order) : numbered.equals(Set.of(order));
    }

    private List<Line> matching(String order, Line line) {
        return sent.getOrDefault(order, List.of()).stream()
                .flatMap(advice -> advice.lines().stream())
                .filter(despatched ->
                        line.items().isEmpty() || despatched.items().isEmpty()
                                ? Links.sameNumber(despatched.number(), line.number())
                                : Links.share(despatched.items(), line.items()))
                .toList();
    }
}
