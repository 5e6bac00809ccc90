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

    Links(TradeDocument order) {
        List<TradeDocument.Line> ordered = order.lines();
        for (int i = 0; i < ordered.size(); i++) {
            TradeDocument.Line line = ordered.get(i);
            put(byNumber, withoutZeros(line.number()), i);
            if (line.items().isEmpty()) {
                put(codeless, withoutZeros(line.number()), i);
            }
            bear(line.items(), i);
        }
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

    private static String withoutZeros(String number) {
        return number.replaceFirst("^0+(?=[0-9])", "");
    }
}
