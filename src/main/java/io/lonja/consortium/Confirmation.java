package io.lonja.consortium;

import io.lonja.document.Answer;
import io.lonja.document.LineAnswer;
import io.lonja.document.PricedDocument;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a supplier's response confirms of a group order, and of that to each member. A pure function of the response and
 * of what the group order came to. The parts of a line are what {@link Sharing} makes of it: by the split that the
 * response states, else by largest remainder of what was ordered; they always add up to what is confirmed.
 *
 * @param dates by meaning, of the whole order
 * @param lines those of the response in its order, then those of the order that it does not name
 */
public record Confirmation(Answer answer, SortedMap<String, LocalDate> dates, List<Line> lines) {

    private static final Comparator<PartyId> BY_ID = Comparator.comparing(PartyId::value);

    /**
     * A line of the response.
     *
     * @param number as the response writes it, or the order where it does not name the line
     * @param ordered what it answers; null where it fits no ordered line
     * @param quantity that is confirmed
     * @param price of one unit
     * @param dates by meaning, of the whole line
     * @param said empty where the response says nothing of the line itself
     * @param members each one's part of the quantity, also of none
     */
    public record Line(
            String number,
            CommittedOrder.@Nullable Line ordered,
            BigDecimal quantity,
            String unit,
            BigDecimal price,
            SortedMap<String, LocalDate> dates,
            List<LineAnswer.Part> said,
            SortedMap<PartyId, BigDecimal> members) {}

    /** What this response says to that order, which did not lapse. */
    public static Confirmation of(PricedDocument response, CommittedOrder order) {
        Answer answer = Objects.requireNonNull(response.answer());
        PricedDocument coded = coded(response, order);
        Sharing sharing = Sharing.of(coded, order);
        List<SortedMap<PartyId, BigDecimal>> parts = parts(coded, sharing);
        List<Line> lines = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (int i = 0; i < coded.lines().size(); i++) {
            PricedDocument.Line line = coded.lines().get(i);
            CommittedOrder.@Nullable Line ordered = sharing.ordered(i);
            if (ordered != null) {
                named.add(ordered.number());
            }
            LineAnswer said = line.answer();
            lines.add(new Line(
                    line.number(),
                    ordered,
                    line.quantity().value(),
                    line.quantity().unit(),
                    said != null && said.priceKept() && ordered != null ? ordered.price() : line.unitPrice(),
                    line.dates(),
                    said == null ? List.of() : said.parts(),
                    parts.get(i)));
        }
        order.lines().stream()
                .filter(ordered -> !named.contains(ordered.number()))
                .forEach(ordered -> lines.add(unnamed(ordered, answer)));
        return new Confirmation(answer, response.dates(), List.copyOf(lines));
    }

    /** A line that an accepting response does not name stands as ordered, and one of a rejected order does not. */
    private static Line unnamed(CommittedOrder.Line ordered, Answer answer) {
        boolean rejected = answer == Answer.REJECTED;
        SortedMap<PartyId, BigDecimal> members = new TreeMap<>(BY_ID);
        ordered.parts()
                .forEach(part -> members.merge(
                        part.member(), BigDecimal.valueOf(rejected ? 0 : part.quantity()), BigDecimal::add));
        return new Line(
                ordered.number(),
                ordered,
                BigDecimal.valueOf(rejected ? 0 : ordered.quantity()),
                ordered.unit(),
                ordered.price(),
                new TreeMap<>(),
                List.of(),
                members);
    }

    private static List<SortedMap<PartyId, BigDecimal>> parts(PricedDocument response, Sharing sharing) {
        List<SortedMap<PartyId, BigDecimal>> parts = new ArrayList<>();
        response.lines().forEach(line -> parts.add(new TreeMap<>(BY_ID)));
        sharing.shares()
                .forEach(share -> share.lines()
                        .forEach(line ->
                                parts.get(line.line()).merge(share.member(), line.quantity(), BigDecimal::add)));
        return parts;
    }

    /** With the supplier's code in lines that name the ordered one by its number alone, as a response may. */
    private static PricedDocument coded(PricedDocument response, CommittedOrder order) {
        return response.withLines(response.lines().stream()
                .map(line -> line.items().isEmpty()
                        ? order.lines().stream()
                                .filter(ordered -> ordered.number().equals(line.number()))
                                .findFirst()
                                .map(ordered -> line.withItems(new TreeMap<>(Map.of("supplier-item", ordered.code()))))
                                .orElse(line)
                        : line)
                .toList());
    }
}
