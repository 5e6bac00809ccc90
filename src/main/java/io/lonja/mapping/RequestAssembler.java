package io.lonja.mapping;

import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.DocumentType;
import io.lonja.document.RequestForQuotation;
import io.lonja.document.RequestForQuotation.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request for quotation of the maps that a guide's Smooks file fills. The names it knows are those of {@link
 * DocumentAssembler} for number, date, currency, parties, references, dates and counts; of a line {@code number quantity
 * unit items part}, and the lists {@code itemCodes descriptions references dates destinations}.
 */
final class RequestAssembler {

    private final Fields source;
    private final Names names;
    private final Problems problems = new Problems();

    private RequestAssembler(Fields source, Names names) {
        this.source = source;
        this.names = names;
    }

    static Mapped assemble(Fields source, Names names) {
        RequestAssembler assembler = new RequestAssembler(source, names);
        RequestForQuotation content = assembler.document();
        return new Mapped(DocumentType.REQUEST_FOR_QUOTATION, content, assembler.problems.found());
    }

    private @Nullable RequestForQuotation document() {
        Heading heading = new Heading(source, names, problems);
        heading.demandOriginal();
        String number = heading.number();
        SortedMap<String, LocalDate> dates = LineAssembler.dates(source, names, problems);
        LocalDate date = heading.date(dates);
        Currency currency = StatedCurrency.of(source, problems);
        List<Fields> sources = source.list("lines");
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Line line = line(sources.get(i), i);
            if (line != null) {
                lines.add(line);
            }
        }
        if (number.isEmpty() || date == null || lines.size() < sources.size()) {
            return null;
        }
        SortedMap<String, String> stated = new TreeMap<>();
        new Counts(source, problems).compare(sources, stated);
        return new RequestForQuotation(
                DocumentType.REQUEST_FOR_QUOTATION,
                number,
                date,
                currency,
                Parties.of(List.of(source), names),
                LineAssembler.references(source, names),
                dates,
                lines,
                stated);
    }

    /** Null when it does not say how much of it is asked for, with a problem then. */
    private @Nullable Line line(Fields line, int ordinal) {
        Place place = line.place();
        BigDecimal quantity = problems.required(line, "quantity", place);
        String unit = LineAssembler.unit(line, names);
        if (unit.isEmpty()) {
            LineAssembler.noUnit(place, problems);
        }
        if (line.has("part")) {
            LineAssembler.isPart(place, problems);
            return null;
        }
        if (quantity == null || unit.isEmpty()) {
            return null;
        }
        if (quantity.signum() < 0) {
            problems.add(
                    "quantity-negative",
                    place,
                    "%s: the quantity %s is negative, but nobody asks for less than nothing; ask the sender to correct and resend it.",
                    quantity.toPlainString());
            return null;
        }
        Destinations destinations = new Destinations(names, problems);
        return new Line(
                line.has("number") ? line.text("number") : Integer.toString(ordinal + 1),
                LineAssembler.items(line, names),
                LineAssembler.description(line),
                new Quantity(quantity, unit),
                LineAssembler.dates(line, names, problems),
                LineAssembler.references(line, names),
                place.bytes(),
                destinations.fitting(destinations.of(line, unit, false), quantity, line));
    }
}
