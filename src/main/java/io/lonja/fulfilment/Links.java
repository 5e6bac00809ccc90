package io.lonja.fulfilment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Finds the line of an order that a line of another document is for: the one whose number is said, else the only one that
 * bears its item code, of several the one with its own number; a line without codes goes by its number.
 */
final class Links {

    private final Map<String, Set<Integer>> byNumber = new HashMap<>();
    private final Map<List<String>, Set<Integer>> byCode = new HashMap<>();
    /** By number, of ordered lines that bear no code. */
    private final Map<String, Set<Integer>> codeless = new HashMap<>();

    /** Codes of the ordered lines, as they were written. */
    private final List<SortedMap<String, String>> items = new ArrayList<>();

    Links(TradeDocument order) {
        order.lines().forEach(this::add);
    }

    /** One more ordered line. */
    void add(TradeDocument.Line line) {
        int ordinal = items.size();
        items.add(line.items());
        put(byNumber, withoutZeros(line.number()), ordinal);
        if (line.items().isEmpty()) {
            put(codeless, withoutZeros(line.number()), ordinal);
        }
        bear(line.items(), ordinal);
    }

    /** The only line with this number, counted from 0. */
    Optional<Integer> numbered(String number) {
        Set<Integer> found = byNumber.getOrDefault(withoutZeros(number), Set.of());
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    /**
     * Which line of the order a change, or an answer to one, is about: they say the order's own line number, so that goes first
     * unless the item is another one.
     */
    Optional<Integer> changed(TradeDocument.Line line) {
        return numbered(line.number())
                .filter(ordinal -> line.items().isEmpty()
                        || items.get(ordinal).isEmpty()
                        || line.items().entrySet().stream()
                                .anyMatch(code -> byCode.getOrDefault(List.of(code.getKey(), code.getValue()), Set.of())
                                        .contains(ordinal)))
                .or(() -> find(line));
    }

    /** From now on the ordered line bears what is sent instead, too. */
    void substitute(int ordinal, List<SortedMap<String, String>> items) {
        items.forEach(codes -> bear(codes, ordinal));
    }

    private void bear(SortedMap<String, String> items, int ordinal) {
        items.forEach((scheme, code) -> put(byCode, List.of(scheme, code), ordinal));
    }

    private static <K> void put(Map<K, Set<Integer>> index, K key, int ordinal) {
        index.computeIfAbsent(key, unknown -> new TreeSet<>()).add(ordinal);
    }

    /** Which line of the order, counted from 0; empty where it is for none, or nobody can tell. */
    Optional<Integer> find(TradeDocument.Line line) {
        String said = line.orderLine();
        if (said != null) {
            Set<Integer> numbered = byNumber.getOrDefault(withoutZeros(said), Set.of());
            if (numbered.size() == 1) {
                return Optional.of(numbered.iterator().next());
            }
        }
        String number = withoutZeros(line.number());
        Set<Integer> found = new TreeSet<>();
        if (line.items().isEmpty()) {
            found.addAll(byNumber.getOrDefault(number, Set.of()));
        } else {
            found.addAll(codeless.getOrDefault(number, Set.of()));
            line.items().forEach((scheme, code) -> found.addAll(byCode.getOrDefault(List.of(scheme, code), Set.of())));
        }
        if (found.size() > 1) {
            found.retainAll(byNumber.getOrDefault(number, Set.of()));
        }
        return found.size() == 1 ? Optional.of(new ArrayList<>(found).get(0)) : Optional.empty();
    }

    /** Whether the two bear a code in common. */
    static boolean share(SortedMap<String, String> some, SortedMap<String, String> others) {
        return some.entrySet().stream().anyMatch(code -> code.getValue().equals(others.get(code.getKey())));
    }

    /** {@code 000010} and {@code 10} are one number. */
    static boolean sameNumber(String one, String other) {
        return withoutZeros(one).equals(withoutZeros(other));
    }

    static String withoutZeros(String number) {
        return number.replaceFirst("^0+(?=[0-9])", "");
    }
}
