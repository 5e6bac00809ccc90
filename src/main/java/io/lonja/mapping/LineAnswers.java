package io.lonja.mapping;

import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.LineAnswer;
import io.lonja.document.LineAnswer.Part;
import io.lonja.document.LineAnswer.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a supplier answers to the lines of an order. */
record LineAnswers(Names names, Problems problems) {

    /** The line with an ordered quantity, where it says one or answers for one. */
    Fields withOrdered(Fields line) {
        return AnsweredQuantities.in(line) ? new AnsweredQuantities(names, problems).withOrdered(line) : line;
    }

    /**
     * What the line's {@code answers} or its quantities say; null when it is not known what one means (with a problem for
     * each then).
     *
     * @param dates of the line; those that are the answer's are taken out of them
     */
    @Nullable
    LineAnswer of(Fields line, Quantity ordered, SortedMap<String, LocalDate> dates) {
        if (AnsweredQuantities.in(line)) {
            return new AnsweredQuantities(names, problems).of(line, ordered, dates);
        }
        List<Fields> sources = line.list("answers");
        List<Part> parts = new ArrayList<>();
        if (sources.isEmpty() && names.find("change", line.text("change")).equals(Optional.of(LineChanges.REJECTED))) {
            parts.add(new Part(Status.REJECTED, ordered, new TreeMap<>(), new TreeMap<>()));
            return new LineAnswer(ordered, parts);
        }
        for (Fields source : sources) {
            Part part = part(source, ordered, sources.size() == 1);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts.size() == sources.size() ? new LineAnswer(ordered, parts) : null;
    }

    private @Nullable Part part(Fields source, Quantity ordered, boolean only) {
        Optional<Status> status = names.find("status", source.text("status")).map(Status::of);
        if (status.isEmpty()) {
            problems.add(
                    "status-unknown",
                    source.place(),
                    "%s: it is not known whether the status code %s confirms the line; list the code in the guide's names.properties.",
                    source.text("status"));
        }
        BigDecimal quantity = source.has("quantity")
                ? problems.decimal(source, "quantity", source.place())
                : only ? ordered.value() : null;
        if (!only && !source.has("quantity")) {
            problems.add(
                    "answer-quantity-missing",
                    source.place(),
                    "%s: of several answers to one line each is for a quantity of its own, and this one has none; ask the sender to correct and resend it.");
        }
        if (quantity != null && quantity.signum() < 0) {
            problems.add(
                    "quantity-negative",
                    source.place(),
                    "%s: a supplier cannot answer for %s; ask the sender to correct and resend it.",
                    quantity.toPlainString());
            quantity = null;
        }
        boolean otherUnit = source.has("unit")
                && source.has("quantity")
                && !source.text("unit").equals(ordered.unit());
        if (otherUnit) {
            problems.add(
                    "answer-unit-differs",
                    source.place(),
                    "%s: the line is in %s, but the answer is in %s; ask the sender to say both in one unit.",
                    ordered.unit(),
                    source.text("unit"));
        }
        if (status.isEmpty() || quantity == null || otherUnit) {
            return null;
        }
        SortedMap<String, String> items = new TreeMap<>();
        source.pairs("items")
                .forEach(pair -> Names.keep(
                        items,
                        names.name("item", pair.get(0).toString()),
                        pair.get(1).toString()));
        return new Part(status.get(), new Quantity(quantity, ordered.unit()), dates(source), items);
    }

    private SortedMap<String, LocalDate> dates(Fields source) {
        SortedMap<String, LocalDate> dates = LineAssembler.dates(source, names, problems);
        if (source.has("date")) {
            LocalDate date = problems.date(source, "date", source.place());
            if (date != null) {
                Names.keep(dates, names.name("date", source.text("qualifier")), date);
            }
        }
        return dates;
    }
}
