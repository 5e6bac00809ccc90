package io.lonja.mapping;

import io.lonja.document.CheckDigit;
import io.lonja.document.DespatchAdvice.Package;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the packages of a despatch advice. A level, or a line, has the list {@code packs} of {@code kind count} and
 * their {@code marks}, or {@code marks} itself. These are {@code qualifier value last}, and {@code value2 last2} to {@code
 * value5 last5} under the same qualifier or their own, {@code qualifier2}. A whole shipment has {@code measures} of {@code
 * measure value unit}.
 */
final class Packing {

    private static final String SSCC = "sscc";
    private static final int SSCC_DIGITS = 18;
    /** GS1's application identifier of an SSCC, which stands before it in a bar code. */
    private static final String SSCC_IDENTIFIER = "00";

    private final Names names;
    private final Problems problems;
    private final List<Package> packages = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    Packing(Names names, Problems problems) {
        this.names = names;
        this.problems = problems;
    }

    /** In the order in which they were found, each behind the one that it stands in. */
    List<Package> packages() {
        return packages;
    }

    /**
     * The packages of a level.
     *
     * @param one whether the level is a package even where it says nothing of it
     * @return in which its lines and what stands in it are; {@code in} where it has no package
     */
    @Nullable
    Integer of(Fields level, boolean one, @Nullable Integer in) {
        List<Fields> packs = level.list("packs");
        if (packs.isEmpty()) {
            return one
                    ? Integer.valueOf(
                            pack(List.of(level), level, level.place(), in).within())
                    : ofLine(level, in);
        }
        Fields first = packs.get(0);
        // A level of X12 is one package with all of its segments; of EDIFACT it has lines besides.
        Packed own = pack(List.of(level, first), first, level.has("levelCode") ? level.place() : first.place(), in);
        if (packs.size() == 1) {
            return own.within();
        }
        // A pallet and what stands on it; without a number of its own, kinds that are counted beside each other.
        boolean inFirst = packages.get(own.index()).count() == 1;
        Integer around = inFirst ? Integer.valueOf(own.index()) : in;
        List<Packed> others = packs.subList(1, packs.size()).stream()
                .map(other -> pack(List.of(other), other, other.place(), around))
                .toList();
        return inFirst && others.size() == 1 ? Integer.valueOf(others.get(0).within()) : around;
    }

    /** Where a line stands that tells its packages itself; {@code in} where it tells none. */
    @Nullable
    Integer ofLine(Fields line, @Nullable Integer in) {
        List<Fields> packs = line.list("packs");
        return packs.isEmpty() && numbers(List.of(line)).sscc().isEmpty()
                ? in
                : Integer.valueOf(pack(List.of(line), packs.isEmpty() ? line : packs.get(0), line.place(), in)
                        .within());
    }

    /** A package for all of these, which follow. */
    Integer together(Fields item, List<Fields> inside, @Nullable Integer in) {
        Set<String> kinds = new LinkedHashSet<>();
        inside.forEach(each ->
                each.list("packs").stream().map(pack -> pack.text("kind")).forEach(kinds::add));
        String kind = kinds.size() == 1 ? kinds.iterator().next() : "";
        return add(new Package(
                in,
                kind.isEmpty() ? null : kind,
                inside.size(),
                null,
                item.place().bytes()));
    }

    /**
     * What became of a package and its numbers.
     *
     * @param index of the package itself
     * @param within of the one in which things stand, mostly the same
     */
    private record Packed(int index, int within) {}

    /**
     * @param bearers what bears its numbers
     * @param place all of its segments
     */
    private Packed pack(List<Fields> bearers, Fields pack, Place place, @Nullable Integer in) {
        Numbers numbers = numbers(bearers);
        List<String> sscc = numbers.sscc();
        Integer stated = problems.count(pack, "count", pack.place());
        String kind = pack.has("kind") ? pack.text("kind") : null;
        if (sscc.size() > 1) {
            if (stated != null && stated != sscc.size()) {
                problems.differs(
                        "package-numbers-differ",
                        pack.place(),
                        stated.toString(),
                        Integer.toString(sscc.size()),
                        "%s says that there are %s packages, but it has numbers of %s; ask the sender to correct and resend it.");
            }
            int all = add(new Package(in, kind, sscc.size(), null, place.bytes(), numbers.others()));
            sscc.forEach(number -> add(new Package(all, kind, 1, number, place.bytes())));
            return new Packed(all, all);
        }
        int count = stated == null || stated == 0 ? 1 : stated;
        String number = sscc.isEmpty() ? null : sscc.get(0);
        if (number != null && count > 1) {
            // What is counted under one number stands in the package that bears it.
            int bearing = add(new Package(in, null, 1, number, place.bytes(), numbers.others()));
            return new Packed(bearing, add(new Package(bearing, kind, count, null, place.bytes())));
        }
        int only = add(new Package(in, kind, count, number, place.bytes(), numbers.others()));
        return new Packed(only, only);
    }

    private int add(Package added) {
        packages.add(added);
        return packages.size() - 1;
    }

    /** SSCCs that stand on it, each once. */
    List<String> sscc(Fields bearer) {
        return numbers(List.of(bearer)).sscc();
    }

    /** Lots and serial numbers that stand with the line's marks, and the numbers of its packages left out. */
    SortedMap<String, String> identified(SortedMap<String, String> items, Fields line) {
        marks(line)
                .filter(mark -> !mark.name().equals(SSCC))
                .forEach(mark -> Names.keep(items, mark.name(), mark.value()));
        return items;
    }

    /** Weights of the whole shipment. */
    void stated(Fields head, SortedMap<String, String> stated) {
        for (Fields measure : head.list("measures")) {
            names.find("measure", measure.text("measure")).ifPresent(name -> {
                stated.putIfAbsent(name, measure.text("value"));
                if (measure.has("unit")) {
                    stated.putIfAbsent(name + "-unit", measure.text("unit"));
                }
            });
        }
    }

    /** How many packages there are in all; of several kinds, none is told. */
    void statedPacks(Fields shipment, SortedMap<String, String> stated) {
        List<Fields> packs = shipment.list("packs").stream()
                .filter(pack -> pack.has("count") || pack.has("kind"))
                .toList();
        int count = packs.stream()
                .map(pack -> problems.count(pack, "count", pack.place()))
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum();
        if (count > 0) {
            stated.putIfAbsent("packages", Integer.toString(count));
        }
        if (packs.size() == 1 && packs.get(0).has("kind")) {
            stated.putIfAbsent("packaging", packs.get(0).text("kind"));
        }
    }

    /** What stands on a package, told apart by what it is. */
    private record Numbers(List<String> sscc, SortedMap<String, String> others) {}

    private record Mark(String name, String value) {}

    private Numbers numbers(List<Fields> bearers) {
        Set<String> sscc = new LinkedHashSet<>();
        SortedMap<String, String> others = new TreeMap<>();
        bearers.stream().flatMap(this::marks).forEach(mark -> {
            if (mark.name().equals(SSCC)) {
                sscc.add(mark.value());
            } else {
                Names.keep(others, mark.name(), mark.value());
            }
        });
        return new Numbers(List.copyOf(sscc), others);
    }

    private Stream<Mark> marks(Fields bearer) {
        List<Mark> marks = new ArrayList<>();
        for (Fields mark : bearer.list("marks")) {
            for (String which : List.of("", "2", "3", "4", "5")) {
                if (mark.has("value" + which)) {
                    String own = mark.text("qualifier" + which);
                    mark(
                            marks,
                            mark,
                            own.isEmpty() ? mark.text("qualifier") : own,
                            mark.text("value" + which),
                            mark.text("last" + which));
                }
            }
        }
        return marks.stream();
    }

    private void mark(List<Mark> marks, Fields source, String qualifier, String value, String last) {
        String name = names.name("mark", qualifier);
        if (!last.isEmpty() && !last.equals(value)) {
            problem(
                    "marks-in-a-range",
                    source,
                    value,
                    "%s: the packages are numbered from %s to %s; ask the sender to name each.",
                    value,
                    last);
        }
        if (!name.equals(SSCC)) {
            marks.add(new Mark(name, value));
            return;
        }
        String number = value.length() == SSCC_DIGITS + SSCC_IDENTIFIER.length() && value.startsWith(SSCC_IDENTIFIER)
                ? value.substring(SSCC_IDENTIFIER.length())
                : value;
        if (number.length() == SSCC_DIGITS && CheckDigit.fits(number)) {
            marks.add(new Mark(SSCC, number));
        } else {
            problem(
                    "sscc-invalid",
                    source,
                    value,
                    "%s: the package's number %s is no SSCC, 18 digits of which the last checks the others; ask the sender to correct and resend it.",
                    value);
        }
    }

    /** Once, however often it is looked at. */
    private void problem(String code, Fields source, String value, String sentence, Object... more) {
        if (told.add(code + ' ' + source.place() + ' ' + value)) {
            problems.add(code, source.place(), sentence, more);
        }
    }
}
