package io.lonja.partner;

import io.lonja.party.CodeKind;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A partner's cross-references: {@code codes/<kind>.csv} in its folder. No two rows of a kind have one code on the same day, on
 * either side.
 */
public final class CodeTables {

    public static final CodeTables NONE = new CodeTables(Collections.emptySortedMap());

    private final SortedMap<CodeKind, List<CodeRow>> rows;
    private final Map<CodeKind, Map<String, List<CodeRow>>> byOurs;
    private final Map<CodeKind, Map<String, List<CodeRow>>> byTheirs;

    /** @param rows in any order */
    public CodeTables(SortedMap<CodeKind, List<CodeRow>> rows) {
        this.rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        this.byOurs = index(CodeRow::ours);
        this.byTheirs = index(CodeRow::theirs);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** What we call it; a code that is ours already stays. Empty where no row of that day has it. */
    public Optional<String> ours(CodeKind kind, String theirs, LocalDate day) {
        return find(byTheirs, kind, theirs, day)
                .map(CodeRow::ours)
                .or(() -> find(byOurs, kind, theirs, day).map(CodeRow::ours));
    }

    /** What the partner calls it; a code that is the partner's already stays. Empty where no row of that day has it. */
    public Optional<String> theirs(CodeKind kind, String ours, LocalDate day) {
        return find(byOurs, kind, ours, day)
                .map(CodeRow::theirs)
                .or(() -> find(byTheirs, kind, ours, day).map(CodeRow::theirs));
    }

    private static Optional<CodeRow> find(
            Map<CodeKind, Map<String, List<CodeRow>>> index, CodeKind kind, String code, LocalDate day) {
        return index.getOrDefault(kind, Map.of()).getOrDefault(code, List.of()).stream()
                .filter(row -> row.holds(day))
                .findFirst();
    }

    private Map<CodeKind, Map<String, List<CodeRow>>> index(Function<CodeRow, String> code) {
        Map<CodeKind, Map<String, List<CodeRow>>> index = new EnumMap<>(CodeKind.class);
        rows.forEach(
                (kind, table) -> index.put(kind, new HashMap<>(table.stream().collect(Collectors.groupingBy(code)))));
        return index;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CodeTables tables && rows.equals(tables.rows);
    }

    @Override
    public int hashCode() {
        return rows.hashCode();
    }

    @Override
    public String toString() {
        return "CodeTables of " + rows.keySet();
    }
}
