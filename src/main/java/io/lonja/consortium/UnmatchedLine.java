package io.lonja.consortium;

import io.lonja.archive.EntryId;
import io.lonja.document.DocumentRef;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of an order to a consortium's operator that went into no group order.
 *
 * @param line counted from 0
 * @param lineNumber as written
 * @param items codes by scheme name
 * @param reason a sentence: why, and what to do
 */
public record UnmatchedLine(
        EntryId fact,
        int ordinal,
        int line,
        PartyId operator,
        PartyId buyer,
        String lineNumber,
        SortedMap<String, String> items,
        BigDecimal quantity,
        String unit,
        String reason,
        DocumentRef because,
        Instant recordedAt) {

    /** {@code 57-0-2}: the third line of the first document of entry 57. */
    public String id() {
        return "%s-%d-%d".formatted(fact, ordinal, line);
    }

    String cause() {
        return "order-line-unmatched:" + id();
    }

    UnmatchedLine because(String otherReason) {
        return new UnmatchedLine(
                fact,
                ordinal,
                line,
                operator,
                buyer,
                lineNumber,
                items,
                quantity,
                unit,
                otherReason,
                because,
                recordedAt);
    }

    /** The line as the API shows it. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", id());
        tree.put("member", buyer.value());
        tree.put("line", lineNumber);
        tree.put("codes", items);
        tree.put("quantity", quantity.toPlainString());
        tree.put("unit", unit);
        tree.put("reason", reason);
        tree.put("because", Trees.because(because));
        tree.put("recordedAt", recordedAt.toString());
        return tree;
    }
}
