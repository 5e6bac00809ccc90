package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.cli.demo.DemoPlay;
import io.lonja.cli.demo.DemoTrade;
import io.lonja.force.ApiClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo with quantities, prices and rates that nobody has seen before: its totals must be those of a calculation
 * that shares no code with the hub. Seeded by {@code -Dlonja.seed}.
 */
class DemoPlayIT {

    @TempDir
    Path home;

    @Test
    void endsInTheTotalsOfAnIndependentCalculation() throws Exception {
        playAndJudge();
    }

    /** Archive, index and books in PostgreSQL, by the same migrations and the same SQL. */
    @Test
    void endsInTheSameTotalsOverPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            playAndJudge(
                    "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                    "--spring.datasource.username=postgres",
                    "--lonja.archive=database");
        }
    }

    private void playAndJudge(String... settings) throws Exception {
        long seed = Long.getLong("lonja.seed", System.nanoTime());
        System.out.printf("Demo trade: seed %d (repeat with -Dlonja.seed=%d)%n", seed, seed);
        DemoTrade trade = randomTrade(new Random(seed));
        try (RunningHub hub = RunningHub.start(home, settings)) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            new DemoPlay(
                            hub.doors(),
                            hub.home(),
                            hub.keys(),
                            Clock.systemUTC(),
                            trade,
                            new PrintStream(printed, true, StandardCharsets.UTF_8))
                    .play();

            Expected expected = Expected.of(trade);
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains("due " + euros(expected.due) + " EUR");
            DemoTrade.Group group = trade.group();
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .contains("is ordered: Valle Foods answers \"accepted\"")
                    .containsPattern("hotel-miramar +%s +%d CA ".formatted(group.description(), group.hotelPacks()))
                    .containsPattern(
                            "casa-lucia +%s +%d CA ".formatted(group.description(), group.casaPieces() / group.pack()));
            ApiClient operator = ApiClient.operator(hub.http(), home);
            assertThat(balance(operator, "supplier:valle-foods:commission-receivable"))
                    .isEqualTo(expected.due);
            assertThat(balance(operator, "member:hotel-miramar:share-back-payable"))
                    .isEqualTo(expected.hotelShare.negate());
            assertThat(balance(operator, "member:casa-lucia:share-back-payable"))
                    .isEqualTo(expected.casaShare.negate());
            assertThat(balance(operator, "operator:commission-earned"))
                    .isEqualTo(expected.hotelShare.add(expected.casaShare).subtract(expected.due));
            assertThat(operator.get("/ledger/trial-balance")
                            .get("currencies")
                            .get(0)
                            .get("difference")
                            .asText())
                    .isEqualTo("0.00");
        }
    }

    /** Everything in whole cents, by integers only. */
    private record Expected(BigInteger due, BigInteger hotelShare, BigInteger casaShare) {

        static Expected of(DemoTrade trade) {
            List<BigInteger> hotel = nets(trade.hotelOrder());
            List<BigInteger> casa = nets(trade.casaOrder());
            BigInteger rate = trade.commissionPercent().movePointRight(2).toBigIntegerExact();
            List<BigInteger> bases =
                    less(hotel, trade.hotelAllowance().movePointRight(2).toBigIntegerExact());
            BigInteger due = BigInteger.ZERO;
            for (BigInteger base : bases) {
                due = due.add(share(base, rate));
            }
            for (BigInteger base : casa) {
                due = due.add(share(base, rate));
            }
            BigInteger credited =
                    cents(trade.hotelOrder().get(0).price()).multiply(BigInteger.valueOf(trade.creditedQuantity()));
            due = due.subtract(share(credited, rate));
            DemoTrade.Group group = trade.group();
            BigInteger price = cents(group.price());
            BigInteger hotelPacks = BigInteger.valueOf(group.hotelPacks());
            BigInteger casaPacks = BigInteger.valueOf(group.casaPieces() / group.pack());
            BigInteger returned = price.multiply(BigInteger.valueOf(group.returnedPacks()));
            due = due.add(share(price.multiply(hotelPacks.add(casaPacks)), rate))
                    .subtract(share(returned, rate));
            BigInteger[] returnedParts = parts(returned, casaPacks, hotelPacks);
            BigInteger pool =
                    share(due, trade.shareBackPercent().movePointRight(2).toBigIntegerExact());
            BigInteger hotelBought = sum(bases)
                    .subtract(credited)
                    .add(price.multiply(hotelPacks))
                    .subtract(returnedParts[1]);
            BigInteger casaBought = sum(casa).add(price.multiply(casaPacks)).subtract(returnedParts[0]);
            BigInteger[] shares = parts(pool, casaBought, hotelBought);
            return new Expected(due, shares[1], shares[0]);
        }

        /** Two parts by largest remainder; a tie goes to the one that comes first in the order of names, Casa. */
        private static BigInteger[] parts(BigInteger whole, BigInteger casaWeight, BigInteger hotelWeight) {
            BigInteger weights = casaWeight.add(hotelWeight);
            BigInteger[] casa = whole.multiply(casaWeight).divideAndRemainder(weights);
            BigInteger[] hotel = whole.multiply(hotelWeight).divideAndRemainder(weights);
            BigInteger left = whole.subtract(casa[0]).subtract(hotel[0]);
            boolean casaFirst = casa[1].compareTo(hotel[1]) >= 0;
            return new BigInteger[] {casaFirst ? casa[0].add(left) : casa[0], casaFirst ? hotel[0] : hotel[0].add(left)
            };
        }

        private static List<BigInteger> nets(List<DemoTrade.Line> lines) {
            return lines.stream()
                    .map(line -> cents(line.price()).multiply(BigInteger.valueOf(line.quantity())))
                    .toList();
        }

        /** The allowance spread over the lines by largest remainder, ties to the earlier line. */
        private static List<BigInteger> less(List<BigInteger> nets, BigInteger allowance) {
            BigInteger whole = sum(nets);
            List<BigInteger> parts = new ArrayList<>();
            List<BigInteger> remainders = new ArrayList<>();
            for (BigInteger net : nets) {
                BigInteger[] part = allowance.multiply(net).divideAndRemainder(whole);
                parts.add(part[0]);
                remainders.add(part[1]);
            }
            for (BigInteger left = allowance.subtract(sum(parts));
                    left.signum() > 0;
                    left = left.subtract(BigInteger.ONE)) {
                int largest = 0;
                for (int i = 1; i < remainders.size(); i++) {
                    largest = remainders.get(i).compareTo(remainders.get(largest)) > 0 ? i : largest;
                }
                parts.set(largest, parts.get(largest).add(BigInteger.ONE));
                remainders.set(largest, BigInteger.ONE.negate());
            }
            List<BigInteger> bases = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                bases.add(nets.get(i).subtract(parts.get(i)));
            }
            return bases;
        }

        /** So many hundredths of a percent, half up. */
        private static BigInteger share(BigInteger cents, BigInteger basisPoints) {
            return cents.multiply(basisPoints).add(BigInteger.valueOf(5_000)).divide(BigInteger.valueOf(10_000));
        }

        private static BigInteger cents(BigDecimal amount) {
            return amount.movePointRight(2).toBigIntegerExact();
        }

        private static BigInteger sum(List<BigInteger> amounts) {
            return amounts.stream().reduce(BigInteger.ZERO, BigInteger::add);
        }
    }

    private static BigInteger balance(ApiClient operator, String account) throws Exception {
        for (JsonNode item : operator.get("/ledger/accounts").get("items")) {
            if (item.get("account").asText().equals(account)) {
                return new BigDecimal(item.at("/balance/amount").asText())
                        .movePointRight(2)
                        .toBigIntegerExact();
            }
        }
        throw new AssertionError("No account " + account);
    }

    private static String euros(BigInteger cents) {
        return new BigDecimal(cents, 2).toPlainString();
    }

    private static DemoTrade randomTrade(Random random) {
        List<DemoTrade.Line> hotel = lines(random, 2 + random.nextInt(4));
        return new DemoTrade(
                hotel,
                new BigDecimal(BigInteger.valueOf(1 + random.nextInt(5_000)), 2),
                new BigDecimal(BigInteger.valueOf(1 + random.nextInt(5_000)), 2),
                BigDecimal.valueOf(4 + random.nextInt(18)),
                lines(random, 1 + random.nextInt(4)),
                1 + random.nextInt(hotel.get(0).quantity() / 2),
                new BigDecimal(BigInteger.valueOf(50 + random.nextInt(250)), 2),
                BigDecimal.valueOf(10 + random.nextInt(60)),
                group(random));
    }

    private static DemoTrade.Group group(Random random) {
        int pack = 1 + random.nextInt(12);
        int packs = 5 + random.nextInt(60);
        int price = 2_000 + random.nextInt(5_000);
        return new DemoTrade.Group(
                "GROUP-1",
                "Group item",
                "CA",
                pack,
                List.of(
                        new DemoTrade.Tier(1, new BigDecimal(BigInteger.valueOf(price), 2)),
                        new DemoTrade.Tier(40, new BigDecimal(BigInteger.valueOf(price - random.nextInt(900)), 2))),
                packs,
                pack * (3 + random.nextInt(40)),
                1 + random.nextInt(3));
    }

    private static List<DemoTrade.Line> lines(Random random, int count) {
        List<DemoTrade.Line> lines = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            lines.add(new DemoTrade.Line(
                    "ITEM-" + i,
                    "Item " + i,
                    10 + random.nextInt(500),
                    "EA",
                    new BigDecimal(BigInteger.valueOf(1_000 + random.nextInt(30_000)), 2)));
        }
        return lines;
    }
}
