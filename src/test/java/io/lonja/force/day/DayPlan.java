package io.lonja.force.day;

import io.lonja.force.day.Order.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A day that is made up from a seed: the orders, everything that will be written about them and when, and what the books must
 * say of it. Knows nothing of the hub.
 */
final class DayPlan {

    static final LocalDate DAY = LocalDate.of(2026, 9, 1);

    final Market market;
    final List<Order> orders = new ArrayList<>();
    /** In the order in which they are written. */
    final List<Sheet> sheets = new ArrayList<>();

    final List<PlannedCase> cases = new ArrayList<>();
    /** Invoices that are held on suspicion, by number. */
    final Map<String, Decision> decisions = new LinkedHashMap<>();
    /** Numbers of documents that are sent once more in an interchange of their own. */
    final Set<String> repeated = new HashSet<>();

    private final Random random;
    private final Map<String, Integer> counters = new HashMap<>();

    /** What an operator will say of a suspected invoice. */
    record Decision(Hour hour, boolean released) {}

    DayPlan(long seed, int size) {
        random = new Random(seed);
        market = new Market(random);
        List<Scenario> scenarios = new ArrayList<>();
        int shares =
                List.of(Scenario.values()).stream().mapToInt(each -> each.share).sum();
        for (Scenario scenario : Scenario.values()) {
            int times = Math.max(1, scenario.share * size / shares);
            scenarios.addAll(Collections.nCopies(times, scenario));
        }
        Collections.shuffle(scenarios, random);
        scenarios.forEach(scenario -> scenario.tell(new Story(this, random, order(scenario))));
        new Payments(this, random).plan();
        for (Sheet sheet : sheets) {
            if (!sheet.held() && tellsAt(sheet) == sheet.hour() && random.nextInt(25) == 0) {
                repeated.add(sheet.number());
            }
        }
    }

    private Order order(Scenario scenario) {
        boolean ownCodes = scenario == Scenario.CODE_MISSING;
        List<Firm> buyers = market.members.stream()
                .filter(firm -> !ownCodes || firm.ownCodes())
                .toList();
        Firm buyer = buyers.get(random.nextInt(buyers.size()));
        Firm seller = market.suppliers.get(random.nextInt(market.suppliers.size()));
        return order(scenario, buyer, seller);
    }

    private Order order(Scenario scenario, Firm buyer, Firm seller) {
        Order order = new Order(number(buyer, "P"), buyer, seller, scenario);
        List<Good> goods = new ArrayList<>(market.goods(seller));
        Collections.shuffle(goods, random);
        if (scenario == Scenario.CODE_MISSING) {
            goods.add(0, market.novelty(seller));
        }
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Good good = goods.get(i);
            BigDecimal quantity = BigDecimal.valueOf(2L * (2 + random.nextInt(30)));
            order.lines.add(
                    new Line(i + 1, good, good.unit().equals("kilo") ? quantity.add(new BigDecimal("0.5")) : quantity));
        }
        orders.add(order);
        return order;
    }

    Story another(Order like) {
        return new Story(this, random, order(like.scenario, like.buyer, like.seller));
    }

    /** Something that the seller has and the order does not name. */
    Good notIn(Order order) {
        List<Good> others = market.goods(order.seller).stream()
                .filter(good ->
                        order.lines.stream().noneMatch(line -> line.good().equals(good)))
                .toList();
        return others.get(random.nextInt(others.size()));
    }

    /** The next number of this kind of this firm: {@code SA-F0007}. */
    String number(Firm firm, String kind) {
        return "%s-%s%04d".formatted(firm.mark(), kind, counters.merge(firm.mark() + kind, 1, Integer::sum));
    }

    String sscc() {
        return Market.checked("38412345%09d".formatted(counters.merge("sscc", 1, Integer::sum)));
    }

    void write(Sheet sheet) {
        sheets.add(sheet);
    }

    void plant(PlannedCase planned) {
        cases.add(planned);
    }

    void decide(String invoice, Hour hour, boolean released) {
        decisions.put(invoice, new Decision(hour, released));
    }

    Order order(String number) {
        return orders.stream()
                .filter(order -> order.number.equals(number))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody ordered " + number));
    }

    int linesOf(Firm firm) {
        return orders.stream()
                .filter(order -> order.buyer.equals(firm) || order.seller.equals(firm))
                .mapToInt(order -> order.lines.size())
                .sum();
    }

    /** Whether the hub lets this sheet count from some hour on, and by which. */
    boolean counts(Sheet sheet, Hour after) {
        Decision decision = decisions.get(sheet.number());
        if (decision != null) {
            return decision.released() && decision.hour().compareTo(after) <= 0;
        }
        return tellsAt(sheet).compareTo(after) <= 0;
    }

    /** The hour in which it reaches its receiver. */
    Hour tellsAt(Sheet sheet) {
        boolean waits = sheet.kind() == Kind.ORDER && order(sheet.order()).scenario == Scenario.CODE_MISSING;
        return waits ? Hour.EVENING : sheet.hour();
    }
}
