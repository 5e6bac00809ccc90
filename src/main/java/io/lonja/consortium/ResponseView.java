package io.lonja.consortium;

import io.lonja.document.LineAnswer;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a supplier's answer to a group order looks like. Whoever sees all sees what was ordered and confirmed and each
 * member's part; a member sees its own part, at which price and when, of the lines of which something was granted to it.
 */
public final class ResponseView {

    private ResponseView() {}

    /** @param member whose part; null for whoever sees all */
    static Map<String, @Nullable Object> of(GroupResponse response, CommittedOrder order, @Nullable PartyId member) {
        Confirmation confirmation = Confirmation.of(response.document(), order);
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("answer", confirmation.answer().wireName());
        tree.put("number", response.document().number());
        tree.put("date", response.document().date().toString());
        tree.put("recordedAt", response.recordedAt().toString());
        tree.put("because", Trees.because(response.because()));
        tree.put(
                "lines",
                confirmation.lines().stream()
                        .filter(line -> member == null || line.members().containsKey(member))
                        .map(line -> line(line, member))
                        .toList());
        return tree;
    }

    /**
     * What the newest answer confirms to each member, by line and member, as the API shows it.
     *
     * @param responses newest first
     * @param member whose part alone; null for all
     */
    public static List<Map<String, @Nullable Object>> confirmed(
            List<GroupResponse> responses, GroupOrder groupOrder, @Nullable PartyId member) {
        CommittedOrder order = groupOrder.committed();
        if (responses.isEmpty() || order == null || order.lapsed()) {
            return List.of();
        }
        GroupResponse newest = responses.get(0);
        List<Map<String, @Nullable Object>> parts = new ArrayList<>();
        for (Confirmation.Line line : Confirmation.of(newest.document(), order).lines()) {
            line.members().forEach((each, quantity) -> {
                if (member == null || member.equals(each)) {
                    Map<String, @Nullable Object> tree = head(line);
                    tree.put("member", each.value());
                    tree.put("quantity", plain(quantity));
                    tree.put("because", Trees.because(newest.because()));
                    parts.add(tree);
                }
            });
        }
        return parts;
    }

    private static Map<String, @Nullable Object> line(Confirmation.Line line, @Nullable PartyId member) {
        Map<String, @Nullable Object> tree = head(line);
        CommittedOrder.Line ordered = line.ordered();
        if (member == null) {
            tree.put("confirmed", plain(line.quantity()));
            if (ordered != null) {
                tree.put("ordered", Long.toString(ordered.quantity()));
                tree.put("orderedUnit", ordered.unit());
            }
            tree.put("answers", line.said().stream().map(ResponseView::answer).toList());
        } else {
            tree.put(
                    "answers",
                    line.said().stream()
                            .map(part -> withoutQuantity(answer(part)))
                            .distinct()
                            .toList());
        }
        List<Object> parts = new ArrayList<>();
        line.members().forEach((each, quantity) -> {
            if (member == null || member.equals(each)) {
                parts.add(new TreeMap<>(Map.of("member", each.value(), "quantity", plain(quantity))));
            }
        });
        tree.put("parts", parts);
        return tree;
    }

    private static Map<String, @Nullable Object> head(Confirmation.Line line) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("line", line.number());
        CommittedOrder.Line ordered = line.ordered();
        if (ordered != null) {
            tree.put("item", ordered.item().value());
            tree.put("name", ordered.name());
            tree.put("orderedPrice", ordered.price().toPlainString());
        }
        tree.put("unit", line.unit());
        tree.put("price", line.price().toPlainString());
        tree.put("dates", dates(line.dates()));
        return tree;
    }

    private static Map<String, @Nullable Object> answer(LineAnswer.Part part) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("status", part.status().wireName());
        tree.put("quantity", plain(part.quantity().value()));
        tree.put("dates", dates(part.dates()));
        tree.put("codes", new TreeMap<>(part.items()));
        return tree;
    }

    /** How much is answered how to all together is no member's business. */
    private static Map<String, @Nullable Object> withoutQuantity(Map<String, @Nullable Object> answer) {
        answer.remove("quantity");
        return answer;
    }

    private static Map<String, String> dates(SortedMap<String, java.time.LocalDate> dates) {
        return dates.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, date -> date.getValue().toString(), (one, other) -> one, TreeMap::new));
    }

    private static String plain(BigDecimal quantity) {
        return quantity.toPlainString();
    }
}
