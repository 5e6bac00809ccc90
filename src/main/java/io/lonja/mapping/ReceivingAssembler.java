package io.lonja.mapping;

import io.lonja.document.DocumentType;
import io.lonja.document.ReceivingAdvice;
import io.lonja.document.ReceivingAdvice.Line;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a receiving advice of the maps that a guide's Smooks file fills. The names it knows besides those of {@link
 * DocumentAssembler} for number, date, parties, references, dates and counts:
 *
 * <ul>
 *   <li>document: the list {@code lines}, or the list {@code levels} of {@code lines} and {@code packs}; a pack has the lists
 *       {@code marks} as in {@link Packing} and {@code variances}
 *   <li>line: {@code number items}, the lists {@code itemCodes descriptions references dates marks} as in a despatch advice,
 *       and its quantities as {@link ReceivedQuantities} says
 * </ul>
 */
final class ReceivingAssembler {

    private static final String ORDER = "purchase-order";

    /** What names the goods that came, where there are no lines. */
    private static final List<String> SHIPMENTS = List.of("despatch-advice", "packing-list", "bill-of-lading");

    private final Fields source;
    private final Names names;
    private final Problems problems = new Problems();
    private final Packing packing;

    private ReceivingAssembler(Fields source, Names names) {
        this.source = source;
        this.names = names;
        this.packing = new Packing(names, problems);
    }

    /** A line, and the packages that it came in by what stands around it. */
    private record Drafted(Fields source, List<String> packages) {}

    static Mapped assemble(Fields source, Names names) {
        ReceivingAssembler assembler = new ReceivingAssembler(source, names);
        ReceivingAdvice content = assembler.document();
        return new Mapped(DocumentType.RECEIVING_ADVICE, content, assembler.problems.found());
    }

    private @Nullable ReceivingAdvice document() {
        Heading heading = new Heading(source, names, problems);
        heading.demandOriginal();
        List<Drafted> drafts = drafts();
        String number = heading.number();
        SortedMap<String, List<String>> references = LineAssembler.references(source, names);
        SortedMap<String, LocalDate> dates = LineAssembler.dates(source, names, problems);
        LocalDate date = heading.date(dates);
        dates.remove("document"); // The same date once more, where a guide wants one.
        SortedSet<String> orders = new TreeSet<>(references.getOrDefault(ORDER, List.of()));
        drafts.forEach(draft ->
                orders.addAll(LineAssembler.references(draft.source(), names).getOrDefault(ORDER, List.of())));
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Line line = line(drafts.get(i), i, orders.size() <= 1, references, dates);
            if (line != null) {
                lines.add(line);
            }
        }
        if (orders.size() <= 1) {
            orders.forEach(order -> references.put(ORDER, List.of(order)));
        } else if (lines.stream().allMatch(line -> line.references().containsKey(ORDER))) {
            references.remove(ORDER);
        }
        boolean asSent = SHIPMENTS.stream().anyMatch(references::containsKey);
        if (drafts.isEmpty() && !asSent) {
            problems.add(
                    "lines-missing",
                    source.place(),
                    "%s: the receiving advice says neither what was received nor which despatch advice came as it was sent; ask the sender to resend it with one of them.");
        }
        SortedMap<String, String> stated = new TreeMap<>();
        new Counts(source, problems)
                .compare(drafts.stream().map(Drafted::source).toList(), stated);
        if (number.isEmpty() || date == null || (lines.isEmpty() && !asSent) || lines.size() < drafts.size()) {
            return null;
        }
        return new ReceivingAdvice(
                DocumentType.RECEIVING_ADVICE,
                number,
                date,
                Parties.of(List.of(source), names),
                references,
                dates,
                lines,
                stated);
    }

    private List<Drafted> drafts() {
        List<Drafted> drafts = new ArrayList<>();
        source.list("lines").forEach(line -> drafts.add(new Drafted(line, List.of())));
        for (Fields level : source.list("levels")) {
            Set<String> packages = new LinkedHashSet<>();
            for (Fields pack : level.list("packs")) {
                packages.addAll(packing.sscc(pack));
                for (Fields variance : pack.list("variances")) {
                    problems.add(
                            "package-discrepancy",
                            variance.place(),
                            "%s: something is wrong with packages, but it does not say how much of which line that is; ask the sender to say it of the lines.");
                }
            }
            level.list("lines").forEach(line -> drafts.add(new Drafted(line, List.copyOf(packages))));
        }
        return drafts;
    }

    private @Nullable Line line(
            Drafted draft,
            int ordinal,
            boolean oneOrder,
            SortedMap<String, List<String>> ofAll,
            SortedMap<String, LocalDate> datesOfAll) {
        Fields line = draft.source();
        ReceivedQuantities quantities = ReceivedQuantities.of(line, names, problems);
        SortedMap<String, List<String>> references = LineAssembler.references(line, names);
        SortedMap<String, LocalDate> dates = LineAssembler.dates(line, names, problems);
        if (oneOrder) {
            references.remove(ORDER);
            LocalDate placed = dates.remove(ORDER);
            if (placed != null) {
                datesOfAll.putIfAbsent(ORDER, placed);
            }
        } else if (!references.containsKey(ORDER)
                && ofAll.getOrDefault(ORDER, List.of()).size() == 1) {
            references.put(ORDER, ofAll.getOrDefault(ORDER, List.of()));
        }
        Set<String> packages = new LinkedHashSet<>(draft.packages());
        packages.addAll(packing.sscc(line));
        if (quantities == null) {
            return null;
        }
        return new Line(
                line.has("number") ? line.text("number") : Integer.toString(ordinal + 1),
                packing.identified(LineAssembler.items(line, names), line),
                LineAssembler.description(line),
                quantities.received(),
                quantities.accepted(),
                quantities.despatched(),
                quantities.ordered(),
                quantities.discrepancies(),
                List.copyOf(packages),
                references,
                dates,
                line.place().bytes());
    }
}
