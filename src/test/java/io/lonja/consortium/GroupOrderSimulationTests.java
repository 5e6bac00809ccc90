package io.lonja.consortium;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.CANTINA;
import static io.lonja.commission.TestHub.NORDMAR;
import static io.lonja.consortium.Purchase.MERCADO;
import static io.lonja.consortium.Purchase.OIL;
import static io.lonja.consortium.Purchase.RICE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.catalogue.ItemId;
import io.lonja.commission.Paper;
import io.lonja.commission.TestHub;
import io.lonja.document.PricedDocument;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Random group orders, once as everybody meant them and once with orders, invoices and credits in any order, twice, and
 * with crashes: the same order to the supplier, the same shares and the same books. One seed alone:
 * {@code -Dtest=GroupOrderSimulationTests -Dlonja.seed=4711}.
 */
class GroupOrderSimulationTests {

    private static final int SEEDS = 150;
    private static final int SEEDS_PER_REBUILD = 10;
    private static final List<PartyId> MEMBERS = List.of(ACME, BISTRO, CANTINA);
    private static final List<String> LOUD = List.of("io.lonja.archive.JdbcAppliers", "io.lonja.alarm.JdbcAlarms");

    private static TestHub hub;
    private static Purchase purchase;

    @BeforeAll
    static void open() {
        // Every crash and every alarm is wanted here, and told by the seed when it matters.
        LOUD.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF));
        hub = new TestHub();
        purchase = new Purchase(hub);
    }

    @AfterAll
    static void shut() {
        LOUD.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(null));
        hub.close();
    }

    @Test
    void anyOrderOfArrivalAndAnyCrashEndInTheSameSharesAndBooks() {
        String one = System.getProperty("lonja.seed");
        long from = one == null ? 1 : Long.parseLong(one);
        long to = one == null ? SEEDS : from;
        int shared = 0;
        for (long seed = from; seed <= to; seed++) {
            try {
                shared += simulate(seed, one != null || seed % SEEDS_PER_REBUILD == 0) ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Seed %d: run it alone with -Dlonja.seed=%d".formatted(seed, seed), e);
            }
        }
        if (one == null) {
            assertThat(shared).as("seeds whose invoices were shared").isGreaterThan(SEEDS / 2);
        }
    }

    /** Something that happens from outside. */
    private interface Happening {
        void happen();
    }

    private static boolean simulate(long seed, boolean rebuilt) {
        Random random = new Random(seed);
        Long maximum = random.nextBoolean() ? null : 5L + random.nextInt(20);
        List<Happening> asking = asking(random);
        EntryId first = begun(maximum);
        List<Happening> invoicing = invoicing(random, first);
        asking.forEach(Happening::happen);
        purchase.deadlinePasses();
        invoicing.forEach(Happening::happen);
        Closed expected = closed(first);

        EntryId again = begun(maximum);
        assertThat(again).isEqualTo(first);
        disturbed(asking, random).forEach(happening -> crashing(happening, random));
        hub.clock.advance(Duration.ofHours(2));
        crashing(() -> purchase.looksAtTheClock(Optional.empty()), random);
        purchase.looksAtTheClock(Optional.empty());
        disturbed(invoicing, random).forEach(happening -> crashing(happening, random));
        assertThat(closed(again)).isEqualTo(expected);
        assertSharesAddUp(again);
        if (rebuilt) {
            Sha256 hash = hub.ledger().trialBalance().hash();
            List<String> shares = expected.shares();
            hub.rebuild();
            assertThat(hub.ledger().trialBalance().hash()).isEqualTo(hash);
            assertThat(shares(again)).isEqualTo(shares);
        }
        return !expected.shares().isEmpty();
    }

    private static EntryId begun(@Nullable Long maximum) {
        hub.startOver();
        hub.agree(NORDMAR, "2.5", "35", "2026-01-01", null);
        return purchase.opened(purchase.agreed(maximum));
    }

    /** One pledge of a member for an item at most, and orders. */
    private static List<Happening> asking(Random random) {
        List<Happening> asking = new ArrayList<>();
        for (PartyId member : MEMBERS) {
            for (ItemId item : List.of(OIL, RICE)) {
                if (random.nextInt(3) > 0) {
                    String quantity = "" + random.nextInt(12);
                    asking.add(() -> purchase.pledges(groupOrder(), member, item, quantity, null));
                }
            }
            for (int order = random.nextInt(3); order > 0; order--) {
                Paper paper = Paper.order("%s-%d".formatted(member, order), "2026-12-05")
                        .buyerLine(
                                "1",
                                member.equals(ACME) ? "A-OIL" : "B-OIL",
                                12 * (1 + random.nextInt(6)),
                                member.equals(ACME) ? "CA" : "EA")
                        .line("2", random.nextInt(5) == 0 ? "UNKNOWN" : "N-RICE", 10 * (1 + random.nextInt(4)), "2.00");
                asking.add(() -> hub.sends(member, MERCADO, paper));
            }
        }
        return asking;
    }

    private static EntryId groupOrder() {
        return purchase.groupOrders()
                .of(Purchase.FOOD, Long.MAX_VALUE, 1)
                .get(0)
                .id();
    }

    private static List<Happening> invoicing(Random random, EntryId groupOrder) {
        List<Happening> invoicing = new ArrayList<>();
        for (int invoice = 1 + random.nextInt(3); invoice > 0; invoice--) {
            String number = "I-" + invoice;
            Paper paper = Paper.invoice(number, "2026-12-%02d".formatted(6 + random.nextInt(9)))
                    .naming("purchase-order", random.nextInt(8) == 0 ? "GO999" : "GO" + groupOrder);
            paper.line(
                    "1", "N-OIL", 1 + random.nextInt(30), "%d.%03d".formatted(random.nextInt(40), random.nextInt(999)));
            if (random.nextBoolean()) {
                paper.line("2", "N-RICE", 1 + random.nextInt(30), "17.25");
            }
            if (random.nextBoolean()) {
                paper.allowance("0.%02d".formatted(1 + random.nextInt(90)));
            }
            if (random.nextBoolean()) {
                paper.charge("%d.50".formatted(1 + random.nextInt(20)));
            }
            PricedDocument written = paper.written();
            invoicing.add(() -> sends(written));
            for (int credit = random.nextInt(3); credit > 0; credit--) {
                Paper note = Paper.credit(
                                "C-%d-%d".formatted(invoice, credit), "2026-12-%02d".formatted(6 + random.nextInt(20)))
                        .naming("invoice", random.nextInt(6) == 0 ? "I-99" : number)
                        .line(random.nextInt(4) == 0 ? "7" : "1", "N-OIL", 1 + random.nextInt(5), "3.333");
                PricedDocument credited = note.written();
                invoicing.add(() -> sends(credited));
            }
        }
        return invoicing;
    }

    private static void sends(PricedDocument document) {
        hub.maps(hub.receives(TestHub.Sent.of(MERCADO, NORDMAR, document, TestHub.Sent.How.IN_EARNEST)));
        hub.catchUp();
    }

    /** In any order, some of it twice. */
    private static List<Happening> disturbed(List<Happening> happenings, Random random) {
        List<Happening> disturbed = new ArrayList<>(happenings);
        for (int i = random.nextInt(3); i > 0 && !happenings.isEmpty(); i--) {
            disturbed.add(happenings.get(random.nextInt(happenings.size())));
        }
        Collections.shuffle(disturbed, random);
        return disturbed;
    }

    private static void crashing(Happening happening, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> hub.archive.loseAfter(random.nextInt(2));
            case 1 -> hub.crashAfter(1 + random.nextInt(8));
            default -> {
                // A quiet moment.
            }
        }
        try {
            happening.happen();
        } catch (ArchiveUnavailableException lost) {
            hub.archive.loseNothing();
            happening.happen(); // Nobody was answered, so it is sent again.
        } catch (IllegalStateException crashed) {
            assertThat(crashed).hasMessageContaining("crashed"); // Any other failure is one of ours.
        }
        hub.archive.loseNothing();
        hub.crashAfter(Integer.MAX_VALUE);
        hub.restart();
    }

    /** What two runs must agree on: all but the places in the archive. */
    private record Closed(
            GroupOrder.State state,
            List<String> granted,
            String order,
            List<String> shares,
            Map<String, String> balances,
            Map<String, String> totals) {}

    private static Closed closed(EntryId groupOrder) {
        assertThat(hub.close(NORDMAR, "2026-12").status()).isEqualTo(201);
        hub.ledger()
                .trialBalance()
                .currencies()
                .forEach(line -> assertThat(line.difference().isZero()).isTrue());
        Map<String, String> totals = new TreeMap<>();
        hub.jdbc
                .sql("SELECT party, kind, events, amount_minor FROM account_total WHERE kind <> 'commission'")
                .query(row -> {
                    totals.put(row.getString(1) + " " + row.getString(2), row.getLong(3) + " " + row.getLong(4));
                });
        return new Closed(
                purchase.groupOrder(groupOrder).state(),
                purchase.granted(groupOrder),
                purchase.issued(groupOrder)
                        .map(issued -> new String(CanonicalJson.of(issued.content()), StandardCharsets.UTF_8))
                        .orElse("none"),
                shares(groupOrder),
                hub.balances(),
                totals);
    }

    private static List<String> shares(EntryId groupOrder) {
        TreeSet<String> shares = new TreeSet<>();
        hub.context
                .getBean(GroupShares.class)
                .of(groupOrder, Optional.empty())
                .forEach(share -> shares.add("%s %s %s %s %s"
                        .formatted(share.because().number(), share.member(), share.net(), share.tax(), share.lines())));
        return List.copyOf(shares);
    }

    private static void assertSharesAddUp(EntryId groupOrder) {
        Map<String, Money> sums = new TreeMap<>();
        hub.context
                .getBean(GroupShares.class)
                .of(groupOrder, Optional.empty())
                .forEach(share -> sums.merge(share.because().number(), share.payable(), Money::plus));
        sums.forEach((number, sum) -> assertThat(hub.jdbc
                        .sql("SELECT total FROM document WHERE number = ? AND state = 'booked'")
                        .param(number)
                        .query(BigDecimal.class)
                        .single())
                .as(number)
                .isEqualByComparingTo(sum.amount()));
        purchase.issued(groupOrder)
                .ifPresent(issued -> ((PricedDocument) issued.content())
                        .lines()
                        .forEach(line -> assertThat(line.split().stream()
                                        .map(PricedDocument.Split::quantity)
                                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                                .isEqualByComparingTo(line.quantity().value())));
    }
}
