package io.lonja.commission;

import static io.lonja.commission.TestHub.NORDMAR;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.Outcome;
import io.lonja.archive.Sha256;
import io.lonja.commission.BooksTrade.Happening;
import io.lonja.opportunity.Opportunities;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Random trade, sent in order and sent late, twice, in any order, with other content under a number that was used, and
 * with crashes: both must end in the same books. One seed alone:
 * {@code -Dtest=BooksSimulationTests -Dlonja.seed=4711}.
 */
class BooksSimulationTests {

    private static final int SEEDS = 500;
    private static final int SEEDS_PER_REBUILD = 10;
    private static final List<String> LOUD = List.of("io.lonja.archive.JdbcAppliers", "io.lonja.alarm.JdbcAlarms");

    private static TestHub hub;

    @BeforeAll
    static void open() {
        // Every crash and every alarm is wanted here, and told by the seed when it matters.
        LOUD.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF));
        hub = new TestHub();
    }

    @AfterAll
    static void shut() {
        LOUD.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(null));
        hub.close();
    }

    @Test
    void anyOrderOfArrivalAndAnyCrashEndInTheSameBooks() {
        String one = System.getProperty("lonja.seed");
        long from = one == null ? 1 : Long.parseLong(one);
        long to = one == null ? SEEDS : from;
        for (long seed = from; seed <= to; seed++) {
            try {
                simulate(seed, one != null || seed % SEEDS_PER_REBUILD == 0);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Seed %d: run it alone with -Dlonja.seed=%d".formatted(seed, seed), e);
            }
        }
    }

    private static void simulate(long seed, boolean rebuilt) {
        Random random = new Random(seed);
        BooksTrade trade = BooksTrade.of(random);
        hub.startOver();
        trade.inOrder().forEach(happening -> happening.at(hub));
        Closed expected = closed();

        hub.startOver();
        for (Happening happening : trade.disturbed(random)) {
            disturbed(happening, random);
            assertBalanced();
        }
        assertEachBookedOnce(trade);
        assertThat(closed()).isEqualTo(expected);
        if (rebuilt) {
            Sha256 hash = hub.ledger().trialBalance().hash();
            hub.rebuild();
            assertThat(hub.ledger().trialBalance().hash()).isEqualTo(hash);
        }
    }

    private static void disturbed(Happening happening, Random random) {
        long entries = hub.count("ledger_entry");
        switch (random.nextInt(6)) {
            case 0 -> hub.archive.loseAfter(random.nextInt(2));
            case 1 -> hub.crashAfter(1 + random.nextInt(6));
            default -> {
                // A quiet moment.
            }
        }
        try {
            happening.at(hub);
        } catch (ArchiveUnavailableException lost) {
            hub.archive.loseNothing();
            if (random.nextBoolean()) {
                hub.restart(); // The sender may come back before or after.
            }
            happening.at(hub); // Nobody was answered, so it is sent again.
        } catch (IllegalStateException crashed) {
            assertThat(crashed).hasMessageContaining("crashed"); // Any other failure is one of ours.
        }
        hub.archive.loseNothing();
        hub.crashAfter(Integer.MAX_VALUE);
        hub.restart();
        if (happening instanceof BooksTrade.Arrived arrived && !arrived.counts()) {
            assertThat(hub.count("ledger_entry")).isEqualTo(entries);
        }
    }

    private static void assertBalanced() {
        assertThat(hub.jdbc
                        .sql("SELECT COALESCE(SUM(debits_minor) - SUM(credits_minor), 0) FROM ledger_account")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** What counts is booked once, what does not count is registered and has no effect. */
    private static void assertEachBookedOnce(BooksTrade trade) {
        assertThat(hub.count("document WHERE state = 'booked'"))
                .isEqualTo(trade.documents().size());
        assertThat(hub.count("(SELECT 1 FROM document WHERE state = 'booked' GROUP BY sender, type, number, issued"
                        + " HAVING COUNT(*) > 1)"))
                .isZero();
        assertThat(hub.count("commission_line")).isEqualTo(trade.commissionLines());
        assertThat(hub.count("account_event WHERE kind IN ('ordered', 'invoiced', 'credited')"))
                .isEqualTo(2L * trade.documents().size());
        assertThat(hub.count("document WHERE state = 'held'")).isGreaterThanOrEqualTo(trade.held());
        assertThat(hub.count("document WHERE state = 'test'")).isGreaterThanOrEqualTo(trade.tests());
        assertThat(hub.count("alarm WHERE open_cause LIKE 'document-conflict%'"))
                .isBetween(trade.conflicts(), trade.held());
    }

    /** What two runs must agree on: all but the places in the archive. */
    private record Closed(
            Map<String, String> balances, List<String> statements, List<String> totals, TreeSet<String> open) {}

    private static Closed closed() {
        List<String> statements = new ArrayList<>();
        for (String period : List.of("2026-10", "2026-11")) {
            Outcome outcome = hub.close(NORDMAR, period);
            assertThat(outcome.status()).isEqualTo(201);
            statements.add(withoutPlaces(CommissionCommands.tree(outcome.body())));
        }
        hub.ledger()
                .trialBalance()
                .currencies()
                .forEach(line -> assertThat(line.difference().isZero()).isTrue());
        List<String> totals = new ArrayList<>();
        hub.jdbc
                .sql("SELECT party, kind, currency, amount_minor FROM account_total WHERE kind <> 'commission'"
                        + " ORDER BY party, kind, currency")
                .query((ResultSet row) -> {
                    totals.add("%s %s %s %d"
                            .formatted(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
                });
        TreeSet<String> open = new TreeSet<>();
        hub.context
                .getBean(Opportunities.class)
                .list(Optional.empty(), Optional.empty(), Optional.empty(), 500)
                .forEach(opportunity -> open.add("%s %s %s %s %s"
                        .formatted(
                                opportunity.orderNumber(),
                                opportunity.invoiced(),
                                opportunity.open(),
                                opportunity.category(),
                                opportunity.probability())));
        return new Closed(hub.balances(), statements, totals, open);
    }

    private static String withoutPlaces(JsonNode statement) {
        List<String> lines = new ArrayList<>();
        for (String part : List.of("lines", "unmatchedCredits")) {
            for (JsonNode line : statement.get(part)) {
                ((ObjectNode) line.get("because")).remove(List.of("interchange", "from", "to"));
                lines.add(((ObjectNode) line).without("agreement").toString());
            }
        }
        Collections.sort(lines);
        return lines + " " + statement.get("totals");
    }
}
