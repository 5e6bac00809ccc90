package io.lonja.force.day;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.force.ApiClient;
import io.lonja.force.day.Order.Ending;
import io.lonja.force.day.Order.Line;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds what the hub's API says against what the plan of the day knows, line by line and document by document. */
record Oracle(DayPlan day, Tally tally, ApiClient operator) {

    /** Every line of every order that is there by now, no other, and what was said of it. */
    void looksAtTheLines(Hour after) throws IOException, InterruptedException {
        SortedMap<String, String> expected = new TreeMap<>();
        SortedMap<String, String> open = new TreeMap<>();
        for (Order order : day.orders) {
            if (tally.sheets(order, Kind.ORDER, after).isEmpty()) {
                continue;
            }
            for (Line line : order.lines) {
                BigDecimal ordered = tally.ordered(order, line, after);
                if (ordered == null) {
                    continue;
                }
                Ending now = tally.of(order, line, after);
                if (after == Hour.NIGHT) {
                    assertThat(ordered)
                            .as("what %s leaves of %s line %d", order.scenario, order.number, line.number())
                            .isEqualByComparingTo(order.left(line));
                    assertThat(now)
                            .as(
                                    "what %s writes of %s and how it says that line %d ends",
                                    order.scenario, order.number, line.number())
                            .hasToString(order.ending(line).toString());
                }
                BigDecimal received = tally.received(order, line, after);
                String told = "%s, received %s, %s of %s to %s, by %s"
                        .formatted(
                                now,
                                received == null ? "nothing" : Paper.plain(received),
                                Paper.plain(ordered),
                                order.buyer.id(),
                                order.seller.id(),
                                tally.sayings(order, line, after));
                expected.put(key(order.number, line.number()), told);
                if (now.status().equals("open")) {
                    open.put(key(order.number, line.number()), told);
                }
            }
        }
        same("lines", expected, lines("/order-lines"));
        same("open lines", open, lines("/order-lines?status=open"));
    }

    private static String key(String order, Object line) {
        return order + " line " + line;
    }

    private SortedMap<String, String> lines(String path) throws IOException, InterruptedException {
        SortedMap<String, String> told = new TreeMap<>();
        for (JsonNode line : operator.all(path)) {
            TreeSet<String> sayings = new TreeSet<>();
            line.get("documents").forEach(said -> sayings.add(said.get("number").asText()));
            Ending now = new Ending(
                    line.get("status").asText(),
                    line.has("confirmed") ? decimal(line, "confirmed") : null,
                    decimal(line, "backordered"),
                    decimal(line, "sent"),
                    decimal(line, "invoiced"));
            String before = told.put(
                    key(line.get("order").asText(), line.get("line").asText()),
                    "%s, received %s, %s of %s to %s, by %s"
                            .formatted(
                                    now,
                                    line.has("received") ? decimal(line, "received") : "nothing",
                                    Paper.plain(decimal(line, "ordered")),
                                    line.get("buyer").asText(),
                                    line.get("seller").asText(),
                                    sayings));
            assertThat(before).as("a line that is told twice: " + line).isNull();
        }
        return told;
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return Paper.plain(new BigDecimal(node.get(field).asText()));
    }

    /** Each difference that was planted, settled where it was settled, and no other. */
    void looksAtTheCases(Hour after) throws IOException, InterruptedException {
        Map<String, String> numbers = new HashMap<>();
        operator.all("/documents")
                .forEach(document -> numbers.put(
                        document.get("id").asText(), document.path("number").asText()));
        List<String> found = new ArrayList<>();
        for (JsonNode known : operator.all("/cases")) {
            found.add(PlannedCase.told(
                    known.get("reason").asText(),
                    known.path("order").asText(),
                    known.path("line").asText(),
                    numbers.getOrDefault(known.get("document").asText(), "an unknown document"),
                    text(known, "expected"),
                    text(known, "found"),
                    text(known, "difference"),
                    known.get("status").asText().equals("open")
                            ? "open"
                            : "closed by " + known.get("closedBy").asText()));
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(day.cases.stream()
                        .map(planned -> planned.told(after))
                        .filter(told -> !told.isEmpty())
                        .toList());
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }

    /** Each interchange came by the door of its partner. */
    void looksAtTheChannels() throws IOException, InterruptedException {
        SortedMap<String, String> expected = new TreeMap<>();
        day.market
                .firms()
                .forEach(firm -> expected.put(
                        firm.id(),
                        Set.of(firm.way().name().toLowerCase(Locale.ROOT)).toString()));
        SortedMap<String, TreeSet<String>> channels = new TreeMap<>();
        for (JsonNode interchange : operator.all("/interchanges")) {
            channels.computeIfAbsent(interchange.get("partner").asText(), first -> new TreeSet<>())
                    .add(interchange.get("channel").asText());
        }
        SortedMap<String, String> found = new TreeMap<>();
        channels.forEach((partner, each) -> found.put(partner, each.toString()));
        same("channels", expected, found);
    }

    /** Each document is booked once, what repeats it is told as that, and a doubtful one is held. */
    void looksAtTheDocuments(Map<String, Paper> sent) throws IOException, InterruptedException {
        SortedMap<String, String> expected = new TreeMap<>();
        for (Sheet sheet : day.sheets) {
            boolean left = sheet.held()
                    && !Objects.requireNonNull(day.decisions.get(sheet.number()))
                            .released();
            List<String> statuses = new ArrayList<>(List.of(left ? "held" : "booked"));
            if (day.repeated.contains(sheet.number())) {
                statuses.add("repeat");
            }
            BigDecimal total = sheet.kind().priced()
                    ? Objects.requireNonNull(sent.get(sheet.number())).total()
                    : null;
            expected.put(
                    sheet.number(),
                    "%s of %s to %s over %s: %s"
                            .formatted(
                                    sheet.kind().wireName,
                                    sheet.from().id(),
                                    sheet.to().id(),
                                    total == null ? "nothing" : total.toPlainString(),
                                    statuses));
        }
        SortedMap<String, List<String>> statuses = new TreeMap<>();
        SortedMap<String, String> heads = new TreeMap<>();
        for (JsonNode document : operator.all("/documents")) {
            String number = document.path("number").asText();
            statuses.computeIfAbsent(number, first -> new ArrayList<>())
                    .add(document.get("status").asText());
            boolean priced = List.of("invoice", "credit-note")
                    .contains(document.get("type").asText());
            heads.put(
                    number,
                    "%s of %s to %s over %s"
                            .formatted(
                                    document.get("type").asText(),
                                    document.get("partner").asText(),
                                    document.path("counterparty").asText(),
                                    priced
                                            ? Paper.plain(new BigDecimal(document.at("/total/amount")
                                                            .asText()))
                                                    .toPlainString()
                                            : "nothing"));
        }
        SortedMap<String, String> found = new TreeMap<>();
        heads.forEach((number, head) -> {
            List<String> all = Objects.requireNonNull(statuses.get(number));
            all.sort(Comparator.naturalOrder());
            found.put(number, head + ": " + all);
        });
        same("documents", expected, found);
    }

    /**
     * The life of an order is all that names it and what pays that; of a payment all of the orders that it pays for.
     */
    void looksAtTheLives() throws IOException, InterruptedException {
        Map<String, String> ids = new HashMap<>();
        for (JsonNode document : operator.all("/documents")) {
            if (document.get("status").asText().equals("booked")) {
                ids.put(document.get("number").asText(), document.get("id").asText());
            }
        }
        SortedMap<String, String> expected = new TreeMap<>();
        SortedMap<String, String> found = new TreeMap<>();
        for (Sheet sheet : day.sheets) {
            if (sheet.kind() == Kind.ORDER || sheet.kind() == Kind.PAYMENT) {
                expected.put(sheet.number(), tally.life(sheet).toString());
                TreeSet<String> numbers = new TreeSet<>();
                operator.get("/documents/%s/life".formatted(ids.get(sheet.number())))
                        .get("documents")
                        .forEach(document -> numbers.add(document.path("number").asText()));
                found.put(sheet.number(), numbers.toString());
            }
        }
        same("lives", expected, found);
    }

    /** All that the hub owes arrived, and everybody acknowledged what they owe an acknowledgment for. */
    void looksAtTheDeliveries(int documentsSentOn) throws IOException, InterruptedException {
        List<String> unfinished = new ArrayList<>();
        int documents = 0;
        for (JsonNode delivery : operator.all("/deliveries")) {
            boolean acknowledgment = List.of("997", "CONTRL", "TA1")
                    .contains(delivery.get("kind").asText());
            boolean accepted = delivery.at("/acknowledgment/verdict").asText().equals("accepted");
            if (!delivery.get("status").asText().equals("confirmed") || !acknowledgment && !accepted) {
                unfinished.add("%s for %s is %s and %s"
                        .formatted(
                                delivery.get("kind").asText(),
                                delivery.get("partner").asText(),
                                delivery.get("status").asText(),
                                delivery.path("acknowledgment")));
            }
            documents += acknowledgment ? 0 : 1;
        }
        assertThat(unfinished)
                .as("deliveries that did not arrive or were not accepted")
                .isEmpty();
        assertThat(documents).as("documents that were sent on").isEqualTo(documentsSentOn);
        assertThat(operator.all("/acknowledgments?status=expected")).isEmpty();
        assertThat(operator.all("/acknowledgments?status=overdue")).isEmpty();
    }

    /** Only what differs is told, for there are hundreds of them. */
    private static void same(String what, SortedMap<String, String> expected, SortedMap<String, String> found) {
        List<String> differences = new ArrayList<>();
        expected.forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                differences.add("%s%n  expected %s%n  found    %s".formatted(key, value, found.get(key)));
            }
        });
        found.forEach((key, value) -> {
            if (!expected.containsKey(key)) {
                differences.add("%s%n  expected none%n  found    %s".formatted(key, value));
            }
        });
        assertThat(differences).as(what + " that are not as planned").isEmpty();
    }
}
