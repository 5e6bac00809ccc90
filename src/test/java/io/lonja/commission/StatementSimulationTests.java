package io.lonja.commission;

import static io.lonja.commission.TestHub.NORDMAR;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.lonja.commission.StatementContent.Close;
import io.lonja.money.Money;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Random trade in which months are closed while documents and agreements still come late. One seed alone:
 * {@code -Dtest=StatementSimulationTests -Dlonja.seed=4711}.
 */
class StatementSimulationTests {

    private static final int SEEDS = 150;
    private static final String RECEIVABLE = "supplier:nordmar:commission-receivable";
    private static final String ALARMS = "io.lonja.alarm.JdbcAlarms";

    private static TestHub hub;

    @BeforeAll
    static void open() {
        ((Logger) LoggerFactory.getLogger(ALARMS)).setLevel(Level.OFF);
        hub = new TestHub();
    }

    @AfterAll
    static void shut() {
        ((Logger) LoggerFactory.getLogger(ALARMS)).setLevel(null);
        hub.close();
    }

    @Test
    void everyStatementIsWhatItsDocumentsComeToAndNothingIsStatedTwiceOrNever() {
        String one = System.getProperty("lonja.seed");
        long from = one == null ? 1 : Long.parseLong(one);
        long to = one == null ? SEEDS : from;
        for (long seed = from; seed <= to; seed++) {
            try {
                simulate(new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Seed %d: run it alone with -Dlonja.seed=%d".formatted(seed, seed), e);
            }
        }
    }

    private static void simulate(Random random) {
        BooksTrade trade = BooksTrade.of(random);
        hub.startOver();
        trade.inOrder().forEach(happening -> happening.at(hub));
        String expected = hub.balances().getOrDefault(RECEIVABLE, "0.00 EUR");

        hub.startOver();
        List<String> months = new ArrayList<>(List.of("2026-09", "2026-10", "2026-11"));
        for (BooksTrade.Happening happening : trade.disturbed(random)) {
            happening.at(hub);
            if (!months.isEmpty() && random.nextInt(4) == 0) {
                hub.close(NORDMAR, months.remove(0));
            }
        }
        hub.close(NORDMAR, "2026-12");

        assertThat(hub.balances().getOrDefault(RECEIVABLE, "0.00 EUR")).isEqualTo(expected);
        assertThat(recounted()).isEqualTo(expected);
    }

    /** Checks every statement against its documents; gives what all of them say is due. */
    private static String recounted() {
        List<CommissionStatement> statements = hub.statements().all(Optional.of(NORDMAR)).stream()
                .sorted(Comparator.comparing(CommissionStatement::id))
                .toList();
        Recount recount = new Recount(
                hub.context.getBean(CommissionAgreements.class).of(NORDMAR), new CommissionLines(hub.jdbc).of(NORDMAR));
        List<Close> closes = new ArrayList<>();
        Money due = Money.of("0", "EUR");
        for (CommissionStatement statement : statements) {
            closes.add(new Close(statement.id().sequence(), statement.period()));
            List<StatedLine> stated = recount.stated(closes);
            byte[] computed = new StatementContent(
                            NORDMAR,
                            statement.closedAt(),
                            hub.archive.treeHead(statement.id().sequence()),
                            List.copyOf(closes),
                            recount.named(stated),
                            stated,
                            recount.unmatched(closes.get(closes.size() - 1)))
                    .json();
            assertThat(statement.content()).isEqualTo(new String(computed, StandardCharsets.UTF_8));
            due = stated.stream().map(StatedLine::amount).reduce(due, Money::plus);
        }
        return due.toString();
    }
}
