package io.lonja.edi;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which control numbers were used, told apart as they are written; those that follow on each other cost one entry. */
final class TakenNumbers {

    private static final int DIGITS_MAX = 9;

    /** Runs of numbers of the same length: the last of each by its first. */
    private final TreeMap<Long, Long> runs = new TreeMap<>();

    private final Set<String> others = new HashSet<>();

    /** Whether nobody took it before. */
    boolean take(String number) {
        if (!Wire.digits(number, 1, DIGITS_MAX)) {
            return others.add(number);
        }
        long key = (long) number.length() << 32 | Integer.parseInt(number);
        Map.Entry<Long, Long> before = runs.floorEntry(key);
        if (before != null && before.getValue() >= key) {
            return false;
        }
        long first = before != null && before.getValue() == key - 1 ? before.getKey() : key;
        Long behind = runs.remove(key + 1);
        runs.put(first, behind == null ? key : behind);
        return true;
    }
}
