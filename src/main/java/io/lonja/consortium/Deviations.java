package io.lonja.consortium;

import io.lonja.document.Answer;
import io.lonja.document.LineAnswer;
import io.lonja.document.LineAnswer.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a supplier's response says otherwise than the group order's order, in sentences for the operator. */
final class Deviations {

    /** More than these a sentence does not list; the group order shows all. */
    private static final int LISTED_MAX = 5;

    private Deviations() {}

    /** Each what was ordered and what is answered; empty when the response agrees to all of it. */
    static List<String> of(Confirmation confirmation, CommittedOrder order) {
        List<String> sentences = new ArrayList<>();
        if (confirmation.answer() == Answer.REJECTED) {
            return List.of("The order is rejected as a whole");
        }
        Set<LocalDate> others = new LinkedHashSet<>(deliveries(confirmation.dates()));
        others.remove(order.delivery());
        if (order.delivery() != null && !others.isEmpty()) {
            sentences.add("Delivery: asked for %s, answered %s".formatted(order.delivery(), listed(others)));
        }
        for (CommittedOrder.Line ordered : order.lines()) {
            List<Confirmation.Line> answered = confirmation.lines().stream()
                    .filter(line -> ordered.equals(line.ordered()))
                    .toList();
            String differences = differences(ordered, answered, order.delivery());
            if (!differences.isEmpty()) {
                sentences.add("Line %s, %s: %s".formatted(ordered.number(), ordered.name(), differences));
            }
        }
        confirmation.lines().stream()
                .filter(line -> line.ordered() == null)
                .forEach(line -> sentences.add("Line %s of the response (%s %s) was not ordered"
                        .formatted(line.number(), line.quantity().toPlainString(), line.unit())));
        return sentences;
    }

    private static String differences(
            CommittedOrder.Line ordered, List<Confirmation.Line> answered, @Nullable LocalDate delivery) {
        List<String> differences = new ArrayList<>();
        SortedMap<String, BigDecimal> confirmed = new TreeMap<>();
        answered.forEach(line -> confirmed.merge(line.unit(), line.quantity(), BigDecimal::add));
        BigDecimal quantity = confirmed.getOrDefault(ordered.unit(), BigDecimal.ZERO);
        if (confirmed.size() != 1 || quantity.compareTo(BigDecimal.valueOf(ordered.quantity())) != 0) {
            differences.add("ordered %d %s, confirmed %s%s"
                    .formatted(
                            ordered.quantity(),
                            ordered.unit(),
                            confirmed.entrySet().stream()
                                    .map(each -> each.getValue().toPlainString() + " " + each.getKey())
                                    .collect(Collectors.joining(" and ")),
                            unconfirmed(answered)));
        }
        answered.stream()
                .filter(line -> line.price().compareTo(ordered.price()) != 0)
                .map(line -> "ordered at %s, answered %s"
                        .formatted(ordered.price().toPlainString(), line.price().toPlainString()))
                .distinct()
                .forEach(differences::add);
        Set<LocalDate> others = dates(answered);
        if (delivery != null) {
            others.remove(delivery);
        }
        Set<Status> statuses = said(answered).map(LineAnswer.Part::status).collect(Collectors.toSet());
        if (delivery != null && !others.isEmpty()) {
            differences.add("delivery asked for %s, answered %s".formatted(delivery, listed(others)));
        } else if (statuses.contains(Status.DATE_CHANGED)) {
            differences.add(
                    others.isEmpty() ? "another date is answered" : "another date is answered: " + listed(others));
        }
        if (statuses.contains(Status.SUBSTITUTED)) {
            differences.add("something else is sent instead"
                    + said(answered)
                            .flatMap(part -> part.items().values().stream())
                            .distinct()
                            .map(code -> " (" + code + ")")
                            .collect(Collectors.joining()));
        }
        if (differences.isEmpty() && (statuses.contains(Status.CHANGED) || statuses.contains(Status.PRICE_CHANGED))) {
            differences.add("answered with a change that the response does not say");
        }
        return String.join("; ", differences);
    }

    /** {@code (4 CA backordered)}: what is not promised, and why. */
    private static String unconfirmed(List<Confirmation.Line> answered) {
        String parts = said(answered)
                .filter(part -> !part.status().confirms())
                .map(part -> "%s %s %s"
                        .formatted(
                                part.quantity().value().toPlainString(),
                                part.quantity().unit(),
                                part.status().wireName()))
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "" : " (" + parts + ")";
    }

    /** Days of delivery that are said of what is confirmed. */
    private static Set<LocalDate> dates(List<Confirmation.Line> answered) {
        Set<LocalDate> dates = new LinkedHashSet<>();
        said(answered).filter(part -> part.status().confirms()).forEach(part -> dates.addAll(deliveries(part.dates())));
        answered.forEach(line -> dates.addAll(deliveries(line.dates())));
        return dates;
    }

    private static Stream<LineAnswer.Part> said(List<Confirmation.Line> answered) {
        return answered.stream().flatMap(line -> line.said().stream());
    }

    private static List<LocalDate> deliveries(SortedMap<String, LocalDate> dates) {
        return dates.entrySet().stream()
                .filter(date -> date.getKey().startsWith("delivery-"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String listed(Set<LocalDate> dates) {
        return dates.stream().sorted().map(LocalDate::toString).collect(Collectors.joining(", "));
    }

    /** The first few in one sentence. */
    static String listed(List<String> sentences) {
        String listed = sentences.stream().limit(LISTED_MAX).collect(Collectors.joining(". "));
        return sentences.size() <= LISTED_MAX
                ? listed + "."
                : "%s. And %d more.".formatted(listed, sentences.size() - LISTED_MAX);
    }
}
