package io.lonja.mapping;

import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.LineAnswer;
import io.lonja.document.LineAnswer.Part;
import io.lonja.document.LineAnswer.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a supplier answers to a line where one code answers all of it and quantities say how much, as in EDIFACT:
 * {@code LIN+1+3'QTY+21:12:CS'QTY+113:8:CS'QTY+83:4:CS'DTM+67:20261216:102'}. Where it comes in several deliveries, each has
 * a quantity and dates of its own: {@code SCC+1'QTY+113:5:CS'DTM+67:20261216:102'}.
 */
record AnsweredQuantities(Names names, Problems problems) {

    /** Of {@code action} in the guide's names: the quantities alone say it. */
    private static final String BY_QUANTITIES = "by-quantities";

    private static final String CHANGED = "changed";
    private static final String CONFIRMED = "confirmed";
    private static final String ORDERED = "ordered";
    /** Of {@code item-use} in the guide's names: what is sent instead of the item of the line. */
    static final String INSTEAD = "instead";

    /** A quantity that is answered to: {@code confirmed}, {@code backordered} or {@code rejected}. */
    private record Said(String meaning, BigDecimal quantity, Fields source) {

        boolean confirmed() {
            return meaning.equals(CONFIRMED);
        }

        boolean something() {
            return quantity.signum() > 0;
        }
    }

    /** Whether the line is answered in this way. */
    static boolean in(Fields line) {
        return line.has("action")
                || !line.list("quantities").isEmpty()
                || !line.list("deliveries").isEmpty();
    }

    /** The line with an ordered quantity: where it repeats none, all that is answered stands for it. */
    Fields withOrdered(Fields line) {
        if (line.has("quantity")) {
            return line;
        }
        List<Said> said = once(line);
        if (said.isEmpty()) {
            said = said(line.list("deliveries"));
        }
        if (said.isEmpty()) {
            return line;
        }
        Map<Object, Object> values = new HashMap<>(line.values());
        values.put(
                "quantity",
                said.stream()
                        .map(Said::quantity)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .toPlainString());
        values.put("unit", said.get(0).source().text("unit"));
        return new Fields(values, line.fallback());
    }

    /**
     * What is answered; null when it is not known what it means (with a problem then).
     *
     * @param dates of the line; those that are the answer's are taken out of them
     */
    @Nullable
    LineAnswer of(Fields line, Quantity ordered, SortedMap<String, LocalDate> dates) {
        Optional<String> action = names.find("action", line.text("action"));
        if (action.isEmpty()) {
            problems.add(
                    "status-unknown",
                    line.place(),
                    "%s: it is not known whether the code %s confirms the line; list the code in the guide's names.properties.",
                    line.text("action"));
            return null;
        }
        List<Said> deliveries = said(line.list("deliveries"));
        List<Said> inLine = once(line);
        if (!comprehensible(line, ordered, action.get(), deliveries, inLine)) {
            return null;
        }
        SortedMap<String, String> instead = instead(line);
        List<Said> said = new ArrayList<>(deliveries);
        inLine.stream()
                .filter(each -> deliveries.isEmpty() || each.something())
                .filter(each -> deliveries.stream()
                        .noneMatch(delivery -> delivery.meaning().equals(each.meaning())))
                .forEach(said::add);
        if (deliveries.isEmpty()) {
            said = withoutZeros(
                    said,
                    Status.REJECTED.wireName().equals(action.get())
                            || Status.ON_HOLD.wireName().equals(action.get()));
        }
        BigDecimal confirmed =
                said.stream().filter(Said::confirmed).map(Said::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Part> parts = new ArrayList<>();
        for (Said each : said) {
            Status status = each.confirmed()
                    ? confirming(line, action.get(), confirmed.compareTo(ordered.value()) == 0, !instead.isEmpty())
                    : Status.of(each.meaning());
            parts.add(part(status, each.quantity(), ordered, LineAssembler.dates(each.source(), names, problems)));
        }
        if (said.isEmpty() && !(action.get().equals(BY_QUANTITIES) && instead.isEmpty())) {
            Status status = action.get().equals(CHANGED) || action.get().equals(BY_QUANTITIES)
                    ? confirming(line, CHANGED, true, !instead.isEmpty())
                    : Status.of(action.get());
            parts.add(part(status, ordered.value(), ordered, new TreeMap<>()));
        }
        return new LineAnswer(ordered, told(parts, deliveries.isEmpty() ? dates : new TreeMap<>(), instead));
    }

    /** By what of several is changed; what nobody says a code for is seen from the quantity, or stays open. */
    private Status confirming(Fields line, String action, boolean asOrdered, boolean instead) {
        if (action.equals(Status.ACCEPTED.wireName())) {
            return Status.ACCEPTED;
        }
        Optional<Status> reason = names.find("reason", line.text("reason")).map(Status::of);
        if (reason.isPresent()) {
            return reason.get();
        }
        if (!asOrdered) {
            return Status.QUANTITY_CHANGED;
        }
        if (instead) {
            return Status.SUBSTITUTED;
        }
        return action.equals(BY_QUANTITIES) ? Status.ACCEPTED : Status.CHANGED;
    }

    private static Part part(Status status, BigDecimal quantity, Quantity ordered, SortedMap<String, LocalDate> dates) {
        return new Part(status, new Quantity(quantity, ordered.unit()), dates, new TreeMap<>());
    }

    /**
     * Dates of the line that say when it comes, and the item that is sent instead, belong to what is confirmed. Dates of
     * several answers are known only from their deliveries.
     */
    private List<Part> told(List<Part> parts, SortedMap<String, LocalDate> dates, SortedMap<String, String> instead) {
        long confirming =
                parts.stream().filter(part -> part.status().confirms()).count();
        SortedMap<String, LocalDate> own = new TreeMap<>();
        if (confirming == 1 || parts.size() == 1) {
            dates.forEach((name, date) -> {
                if (names.has("answer-date", name)) {
                    own.put(name, date);
                }
            });
            dates.keySet().removeAll(own.keySet());
        }
        return parts.stream()
                .map(part -> part.status().confirms() || confirming == 0
                        ? new Part(part.status(), part.quantity(), own.isEmpty() ? part.dates() : own, instead)
                        : part)
                .toList();
    }

    private boolean comprehensible(
            Fields line, Quantity ordered, String action, List<Said> deliveries, List<Said> inLine) {
        boolean comprehensible = true;
        for (Said each : Stream.concat(deliveries.stream(), inLine.stream()).toList()) {
            String unit = each.source().text("unit");
            if (!unit.isEmpty() && !unit.equals(ordered.unit())) {
                problems.add(
                        "answer-unit-differs",
                        each.source().place(),
                        "%s: the line is in %s, but the answer is in %s; ask the sender to say both in one unit.",
                        ordered.unit(),
                        unit);
                comprehensible = false;
            }
            if (each.quantity().signum() < 0) {
                problems.add(
                        "quantity-negative",
                        each.source().place(),
                        "%s: a supplier cannot answer for %s; ask the sender to correct and resend it.",
                        each.quantity().toPlainString());
                comprehensible = false;
            }
            boolean comes = action.equals(BY_QUANTITIES) || action.equals(CHANGED) || action.equals("accepted");
            if (!comes && each.confirmed() && each.something()) {
                problems.add(
                        "answer-contradictory",
                        each.source().place(),
                        "%s: the code %s says that nothing of the line is confirmed, but the quantity %s is; ask the sender which holds.",
                        line.text("action"),
                        each.quantity().toPlainString());
                comprehensible = false;
            }
        }
        for (Said each : inLine) {
            Optional<Said> other = inLine.stream()
                    .filter(said -> said != each && said.meaning().equals(each.meaning()))
                    .findFirst();
            if (other.isPresent()) {
                problems.add(
                        "answer-contradictory",
                        each.source().place(),
                        "%s: the line says twice how much of it is %s, %s and %s; ask the sender which holds.",
                        each.meaning(),
                        each.quantity().toPlainString(),
                        other.get().quantity().toPlainString());
                comprehensible = false;
            }
            BigDecimal delivered = deliveries.stream()
                    .filter(delivery -> delivery.meaning().equals(each.meaning()))
                    .map(Said::quantity)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            boolean told =
                    deliveries.stream().anyMatch(delivery -> delivery.meaning().equals(each.meaning()));
            if (told && delivered.compareTo(each.quantity()) != 0) {
                problems.differs(
                        "deliveries-differ",
                        each.source().place(),
                        each.quantity().toPlainString(),
                        delivered.toPlainString(),
                        "%s says %s for the line, but its deliveries come to %s; ask the sender to correct and resend it.");
                comprehensible = false;
            }
        }
        return comprehensible;
    }

    /** What says nothing: that none is backordered, or that none is confirmed where the line says what happens to it. */
    private static List<Said> withoutZeros(List<Said> said, boolean nothingComes) {
        boolean more = nothingComes || said.stream().anyMatch(Said::something);
        return said.stream()
                .filter(each -> each.something() || (each.confirmed() && !more))
                .toList();
    }

    /** Of the line itself; the same said by several qualifiers is said once. */
    private List<Said> once(Fields line) {
        List<Said> once = new ArrayList<>();
        for (Said each : said(line.list("quantities"))) {
            boolean again = once.stream()
                    .anyMatch(other -> other.meaning().equals(each.meaning())
                            && other.quantity().compareTo(each.quantity()) == 0);
            if (!again) {
                once.add(each);
            }
        }
        return once;
    }

    private List<Said> said(List<Fields> sources) {
        List<Said> said = new ArrayList<>();
        for (Fields source : sources) {
            Optional<String> meaning =
                    names.find("quantity", source.text("qualifier")).filter(name -> !name.equals(ORDERED));
            BigDecimal quantity = problems.decimal(source, "quantity", source.place());
            if (meaning.isPresent() && quantity != null) {
                said.add(new Said(meaning.get(), quantity, source));
            }
        }
        return said;
    }

    private SortedMap<String, String> instead(Fields line) {
        SortedMap<String, String> instead = new TreeMap<>();
        line.list("itemCodes").stream()
                .filter(more -> more.has("use")
                        && names.find("item-use", more.text("use")).equals(Optional.of(INSTEAD)))
                .flatMap(more -> more.pairs("codes").stream())
                .forEach(pair -> Names.keep(
                        instead,
                        names.name("item", pair.get(0).toString()),
                        pair.get(1).toString()));
        return instead;
    }
}
