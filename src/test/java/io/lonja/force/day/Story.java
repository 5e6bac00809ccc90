package io.lonja.force.day;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import io.lonja.force.day.Order.Ending;
import io.lonja.force.day.Order.Line;
import io.lonja.force.day.Sheet.Entry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario tells of one order: who says what at which hour, and how each line ends. Something happens to the picked
 * line; the others go as ordered unless the scenario says otherwise.
 */
final class Story {

    final Order order;
    final Line picked;
    /** Of the picked line: more than half of it, and the rest. */
    final BigDecimal more;

    final BigDecimal less;
    private final DayPlan day;
    private final Random random;
    /** Orders, changes and what is answered to them: one a day. */
    private int written;

    Story(DayPlan day, Random random, Order order) {
        this.day = day;
        this.random = random;
        this.order = order;
        picked = order.lines.get(random.nextInt(order.lines.size()));
        // More than half, so that no two parts of a line are alike by chance.
        less = picked.quantity()
                .divideToIntegralValue(BigDecimal.valueOf(3))
                .max(picked.good().unit().equals("kilo") ? new BigDecimal("0.5") : ONE);
        more = picked.quantity().subtract(less);
    }

    Hour either(Hour some, Hour other) {
        return random.nextBoolean() ? some : other;
    }

    BigDecimal all(Line line) {
        return line.quantity();
    }

    /** This much of the picked line, and all of the others. */
    Function<Line, BigDecimal> but(BigDecimal ofPicked) {
        return line -> line.equals(picked) ? ofPicked : line.quantity();
    }

    /** Of the picked line only. */
    Function<Line, BigDecimal> only(BigDecimal ofPicked) {
        return line -> line.equals(picked) ? ofPicked : ZERO;
    }

    Entry entry(Line line, BigDecimal quantity) {
        return Entry.of(order, line, quantity);
    }

    private List<Entry> entries(Function<Line, BigDecimal> quantities) {
        return order.lines.stream()
                .map(line -> entry(line, quantities.apply(line)))
                .filter(Entry::says)
                .toList();
    }

    void orders(Hour hour) {
        day.write(new Sheet(
                Kind.ORDER,
                hour,
                order.number,
                DayPlan.DAY,
                order.buyer,
                order.seller,
                order.number,
                "",
                "",
                List.of(),
                "",
                entries(this::all),
                List.of(),
                false));
    }

    /** Line by line; the order stands when nothing of it is changed. */
    void answers(Hour hour, Function<Line, Entry> lines) {
        List<Entry> entries = order.lines.stream().map(lines).toList();
        boolean changed = entries.stream()
                .anyMatch(entry -> entry.quantity().compareTo(entry.line().quantity()) != 0
                        || entry.instead() != null
                        || entry.delivery() != null);
        answers(hour, changed ? Paper.CHANGED : Paper.ACCEPTED, entries);
    }

    /** For the whole order. */
    void answers(Hour hour, String answer) {
        answers(hour, answer, List.of());
    }

    /** Line by line as the order stands by then, with nothing to say against it. */
    void accepts(Hour hour, Function<Line, BigDecimal> quantities) {
        answers(hour, Paper.ACCEPTED, entries(quantities));
    }

    private void answers(Hour hour, String answer, List<Entry> entries) {
        day.write(new Sheet(
                Kind.RESPONSE,
                hour,
                day.number(order.seller, "R"),
                DayPlan.DAY.plusDays(++written),
                order.seller,
                order.buyer,
                order.number,
                answer,
                "",
                List.of(),
                "",
                entries,
                List.of(),
                false));
    }

    /** The picked line becomes so much. */
    String changes(Hour hour, BigDecimal ofPicked) {
        return changes(hour, List.of(entry(picked, ofPicked)));
    }

    /** The buyer changes lines; its number. */
    String changes(Hour hour, List<Entry> entries) {
        return changes(
                hour,
                Paper.AMENDED,
                entries.stream()
                        .map(entry -> entry.action().isEmpty() ? entry.as(Paper.AMENDED) : entry)
                        .toList());
    }

    /** The buyer takes the whole order back. */
    String cancels(Hour hour) {
        return changes(hour, Paper.CANCELLED, List.of());
    }

    private String changes(Hour hour, String what, List<Entry> entries) {
        // Some change an order on the day on which they read what was answered to it.
        written += written > 0 && random.nextBoolean() ? 0 : 1;
        String number = day.number(order.buyer, "X");
        day.write(new Sheet(
                Kind.CHANGE,
                hour,
                number,
                DayPlan.DAY.plusDays(written),
                order.buyer,
                order.seller,
                order.number,
                what,
                "",
                List.of(),
                "",
                entries,
                List.of(),
                false));
        return number;
    }

    /** One more line than was ordered, that a change adds. */
    Entry adds() {
        Line added = new Line(order.lines.size() + 1, other(), less.add(ONE));
        order.lines.add(added);
        return entry(added, added.quantity()).as(Paper.ADDED);
    }

    /** The supplier answers a change: all of it, where it says nothing of lines. */
    void answersChange(Hour hour, String change, String answer, List<Entry> entries) {
        day.write(new Sheet(
                Kind.CHANGE_RESPONSE,
                hour,
                day.number(order.seller, "Y"),
                DayPlan.DAY.plusDays(++written),
                order.seller,
                order.buyer,
                order.number,
                answer,
                change,
                List.of(),
                "",
                entries,
                List.of(),
                false));
    }

    String sends(Hour hour, Function<Line, BigDecimal> quantities) {
        return sendsEntries(hour, entries(quantities));
    }

    String sendsEntries(Hour hour, List<Entry> entries) {
        String number = day.number(order.seller, "D");
        day.write(new Sheet(
                Kind.DESPATCH,
                hour,
                number,
                DayPlan.DAY.plusDays(4L + hour.ordinal()),
                order.seller,
                order.buyer,
                order.number,
                "",
                "",
                List.of(),
                entries.stream().allMatch(entry -> entry.order() == order) && random.nextBoolean() ? day.sscc() : "",
                entries,
                List.of(),
                false));
        return number;
    }

    /** The buyer says what came of a shipment. */
    String receives(Hour hour, String shipment, List<Entry> entries) {
        String number = day.number(order.buyer, "W");
        day.write(new Sheet(
                Kind.RECEIPT,
                hour,
                number,
                DayPlan.DAY.plusDays(8L + hour.ordinal()),
                order.buyer,
                order.seller,
                order.number,
                "",
                "",
                List.of(shipment),
                "",
                entries,
                List.of(),
                false));
        return number;
    }

    String invoices(Hour hour, Function<Line, BigDecimal> quantities) {
        return invoicesEntries(hour, entries(quantities), List.of(), false);
    }

    String invoicesEntries(Hour hour, List<Entry> entries, List<String> shipments, boolean held) {
        String number = day.number(order.seller, "F");
        day.write(new Sheet(
                Kind.INVOICE,
                hour,
                number,
                DayPlan.DAY.plusDays(12L + hour.ordinal()),
                order.seller,
                order.buyer,
                order.number,
                "",
                "",
                shipments,
                "",
                entries,
                List.of(),
                held));
        return number;
    }

    List<Entry> said(Function<Line, BigDecimal> quantities) {
        return entries(quantities);
    }

    void credits(Hour hour, String invoice, List<Entry> entries) {
        day.write(new Sheet(
                Kind.CREDIT,
                hour,
                day.number(order.seller, "C"),
                DayPlan.DAY.plusDays(20L + hour.ordinal()),
                order.seller,
                order.buyer,
                order.number,
                "",
                invoice,
                List.of(),
                "",
                entries,
                List.of(),
                false));
    }

    /** All as ordered, in the usual hours. */
    void answeredAndSent() {
        answers(Hour.FORENOON, line -> entry(line, line.quantity()));
        sends(Hour.NOON, this::all);
    }

    void ends(Function<Line, Ending> endings) {
        order.lines.forEach(line -> order.ends(line, endings.apply(line)));
    }

    /** This of the picked line; the others are confirmed, sent and invoiced as ordered. */
    void ends(Ending ofPicked) {
        ends(line -> line.equals(picked) ? ofPicked : whole(line));
    }

    /** This of the picked line, of which a change left so much. */
    void ends(BigDecimal ordered, Ending ofPicked) {
        order.leaves(picked, ordered);
        ends(ofPicked);
    }

    /** As ends what is confirmed, sent and invoiced as it is ordered. */
    static Ending whole(BigDecimal quantity) {
        return ending("invoiced", quantity, ZERO, quantity, quantity);
    }

    static Ending whole(Line line) {
        return whole(line.quantity());
    }

    static Ending ending(
            String status,
            @Nullable BigDecimal confirmed,
            BigDecimal backordered,
            BigDecimal sent,
            BigDecimal invoiced) {
        return new Ending(status, confirmed, backordered, sent, invoiced);
    }

    /** A difference about the picked line that stands until the given hour, or for good. */
    void plants(
            String reason,
            String document,
            @Nullable BigDecimal expected,
            BigDecimal found,
            @Nullable BigDecimal difference,
            Hour open,
            @Nullable Hour until) {
        day.plant(new PlannedCase(
                reason,
                order.number,
                reason.equals("line-not-ordered") ? "" : Integer.toString(picked.number()),
                document,
                expected == null ? null : expected.toPlainString(),
                found.toPlainString(),
                difference == null ? null : difference.toPlainString(),
                open,
                until,
                until == null ? null : "document"));
    }

    /** An invoice whose order did not come yet. */
    void plantsUnknownOrder(String document, Hour open, Hour until) {
        BigDecimal total = Clerk.payable(order.seller, said(this::all));
        day.plant(new PlannedCase(
                "order-unknown",
                order.number,
                "",
                document,
                null,
                total.toPlainString(),
                null,
                open,
                until,
                "document"));
    }

    /** An invoice like another one, until an operator decides. */
    void plantsSuspicion(String first, String second, Hour open, Hour until, boolean released) {
        day.plant(new PlannedCase("duplicate-suspected", "", "", second, first, second, null, open, until, "operator"));
        day.decide(second, until, released);
    }

    BigDecimal times(BigDecimal price, BigDecimal quantity) {
        return price.multiply(quantity).setScale(2, RoundingMode.HALF_UP);
    }

    /** One more order between the two, to which the same happens. */
    Story twin() {
        return day.another(order);
    }

    Good other() {
        return day.notIn(order);
    }

    static LocalDate day(int after) {
        return DayPlan.DAY.plusDays(after);
    }
}
