package io.lonja.fulfilment;

import io.lonja.document.DocumentRef;
import io.lonja.fulfilment.TradeDocument.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit, as it stands now.
 *
 * @param key the same as long as it is about the same lines of the same documents
 * @param line of the order; null where it is about none
 * @param document whose line it is, by its id in the register
 * @param expected what order or despatch say; null where there is no such figure
 * @param found what the document says
 * @param difference between the two, without a sign
 * @param unit of these figures, or their currency
 * @param because the order's line where there is one, and then the document's
 */
record Difference(
        String key,
        Reason reason,
        @Nullable String line,
        String document,
        @Nullable String expected,
        @Nullable String found,
        @Nullable String difference,
        @Nullable String unit,
        String sentence,
        List<DocumentRef> because) {

    /**
     * Between an order and a document that names it.
     *
     * @param ordered null where it is about no line of the order
     * @param line of the document; null where it is about all of it
     * @param what does not fit, the end of the sentence
     */
    static Difference between(
            TradeDocument order,
            @Nullable OrderedLine ordered,
            TradeDocument document,
            @Nullable Line line,
            Reason reason,
            Figures figures,
            String what) {
        DocumentRef ofOrder = ordered == null ? order.because() : ordered.source.because(ordered.line);
        DocumentRef ofDocument = line == null ? document.because() : document.because(line);
        String place = ordered == null ? "" : ", line " + ordered.line.number();
        return new Difference(
                "%s|%s|%s|%s|%s"
                        .formatted(
                                reason.wireName(),
                                order.id(),
                                ordered == null ? "" : place(order, ordered),
                                document.id(),
                                line == null ? "" : line.index()),
                reason,
                ordered == null ? null : ordered.line.number(),
                document.id(),
                figures.expected(),
                figures.found(),
                figures.difference(),
                figures.unit(),
                "Order %s%s and %s: %s.".formatted(order.number(), place, document.title(), what),
                List.of(ofOrder, ofDocument));
    }

    /** Of a line that a change added, with that change: its own place may be that of another line of the order. */
    private static String place(TradeDocument order, OrderedLine ordered) {
        String index = Integer.toString(ordered.line.index());
        return ordered.source.equals(order) ? index : ordered.source.id() + "-" + index;
    }

    /** What {@link Difference} says in figures. */
    record Figures(
            @Nullable String expected,
            @Nullable String found,
            @Nullable String difference,
            @Nullable String unit) {}
}
