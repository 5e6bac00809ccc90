package io.lonja.fulfilment;

import io.lonja.document.Answer;
import io.lonja.document.DocumentType;
import io.lonja.document.LineChange;
import io.lonja.document.LineChange.Action;
import io.lonja.fulfilment.OrderLine.Said;
import io.lonja.fulfilment.OrderLine.Status;
import io.lonja.fulfilment.TradeDocument.Line;
import io.lonja.partner.Tolerances;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One order, as its changes left it, with what was said of it: each line of each document is linked to the ordered line that it is for. */
final class FollowedOrder {

    final TradeDocument order;
    /** As written, the oldest first. */
    final List<TradeDocument> documents;

    final List<OrderedLine> lines;
    final List<Invoiced> invoiced = new ArrayList<>();
    private final Map<Integer, List<Invoiced>> byLine = new HashMap<>();
    private final Map<Integer, List<Moved>> sentByLine = new HashMap<>();
    private final Map<Integer, List<Moved>> receivedByLine = new HashMap<>();
    /** Lines of the newest response, of despatch and of receiving advices that are for no ordered line, or count in another unit. */
    final List<Misfit> misfits = new ArrayList<>();

    private final ChangedOrder changed;
    private final Links links;

    /** A line that cannot be held against the order; the ordered one is known where only the unit differs. */
    record Misfit(
            TradeDocument document, Line line, @Nullable OrderedLine ordered) {}

    /** A line that says what was sent or received, in the ordered line's unit. */
    record Moved(TradeDocument document, Line line) {

        BigDecimal quantity() {
            return line.quantity().value();
        }
    }

    FollowedOrder(TradeDocument order, List<TradeDocument> documents) {
        this.order = order;
        this.documents = documents;
        changed = new ChangedOrder(order, documents);
        lines = changed.lines;
        links = changed.links;
        of(DocumentType.ORDER_RESPONSE).forEach(this::takeSubstitutes);
        of(DocumentType.ORDER_CHANGE_RESPONSE).forEach(this::takeSubstitutes);
        List<TradeDocument> responses = of(DocumentType.ORDER_RESPONSE);
        for (int i = 0; i < responses.size(); i++) {
            answer(responses.get(i), i == responses.size() - 1);
        }
        of(DocumentType.ORDER_CHANGE_RESPONSE)
                .forEach(answer ->
                        answerChange(answer, responses.isEmpty() ? null : responses.get(responses.size() - 1)));
        of(DocumentType.DESPATCH_ADVICE).forEach(this::despatch);
        of(DocumentType.RECEIVING_ADVICE).forEach(this::receive);
        of(DocumentType.INVOICE).forEach(this::invoice);
        of(DocumentType.CREDIT_NOTE).forEach(this::credit);
    }

    List<TradeDocument> of(DocumentType type) {
        return documents.stream().filter(document -> document.type() == type).toList();
    }

    /** Whether the seller tells of this order what it sends. */
    boolean despatchesTold() {
        return documents.stream().anyMatch(document -> document.type() == DocumentType.DESPATCH_ADVICE);
    }

    /** Whether the buyer tells of this order what it receives; that all came of what was not sent yet tells nothing. */
    boolean receiptsTold() {
        return documents.stream()
                .anyMatch(document -> document.type() == DocumentType.RECEIVING_ADVICE
                        && !document.lines().isEmpty());
    }

    /** What was sent for this line of the order, counted from 0. */
    List<Moved> sentFor(int ordinal) {
        return sentByLine.getOrDefault(ordinal, List.of());
    }

    /** What was received for this line of the order, counted from 0. */
    List<Moved> receivedFor(int ordinal) {
        return receivedByLine.getOrDefault(ordinal, List.of());
    }

    /** What is for this line of the order, counted from 0. */
    List<Invoiced> invoicedFor(int ordinal) {
        return byLine.getOrDefault(ordinal, List.of());
    }

    /** Whose taxes and charges are those of the whole order. */
    TradeDocument agreed() {
        return changed.agreed();
    }

    /** Changes that have no effect, or not all of it. */
    List<ChangedOrder.Trouble> troubles() {
        return changed.troubles;
    }

    private Optional<OrderedLine> find(Line line) {
        return links.find(line).map(lines::get);
    }

    /** What a response sends instead is known to all that is said of the line. */
    private void takeSubstitutes(TradeDocument response) {
        for (Line line : response.lines()) {
            links.find(line).ifPresent(ordered -> links.substitute(ordered, line.substitutes()));
        }
    }

    /** The newest one decides; what it does not name stands as ordered. The others are told, and do not count. */
    private void answer(TradeDocument response, boolean newest) {
        for (Line line : response.lines()) {
            Optional<OrderedLine> found = find(line);
            found.ifPresent(ordered -> ordered.said.add(said(response, line)));
            if (!newest || response.answer() == Answer.REJECTED) {
                continue;
            }
            if (found.filter(ordered -> ordered.inUnitOf(line) || ordered.changedAfter(response))
                    .isEmpty()) {
                misfits.add(new Misfit(response, line, found.orElse(null)));
                continue;
            }
            OrderedLine ordered = found.get();
            if (ordered.changedAfter(response)) {
                continue; // It answers what is not ordered any more.
            }
            BigDecimal before = ordered.confirmed;
            ordered.confirmed = before == null
                    ? line.quantity().value()
                    : before.add(line.quantity().value());
            ordered.waiting = ordered.waiting.add(line.waiting());
        }
        if (newest) {
            for (OrderedLine ordered : lines) {
                if (ordered.changedAfter(response)) {
                    continue;
                }
                if (response.answer() == Answer.REJECTED) {
                    ordered.confirmed = BigDecimal.ZERO;
                } else if (ordered.confirmed == null) {
                    ordered.confirmed = ordered.quantity();
                }
            }
        }
    }

    /**
     * An answer to a change confirms the lines of it that it does not reject, unless a response to the whole order is newer.
     * Only the newest answer to a change counts; the others are told.
     */
    private void answerChange(TradeDocument answer, @Nullable TradeDocument response) {
        Optional<TradeDocument> change = changed.answers().entrySet().stream()
                .filter(entry -> entry.getValue().equals(answer))
                .map(Map.Entry::getKey)
                .findFirst();
        boolean counts = change.isPresent()
                && answer.answer() != Answer.REJECTED
                && (response == null || TradeDocument.AS_WRITTEN.compare(answer, response) > 0);
        Set<OrderedLine> named = new HashSet<>();
        for (Line line : answer.lines()) {
            Optional<OrderedLine> found = links.changed(line).map(lines::get);
            found.ifPresent(ordered -> ordered.said.add(said(answer, line)));
            if (!counts || line.rejected()) {
                found.ifPresent(named::add);
            } else if (found.filter(ordered ->
                            ordered.inUnitOf(line) || line.quantity().unit().isEmpty())
                    .isEmpty()) {
                misfits.add(new Misfit(answer, line, found.orElse(null)));
            } else if (!found.get().changedAfter(answer)) {
                confirm(found.get(), line, named.add(found.get()));
            }
        }
        if (counts) {
            for (Line line : change.get().lines()) {
                links.changed(line)
                        .map(lines::get)
                        .filter(ordered -> !named.contains(ordered) && !ordered.changedAfter(answer))
                        .ifPresent(ordered -> {
                            ordered.confirmed = ordered.quantity();
                            ordered.waiting = BigDecimal.ZERO;
                        });
            }
            // What is taken back without being named: of a whole order that is cancelled, or replaced by other lines.
            lines.stream()
                    .filter(ordered -> change.get().equals(ordered.changedBy) && ordered.withdrawn())
                    .forEach(ordered -> {
                        ordered.confirmed = BigDecimal.ZERO;
                        ordered.waiting = BigDecimal.ZERO;
                    });
        }
    }

    /** @param first whether it is the first line of the answer that is about the ordered one */
    private static void confirm(OrderedLine ordered, Line line, boolean first) {
        LineChange change = line.change();
        BigDecimal confirmed = line.quantity().value();
        BigDecimal answered = line.answered();
        if (change != null && change.action() == Action.INCREASED && answered != null) {
            confirmed = ordered.quantity().subtract(answered.subtract(confirmed));
        } else if (change != null
                && (change.quantityKept()
                        || change.action() == Action.DECREASED
                        || change.action() == Action.DELETED)) {
            confirmed = ordered.quantity();
        }
        BigDecimal before = first || ordered.confirmed == null ? BigDecimal.ZERO : ordered.confirmed;
        ordered.confirmed = before.add(confirmed).max(BigDecimal.ZERO);
        ordered.waiting = first ? line.waiting() : ordered.waiting.add(line.waiting());
    }

    private void despatch(TradeDocument advice) {
        move(
                advice,
                sentByLine,
                (ordered, line) ->
                        ordered.sent = ordered.sent.add(line.quantity().value()));
    }

    private void receive(TradeDocument advice) {
        move(advice, receivedByLine, (ordered, line) -> {
            TradeDocument.Receipt receipt = line.receipt();
            ordered.received = ordered.received.add(line.quantity().value());
            ordered.accepted =
                    ordered.accepted.add(receipt == null ? line.quantity().value() : receipt.accepted());
        });
    }

    private void move(TradeDocument advice, Map<Integer, List<Moved>> moved, BiConsumer<OrderedLine, Line> counted) {
        for (Line line : advice.lines()) {
            Optional<Integer> found = links.find(line);
            OrderedLine ordered = found.map(lines::get).orElse(null);
            if (ordered != null) {
                ordered.said.add(said(advice, line));
            }
            if (ordered != null && sameUnit(ordered, line)) {
                counted.accept(ordered, line);
                moved.computeIfAbsent(found.get(), first -> new ArrayList<>()).add(new Moved(advice, line));
            } else {
                misfits.add(new Misfit(advice, line, ordered));
            }
        }
    }

    private void invoice(TradeDocument invoice) {
        for (Line line : invoice.lines()) {
            Optional<Integer> found = links.find(line);
            found.ifPresent(ordered -> lines.get(ordered).said.add(said(invoice, line)));
            Invoiced item = new Invoiced(invoice, line, found.orElse(null));
            invoiced.add(item);
            found.ifPresent(ordered ->
                    byLine.computeIfAbsent(ordered, first -> new ArrayList<>()).add(item));
        }
    }

    private void credit(TradeDocument credit) {
        for (Line line : credit.lines()) {
            Optional<Integer> found = links.find(line);
            found.ifPresent(ordered -> lines.get(ordered).said.add(said(credit, line)));
            Invoiced.credit(found.map(this::invoicedFor).orElse(invoiced), credit, line, found.orElse(null), lines);
        }
    }

    static boolean sameUnit(OrderedLine ordered, Line line) {
        return ordered.inUnitOf(line);
    }

    static Said said(TradeDocument document, Line line) {
        return new Said(
                document.id(),
                document.type(),
                document.number(),
                line.number(),
                line.quantity().value(),
                line.quantity().unit());
    }

    List<OrderLine> lines(PartyId buyer, PartyId seller) {
        List<OrderLine> told = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            OrderedLine ordered = lines.get(i);
            List<Invoiced> own = invoicedFor(i).stream()
                    .filter(item -> sameUnit(ordered, item.line))
                    .toList();
            BigDecimal sum = own.stream().map(Invoiced::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
            Tolerances tolerances = own.isEmpty()
                    ? Tolerances.NONE
                    : own.get(own.size() - 1).document.terms().tolerances();
            BigDecimal open = ordered.promised().subtract(sum).max(BigDecimal.ZERO);
            if (sum.signum() > 0 && open.compareTo(tolerances.quantity().of(ordered.promised())) <= 0) {
                open = BigDecimal.ZERO;
            }
            BigDecimal missing = ordered.quantity().subtract(ordered.promised());
            LocalDate wanted = ordered.line.requested() == null ? changed.requested() : ordered.line.requested();
            told.add(new OrderLine(
                    ordered.source.id() + "-" + ordered.line.index(),
                    buyer,
                    seller,
                    order.number(),
                    order.date(),
                    ordered.line.number(),
                    ordered.line.items(),
                    ordered.line.quantity().unit(),
                    ordered.quantity(),
                    ordered.confirmed,
                    ordered.waiting,
                    ordered.sent,
                    receiptsTold() ? ordered.received : null,
                    sum,
                    open,
                    missing,
                    status(ordered, open, sum, missing),
                    (wanted == null ? order.date() : wanted)
                            .plusDays(order.terms().completeWithinDays()),
                    ordered.source.because(ordered.line),
                    ordered.said));
        }
        return told;
    }

    private static Status status(OrderedLine ordered, BigDecimal open, BigDecimal invoiced, BigDecimal missing) {
        if (open.signum() > 0) {
            return Status.OPEN;
        }
        if (ordered.promised().signum() == 0
                && invoiced.signum() == 0
                && (ordered.quantity().signum() > 0 || ordered.withdrawn())) {
            return Status.CANCELLED;
        }
        return missing.signum() > 0 && invoiced.compareTo(ordered.quantity()) < 0 ? Status.SHORT : Status.INVOICED;
    }
}
