package io.lonja.mapping;

import io.lonja.document.DespatchAdvice;
import io.lonja.document.DespatchAdvice.Line;
import io.lonja.document.DespatchAdvice.Package;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The levels in which a despatch advice is written, in the order of the wire and numbered from 1. Each is a map for
 * templates: {@code number}, {@code parent} (absent at the top), {@code kind} ({@code shipment order package item}), and
 * by kind {@code order} (its number; {@code line} is the first of it), {@code package} (counted from 0) with {@code outer} where others stand in it, {@code
 * lines} (of a level that has its lines in itself) or {@code line} (of an item), counted from 0.
 */
final class WrittenLevels {

    private static final String ORDER = "purchase-order";
    /** Stands for no package. */
    private static final int NONE = -1;

    private final DespatchAdvice advice;
    private final List<Map<String, Object>> levels = new ArrayList<>();
    private final Map<Integer, List<Integer>> packagesIn = new TreeMap<>();
    private final Map<Integer, List<Integer>> linesIn = new TreeMap<>();

    private WrittenLevels(DespatchAdvice advice) {
        this.advice = advice;
        List<Package> packages = advice.packages();
        for (int i = 0; i < packages.size(); i++) {
            in(packagesIn, packages.get(i).in()).add(i);
        }
        List<Line> lines = advice.lines();
        for (int i = 0; i < lines.size(); i++) {
            in(linesIn, lines.get(i).in()).add(i);
        }
    }

    private static List<Integer> in(Map<Integer, List<Integer>> all, @Nullable Integer in) {
        return all.computeIfAbsent(in == null ? NONE : in, first -> new ArrayList<>());
    }

    /** Shipment, packages in each other with their lines: CPS of EDIFACT. */
    static List<Map<String, Object>> byPackage(DespatchAdvice advice) {
        WrittenLevels written = new WrittenLevels(advice);
        Map<String, Object> shipment = written.level("shipment", null);
        shipment.put("lines", written.linesOf(NONE));
        written.packagesOf(NONE).forEach(root -> written.packed(root, shipment));
        return written.levels;
    }

    private void packed(int index, Map<String, Object> around) {
        Map<String, Object> level = packageLevel(index, around);
        level.put("lines", linesOf(index));
        packagesOf(index).forEach(inner -> packed(inner, level));
    }

    /**
     * Shipment, orders, packages, items: HL of X12. Where a package holds goods of several orders, or of none, orders stand
     * in the packages instead.
     *
     * @throws UnwritableDocumentException when a line is for no order, or for several
     */
    static List<Map<String, Object>> byOrder(DespatchAdvice advice) {
        WrittenLevels written = new WrittenLevels(advice);
        Map<String, Object> shipment = written.level("shipment", null);
        Map<Integer, Set<String>> ordersOfRoots = new TreeMap<>();
        written.packagesOf(NONE).forEach(root -> ordersOfRoots.put(root, written.ordersIn(root)));
        Map<String, List<Integer>> orders = written.byOrder(
                IntStream.range(0, advice.lines().size()).boxed().toList());
        boolean oneEach = orders.size() == 1 || ordersOfRoots.values().stream().allMatch(ofRoot -> ofRoot.size() == 1);
        if (!oneEach) {
            ordersOfRoots.keySet().forEach(root -> written.packedOrders(root, shipment));
            written.orders(written.linesOf(NONE), shipment);
            return written.levels;
        }
        orders.keySet().forEach(order -> {
            Map<String, Object> level = written.orderLevel(
                    order, orders.getOrDefault(order, List.of()).get(0), shipment);
            written.items(written.byOrder(written.linesOf(NONE)).getOrDefault(order, List.of()), level);
            ordersOfRoots.forEach((root, ofRoot) -> {
                if (ofRoot.contains(order) || ofRoot.isEmpty()) {
                    written.packedItems(root, level);
                }
            });
        });
        return written.levels;
    }

    private void packedItems(int index, Map<String, Object> around) {
        Map<String, Object> level = packageLevel(index, around);
        items(linesOf(index), level);
        packagesOf(index).forEach(inner -> packedItems(inner, level));
    }

    private void packedOrders(int index, Map<String, Object> around) {
        Map<String, Object> level = packageLevel(index, around);
        orders(linesOf(index), level);
        packagesOf(index).forEach(inner -> packedOrders(inner, level));
    }

    private void orders(List<Integer> lines, Map<String, Object> around) {
        byOrder(lines).forEach((order, ofOrder) -> items(ofOrder, orderLevel(order, ofOrder.get(0), around)));
    }

    private void items(Collection<Integer> lines, Map<String, Object> around) {
        lines.forEach(line -> level("item", around).put("line", line));
    }

    private Map<String, Object> orderLevel(String order, Integer firstLine, Map<String, Object> around) {
        Map<String, Object> level = level("order", around);
        level.put("order", order);
        level.put("line", firstLine);
        return level;
    }

    private Map<String, Object> packageLevel(int index, Map<String, Object> around) {
        Map<String, Object> level = level("package", around);
        level.put("package", index);
        level.put("outer", !packagesOf(index).isEmpty());
        return level;
    }

    private Map<String, Object> level(String kind, @Nullable Map<String, Object> around) {
        Map<String, Object> level = new LinkedHashMap<>();
        level.put("number", Integer.toString(levels.size() + 1));
        if (around != null) {
            level.put("parent", Objects.requireNonNull(around.get("number")));
        }
        level.put("kind", kind);
        levels.add(level);
        return level;
    }

    private List<Integer> packagesOf(int index) {
        return packagesIn.getOrDefault(index, List.of());
    }

    private List<Integer> linesOf(int index) {
        return linesIn.getOrDefault(index, List.of());
    }

    private Set<String> ordersIn(int index) {
        Set<String> orders = new LinkedHashSet<>(byOrder(linesOf(index)).keySet());
        packagesOf(index).forEach(inner -> orders.addAll(ordersIn(inner)));
        return orders;
    }

    private Map<String, List<Integer>> byOrder(List<Integer> lines) {
        Map<String, List<Integer>> byOrder = new LinkedHashMap<>();
        lines.forEach(line -> byOrder.computeIfAbsent(order(advice.lines().get(line)), first -> new ArrayList<>())
                .add(line));
        return byOrder;
    }

    private String order(Line line) {
        List<String> own = line.references().getOrDefault(ORDER, List.of());
        List<String> orders = own.isEmpty() ? advice.references().getOrDefault(ORDER, List.of()) : own;
        if (orders.size() != 1) {
            throw new UnwritableDocumentException(
                    "line %s of %s is for %s, and the guide cannot say a line but in its order"
                            .formatted(
                                    line.number(),
                                    advice.title(),
                                    orders.isEmpty() ? "no order" : "the orders " + String.join(" and ", orders)));
        }
        return orders.get(0);
    }
}
