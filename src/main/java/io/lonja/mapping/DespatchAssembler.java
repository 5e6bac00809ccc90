package io.lonja.mapping;

import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.DespatchAdvice;
import io.lonja.document.DespatchAdvice.Carriage;
import io.lonja.document.DespatchAdvice.Line;
import io.lonja.document.DocumentType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a despatch advice of the maps that a guide's Smooks file fills. The names it knows besides those of {@link
 * DocumentAssembler} for number, date, parties, references, dates and counts:
 *
 * <ul>
 *   <li>document: {@code levelCount}, and the list {@code levels}
 *   <li>document or level: the lists {@code transports} of {@code mode carrier carrierName routing}, {@code routings} of
 *       {@code routing}, {@code vehicles} of {@code initial number name}, {@code measures}, see {@link Packing}
 *   <li>level: {@code level} is its number, {@code parent} that of the level it stands in, {@code levelCode} what it is; where it
 *       is an item it has all that a line has, else the list {@code lines}; {@code packs}, see {@link Packing}
 *   <li>line: {@code number ordinal quantity unit ordered orderedUnit items}, and the lists {@code itemCodes descriptions
 *       references dates destinations} as in an order, {@code marks} as in {@link Packing}
 * </ul>
 */
final class DespatchAssembler {

    private static final String ORDER = "purchase-order";

    private final Fields source;
    private final Names names;
    private final Problems problems = new Problems();
    private final Packing packing;
    private final List<DespatchLevel> levels;
    private final List<Drafted> drafts = new ArrayList<>();

    private DespatchAssembler(Fields source, Names names) {
        this.source = source;
        this.names = names;
        this.packing = new Packing(names, problems);
        this.levels = DespatchLevel.in(source, names, problems);
    }

    /** A line before it is known whether the shipment is for one order or for several. */
    private record Drafted(
            Fields source,
            @Nullable DespatchLevel order,
            @Nullable Integer in,
            List<DespatchLevel> around) {}

    static Mapped assemble(Fields source, Names names) {
        DespatchAssembler assembler = new DespatchAssembler(source, names);
        DespatchAdvice content = assembler.document();
        return new Mapped(DocumentType.DESPATCH_ADVICE, content, assembler.problems.found());
    }

    private @Nullable DespatchAdvice document() {
        Heading heading = new Heading(source, names, problems);
        heading.demandOriginal();
        levels.stream().filter(level -> level.parent() == null).forEach(top -> stand(top, null));
        drafts.sort(
                Comparator.comparingLong(draft -> draft.source().place().bytes().from()));

        SortedSet<String> orders = orders();
        boolean oneOrder = orders.size() <= 1;
        List<Fields> heads = heads(oneOrder);
        SortedMap<String, List<String>> references = new TreeMap<>();
        SortedMap<String, LocalDate> dates = new TreeMap<>();
        for (Fields head : heads) {
            merge(references, LineAssembler.references(head, names));
            LineAssembler.dates(head, names, problems).forEach((name, day) -> Names.keep(dates, name, day));
        }
        String number = heading.number();
        LocalDate date = heading.date(dates);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Line line = line(drafts.get(i), i, oneOrder, references, dates);
            if (line != null) {
                lines.add(line);
            }
        }
        if (oneOrder) {
            orders.forEach(order -> references.put(ORDER, List.of(order)));
        } else if (lines.stream().allMatch(line -> line.references().containsKey(ORDER))) {
            references.remove(ORDER);
        }
        if (drafts.isEmpty()) {
            problems.add(
                    "lines-missing",
                    source.place(),
                    "%s: the despatch advice does not say what was sent; ask the sender to resend it with its lines.");
        }
        if (number.isEmpty() || date == null || lines.isEmpty() || lines.size() < drafts.size()) {
            return null;
        }
        return new DespatchAdvice(
                DocumentType.DESPATCH_ADVICE,
                number,
                date,
                Parties.of(heads, names),
                references,
                dates,
                carriage(heads),
                packing.packages(),
                lines,
                stated());
    }

    /** What stands at the level and in it, packages before what is in them. */
    private void stand(DespatchLevel level, @Nullable Integer in) {
        if (level.isItem()) {
            item(level, in);
            return;
        }
        Integer here = level.isShipment() || level.isOrder() ? in : packing.of(level.source(), level.isPackage(), in);
        for (Fields line : level.source().list("lines")) {
            draft(line, level, packing.ofLine(line, here));
        }
        level.children().forEach(inner -> stand(inner, here));
    }

    /** Packages may be told in the item that they hold: it stands in the one, or in all of them. */
    private void item(DespatchLevel item, @Nullable Integer in) {
        List<DespatchLevel> packages =
                item.children().stream().filter(DespatchLevel::isPackage).toList();
        Integer around = packages.size() > 1
                ? packing.together(
                        item.source(),
                        packages.stream().map(DespatchLevel::source).toList(),
                        in)
                : packing.ofLine(item.source(), in);
        Integer packed = around;
        for (DespatchLevel inner : item.children()) {
            if (inner.isPackage()) {
                Integer here = packing.of(inner.source(), true, around);
                inner.children().forEach(further -> stand(further, here));
                packed = packages.size() == 1 ? here : packed;
            } else {
                stand(inner, around);
            }
        }
        draft(item.source(), item, packed);
    }

    private void draft(Fields line, DespatchLevel level, @Nullable Integer in) {
        List<DespatchLevel> around = new ArrayList<>();
        DespatchLevel order = null;
        for (DespatchLevel outer = level.isItem() ? level.parent() : level; outer != null; outer = outer.parent()) {
            if (outer.isOrder()) {
                order = order == null ? outer : order;
            } else if (!outer.isShipment()) {
                around.add(outer);
            }
        }
        drafts.add(new Drafted(line, order, in, around));
    }

    /** Every order that anything in the document is for. */
    private SortedSet<String> orders() {
        SortedSet<String> orders = new TreeSet<>();
        Stream.concat(heads(true).stream(), drafts.stream().map(Drafted::source))
                .forEach(each ->
                        orders.addAll(LineAssembler.references(each, names).getOrDefault(ORDER, List.of())));
        return orders;
    }

    /** What is said of the whole shipment: also what is said of its order, where that is the only one. */
    private List<Fields> heads(boolean oneOrder) {
        return Stream.concat(
                        Stream.of(source),
                        levels.stream()
                                .filter(level -> level.isShipment() || oneOrder && level.isOrder())
                                .map(DespatchLevel::source))
                .toList();
    }

    private @Nullable Line line(
            Drafted draft,
            int ordinal,
            boolean oneOrder,
            SortedMap<String, List<String>> ofAll,
            SortedMap<String, LocalDate> datesOfAll) {
        Fields line = draft.source();
        Place place = line.place();
        BigDecimal quantity = problems.required(line, "quantity", place);
        String unit = LineAssembler.unit(line, names);
        if (unit.isEmpty()) {
            LineAssembler.noUnit(place, problems);
        }
        BigDecimal ordered = problems.decimal(line, "ordered", place);
        SortedMap<String, List<String>> references = LineAssembler.references(line, names);
        SortedMap<String, LocalDate> dates = LineAssembler.dates(line, names, problems);
        draft.around()
                .forEach(level ->
                        LineAssembler.dates(level.source(), names, problems).forEach(dates::putIfAbsent));
        DespatchLevel order = draft.order();
        if (oneOrder) {
            references.remove(ORDER);
            LocalDate placed = dates.remove(ORDER);
            if (placed != null) {
                datesOfAll.putIfAbsent(ORDER, placed);
            }
        } else if (order != null) {
            merge(references, LineAssembler.references(order.source(), names));
            LineAssembler.dates(order.source(), names, problems).forEach(dates::putIfAbsent);
        } else if (!references.containsKey(ORDER)
                && ofAll.getOrDefault(ORDER, List.of()).size() == 1) {
            references.put(ORDER, ofAll.getOrDefault(ORDER, List.of()));
        }
        if (quantity == null || unit.isEmpty()) {
            return null;
        }
        if (quantity.signum() < 0) {
            problems.add(
                    "quantity-negative",
                    place,
                    "%s: the quantity %s is negative, but nobody sends less than nothing; ask the sender to correct and resend it.",
                    quantity.toPlainString());
            return null;
        }
        Destinations destinations = new Destinations(names, problems);
        return new Line(
                number(line, ordinal),
                packing.identified(LineAssembler.items(line, names), line),
                LineAssembler.description(line),
                new Quantity(quantity, unit),
                ordered == null
                        ? null
                        : new Quantity(ordered, line.has("orderedUnit") ? line.text("orderedUnit") : unit),
                draft.in(),
                references,
                dates,
                place.bytes(),
                destinations.fitting(destinations.of(line, unit, false), quantity, line));
    }

    private static String number(Fields line, int ordinal) {
        return line.has("number")
                ? line.text("number")
                : line.has("ordinal") ? line.text("ordinal") : Integer.toString(ordinal + 1);
    }

    private @Nullable Carriage carriage(List<Fields> heads) {
        Fields transport = first(heads, "transports");
        Fields vehicle = first(heads, "vehicles");
        String mode = transport.has("mode")
                ? names.find("mode", transport.text("mode")).orElse(transport.text("mode"))
                : "";
        String named = transport.has("carrier") ? transport.text("carrier") : transport.text("carrierName");
        String carrier = named.isEmpty() ? transport.text("routing") : named;
        String words = first(heads, "routings").text("routing");
        String routing = named.isEmpty() ? words : transport.has("routing") ? transport.text("routing") : words;
        String plate = vehicle.has("number") ? vehicle.text("initial") + vehicle.text("number") : vehicle.text("name");
        return Stream.of(mode, carrier, plate, routing).allMatch(String::isEmpty)
                ? null
                : new Carriage(orNull(mode), orNull(carrier), orNull(plate), orNull(routing));
    }

    private static Fields first(List<Fields> heads, String list) {
        return heads.stream()
                .flatMap(head -> head.list(list).stream())
                .findFirst()
                .orElseGet(() -> new Fields(Map.of(), heads.get(0).place()));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** What the source says of its totals; what can be counted is compared. */
    private SortedMap<String, String> stated() {
        SortedMap<String, String> stated = new TreeMap<>();
        List<Fields> lines = drafts.stream().map(Drafted::source).toList();
        new Counts(source, problems).compare(lines, stated);
        Integer count = problems.count(source, "levelCount", source.place("countsAt"));
        if (count != null) {
            stated.put("level-count", source.text("levelCount"));
            // The standard counts levels; who counts lines means the lines.
            if (count != levels.size() && count != lines.size()) {
                problems.differs(
                        "level-count-differs",
                        source.place("countsAt"),
                        count.toString(),
                        Integer.toString(levels.size()),
                        "%s says that there are %s levels, but there are %s; ask the sender whether some are missing.");
            }
        }
        if (source.has("packages")) {
            stated.put("packages", source.text("packages"));
        }
        for (Fields head : heads(true)) {
            packing.stated(head, stated);
        }
        levels.stream().filter(DespatchLevel::isShipment).forEach(level -> packing.statedPacks(level.source(), stated));
        return stated;
    }

    private static void merge(SortedMap<String, List<String>> references, SortedMap<String, List<String>> others) {
        others.forEach((name, values) -> references.merge(name, values, LineAssembler::withoutRepeats));
    }
}
