package io.lonja.mapping;

import io.lonja.document.Answer;
import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.LineAnswer;
import io.lonja.document.LineChange;
import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.document.PricedDocument.Line;
import io.lonja.document.PricedDocument.PriceBreak;
import io.lonja.document.PricedDocument.Split;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines of what Smooks collected.
 *
 * @param taxesInSummary whether taxes of lines are only repeated there, because a summary of the document adds them up
 * @param whole what the supplier answers to the whole order or change; null for any document but a response
 * @param changing whether its lines say what becomes of those of an order
 */
record LineAssembler(
        Names names,
        Problems problems,
        Adjustments adjustments,
        Taxes taxes,
        boolean taxesInSummary,
        @Nullable Answer whole,
        boolean changing) {

    /** The line; null when it does not say what, how much and at what price (with a problem for each then). */
    @Nullable
    Line line(Fields given, int ordinal) {
        Fields answered = whole == null ? given : new LineAnswers(names, problems).withOrdered(given);
        Optional<LineChanges.Said> said =
                changing ? new LineChanges(names, problems, whole != null).of(answered) : Optional.empty();
        if (changing && said.isEmpty()) {
            return null;
        }
        Fields source = said.map(LineChanges.Said::line).orElse(answered);
        LineChange change =
                said.flatMap(known -> Optional.ofNullable(known.change())).orElse(null);
        Place place = source.place();
        BigDecimal quantity = problems.required(source, "quantity", place);
        Fields priced = priced(source);
        boolean unitless = LineChanges.unitless(change);
        String unit = unitless ? source.text("unit") : unit(source, names);
        PriceBreaks byQuantity = new PriceBreaks(names, problems, each -> unitPrice(each, each.place()));
        List<PriceBreak> breaks = byQuantity.of(source, priced.text("kind"), unit);
        boolean onlyByQuantity = !breaks.isEmpty() && (PriceBreaks.ranged(priced) || !priced.has("price"));
        // Whoever confirms a line and says no price confirms the ordered one.
        boolean priceKept = whole != null && !changing && !new LineChanges(names, problems, true).priced(source);
        BigDecimal price = priceKept ? BigDecimal.ZERO : onlyByQuantity ? null : unitPrice(priced, place);
        if (quantity != null && !breaks.isEmpty()) {
            price = byQuantity.at(quantity, breaks, price, place);
        }
        if (source.has("part")) {
            isPart(place, problems);
            return null;
        }
        if (unit.isEmpty() && !unitless) {
            noUnit(place, problems);
        }
        if (quantity == null || price == null || (unit.isEmpty() && !unitless)) {
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
        Destinations destinations = new Destinations(names, problems);
        List<Split> split =
                LineChanges.uncounted(change) ? List.of() : destinations.of(source, unit, adjustments.negative());
        SortedMap<String, LocalDate> dates = dates(source, names, problems);
        LineAnswer answer = null;
        if (whole != null) {
            Quantity ordered = new Quantity(quantity, unit);
            answer = new LineAnswers(names, problems).of(source, ordered, dates);
            if (answer == null) {
                return null;
            }
            if (priceKept
                    && answer.parts().stream().anyMatch(part -> part.status() == LineAnswer.Status.PRICE_CHANGED)) {
                problems.add(
                        "price-missing",
                        place,
                        "%s: the line answers that its price is changed and does not say to what; ask the sender to resend it with its price.");
                return null;
            }
            answer = priceKept ? answer.atTheOrderedPrice() : answer;
            quantity = answer.confirmed(whole);
            // Who repeats the destinations of the order does not say who gets what of another quantity.
            if (quantity.compareTo(ordered.value()) != 0
                    && Destinations.sum(split).compareTo(ordered.value()) == 0) {
                split = List.of();
            }
        }
        boolean amounting = !priceKept && (change == null || change.whole());
        Money extended = Money.rounded(
                amounting ? quantity.multiply(price).abs() : BigDecimal.ZERO,
                adjustments.currency(),
                RoundingMode.HALF_UP);
        // A net price has them in it already, and they are told for information.
        boolean inPrice = names.find("price", priced.text("kind")).equals(Optional.of("net"));
        List<Adjustment> own = inPrice ? List.of() : adjustments.of(source.list("adjustments"), extended, quantity);
        Money net = extended;
        for (Adjustment adjustment : own) {
            net = amounting ? net.plus(adjustment.signed()) : net;
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
                items(source, names),
                description(source),
                new Quantity(quantity.abs(), unit),
                price.abs(),
                net,
                amounting ? stated(source, extended, net) : null,
                own,
                taxesInSummary
                        ? List.of()
                        : taxes.added(source.list("taxes"), net, taxes.reason(source.list("texts").stream())),
                dates,
                references(source, names),
                place.bytes(),
                destinations.fitting(split, quantity.abs(), source),
                answer,
                taxes.rates(source.list("taxes"), taxesInSummary),
                change,
                breaks);
    }

    /** What says the price: the line itself, or of several prices the net one, else the gross one; the one for any quantity first. */
    private Fields priced(Fields source) {
        List<Fields> prices = source.list("prices").stream()
                .sorted(Comparator.comparing(PriceBreaks::ranged))
                .toList();
        for (String kind : List.of("net", "gross")) {
            for (Fields price : prices) {
                if (price.has("price")
                        && names.find("price", price.text("kind")).equals(Optional.of(kind))) {
                    return price;
                }
            }
        }
        return source;
    }

    /** For one unit: a price per hundred or thousand is divided out, exactly. */
    private @Nullable BigDecimal unitPrice(Fields source, Place place) {
        BigDecimal price = problems.required(source, "price", place);
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

    /** The unit of the line's quantity; empty where it says none and the guide has no usual one. */
    static String unit(Fields source, Names names) {
        return source.has("unit") ? source.text("unit") : names.find("unit", "").orElse("");
    }

    static void isPart(Place place, Problems problems) {
        problems.add(
                "line-is-part",
                place,
                "%s: the line is a part of another one, so it is not known whether its amount counts; ask the sender to send lines of their own.");
    }

    static void noUnit(Place place, Problems problems) {
        problems.add("unit-missing", place, "%s: the quantity has no unit; ask the sender to resend it with one.");
    }

    /** Codes of the item; what the guide's names call a reference is none. */
    static SortedMap<String, String> items(Fields source, Names names) {
        SortedMap<String, String> items = new TreeMap<>(source.startingWith("item."));
        for (List<?> pair : source.pairs("items")) {
            if (names.find("item-reference", pair.get(0).toString()).isEmpty()) {
                Names.keep(
                        items,
                        names.name("item", pair.get(0).toString()),
                        pair.get(1).toString());
            }
        }
        for (Fields more : source.list("itemCodes")) {
            String use = names.find("item-use", more.text("use")).orElse("qualifier-" + more.text("use"));
            if (more.has("use") && use.equals(AnsweredQuantities.INSTEAD)) {
                continue; // It belongs to the answer.
            }
            String suffix = !more.has("use") || use.equals("same") ? "" : "-" + use;
            for (List<?> pair : more.pairs("codes")) {
                Names.keep(
                        items,
                        names.name("item", pair.get(0).toString()) + suffix,
                        pair.get(1).toString());
            }
        }
        return items;
    }

    static @Nullable String description(Fields source) {
        String text = source.list("descriptions").stream()
                .flatMap(part -> Stream.of(part.text("text"), part.text("text2")))
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
            keep(dates, names.name("date", item.text("qualifier")), problems.days(item, "value", names, item.place()));
        }
        for (Fields reference : source.list("references")) {
            for (Fields item : reference.list("dates")) {
                keep(
                        dates,
                        names.name("reference", reference.text("qualifier")),
                        problems.days(item, "value", names, item.place()));
            }
        }
        return dates;
    }

    private static void keep(SortedMap<String, LocalDate> dates, String name, List<LocalDate> days) {
        for (int i = 0; i < days.size(); i++) {
            Names.keep(dates, i == 0 ? name : name + "-end", days.get(i));
        }
    }

    /** References by what they refer to, of a line or of the whole document. */
    static SortedMap<String, List<String>> references(Fields source, Names names) {
        SortedMap<String, List<String>> references = new TreeMap<>();
        source.startingWith("reference.").forEach((name, value) -> references.put(name, List.of(value)));
        for (List<?> pair : source.pairs("items")) {
            names.find("item-reference", pair.get(0).toString())
                    .ifPresent(name ->
                            references.merge(name, List.of(pair.get(1).toString()), LineAssembler::withoutRepeats));
        }
        for (Fields item : source.list("references")) {
            if (item.has("value")) {
                references.merge(
                        names.name("reference", item.text("qualifier")),
                        List.of(item.text("value")),
                        LineAssembler::withoutRepeats);
            }
            if (item.has("line")) {
                references.merge(
                        names.name("reference", item.text("qualifier")) + "-line",
                        List.of(item.text("line")),
                        LineAssembler::withoutRepeats);
            }
        }
        return references;
    }

    static List<String> withoutRepeats(List<String> earlier, List<String> later) {
        return Stream.concat(earlier.stream(), later.stream()).distinct().toList();
    }
}
