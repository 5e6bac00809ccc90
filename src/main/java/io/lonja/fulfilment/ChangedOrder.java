package io.lonja.fulfilment;

import io.lonja.document.Answer;
import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.Change;
import io.lonja.document.DocumentType;
import io.lonja.document.LineChange;
import io.lonja.document.LineChange.Action;
import io.lonja.fulfilment.TradeDocument.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an order with its changes applied in the order in which they were written. A change counts from when it was
 * written, unless the newest answer to it rejects it; likewise each of its lines.
 */
final class ChangedOrder {

    /** As written; of one day, as they are counted: 9 comes before 10. */
    private static final Comparator<TradeDocument> COUNTED = Comparator.comparing(TradeDocument::date)
            .thenComparing(change -> Links.withoutZeros(change.number()).length())
            .thenComparing(change -> Links.withoutZeros(change.number()))
            .thenComparing(TradeDocument.AS_WRITTEN);

    /** In the order of the order, then of what was added. */
    final List<OrderedLine> lines = new ArrayList<>();

    final Links links;
    /** What cannot be changed as it is said. */
    final List<Trouble> troubles = new ArrayList<>();

    private final List<TradeDocument> changes;
    /** The newest answer to each change. */
    private final Map<TradeDocument, TradeDocument> answers = new LinkedHashMap<>();

    private TradeDocument agreed;
    private @Nullable LocalDate requested;

    /**
     * A change that has no effect, or not all of it, and why.
     *
     * @param line null where it is about all of the document
     * @param ordered the line of the order, where it is known
     */
    record Trouble(
            Reason reason,
            TradeDocument document,
            @Nullable Line line,
            @Nullable OrderedLine ordered,
            @Nullable String expected,
            @Nullable String found,
            String what) {}

    /** @param documents of the order, as written */
    ChangedOrder(TradeDocument order, List<TradeDocument> documents) {
        order.lines().forEach(line -> lines.add(new OrderedLine(order, line)));
        links = new Links(order);
        agreed = order;
        requested = order.requested();
        changes = documents.stream()
                .filter(document -> document.type() == DocumentType.ORDER_CHANGE)
                .sorted(COUNTED)
                .toList();
        documents.stream()
                .filter(document -> document.type() == DocumentType.ORDER_CHANGE_RESPONSE)
                .forEach(this::answer);
        changes.forEach(this::apply);
    }

    /** Whose taxes and charges are those of the whole order: the order, or what replaced it. */
    TradeDocument agreed() {
        return agreed;
    }

    /** When the whole order is wanted. */
    @Nullable
    LocalDate requested() {
        return requested;
    }

    /** What is answered to changes and holds, by the change. */
    Map<TradeDocument, TradeDocument> answers() {
        return Collections.unmodifiableMap(answers);
    }

    private void answer(TradeDocument response) {
        Optional<TradeDocument> change = answered(response);
        change.ifPresent(known -> answers.put(known, response));
        if (change.isEmpty()) {
            String number = response.answeredChange();
            troubles.add(new Trouble(
                    Reason.CHANGE_UNKNOWN,
                    response,
                    null,
                    null,
                    null,
                    number,
                    number == null
                            ? "it answers a change, and none came"
                            : "it answers change %s, which did not come".formatted(number)));
        }
    }

    /** The one of the number and date that it says, of several the newest that is not younger than the answer. */
    private Optional<TradeDocument> answered(TradeDocument response) {
        String number = response.answeredChange();
        LocalDate date = response.answeredChangeDate();
        List<TradeDocument> named = changes.stream()
                .filter(change -> number == null || Links.sameNumber(number, change.number()))
                .toList();
        List<TradeDocument> dated =
                named.stream().filter(change -> change.date().equals(date)).toList();
        List<TradeDocument> meant = dated.isEmpty() ? named : dated;
        return meant.stream()
                .filter(change -> !change.date().isAfter(response.date()))
                .reduce((first, last) -> last)
                .or(() -> number == null ? Optional.empty() : meant.stream().findFirst());
    }

    private void apply(TradeDocument change) {
        TradeDocument answer = answers.get(change);
        boolean rejected = answer != null && answer.answer() == Answer.REJECTED;
        boolean replaced = change.change() == Change.REPLACED;
        Set<OrderedLine> stated = new HashSet<>();
        for (Line line : change.lines()) {
            if (rejected || answer != null && rejects(answer, change, line)) {
                links.changed(line).map(lines::get).ifPresent(ordered -> {
                    stated.add(ordered); // Rejected or not: it stays.
                    ordered.said.add(FollowedOrder.said(change, line));
                });
            } else {
                apply(change, line, replaced).ifPresent(stated::add);
            }
        }
        if (rejected) {
            return;
        }
        if (change.change() == Change.CANCELLED) {
            lines.forEach(ordered -> ordered.withdraw(change));
        } else if (replaced) {
            agreed = change;
            lines.stream().filter(ordered -> !stated.contains(ordered)).forEach(ordered -> ordered.withdraw(change));
        }
        LocalDate wanted = change.requested();
        if (wanted != null) {
            requested = wanted;
        }
    }

    /** Whether the answer rejects this line of the change: by its number, else, where no line has that, by its item. */
    private static boolean rejects(TradeDocument answer, TradeDocument change, Line line) {
        return answer.lines().stream()
                .filter(Line::rejected)
                .anyMatch(said -> Links.sameNumber(said.number(), line.number())
                        || Links.share(said.items(), line.items())
                                && change.lines().stream()
                                        .noneMatch(other -> Links.sameNumber(said.number(), other.number())));
    }

    /** The ordered line that it is about; empty where there is none. */
    private Optional<OrderedLine> apply(TradeDocument change, Line line, boolean replaced) {
        LineChange said = line.change();
        Action action = said == null ? Action.CHANGED : said.action();
        Optional<OrderedLine> found =
                (action == Action.ADDED ? links.numbered(line.number()) : links.changed(line)).map(lines::get);
        if (found.isEmpty()) {
            boolean complete = said == null || said.whole();
            if (complete && (action == Action.ADDED || replaced)) {
                return Optional.of(add(change, line));
            }
            misfit(change, line, null);
            return Optional.empty();
        }
        OrderedLine ordered = found.get();
        ordered.said.add(FollowedOrder.said(change, line));
        if (action == Action.ADDED && !replaced && !ordered.withdrawn()) {
            troubles.add(new Trouble(
                    Reason.LINE_ALREADY_ORDERED,
                    change,
                    line,
                    ordered,
                    plain(ordered.quantity()),
                    plain(line.quantity().value()),
                    "it adds line %s, which the order has; say that the line is changed, or give it another number"
                            .formatted(line.number())));
            return found;
        }
        boolean otherUnit = action.difference() && !line.quantity().unit().isEmpty() && !ordered.inUnitOf(line);
        if (otherUnit) {
            misfit(change, line, ordered);
            return found;
        }
        ordered.change(change, ordered.line.changedBy(line, quantity(change, line, action, ordered)));
        links.substitute(lines.indexOf(ordered), List.of(line.items()));
        return found;
    }

    private OrderedLine add(TradeDocument change, Line line) {
        OrderedLine added = new OrderedLine(change, line);
        added.changedBy = change;
        added.said.add(FollowedOrder.said(change, line));
        lines.add(added);
        links.add(line);
        return added;
    }

    private Quantity quantity(TradeDocument change, Line line, Action action, OrderedLine ordered) {
        Quantity before = ordered.line.quantity();
        BigDecimal said = line.quantity().value();
        if (action == Action.INCREASED) {
            return new Quantity(before.value().add(said), before.unit());
        }
        if (action == Action.DECREASED) {
            if (said.compareTo(before.value()) > 0) {
                troubles.add(new Trouble(
                        Reason.QUANTITY_OVER_ORDERED,
                        change,
                        line,
                        ordered,
                        plain(before.value()),
                        plain(said),
                        "it takes %s off line %s, of which %s are ordered; nothing of it is left"
                                .formatted(plain(said), line.number(), plain(before.value()))));
            }
            return new Quantity(before.value().subtract(said).max(BigDecimal.ZERO), before.unit());
        }
        if (action == Action.DELETED) {
            return new Quantity(BigDecimal.ZERO, before.unit());
        }
        LineChange kept = line.change();
        return kept != null && kept.quantityKept() ? before : line.quantity();
    }

    private void misfit(TradeDocument change, Line line, @Nullable OrderedLine ordered) {
        if (ordered == null) {
            troubles.add(new Trouble(
                    Reason.LINE_NOT_ORDERED,
                    change,
                    line,
                    null,
                    null,
                    plain(line.quantity().value()),
                    "its line %s is no line of the order, or several, so it changes none; say the order's line number"
                            .formatted(line.number())));
        } else {
            troubles.add(new Trouble(
                    Reason.UNIT_DIFFERS,
                    change,
                    line,
                    ordered,
                    ordered.line.quantity().unit(),
                    line.quantity().unit(),
                    "ordered in %s, line %s is changed by a number of %s, so it is not"
                            .formatted(
                                    ordered.line.quantity().unit(),
                                    line.number(),
                                    line.quantity().unit())));
        }
    }

    private static String plain(BigDecimal figure) {
        return ThreeWayMatch.plain(figure);
    }
}
