package io.lonja.mapping;

import io.lonja.document.BusinessDocument.Adjustment;
import io.lonja.document.BusinessDocument.Line;
import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes lines of what Smooks collected. */
record LineAssembler(Names names, Problems problems, Adjustments adjustments) {

    /** The line; null when it does not say what, how much and at what price (with a problem for each then). */
    @Nullable
    Line line(Fields source, int ordinal) {
        Place place = source.place();
        BigDecimal quantity = required(source, "quantity", place);
        BigDecimal price = unitPrice(source, place);
        if (!source.has("unit")) {
            problems.add("unit-missing", place, "%s: the quantity has no unit; ask the sender to resend it with one.");
        }
        if (quantity == null || price == null || !source.has("unit")) {
            return null;
        }
        boolean negative = quantity.signum() < 0 || price.signum() < 0;
        if (negative && !adjustments.negative()) {
            problems.add(
                    quantity.signum() < 0 ? "quantity-negative" : "price-negative",
                    place,
                    "%s: quantity %s at price %s is negative here; ask the sender to send what is returned as a credit note.",
                    quantity.toPlainString(),
                    price.toPlainString());
            return null;
        }
        Money extended = Money.rounded(quantity.multiply(price).abs(), adjustments.currency(), RoundingMode.HALF_UP);
        List<Adjustment> own = adjustments.of(source.list("adjustments"), extended, quantity);
        Money net = extended;
        for (Adjustment adjustment : own) {
            net = net.plus(adjustment.signed());
        }
        if (net.isNegative()) {
            problems.add(
                    "line-net-negative",
                    place,
                    "%s: the line's allowances take more off than it amounts to (%s); ask the sender to send a credit note.",
                    net);
        }
        return new Line(
                source.has("number") ? source.text("number") : Integer.toString(ordinal + 1),
                items(source),
                description(source),
                new Quantity(quantity.abs(), source.text("unit")),
                price.abs(),
                net,
                stated(source, extended, net),
                own,
                adjustments.taxes(source.list("taxes"), net),
                dates(source, names, problems),
                references(source, names),
                place.bytes());
    }

    private @Nullable BigDecimal required(Fields source, String name, Place place) {
        BigDecimal value = problems.decimal(source, name, place);
        if (value == null && !source.has(name)) {
            problems.add(
                    name + "-missing", place, "%s: the line has no %s; ask the sender to resend it with one.", name);
        }
        return value;
    }

    /** For one unit: a price per hundred or thousand is divided out, exactly. */
    private @Nullable BigDecimal unitPrice(Fields source, Place place) {
        BigDecimal price = required(source, "price", place);
        Optional<BigDecimal> basis = names.basis(source.text("basis"));
        if (basis.isEmpty()) {
            problems.add(
                    "price-basis-unknown",
                    place,
                    "%s: it is not known how many units the price is for when its basis is %s; list the code in the guide's names.properties.",
                    source.text("basis"));
            return null;
        }
        return price == null || basis.get().equals(BigDecimal.ONE) ? price : price.divide(basis.get());
    }

    /** Senders state a line's amount before or after its own allowances and charges; both are in use. */
    private @Nullable Money stated(Fields source, Money extended, Money net) {
        Place place = source.place("netAt");
        BigDecimal written = problems.decimal(source, "net", place);
        Money stated = written == null ? null : adjustments.exact(written, "line's amount", place);
        if (stated != null && !stated.equals(net) && !stated.equals(extended)) {
            problems.differs(
                    "line-net-differs",
                    place,
                    stated.amount().toPlainString(),
                    net.amount().toPlainString(),
                    "%s says that the line amounts to %s, but quantity and price come to %s; ask the sender to correct and resend it.");
        }
        return stated;
    }

    private SortedMap<String, String> items(Fields source) {
        SortedMap<String, String> items = new TreeMap<>();
        for (List<?> pair : source.pairs("items")) {
            Names.keep(
                    items,
                    names.name("item", pair.get(0).toString()),
                    pair.get(1).toString());
        }
        return items;
    }

    private static @Nullable String description(Fields source) {
        String text = source.list("descriptions").stream()
                .map(part -> part.text("text"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return text.isEmpty() ? null : text;
    }

    /** Dates by meaning, of a line or of the whole document. */
    static SortedMap<String, LocalDate> dates(Fields source, Names names, Problems problems) {
        SortedMap<String, LocalDate> dates = new TreeMap<>();
        source.startingWith("date.").keySet().forEach(name -> {
            LocalDate date = problems.date(source, "date." + name, source.place());
            if (date != null) {
                dates.put(name, date);
            }
        });
        for (Fields item : source.list("dates")) {
            LocalDate date = problems.date(item, "value", item.place());
            if (date != null) {
                Names.keep(dates, names.name("date", item.text("qualifier")), date);
            }
        }
        return dates;
    }

    /** References by what they refer to, of a line or of the whole document. */
    static SortedMap<String, List<String>> references(Fields source, Names names) {
        SortedMap<String, List<String>> references = new TreeMap<>();
        source.startingWith("reference.").forEach((name, value) -> references.put(name, List.of(value)));
        for (Fields item : source.list("references")) {
            if (item.has("value")) {
                references.merge(
                        names.name("reference", item.text("qualifier")),
                        List.of(item.text("value")),
                        LineAssembler::withoutRepeats);
            }
        }
        return references;
    }

    private static List<String> withoutRepeats(List<String> earlier, List<String> later) {
        return Stream.concat(earlier.stream(), later.stream()).distinct().toList();
    }
}
